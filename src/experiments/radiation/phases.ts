/** The two metastable states as an observer of the light sees them: how brightly each shines, and how they follow one another, Eq. (9). */
import type { Eigenpair } from '../../liouvillian/jacobi-davidson';
import type { Liouvillian } from '../../liouvillian/liouvillian';
import { metastableErrors, metastableStates, movesPopulations } from '../../liouvillian/metastable';
import type { SteadyState } from '../../liouvillian/steady-state';
import { stateProbabilities } from '../../liouvillian/switching-rates';
import { intensity } from '../../operators/ports';
import { beyondDrive } from './light';
import type { RadiationResult } from './radiation';

/** Of a slow mode that is real, one by itself, and moves populations; else there are no two states. */
export function phasesOf(
  liouvillian: Liouvillian,
  mode: Eigenpair,
  steady: SteadyState,
  beta: number,
  taus: readonly number[],
): { readonly phases: RadiationResult['phases']; readonly errors: RadiationResult['errors']['phases'] } {
  if (!movesPopulations(liouvillian, mode.right)) return { phases: null, errors: null };
  const { pyramid, system } = liouvillian;
  const states = metastableStates(liouvillian, mode, steady.rho);
  const errors = metastableErrors(liouvillian, states, mode, steady);
  const observable = intensity(pyramid, beta, steady.rho.length);
  // A trace norm is at most the root of the dimension times the Hilbert-Schmidt norm.
  const dimension = pyramid.blocks.reduce((sum, { dim }) => sum + dim, 0);
  const size = beyondDrive(system, beta) * Math.sqrt(dimension);
  const { pPlus } = states;
  const weights = { plus: pPlus, minus: 1 - pPlus };
  const chance = (start: number) => taus.map((t) => stateProbabilities(mode.re, weights, start, t).plus);
  return {
    phases: {
      intensity: {
        plus: beta ** 2 + liouvillian.inner(observable, states.plus),
        minus: beta ** 2 + liouvillian.inner(observable, states.minus),
      },
      pPlus,
      probability: {
        tau: taus,
        fromPlus: chance(1),
        fromMinus: chance(0),
        // d/d lambda exp(-lambda t) is at most 1/(e lambda) in size.
        error: taus.map(() => errors.pPlus + mode.error / (Math.E * mode.re)),
      },
    },
    errors: {
      intensity: { plus: size * errors.plus, minus: size * errors.minus },
      pPlus: errors.pPlus,
    },
  };
}
