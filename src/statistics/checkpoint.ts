/** Sums as plain numbers, as a result document holds them; JSON keeps every bit of a float64. */
import * as v from 'valibot';
import type { SystemParameters } from '../parameters/system';
import { blockSize, histogramBins, type RecordLayout } from '../trajectories/record';
import type { UnravelingName } from '../trajectories/unraveling-facts';
import { layoutOf } from './averages';
import { Covariance } from './covariance';
import { Extremes } from './extremes';
import type { Counts, Segment, Sums, TrajectoryRange } from './sums';
import { Tally } from './tally';

/** A float64; JSON has no other numbers. */
const finite = v.custom<number>(Number.isFinite, 'a number');
const whole = v.custom<number>(
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  'a whole number',
);
const numbers = v.array(finite, 'a list');
const range = {
  seed: whole,
  first: v.custom<number>(
    (value) => Number.isSafeInteger(value) && Number(value) % blockSize === 0,
    `a multiple of ${blockSize}`,
  ),
  count: v.custom<number>(
    (value) => Number.isSafeInteger(value) && Number(value) > 0,
    'a number of trajectories',
  ),
};

/** What a checkpoint must be where it is read back, but for the lengths that follow from its trajectories. */
export const checkpointSchema = v.strictObject(
  {
    segments: v.array(
      v.strictObject({
        ...range,
        /** by row of the record */
        rows: v.strictObject({ mean: numbers, M2: numbers }),
        extremes: v.strictObject({ least: numbers, most: numbers }),
        /** by name; comoments row by row */
        covariances: v.record(v.string(), v.strictObject({ mean: numbers, comoments: numbers })),
      }),
    ),
    counts: v.array(v.strictObject({ ...range, /** by name */ counted: v.record(v.string(), numbers) })),
  },
  'an object',
);
export type Checkpoint = v.InferOutput<typeof checkpointSchema>;
type PlainSegment = Checkpoint['segments'][number];
type PlainCounts = Checkpoint['counts'][number];

export function checkpointOf({ segments, counts }: Sums): Checkpoint {
  return {
    segments: segments.map(({ rows, extremes, covariances, ...range }) => ({
      ...range,
      rows: { mean: [...rows.mean], M2: [...rows.M2] },
      extremes: { least: [...extremes.least], most: [...extremes.most] },
      covariances: mapValues(covariances, ({ mean, comoments }) => ({
        mean: [...mean],
        comoments: [...comoments],
      })),
    })),
    counts: counts.map(({ counted, ...range }) => ({
      ...range,
      counted: mapValues(counted, (all) => [...all]),
    })),
  };
}

/**
 * The sums that were made plain.
 * @param samples sample times after t = 0
 * @returns null where they are not those of such trajectories
 */
export function sumsIn(
  { segments, counts }: Checkpoint,
  system: SystemParameters,
  samples: number,
  unraveling?: UnravelingName,
): Sums | null {
  const layout = layoutOf(system, { samples, unraveling });
  const { rows, slots } = layout;
  const fit =
    segments.every((segment) => isSegment(segment, layout)) &&
    counts.every((part) => isCounts(part, slots * histogramBins)) &&
    sizeOf(segments) === sizeOf(counts);
  return fit
    ? { segments: segments.map((segment) => segmentIn(segment, rows)), counts: counts.map(countsIn) }
    : null;
}

function isSegment({ rows, extremes, covariances, ...range }: PlainSegment, layout: RecordLayout): boolean {
  const { perTrajectory } = covariances;
  return (
    isNode(range) &&
    [rows.mean, rows.M2, extremes.least, extremes.most].every(({ length }) => length === layout.rows) &&
    perTrajectory?.mean.length === layout.Pm - layout.averages &&
    Object.values(covariances).every(({ mean, comoments }) => comoments.length === mean.length ** 2)
  );
}

const isCounts = ({ counted: { alarms, density } }: PlainCounts, bins: number) =>
  alarms?.length === 1 && density?.length === bins;

/** Whether these trajectories are a part of one block, or a node of the tree over blocks. */
function isNode({ first, count }: TrajectoryRange): boolean {
  return count < blockSize || (Number.isInteger(Math.log2(count / blockSize)) && first % count === 0);
}

function segmentIn({ rows, extremes, covariances, ...range }: PlainSegment, quantities: number): Segment {
  const tally = new Tally(quantities);
  tally.set(range.count, rows.mean, rows.M2);
  const ends = new Extremes(quantities);
  ends.merge(extremes.least, extremes.most);
  return {
    ...range,
    rows: tally,
    extremes: ends,
    covariances: mapValues(covariances, ({ mean, comoments }) => {
      const covariance = new Covariance(mean.length);
      covariance.set(range.count, mean, comoments);
      return covariance;
    }),
  };
}

const countsIn = ({ counted, ...range }: PlainCounts): Counts => ({
  ...range,
  counted: mapValues(counted, (all) => Float64Array.from(all)),
});

const sizeOf = (ranges: readonly TrajectoryRange[]) => ranges.reduce((sum, { count }) => sum + count, 0);

function mapValues<From, To>(fields: Readonly<Record<string, From>>, map: (value: From) => To) {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, map(value)]));
}
