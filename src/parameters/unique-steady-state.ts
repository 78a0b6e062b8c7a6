import { InputError } from './errors';
import type { SystemParameters } from './system';

/**
 * The eigenvalue 0 of L is one time over but where every j keeps its weight (only collective channels act, and there are several j) or every
 * m does (nothing but dephasing acts).
 * @throws InputError in both cases
 */
export function needUniqueSteadyState(system: SystemParameters): void {
  const { atoms, omega, gamma1D, gammaF, pumping, dephasing, collectivePumping } = system;
  if (atoms > 1 && gammaF + pumping + dephasing === 0) {
    const takes =
      'above 0 for a unique steady state (without individual decay, pumping or dephasing every j keeps its weight)';
    throw new InputError('gammaf', gammaF, takes);
  }
  if (omega + gamma1D + gammaF + pumping + collectivePumping === 0) {
    const takes = 'above 0 for a unique steady state (with dephasing alone every m keeps its weight)';
    throw new InputError('omega', omega, takes);
  }
}
