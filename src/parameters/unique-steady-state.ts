import { InputError } from './errors';
import type { SystemParameters } from './system';

/** Whether every j keeps its weight: only collective channels act, and there are several j. */
export const keepsEveryJ = ({ atoms, gammaF, pumping, dephasing }: SystemParameters) =>
  atoms > 1 && gammaF + pumping + dephasing === 0;

/** Whether every m does: nothing but dephasing acts. */
export const keepsEveryM = ({ omega, gamma1D, gammaF, pumping, collectivePumping }: SystemParameters) =>
  omega + gamma1D + gammaF + pumping + collectivePumping === 0;

/**
 * The eigenvalue 0 of L is one time over but in these two cases.
 * @throws InputError in both
 */
export function needUniqueSteadyState(system: SystemParameters): void {
  const { omega, gammaF } = system;
  if (keepsEveryJ(system)) {
    const takes =
      'above 0 for a unique steady state, or else --pumping or --dephasing (without them every j keeps its weight)';
    throw new InputError('gammaf', gammaF, takes);
  }
  if (keepsEveryM(system)) {
    const takes =
      'above 0 for a unique steady state, or else a rate of decay or pumping (with dephasing alone every m keeps its weight)';
    throw new InputError('omega', omega, takes);
  }
}
