/**
 * What is summed over trajectories, joined so that no sum depends on how or when they were walked: one run, a resumed
 * one and a merge agree bit for bit.
 */
import { blockSize } from '../trajectories/record';
import type { BatchSummary } from '../trajectories/summary';
import { Covariance } from './covariance';
import { Extremes } from './extremes';
import { PhotonStatistics, type PhotonSums } from './photons';
import type { RampStatistics } from './ramp-switching';
import type { SwitchingStatistics } from './switching';
import { Tally } from './tally';

/** Consecutive trajectories of one seed. */
export interface TrajectoryRange {
  readonly seed: number;
  /** number of the first among the seed's; begins a block */
  readonly first: number;
  readonly count: number;
}

/**
 * Sums that are rounded. Blocks are the leaves of a binary tree over a seed's trajectories, and segments are joined
 * only as the two halves of one of its nodes, the earlier first. What is held is then the set of the largest whole nodes,
 * which is unique, each summed in one and the same order. A block that is not filled stays by itself.
 */
export interface Segment extends TrajectoryRange {
  /** every row of the record */
  readonly rows: Tally;
  readonly extremes: Extremes;
  /**
   * over trajectories: `perTrajectory` of their own time averages of the observables, then their jumps by channel;
   * those of SwitchingStatistics, where there is a committor; and of PhotonStatistics, where the jumps are photons
   */
  readonly covariances: Readonly<Record<string, Covariance>>;
}

/** Whole numbers, which add up exactly in any order. A block that is not filled stays by itself here too. */
export interface Counts extends TrajectoryRange {
  /** `alarms` [1], `density` [slot * histogramBins + bin], and those of SwitchingStatistics */
  readonly counted: Readonly<Record<string, Float64Array>>;
}

/** Both kinds over the same trajectories, each sorted by seed and number. */
export interface Sums {
  readonly segments: readonly Segment[];
  readonly counts: readonly Counts[];
}

export const noSums: Sums = { segments: [], counts: [] };

/** The same trajectories were to be summed twice. */
export class OverlapError extends Error {
  override readonly name = 'OverlapError';
}

/** What trajectories are read back for, sample by sample: the switching of a system, or what they do under a ramp. */
export type OfSamples = SwitchingStatistics | RampStatistics;

/** @param newSwitching for the samples of one block, where they are read back */
export function sumsOf(batch: BatchSummary, newSwitching: (() => OfSamples) | null): Sums {
  const { seed, first, count, alarms, histogram } = batch;
  let counted: Counts['counted'] = {
    alarms: Float64Array.of(alarms),
    density: Float64Array.from(histogram),
  };
  const segments = batch.blocks.map(({ count, mean, M2, least, most }, b): Segment => {
    const [from, to] = [b * blockSize, b * blockSize + count];
    const rows = new Tally(mean.length);
    rows.merge(count, mean, M2);
    const extremes = new Extremes(mean.length);
    extremes.merge(least, most);
    const own = batch.perTrajectory.slice(from, to);
    const perTrajectory = new Covariance(own[0].length);
    for (const trajectory of own) perTrajectory.add(trajectory);
    const summed = { seed, first: first + from, count, rows, extremes };
    const always = { perTrajectory, ...photonSums(batch, from, to) };
    if (batch.switching === null || newSwitching === null) return { ...summed, covariances: always };
    const switching = newSwitching();
    switching.add(batch.switching, from, to);
    const { sums } = switching;
    counted = { ...counted, ...(b === 0 ? sums.counted : byName(counted, sums.counted, plus)) };
    return { ...summed, covariances: { ...always, ...sums.covariances } };
  });
  return { segments, counts: [{ seed, first, count, counted }] };
}

/** Of one block of the batch; none where the jumps are not photons. */
function photonSums({ photons }: BatchSummary, from: number, to: number): PhotonSums {
  if (photons === null) return {};
  const statistics = new PhotonStatistics(photons.plan);
  for (const trajectory of photons.perTrajectory.slice(from, to)) statistics.add(trajectory);
  return statistics.sums;
}

/**
 * The sums over all these trajectories, in whatever order they are given.
 * @throws OverlapError
 */
export function mergeSums(...all: readonly Sums[]): Sums {
  return {
    segments: merged(
      all.flatMap(({ segments }) => segments),
      areHalves,
      joinSegments,
    ),
    counts: merged(
      all.flatMap(({ counts }) => counts),
      areNeighbours,
      joinCounts,
    ),
  };
}

/** The sums over the blocks that are filled: to go on from, for the others are walked again, whole. */
export function filledBlocks({ segments, counts }: Sums): Sums {
  return { segments: segments.filter(isFilled), counts: counts.filter(isFilled) };
}

/** The trajectories, in as few ranges as they make. */
export function rangesOf({ counts }: Sums): TrajectoryRange[] {
  const ranges = counts.map(({ seed, first, count }) => ({ seed, first, count }));
  return merged<TrajectoryRange>(ranges, follows, (a, b) => ({ ...a, count: a.count + b.count }));
}

/** The trajectories of a seed that lie between those that were summed, and are not among them. */
export const gapsIn = (sums: Sums): TrajectoryRange[] =>
  rangesOf(sums).flatMap(({ seed, first }, i, ranges) => {
    const before = ranges[i - 1];
    if (before?.seed !== seed) return [];
    const next = before.first + before.count;
    return [{ seed, first: next, count: first - next }];
  });

/** What is summed, over all trajectories. */
export type Total = Pick<Segment & Counts, 'rows' | 'extremes' | 'covariances' | 'counted'>;

/** Null of none. */
export function total({ segments, counts }: Sums): Total | null {
  if (segments.length === 0) return null;
  const { rows, extremes, covariances } = segments.reduce(joinSegments);
  return { rows, extremes, covariances, counted: counts.reduce(joinCounts).counted };
}

/** Sorts, and joins each with the one before it as long as they may be joined. */
function merged<Range extends TrajectoryRange>(
  ranges: readonly Range[],
  mayJoin: (a: Range, b: Range) => boolean,
  join: (a: Range, b: Range) => Range,
): Range[] {
  const done: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.seed - b.seed || a.first - b.first)) {
    let last = range;
    for (let before = done.at(-1); before !== undefined; before = done.at(-1)) {
      requireApart(before, last);
      if (!mayJoin(before, last)) break;
      done.pop();
      last = join(before, last);
    }
    done.push(last);
  }
  return done;
}

function requireApart(a: TrajectoryRange, b: TrajectoryRange): void {
  if (a.seed !== b.seed || endOf(a) <= b.first) return;
  const last = Math.min(endOf(a), endOf(b)) - 1;
  throw new OverlapError(`trajectories ${b.first} to ${last} of seed ${b.seed} twice`);
}

/** One past its last trajectory. */
const endOf = ({ first, count }: TrajectoryRange) => first + count;
const isFilled = ({ count }: TrajectoryRange) => count % blockSize === 0;
const follows = (a: TrajectoryRange, b: TrajectoryRange) => b.seed === a.seed && b.first === endOf(a);
const areNeighbours = (a: Counts, b: Counts) => follows(a, b) && isFilled(a) && isFilled(b);
/** Whether two segments are the halves of one node of the tree. */
const areHalves = (a: Segment, b: Segment) =>
  follows(a, b) && a.count === b.count && a.first % (2 * a.count) === 0;

function joinSegments(a: Segment, b: Segment): Segment {
  const rows = new Tally(a.rows.quantities);
  for (const part of [a.rows, b.rows]) rows.merge(part.count, part.mean, part.M2);
  const extremes = new Extremes(a.extremes.quantities);
  for (const part of [a.extremes, b.extremes]) extremes.merge(part.least, part.most);
  const covariances = byName(a.covariances, b.covariances, (one, other) => {
    const both = new Covariance(one.quantities);
    both.merge(one);
    both.merge(other);
    return both;
  });
  return { ...a, count: a.count + b.count, rows, extremes, covariances };
}

function joinCounts(a: Counts, b: Counts): Counts {
  return { ...a, count: a.count + b.count, counted: byName(a.counted, b.counted, plus) };
}

const plus = (a: Float64Array, b: Float64Array) => a.map((number, i) => number + b[i]);

/** Joins what both have of the same name: the rest does not belong to all trajectories. */
function byName<Value>(
  a: Readonly<Record<string, Value>>,
  b: Readonly<Record<string, Value>>,
  join: (a: Value, b: Value) => Value,
): Record<string, Value> {
  const names = Object.keys(a).filter((name) => name in b);
  return Object.fromEntries(names.map((name) => [name, join(a[name], b[name])]));
}
