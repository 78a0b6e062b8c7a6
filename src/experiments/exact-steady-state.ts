/** The master equation's own steady state, to stand beside an ensemble's. */
import { jumpRates } from '../operators/jump-rates';
import { magnetizationDistribution, momentsOfRho, spinDistribution } from '../operators/moments';
import type { Pyramid } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';
import { type Fields, group, number, over, type ResultOf } from './fields';
import { fidelities, fidelityFields, momentFields } from './states';

export const exactFields = {
  ...momentFields,
  SySz: number(),
  ...fidelityFields,
  jumps: group({
    collectivePerTime: number('rate'),
    individualPerTime: number('rate'),
    individual: group({ sameJ: number('rate'), toLowerJ: number('rate'), toHigherJ: number('rate') }),
  }),
  Pm: over('m', number()),
  Pj: over('j', number()),
  /** |L rho| / |rho| */
  residual: number('rate'),
} as const satisfies Fields;
export type ExactSteadyState = ResultOf<typeof exactFields>;

export function exactSteadyState(
  system: SystemParameters,
  pyramid: Pyramid,
  { rho, residual }: { readonly rho: Float64Array; readonly residual: number },
): ExactSteadyState {
  return {
    ...momentsOfRho(pyramid, rho),
    ...fidelities(system, pyramid, rho),
    jumps: jumpRates(system, pyramid, rho),
    Pm: [...magnetizationDistribution(pyramid, rho)],
    Pj: [...spinDistribution(pyramid, rho)],
    residual,
  };
}
