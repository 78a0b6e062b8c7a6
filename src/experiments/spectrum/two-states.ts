/** The two metastable states and the committor for a picture, to a few digits and as fast as can be. `metastable-run.ts` has them with bounds. */
import { metastableStates, movesPopulations } from '../../liouvillian/metastable';
import { magnetizationDistribution, momentsOfRho } from '../../operators/moments';
import type { SystemParameters } from '../../parameters/system';
import { keepsEveryJ, keepsEveryM } from '../../parameters/unique-steady-state';
import type { RunContext } from '../experiment';
import { withSlowSpectrum } from './spectral-run';

export interface OneOfTwo {
  readonly Sz: number;
  /** from m = -N/2 up */
  readonly Pm: Float64Array;
  /** a_+ or a_- */
  readonly weight: number;
}

export interface TwoStates {
  /** lambda_1 */
  readonly gap: number;
  /** packed; its antisymmetric part follows where there is one */
  readonly committor: Float64Array;
  readonly plus: OneOfTwo;
  readonly minus: OneOfTwo;
}

/** Why there are no two states. */
export type NoTwoStates = 'not unique' | 'pair' | 'coherence' | 'not slow' | 'one state';

/** Far below what a picture shows. */
const tolerance = 1e-4;
/** lambda_1 is slow where the next decay is so many times as fast. */
const separation = 2;

/** @param system in its own unit */
export async function twoStates(
  system: SystemParameters,
  context: RunContext,
): Promise<TwoStates | NoTwoStates> {
  if (system.atoms === 1) return 'one state';
  if (keepsEveryJ(system) || keepsEveryM(system)) return 'not unique';
  return withSlowSpectrum(system, context, 'metastable states', async (spectrum) => {
    const slowMode = await spectrum.slowMode({ tolerance, vectorTolerance: tolerance });
    if (slowMode.right.length > 1) return 'pair';
    if (!movesPopulations(spectrum.liouvillian, slowMode.right)) return 'coherence';
    const second = await spectrum.secondMode(slowMode, 0.1);
    if (second === null || Math.hypot(second.re, second.im) < separation * slowMode.re) return 'not slow';
    const { rho } = await spectrum.steadyState(slowMode, tolerance);
    const states = metastableStates(spectrum.liouvillian, slowMode, rho);
    if (states.isBeyond) return 'one state';
    const { pyramid } = spectrum.liouvillian;
    const one = (state: Float64Array, weight: number): OneOfTwo => ({
      Sz: momentsOfRho(pyramid, state).Sz,
      Pm: magnetizationDistribution(pyramid, state),
      weight,
    });
    return {
      gap: slowMode.re,
      committor: states.committor,
      plus: one(states.plus, states.aPlus),
      minus: one(states.minus, states.aMinus),
    };
  });
}
