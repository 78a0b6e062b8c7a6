/** How the watched trajectory is cut: its unit of time, its samples, and what would take too long. */
import { gapSeconds } from '../experiments/spectrum/spectral';
import { bistableIntervals } from '../mean-field/bistability';
import type { SystemParameters } from '../parameters/system';
import { unravelingFacts } from '../trajectories/unraveling-facts';

/** Between samples, and in sight at once, in units of 1/`lifeTime(...).rate`. */
export const spacing = 0.04;
export const windowLength = 40;

/** The rate whose inverse is the unit of time. */
export interface LifeTime {
  readonly rate: number;
  /** in the markup of `notation` */
  readonly symbol: string;
}

/** That of one atom by itself: its decay, where it has none what else it does, and last what all do together. */
export function lifeTime(system: SystemParameters): LifeTime {
  const rates = [
    [system.gammaF, '*γ*_F'],
    [system.pumping, '*w*'],
    [system.dephasing, '*γ*_φ'],
    [system.gamma1D, '*γ*_{1D}'],
    [system.collectivePumping, '*W*'],
    [system.collectiveDephasing, '*Γ*_φ'],
  ] as const;
  const [rate, symbol] = rates.find(([rate]) => rate > 0)!;
  return { rate, symbol };
}

const mostUnasked = 54;
export const isLarge = ({ atoms }: SystemParameters) => atoms > mostUnasked;

/** Where a sample takes longer, s, nobody waits for a trajectory. */
const dear = 0.2;

/** Beside the jumps a drive is followed: turns of 2 Omega N, each through all rows. */
export function isDear(system: SystemParameters): boolean {
  const { atoms, omega } = system;
  const turns = 6e-9 * (atoms + 13) * atoms * omega;
  const perTime = unravelingFacts.photodetection.secondsPerTime(system) + turns;
  return !((perTime * spacing) / lifeTime(system).rate <= dear);
}

/** The two states are computed unasked in so many seconds, on two cores. */
const patience = 1.5;
/** Near the drives between which the mean field has two stable branches there may be two states. */
const nearby = 1.08;

/** Whether to look for two metastable states: null, or why not, for a person. */
export function whyNoTwoStates(system: SystemParameters): string | null {
  const { driveOverCritical, omega } = system;
  const drive = driveOverCritical ?? omega;
  const isNear = bistableIntervals(system).some(
    ({ from, to }) => drive * nearby >= from && drive <= to * nearby,
  );
  if (!isNear) return 'One state here: the mean field is not bistable at this drive.';
  if (1.5 * gapSeconds(system) > patience)
    return 'The two states of so many atoms are computed when you ask for them, further down.';
  return null;
}
