/** Sums as plain numbers, as a result document holds them; JSON keeps every bit of a float64. */
import { blockSize, histogramBins, recordLayout } from '../trajectories/record';
import { Covariance } from './covariance';
import { Extremes } from './extremes';
import { type Counts, perTrajectoryQuantities, type Segment, type Sums, type TrajectoryRange } from './sums';
import { Tally } from './tally';

export interface Checkpoint {
  readonly segments: readonly PlainSegment[];
  readonly counts: readonly PlainCounts[];
}

interface PlainSegment extends TrajectoryRange {
  /** by row of the record */
  readonly rows: { readonly mean: readonly number[]; readonly M2: readonly number[] };
  readonly extremes: { readonly least: readonly number[]; readonly most: readonly number[] };
  /** by name; comoments row by row */
  readonly covariances: Readonly<Record<string, PlainCovariance>>;
}

interface PlainCovariance {
  readonly mean: readonly number[];
  readonly comoments: readonly number[];
}

interface PlainCounts extends TrajectoryRange {
  /** by name */
  readonly counted: Readonly<Record<string, readonly number[]>>;
}

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
 * @returns null for anything else than a checkpoint of such trajectories
 */
export function sumsIn(checkpoint: unknown, atoms: number, samples: number): Sums | null {
  const { segments, counts } = (checkpoint ?? {}) as Partial<Checkpoint>;
  if (!Array.isArray(segments) || !Array.isArray(counts)) return null;
  const { rows, slots } = recordLayout(atoms, samples + 1);
  const sums = {
    segments: segments.map((plain) => segmentIn(plain, rows)),
    counts: counts.map((plain) => countsIn(plain, slots * histogramBins)),
  };
  const isWhole = sums.segments.every((part) => part !== null) && sums.counts.every((part) => part !== null);
  return isWhole && sizeOf(sums.segments as Segment[]) === sizeOf(sums.counts as Counts[])
    ? (sums as Sums)
    : null;
}

function segmentIn(plain: unknown, quantities: number): Segment | null {
  const { rows, extremes, covariances } = (plain ?? {}) as Partial<PlainSegment>;
  const range = rangeIn(plain);
  const isWhole =
    range !== null &&
    isNode(range) &&
    isArray(rows?.mean, quantities) &&
    isArray(rows.M2, quantities) &&
    isArray(extremes?.least, quantities) &&
    isArray(extremes.most, quantities) &&
    covariances?.perTrajectory?.mean?.length === perTrajectoryQuantities &&
    Object.values(covariances).every(isCovariance);
  if (!isWhole) return null;
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

function countsIn(plain: unknown, bins: number): Counts | null {
  const { counted } = (plain ?? {}) as Partial<PlainCounts>;
  const range = rangeIn(plain);
  const isWhole =
    range !== null &&
    isArray(counted?.alarms, 1) &&
    isArray(counted.density, bins) &&
    Object.values(counted).every((numbers) => isArray(numbers, numbers.length));
  return isWhole ? { ...range, counted: mapValues(counted, (numbers) => Float64Array.from(numbers)) } : null;
}

function rangeIn(plain: unknown): TrajectoryRange | null {
  const { seed, first, count } = (plain ?? {}) as Partial<TrajectoryRange>;
  if (!isWhole(seed) || !isWhole(first) || !isWhole(count)) return null;
  return count > 0 && first % blockSize === 0 ? { seed, first, count } : null;
}

/** Whether these trajectories are a part of one block, or a node of the tree over blocks. */
function isNode({ first, count }: TrajectoryRange): boolean {
  return count < blockSize || (Number.isInteger(Math.log2(count / blockSize)) && first % count === 0);
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isArray = (value: unknown, length: number): value is number[] =>
  Array.isArray(value) && value.length === length && value.every(Number.isFinite);
const sizeOf = (ranges: readonly TrajectoryRange[]) => ranges.reduce((sum, { count }) => sum + count, 0);
const isCovariance = ({ mean, comoments }: PlainCovariance) =>
  isArray(mean, mean?.length) && isArray(comoments, mean.length ** 2);

function mapValues<From, To>(fields: Readonly<Record<string, From>>, map: (value: From) => To) {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, map(value)]));
}
