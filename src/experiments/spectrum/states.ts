/** How a state appears in the results. */
import { isSolved, type SteadyState } from '../../liouvillian/steady-state';
import { crssAngle, crssEigenvalue, crssFidelity, crssFidelityAllJ } from '../../operators/crss';
import { husimiNorm, husimiOfRho } from '../../operators/husimi';
import {
  jointDistribution,
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
import type { StatePicture, StatePictureErrors } from './phase-space';
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
 * Bounds on moments, |Tr(O x)| <= |O| |x| in Hilbert-Schmidt norms.
 * @param error bound on |x|, x = rho - exact
 */
function momentErrors(pyramid: Pyramid, rho: Float64Array, error: number): SpinMoments {
  const norms = Object.entries(momentNorms(pyramid)).map(([name, norm]) => [name, norm * error]);
  // S_x is 0 by symmetry where there is no B, whatever the error.
  const isReal = rho.length === pyramid.unknowns;
  return { ...Object.fromEntries(norms), ...(isReal ? { Sx: 0, SxSy: 0, SxSz: 0 } : {}) };
}

/** Such bounds on a summary. */
export function summaryErrors(pyramid: Pyramid, rho: Float64Array, error: number): StateErrors {
  const bounds = momentErrors(pyramid, rho, error);
  const { SxSy: _SxSy, SxSz: _SxSz, SySz: _SySz, ...shown } = bounds;
  const squeezing = squeezingError(pyramid.atoms, momentsOfRho(pyramid, rho), bounds);
  return {
    moments: { ...shown, squeezing },
    // The projectors on one m, in every block that has it, and on one j.
    Pm: Math.sqrt(pyramid.blocks.length) * error,
    Pj: Math.sqrt(pyramid.atoms + 1) * error,
  };
}

/** What is left of a number that has so many decimals does not count beside the bounds, and many a document is half as long. */
const DECIMALS = 1e12;
const rounded = (values: Float64Array) =>
  Array.from(values, (value) => Math.round(value * DECIMALS) / DECIMALS);

export function picture(pyramid: Pyramid, rho: Float64Array): StatePicture {
  const { squeezing: _, ...moments } = momentsOfRho(pyramid, rho);
  return {
    moments,
    Pjm: jointDistribution(pyramid, rho).map(rounded),
    Q: husimiOfRho(pyramid, rho).map(rounded),
  };
}

/** Bounds on it: of projectors on one |j, m>, and on one coherent state of every j. */
export const pictureErrors = (pyramid: Pyramid, rho: Float64Array, error: number): StatePictureErrors => ({
  moments: momentErrors(pyramid, rho, error),
  Pjm: error + 1 / DECIMALS,
  Q: husimiNorm(pyramid) * error + 1 / DECIMALS,
});

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
