import { InputError } from './errors';
import type { SystemParameters } from './system';

/** @throws InputError where every j keeps its weight, so that 0 is an eigenvalue many times over */
export function needUniqueSteadyState({ atoms, gammaF }: SystemParameters): void {
  if (gammaF > 0 || atoms === 1) return;
  const takes = 'above 0 for a unique steady state (without individual decay every j keeps its weight)';
  throw new InputError('gammaf', gammaF, takes);
}
