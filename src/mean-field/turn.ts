import { meanFieldRates, type SystemParameters } from '../parameters/system';
import { meanFieldBranches } from './branches';
import { ofEquation1 } from './equations';

/**
 * phi, the angle about z that turns the lower branch's <S_-> in the real gauge onto the negative axis, where it is on resonance: there the dark port of
 * the turned axes finds it. In the mean field s = -i Omega z / D with D = i (delta - Delta) - gamma_all/2 + (N-1) [(gamma_1D - W)/2 + i Delta] z, and
 * phi is the argument of -D. z is that of the resonant cubic, near enough for a choice of axes. pi/2 without emission, which leaves nothing to
 * displace.
 */
export function turnOfAxes(system: SystemParameters): number {
  const { atoms, omega, detuning, collectiveShift } = system;
  const { gamma1D, gammaF, pumping, dephasing, collectivePumping, collectiveDephasing } = system;
  if (gamma1D + gammaF === 0) return Math.PI / 2;
  const [{ sz }] = meanFieldBranches(ofEquation1(meanFieldRates(system), omega));
  const all = gamma1D + gammaF + pumping + collectivePumping + dephasing + collectiveDephasing;
  const across = all / 2 - ((atoms - 1) * (gamma1D - collectivePumping) * sz) / 2;
  return Math.atan2(collectiveShift - detuning - (atoms - 1) * collectiveShift * sz, across);
}
