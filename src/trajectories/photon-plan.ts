/** What photodetection records of its photons, and in which rows: the host's side of `shaders/photodetection/photon-counting.wgsl`. */
import type { RecordLayout } from './record';
import { burnInSlots } from './record';

/** What a user asks for beyond the counts. */
export interface PhotonRequest {
  /** longest delay of g2; 0 when g2 is not asked for */
  readonly g2Time: number;
  /** equal bins of [0, g2Time] */
  readonly g2Bins: number;
  /** the first so many trajectories are kept jump by jump, at most one block */
  readonly records: number;
}

export const countsOnly: PhotonRequest = { g2Time: 0, g2Bins: 0, records: 0 };

export interface PhotonPlan {
  /** sampling intervals after the burn-in, in each of which photons are counted */
  readonly intervals: number;
  /** of an interval */
  readonly interval: number;
  /** lengths of counting windows, in intervals, ascending; the last is all of them */
  readonly lengths: readonly number[];
  /** bins of the delay in g2 and their width */
  readonly delayBins: number;
  readonly delayBin: number;
  /** bins of that width in the window; the last ends before the trajectory, by half a bin or more */
  readonly windowBins: number;
  readonly records: number;
  /** jumps that the record of a trajectory has room for */
  readonly jumpsKept: number;
  /** photons [kind][interval], kind 0 collective and 1 individual */
  readonly counts: number;
  /** of a trajectory's windows [kind][length][mean, variance] */
  readonly windows: number;
  /** sum of the rate of collective photons over the window's bins; its sums after photons, at delay 0 and by delay bin */
  readonly intensity: number;
  /** all rows of the record */
  readonly rows: number;
}

/** Room for jumps of all kept trajectories together, and of one. */
const mostJumps = 2 ** 21;
const mostJumpsOfOne = 2 ** 20;

interface Lengths {
  readonly time: number;
  readonly samples: number;
  readonly burnIn: number;
}

export function photonPlan(
  layout: RecordLayout,
  { time, samples, burnIn }: Lengths,
  { g2Time, g2Bins, records }: PhotonRequest,
): PhotonPlan {
  const intervals = samples - burnInSlots(burnIn, time, samples);
  const interval = time / samples;
  const lengths = windowLengths(intervals);
  const delayBins = g2Time > 0 ? g2Bins : 0;
  const delayBin = delayBins > 0 ? g2Time / delayBins : 1;
  const counts = layout.rows;
  const windows = counts + 2 * intervals;
  const intensity = windows + 4 * lengths.length;
  return {
    intervals,
    interval,
    lengths,
    delayBins,
    delayBin,
    windowBins: delayBins > 0 ? Math.floor((intervals * interval) / delayBin - 1 / 2) : 0,
    records,
    jumpsKept: records === 0 ? 0 : Math.min(mostJumpsOfOne, Math.floor(mostJumps / records)),
    counts,
    windows,
    intensity,
    rows: intensity + (delayBins > 0 ? 2 + delayBins : 0),
  };
}

/** That of an ensemble; null where the jumps are not photons. */
export function photonsOf(
  layout: RecordLayout,
  request: Lengths & { readonly unraveling: { readonly photons: boolean }; readonly photons?: PhotonRequest },
): PhotonPlan | null {
  return request.unraveling.photons ? photonPlan(layout, request, request.photons ?? countsOnly) : null;
}

/** 1, 2, 4, ... intervals, and all of them. */
function windowLengths(intervals: number): number[] {
  const lengths: number[] = [];
  for (let length = 1; length < intervals; length *= 2) lengths.push(length);
  return [...lengths, intervals];
}
