/** When an ensemble has enough trajectories: at a count, a wall time or a standard error, whichever comes first. */
import type { EnsembleStatistics } from '../../statistics/ensemble';
import type { Observable } from '../../trajectories/record';

export interface StopRules {
  /** trajectories in all, those of earlier runs included */
  readonly count: number;
  /** wall time of this run, s */
  readonly maxSeconds: number | null;
  /** standard error of the observable's time and ensemble average */
  readonly target: { readonly observable: Observable; readonly error: number } | null;
}

/** What ended an ensemble; the rules by the names of their options. */
export const ends = ['count', 'max-seconds', 'target-error', 'interruption', 'merge'] as const;
export type StoppedBy = (typeof ends)[number];

/**
 * Before that many trajectories no error is judged. Stopping where an estimated error happens to be small favours those
 * estimated too small; from 1024 trajectories one is known to 1/sqrt(2 * 1023) = 2 percent (less where the ensemble
 * is skewed), which takes less than 1 percent off an interval's coverage. Fewer could also all have missed a rare
 * switch between the metastable states, and would then look far too certain; so do any that have hardly jumped.
 */
export const fewestToJudge = 1024;

/**
 * The rule by which the ensemble is complete; null as long as it is not.
 * @param seconds wall time so far
 * @param batchSeconds wall time of the last batch: another one must fit into what is left
 */
export function stoppedBy(
  { count, maxSeconds, target }: StopRules,
  statistics: EnsembleStatistics,
  seconds: number,
  batchSeconds: number,
): StoppedBy | null {
  if (statistics.count >= count) return 'count';
  if (target !== null && statistics.count >= fewestToJudge && statistics.sawJumps) {
    if (statistics.steady()[target.observable].error <= target.error) return 'target-error';
  }
  if (maxSeconds !== null && seconds + batchSeconds > maxSeconds) return 'max-seconds';
  return null;
}

/**
 * About how many trajectories there will be in the end; before an error is judged, how many there will be at least.
 * @param perSecond trajectories walked per second of this run
 * @param before those of earlier runs
 */
export function expectedCount(
  { count, maxSeconds, target }: StopRules,
  statistics: EnsembleStatistics,
  perSecond: number,
  before: number,
): number {
  const inTime = maxSeconds === null || !(perSecond > 0) ? count : before + perSecond * maxSeconds;
  return Math.ceil(Math.min(count, inTime, forTarget(target, statistics)));
}

function forTarget(target: StopRules['target'], statistics: EnsembleStatistics): number {
  if (target === null) return Number.POSITIVE_INFINITY;
  if (statistics.count < fewestToJudge) return fewestToJudge;
  const excess = statistics.steady()[target.observable].error / target.error;
  return Math.max(fewestToJudge, statistics.count * excess ** 2);
}
