/** The steady state of Eq. (1). */
import { needUniqueSteadyState } from '../../parameters/unique-steady-state';
import type { Experiment } from '../experiment';
import { aside, type Fields, number, type ResultOf } from '../fields';
import { steadySeconds } from './spectral';
import { stateErrorFields, stateFields } from './state-fields';

const fields = {
  ...stateFields,
  /** |L rho_s| / |rho_s| in Hilbert-Schmidt norms */
  residual: number('rate'),
  errors: aside(stateErrorFields),
  matvecs: number(),
} as const satisfies Fields;
export type SteadyStateResult = ResultOf<typeof fields>;

export const steadyState = {
  command: 'steady-state',
  does: 'the steady state: moments, squeezing, P_m, P_j',
  takes: {},
  engines: 'either',
  fields,
  bounds: ({ errors }) => errors,
  seconds: steadySeconds,
  options: (_, parameters) => {
    needUniqueSteadyState(parameters);
    return null;
  },
} as const satisfies Experiment<null, SteadyStateResult>;
