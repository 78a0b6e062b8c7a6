/** What the experiments on the Liouvillian declare alike. */

import { isReal, type SystemParameters } from '../../parameters/system';

/** The option `tolerance` of what rests on lambda_1. */
export const tolerance = {
  // Float64 outside allows no better bound than the least.
  value: { kind: 'number', from: 1e-9, to: 0.1, default: 1e-5, means: 'a relative error bound' },
  help: 'asked error bound relative to lambda_1',
} as const;

/** About how long a steady state takes on the machine of `cost.ts`, s; the number of atoms tells, and whether rho is complex. */
export const steadySeconds = (system: SystemParameters) =>
  0.1 + 5 * (system.atoms / 110) ** 3 * weight(system);
/** ... and a gap. */
export const gapSeconds = (system: SystemParameters) =>
  0.1 + 4.5 * (system.atoms / 110) ** 3 * weight(system);

/** Twice the unknowns; their model takes eight times as long, and one sector less is looked through. */
const weight = (system: SystemParameters) => (isReal(system) ? 1 : 2.5);
