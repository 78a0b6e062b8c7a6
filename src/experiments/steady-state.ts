/** The steady state of Eq. (1). */
import { needUniqueSteadyState } from '../liouvillian/slow-spectrum';
import type { Experiment } from './experiment';
import { aside, type Fields, number, type ResultOf } from './fields';
import { steadySeconds, withSlowSpectrum } from './spectral-run';
import { stateErrorFields, stateFields, summarize, summaryErrors, warnIfRough } from './states';

const fields = {
  ...stateFields,
  /** |L rho_s| / |rho_s| in Hilbert-Schmidt norms */
  residual: number('rate'),
  errors: aside(stateErrorFields),
  matvecs: number(),
} as const satisfies Fields;
export type SteadyStateResult = ResultOf<typeof fields>;

/** Relative error of rho_s, about: what is left of it in the moments is far below 1e-5. */
const TOLERANCE = 3e-8;

export const steadyState = {
  command: 'steady-state',
  does: 'the steady state: moments, squeezing, P_m, P_j',
  takes: {},
  fields,
  bounds: ({ errors }) => errors,
  seconds: ({ atoms }) => steadySeconds(atoms),
  options: (_, parameters) => {
    needUniqueSteadyState(parameters);
    return null;
  },
  run: (parameters, _, context): Promise<SteadyStateResult> =>
    withSlowSpectrum(parameters, context, 'steady state', async (spectrum) => {
      const state = await spectrum.steadyState(null, TOLERANCE);
      warnIfRough(state, context);
      const { rho, residual, error } = state;
      const { liouvillian } = spectrum;
      const { pyramid } = liouvillian;
      return {
        ...summarize(pyramid, rho),
        residual,
        errors: summaryErrors(pyramid, rho, error * liouvillian.norm(rho)),
        matvecs: spectrum.matvecs,
      };
    }),
} as const satisfies Experiment<null, SteadyStateResult>;
