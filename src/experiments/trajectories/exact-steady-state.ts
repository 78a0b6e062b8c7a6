/** The master equation's own steady state, to stand beside an ensemble's. */
import { jumpRates } from '../../operators/jump-rates';
import { magnetizationDistribution, momentsOfRho, spinDistribution } from '../../operators/moments';
import type { Pyramid } from '../../operators/pyramid';
import { isReal, type SystemParameters } from '../../parameters/system';
import { fidelities } from '../spectrum/states';
import type { ExactSteadyState } from './theory-fields';

export function exactSteadyState(
  system: SystemParameters,
  pyramid: Pyramid,
  { rho, residual }: { readonly rho: Float64Array; readonly residual: number },
): ExactSteadyState {
  const { SxSy, SxSz, ...moments } = momentsOfRho(pyramid, rho);
  return {
    ...moments,
    ...(!isReal(system) && { SxSy, SxSz }),
    ...fidelities(system, pyramid, rho),
    jumps: jumpRates(system, pyramid, rho),
    Pm: [...magnetizationDistribution(pyramid, rho)],
    Pj: [...spinDistribution(pyramid, rho)],
    residual,
  };
}
