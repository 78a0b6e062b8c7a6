/** How a state appears in the results. */
import { isSolved, type SteadyState } from '../../liouvillian/steady-state';
import { crssAngle, crssEigenvalue, crssFidelity, crssFidelityAllJ } from '../../operators/crss';
import {
  magnetizationDistribution,
  momentNorms,
  momentsOfRho,
  type SpinMoments,
  spinDistribution,
  squeezingError,
} from '../../operators/moments';
import type { Pyramid } from '../../operators/pyramid';
import type { SystemParameters } from '../../parameters/system';
import type { RunContext } from '../experiment';
import type { Fidelities, StateErrors, StateSummary } from './state-fields';

export function summarize(pyramid: Pyramid, rho: Float64Array): StateSummary {
  const { SxSy: _SxSy, SxSz: _SxSz, SySz: _SySz, ...moments } = momentsOfRho(pyramid, rho);
  return {
    moments,
    Pm: [...magnetizationDistribution(pyramid, rho)],
    Pj: [...spinDistribution(pyramid, rho)],
  };
}

export function fidelities(system: SystemParameters, pyramid: Pyramid, rho: Float64Array): Fidelities {
  if (system.gamma1D === 0) return { crssFidelity: null, crssFidelityAllJ: null };
  const s = crssEigenvalue(system);
  const angle = crssAngle(system);
  return {
    crssFidelity: crssFidelity(pyramid, rho, s, angle),
    crssFidelityAllJ: crssFidelityAllJ(pyramid, rho, s, angle),
  };
}

/**
 * Bounds on a summary, |Tr(O x)| <= |O| |x| in Hilbert-Schmidt norms.
 * @param error bound on |x|, x = rho - exact
 */
export function summaryErrors(pyramid: Pyramid, rho: Float64Array, error: number): StateErrors {
  const norms = Object.entries(momentNorms(pyramid)).map(([name, norm]) => [name, norm * error]);
  // S_x is 0 by symmetry where there is no B, whatever the error.
  const isReal = rho.length === pyramid.unknowns;
  const bounds: SpinMoments = {
    ...Object.fromEntries(norms),
    ...(isReal ? { Sx: 0, SxSy: 0, SxSz: 0 } : {}),
  };
  const { SxSy: _SxSy, SxSz: _SxSz, SySz: _SySz, ...shown } = bounds;
  const squeezing = squeezingError(pyramid.atoms, momentsOfRho(pyramid, rho), bounds);
  return {
    moments: { ...shown, squeezing },
    // The projectors on one m, in every block that has it, and on one j.
    Pm: Math.sqrt(pyramid.blocks.length) * error,
    Pj: Math.sqrt(pyramid.atoms + 1) * error,
  };
}

/** The same for fidelities: projectors on one CRSS, and on one in every block. */
export function fidelityErrors(system: SystemParameters, pyramid: Pyramid, error: number): Fidelities {
  if (system.gamma1D === 0) return { crssFidelity: null, crssFidelityAllJ: null };
  return { crssFidelity: error, crssFidelityAllJ: Math.sqrt(pyramid.blocks.length) * error };
}

/** Where the corrections failed, in a system too large to be solved outright. */
export function warnIfRough(state: SteadyState, { warn }: RunContext): void {
  if (isSolved(state)) return;
  warn(
    `The steady state is known to a relative error of ${state.error.toPrecision(2)} only: its corrections stall.`,
  );
}
