/**
 * What an ensemble records, row by row: the host's side of `record` in `shaders/ensemble/ensemble.wgsl`. Every row holds one
 * number for each trajectory.
 */
import { processes } from '../operators/ladder';
import type { SystemParameters } from '../parameters/system';
import { type Current, type Observable, observables, observablesOf, type Recorded } from './observables';

export { type Observable, observables };

/**
 * Which trajectories a seed and a number stand for. Raise it with every change after which the same request walks other
 * bits on the same adapter, or after which the sums of a checkpoint mean something else: what runs before and after it left
 * must not be joined.
 */
export const walk = 1;

/** Trajectories to a block, the unit in which the GPU reduces: results are the same for any batch of whole blocks. */
export const blockSize = 256;

/** Equal parts of [-N/2, N/2], in which trajectories are counted by <S_z>. */
export const histogramBins = 64;

/**
 * The channels that jumps are counted in, in the shader's order: the last three are one atom's emission. In the general model pumping
 * follows and then dephasing, channel c of process p (src/operators/ladder.ts) at `channels.length` p + c.
 */
export const channels = [
  'collective',
  'individual same j',
  'individual to j - 1',
  'individual to j + 1',
] as const;

type JumpRates = Pick<SystemParameters, (typeof beyondEmission)[number]>;
const beyondEmission = ['pumping', 'dephasing', 'collectivePumping', 'collectiveDephasing'] as const;

/** Whether a system is pumped or dephased: where it is not, only emission has channels. */
export const hasMoreChannels = (system: JumpRates) => beyondEmission.some((rate) => system[rate] > 0);
export const channelCount = (system: JumpRates) =>
  channels.length * (hasMoreChannels(system) ? processes.length : 1);

/** Where each row is; every section starts where the one before it ends. */
export interface RecordLayout {
  /** sample times t = slot * interval, slot 0 ... slots - 1; rows [slot][observable] from 0 */
  readonly slots: number;
  readonly observables: readonly Recorded[];
  /** how many there are */
  readonly channels: number;
  /** the trajectory's own time averages of the observables */
  readonly averages: number;
  /** its jumps after the burn-in, by channel */
  readonly jumps: number;
  /** its time averages of P_m, from m = -N/2 up */
  readonly Pm: number;
  /** its time averages of P_j, from j = N/2 down */
  readonly Pj: number;
  /** all of them */
  readonly rows: number;
}

/** @param currents that the unravelling records */
export function recordLayout(
  system: SystemParameters,
  slots: number,
  currents?: readonly Current[],
): RecordLayout {
  const { atoms } = system;
  const recorded = observablesOf(system, currents);
  const counted = channelCount(system);
  const averages = slots * recorded.length;
  const jumps = averages + recorded.length;
  const Pm = jumps + counted;
  const Pj = Pm + atoms + 1;
  const rows = Pj + Math.floor(atoms / 2) + 1;
  return { slots, observables: recorded, channels: counted, averages, jumps, Pm, Pj, rows };
}

/** The row of an observable's sample, of those that are recorded. */
export function sampleRow(
  slot: number,
  observable: Recorded,
  recorded: readonly Recorded[] = observables,
): number {
  return slot * recorded.length + recorded.indexOf(observable);
}

/** First slot at or past the burn-in; the quotient may miss a whole number by rounding. */
export function burnInSlots(burnIn: number, time: number, samples: number): number {
  return Math.ceil((burnIn * samples) / time - 1e-9);
}
