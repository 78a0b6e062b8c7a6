/**
 * What an ensemble records, row by row: the host's side of `record` in `shaders/ensemble/ensemble.wgsl`. Every row holds one
 * number for each trajectory.
 */
import { type Observable, observables } from './observables';

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

/** The channels that jumps are counted in, in the shader's order: the last three are one atom's emission. */
export const channels = [
  'collective',
  'individual same j',
  'individual to j - 1',
  'individual to j + 1',
] as const;

/** Where each row is; every section starts where the one before it ends. */
export interface RecordLayout {
  /** sample times t = slot * interval, slot 0 ... slots - 1; rows [slot][observable] from 0 */
  readonly slots: number;
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

export function recordLayout(atoms: number, slots: number): RecordLayout {
  const averages = slots * observables.length;
  const jumps = averages + observables.length;
  const Pm = jumps + channels.length;
  const Pj = Pm + atoms + 1;
  return { slots, averages, jumps, Pm, Pj, rows: Pj + Math.floor(atoms / 2) + 1 };
}

/** The row of an observable's sample. */
export function sampleRow(slot: number, observable: Observable): number {
  return slot * observables.length + observables.indexOf(observable);
}

/** First slot at or past the burn-in; the quotient may miss a whole number by rounding. */
export function burnInSlots(burnIn: number, time: number, samples: number): number {
  return Math.ceil((burnIn * samples) / time - 1e-9);
}
