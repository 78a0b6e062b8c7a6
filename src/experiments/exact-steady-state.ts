/** The master equation's own steady state, to stand beside an ensemble's. */
import type { Gpu } from '../gpu/gpu';
import { type JumpRates, jumpRates } from '../operators/jump-rates';
import {
  type Moments,
  magnetizationDistribution,
  momentsOfRho,
  spinDistribution,
} from '../operators/moments';
import type { SystemParameters } from '../parameters/system';
import type { RunContext } from './experiment';
import { withSlowSpectrum } from './spectral-run';
import { type Fidelities, fidelities } from './states';

export interface ExactSteadyState extends Moments, Fidelities {
  readonly jumps: JumpRates;
  readonly Pm: readonly number[];
  readonly Pj: readonly number[];
  /** |L rho| / |rho|, in the unit of the rates */
  readonly residual: number;
}

/** Above this the exact values would keep an ensemble waiting: a few seconds on one core, less on a GPU. */
const mostExact = { hardware: 200, software: 60 };
/** Relative error of the exact steady state: far below any ensemble's. */
const exactTolerance = 1e-7;

/** The exact values beside the ensemble's, where they come in a moment. */
export async function exactSteadyState(
  parameters: SystemParameters,
  gpu: Gpu | null,
  context: RunContext,
): Promise<ExactSteadyState | null> {
  if (parameters.atoms > mostExact[gpu?.adapter.fallback === false ? 'hardware' : 'software']) return null;
  if (parameters.gammaF === 0 && parameters.atoms > 1) {
    context.warn(
      'Without individual decay the steady state is not unique: the averages depend on the start.',
    );
    return null;
  }
  return withSlowSpectrum(parameters, context, 'exact steady state', async (spectrum) => {
    const { rho, residual } = await spectrum.steadyState(null, exactTolerance);
    const { pyramid } = spectrum.liouvillian;
    return {
      ...momentsOfRho(pyramid, rho),
      ...fidelities(parameters, pyramid, rho),
      jumps: jumpRates(parameters, pyramid, rho),
      Pm: [...magnetizationDistribution(pyramid, rho)],
      Pj: [...spinDistribution(pyramid, rho)],
      residual,
    };
  });
}
