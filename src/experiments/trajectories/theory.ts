/** The theory that an ensemble is held against, where it comes in a moment: all of it from one slow spectrum. */
import type { Gpu } from '../../gpu/gpu';
import type { SystemParameters } from '../../parameters/system';
import { keepsEveryJ, keepsEveryM } from '../../parameters/unique-steady-state';
import type { RunContext } from '../experiment';
import { withSlowSpectrum } from '../spectrum/spectral-run';
import { warnIfRough } from '../spectrum/states';
import { exactSteadyState } from './exact-steady-state';
import { type SlowDynamics, slowDynamics } from './slow-dynamics';
import { type ExactSteadyState, mostSlow } from './theory-fields';

export interface Theory {
  readonly exact: ExactSteadyState | null;
  /** null where there is no unique steady state or no real slow mode, and for more than 110 atoms */
  readonly slow: SlowDynamics | null;
}

/** Most atoms for the exact steady state beside an ensemble. */
const mostExact = { hardware: 200, software: mostSlow };
/** Relative error of the steady state, and of the slow mode's vectors: far below any ensemble's; and the most that is taken. */
const tolerance = { steady: 1e-7, slow: 1e-6, most: 1e-3 };

export async function theory(
  system: SystemParameters,
  gpu: Gpu | null,
  context: RunContext,
): Promise<Theory> {
  const { atoms } = system;
  const most = mostExact[gpu?.adapter.fallback === false ? 'hardware' : 'software'];
  if (atoms > most) return { exact: null, slow: null };
  if (keepsEveryJ(system) || keepsEveryM(system)) {
    const what = keepsEveryJ(system)
      ? 'Without individual decay, pumping or dephasing'
      : 'With dephasing alone';
    context.warn(`${what} the steady state is not unique: the averages depend on the start.`);
    return { exact: null, slow: null };
  }
  return withSlowSpectrum(system, context, 'exact values', async (spectrum) => {
    const { liouvillian } = spectrum;
    const hasSlowMode = atoms > 1 && atoms <= mostSlow;
    // The slow mode first: with it the steady state takes fewer matvecs.
    const slowMode = hasSlowMode
      ? await spectrum.slowMode({ tolerance: tolerance.slow, vectorTolerance: tolerance.slow })
      : null;
    const steady = await spectrum.steadyState(slowMode, tolerance.steady);
    warnIfRough(steady, context);
    const isKnown =
      slowMode !== null &&
      spectrum.hasSearched(slowMode.re) &&
      Math.max(slowMode.rightError, slowMode.leftError) <= tolerance.most;
    if (slowMode !== null && !isKnown) {
      context.warn(
        'No switching is predicted: the slow mode is not known well enough, or not sure to be the slowest.',
      );
    }
    return {
      exact: exactSteadyState(system, liouvillian.pyramid, steady),
      slow: isKnown ? slowDynamics(liouvillian, slowMode, steady.rho) : null,
    };
  });
}
