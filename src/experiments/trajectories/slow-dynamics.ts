/** What the theory of the slow mode says of switching, for trajectories to be held against. */
import type { Eigenpair } from '../../liouvillian/jacobi-davidson';
import type { Liouvillian } from '../../liouvillian/liouvillian';
import { metastableStates, movesPopulations } from '../../liouvillian/metastable';
import { switchingRates } from '../../liouvillian/switching-rates';
import { momentsOfRho } from '../../operators/moments';
import type { ResultOf } from '../fields';
import type { paperFields, predictedFields } from './theory-fields';

export interface SlowDynamics {
  readonly predicted: ResultOf<typeof predictedFields>;
  readonly paper: ResultOf<typeof paperFields>;
  /** packed */
  readonly committor: Float64Array;
  /** <S_z> halfway between the two states */
  readonly halfway: number;
}

/** Null where the slow mode is one of a pair, or a coherence alone: it then has no two states. */
export function slowDynamics(
  liouvillian: Liouvillian,
  slowMode: Eigenpair,
  rho: Float64Array,
): SlowDynamics | null {
  if (slowMode.right.length > 1 || !movesPopulations(liouvillian, slowMode.right)) return null;
  const states = metastableStates(liouvillian, slowMode, rho);
  const { plus, minus, aPlus, aMinus, pPlus, committor } = states;
  const Sz = (state: Float64Array) => momentsOfRho(liouvillian.pyramid, state).Sz;
  const lambda1 = slowMode.re;
  const byCommittor = switchingRates(lambda1, { plus: pPlus, minus: 1 - pPlus });
  const byOverlap = switchingRates(lambda1, { plus: aPlus, minus: aMinus });
  return {
    predicted: { lambda1, pPlus, ratePlus: byCommittor.plus, rateMinus: byCommittor.minus },
    paper: { aPlus, aMinus, ratePlus: byOverlap.plus, rateMinus: byOverlap.minus },
    committor,
    halfway: (Sz(plus) + Sz(minus)) / 2,
  };
}
