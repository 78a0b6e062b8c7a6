/** What the theory of the slow mode says of switching, for trajectories to be held against. */
import { metastableStates } from '../liouvillian/metastable';
import { momentsOfRho } from '../operators/moments';
import type { SystemParameters } from '../parameters/system';
import type { RunContext } from './experiment';
import { withSlowSpectrum } from './spectral-run';

/** Rates out of "+" and "-" by the committor: lambda_1 (1 - pPlus) and lambda_1 pPlus. */
export interface PredictedSwitching {
  readonly lambda1: number;
  readonly pPlus: number;
  readonly ratePlus: number;
  readonly rateMinus: number;
}

/** The paper's, Eq. (10): lambda_1 a_-+. */
export interface PaperSwitching {
  readonly aPlus: number;
  readonly aMinus: number;
  readonly ratePlus: number;
  readonly rateMinus: number;
}

export interface SlowDynamics {
  readonly predicted: PredictedSwitching;
  readonly paper: PaperSwitching;
  /** packed */
  readonly committor: Float64Array;
  /** <S_z> halfway between the two states */
  readonly halfway: number;
}

/** Beyond this the slow mode takes longer than most ensembles: --atoms this many take some seconds on one core. */
const mostAtoms = 60;
/** Of the vectors, relative to their length: far below the error of any ensemble. */
const tolerance = 1e-6;

/** Null where there is no unique steady state or no real slow mode, and for more than 60 atoms. */
export async function slowDynamics(
  system: SystemParameters,
  context: RunContext,
): Promise<SlowDynamics | null> {
  if (system.atoms === 1 || system.atoms > mostAtoms || system.gammaF === 0) return null;
  return withSlowSpectrum(system, context, 'slow mode', async (spectrum) => {
    const slowMode = await spectrum.slowMode({ tolerance, vectors: true });
    if (slowMode.im !== 0) return null;
    const { rho } = await spectrum.steadyState(slowMode, tolerance);
    const states = metastableStates(spectrum.liouvillian, slowMode, rho);
    const { plus, minus, aPlus, aMinus, pPlus, committor } = states;
    const Sz = (state: Float64Array) => momentsOfRho(spectrum.liouvillian.pyramid, state).Sz;
    const lambda1 = slowMode.re;
    return {
      predicted: { lambda1, pPlus, ratePlus: lambda1 * (1 - pPlus), rateMinus: lambda1 * pPlus },
      paper: { aPlus, aMinus, ratePlus: lambda1 * aMinus, rateMinus: lambda1 * aPlus },
      committor,
      halfway: (Sz(plus) + Sz(minus)) / 2,
    };
  });
}
