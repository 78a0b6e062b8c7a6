/** The steady state of Eq. (1). */
import { needUniqueSteadyState } from '../liouvillian/slow-spectrum';
import type { Experiment } from './experiment';
import { withSlowSpectrum } from './spectral-run';
import { type StateErrors, type StateSummary, summarize, summaryErrors, warnIfRough } from './states';

export interface SteadyStateResult extends StateSummary {
  /** |L rho_s| / |rho_s| in Hilbert-Schmidt norms, in the unit of the rates */
  readonly residual: number;
  /** bounds on what the fields of the same names are off */
  readonly errors: StateErrors;
  readonly matvecs: number;
}

/** Relative error of rho_s, about: what is left of it in the moments is far below 1e-5. */
const TOLERANCE = 3e-8;

export const steadyState: Experiment<null, SteadyStateResult> = {
  command: 'steady-state',
  options: (_, parameters) => {
    needUniqueSteadyState(parameters);
    return null;
  },
  units: {
    options: '1',
    result: { moments: '1', Pm: '1', Pj: '1', residual: 'rate', errors: '1', matvecs: '1' },
  },
  run: (parameters, _, context) =>
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
};
