/** The master equation's own steady state, to stand beside an ensemble's. */
import { type JumpRates, jumpRates } from '../operators/jump-rates';
import {
  type Moments,
  magnetizationDistribution,
  momentsOfRho,
  spinDistribution,
} from '../operators/moments';
import type { Pyramid } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';
import { type Fidelities, fidelities } from './states';
import type { UnitsOf } from './units';

export interface ExactSteadyState extends Moments, Fidelities {
  readonly jumps: JumpRates;
  readonly Pm: readonly number[];
  readonly Pj: readonly number[];
  /** |L rho| / |rho|, in the unit of the rates */
  readonly residual: number;
}

export const exactUnits: UnitsOf<ExactSteadyState> = {
  Sx: '1',
  Sy: '1',
  Sz: '1',
  Sx2: '1',
  Sy2: '1',
  Sz2: '1',
  SySz: '1',
  squeezing: '1',
  crssFidelity: '1',
  crssFidelityAllJ: '1',
  jumps: 'rate',
  Pm: '1',
  Pj: '1',
  residual: 'rate',
};

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
