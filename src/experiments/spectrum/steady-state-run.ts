/** Computes the steady state. */
import type { SystemParameters } from '../../parameters/system';
import type { RunContext } from '../experiment';
import { proveMeans } from './proven-run';
import { withSlowSpectrum } from './spectral-run';
import { picture, pictureErrors, summarize, summaryErrors, warnIfRough } from './states';
import type { SteadyStateOptions, SteadyStateResult } from './steady-state';

/** Relative error of rho_s, about: what is left of it in the moments is far below 1e-5. */
const TOLERANCE = 3e-8;

export const run = (
  parameters: SystemParameters,
  { phaseSpace, prove }: SteadyStateOptions,
  context: RunContext,
): Promise<SteadyStateResult> =>
  withSlowSpectrum(parameters, context, 'steady state', async (spectrum) => {
    const state = await spectrum.steadyState(null, TOLERANCE);
    warnIfRough(state, context);
    const { rho, residual, error } = state;
    const { liouvillian } = spectrum;
    const { pyramid } = liouvillian;
    const off = error * liouvillian.norm(rho);
    const asked = phaseSpace === 'on';
    const proven = prove && (await proveMeans(spectrum, rho, prove, context));
    return {
      ...summarize(pyramid, rho),
      residual,
      ...(proven && { proven }),
      errors: {
        ...summaryErrors(pyramid, rho, off),
        ...(asked && { phaseSpace: { steady: pictureErrors(pyramid, rho, off) } }),
      },
      matvecs: spectrum.matvecs,
      ...(asked && { phaseSpace: { steady: picture(pyramid, rho) } }),
    };
  });
