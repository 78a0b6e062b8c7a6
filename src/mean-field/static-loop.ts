/** The loop that the mean field makes under a drive that changes without end slowly: up on the lower branch to its fold, down on the upper one. */
import { meanFieldRates, type SystemParameters } from '../parameters/system';
import { bistableInterval, meanFieldBranches } from './branches';
import { meanFieldOf } from './equations';

/** Of Simpson's rule in the angle, in which the branches' roots at the folds are smooth: some 1e-8 of the area. */
const steps = 200;

/**
 * int (sz_upper - sz_lower) d(Omega/Omega_c), per atom, from `low`, or the upper branch's fold, to the lower branch's. A ramp that turns before
 * that fold never leaves the branch: 0. Of Eq. (1).
 */
export function staticLoopArea(system: SystemParameters, low: number, high: number): number {
  const interval = bistableInterval(meanFieldRates(system));
  if (interval === null || high <= interval.to || low >= interval.to) return 0;
  const { omegaCritical } = meanFieldRates(system);
  const from = Math.max(low, interval.from);
  const half = (interval.to - from) / 2;
  const height = (drive: number) => {
    const branches = meanFieldBranches(meanFieldOf({ ...system, omega: drive * omegaCritical }));
    return branches[branches.length - 1].sz - branches[0].sz;
  };
  let sum = 0;
  // At the ends the factor sin(angle) is 0.
  for (let i = 1; i < steps; i++) {
    const angle = (i * Math.PI) / steps;
    sum += (i % 2 === 1 ? 4 : 2) * Math.sin(angle) * height(from + half * (1 - Math.cos(angle)));
  }
  return ((half * Math.PI) / steps / 3) * sum;
}
