import type { SystemParameters } from '../parameters/system';
import { meanFieldBranches } from './branches';
import { meanFieldOf } from './equations';

/**
 * phi, the angle about z that turns the mean spin of the lower branch to where it is on resonance, across x: there the dark port of the turned axes
 * finds it. pi/2 without emission, which leaves nothing to displace; 0 where there is no drive, or no mean field.
 */
export function turnOfAxes(system: SystemParameters): number {
  if (system.gamma1D + system.gammaF === 0) return Math.PI / 2;
  const branches = meanFieldBranches(meanFieldOf(system));
  const lower = branches.find(({ stable }) => stable) ?? branches[0];
  if (lower === undefined || system.omega === 0) return 0;
  return -Math.atan2(lower.sx, lower.sy);
}
