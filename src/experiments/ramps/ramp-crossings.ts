/** Where trajectories first cross from one branch to the other while the drive goes up, and while it comes down. */
import { bistableInterval, meanFieldBranches } from '../../mean-field/branches';
import { meanFieldOf } from '../../mean-field/equations';
import { isEquation1, meanFieldRates, type SystemParameters } from '../../parameters/system';
import { type Fields, group, measured, number, numbers, optional, orNull, series } from '../fields';
import { systemAt } from './ramp-option';

const way = orNull(
  group({
    /** of the trajectories, those that crossed on this way */
    share: measured(),
    /** of these: at which drive Omega/Omega_c, and when; null of fewer than ten */
    drive: orNull(measured()),
    t: orNull(measured('1/rate')),
    /** upper ends of equal bins of the drive, and how many crossed in each */
    histogram: series({ drive: numbers(), trajectories: numbers() }),
  }),
);

const fields = {
  /** of <S_z>/(N/2): halfway between the mean field's branches in the middle of its bistable interval, and how far beyond it counts */
  at: number(),
  hysteresis: number(),
  up: way,
  down: way,
} as const satisfies Fields;
export const rampCrossingsField = optional(group(fields));

/** <S_z>/(N/2) between the mean field's branches; null where it has not two. */
export function midway(system: SystemParameters): number | null {
  const interval = isEquation1(system) ? bistableInterval(meanFieldRates(system)) : null;
  if (interval === null) return null;
  const branches = meanFieldBranches(meanFieldOf(systemAt(system, (interval.from + interval.to) / 2)));
  return (branches[0].sz + branches[branches.length - 1].sz) / 2;
}
