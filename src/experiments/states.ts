/** How a state appears in the results. */
import { crssEigenvalue, crssFidelity, crssFidelityAllJ } from '../operators/crss';
import {
  type Moments,
  magnetizationDistribution,
  momentsOfRho,
  spinDistribution,
} from '../operators/moments';
import type { Pyramid } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';

export interface StateSummary {
  /** of the collective spin, in the paper's axes */
  readonly moments: Omit<Moments, 'SySz'>;
  /** from m = -N/2 up */
  readonly Pm: readonly number[];
  /** from j = N/2 down */
  readonly Pj: readonly number[];
}

export interface Fidelities {
  /** <CRSS| rho |CRSS>, the CRSS of j = N/2; its square root is QuTiP's fidelity. Null without collective decay. */
  readonly crssFidelity: number | null;
  /** summed over a CRSS in every j */
  readonly crssFidelityAllJ: number | null;
}

export function summarize(pyramid: Pyramid, rho: Float64Array): StateSummary {
  const { SySz: _SySz, ...moments } = momentsOfRho(pyramid, rho);
  return {
    moments,
    Pm: [...magnetizationDistribution(pyramid, rho)],
    Pj: [...spinDistribution(pyramid, rho)],
  };
}

export function fidelities(system: SystemParameters, pyramid: Pyramid, rho: Float64Array): Fidelities {
  if (system.gamma1D === 0) return { crssFidelity: null, crssFidelityAllJ: null };
  const s = crssEigenvalue(system);
  return { crssFidelity: crssFidelity(pyramid, rho, s), crssFidelityAllJ: crssFidelityAllJ(pyramid, rho, s) };
}
