/**
 * What an ensemble records, row by row: the host's side of `record` in `shaders/ensemble.wgsl`. Every row holds one
 * number for each trajectory.
 */

/** The observables of a sample, in the shader's order; S_x = 0 along every trajectory (real gauge). */
export const observables = ['Sy', 'Sz', 'Sx2', 'Sy2', 'Sz2', 'SySz', 'j'] as const;
export type Observable = (typeof observables)[number];

/** Trajectories to a block, the unit in which the GPU reduces: results are the same for any batch of whole blocks. */
export const blockSize = 256;

export interface RecordLayout {
  /** sample times t = slot * interval, slot 0 ... slots - 1 */
  readonly slots: number;
  /** the row of an observable's sample */
  readonly sample: (slot: number, observable: Observable) => number;
  /** first row of the time averages of the observables, of P_m (m = -N/2 up), of P_j (j = N/2 down), of the jumps */
  readonly averages: number;
  readonly Pm: number;
  readonly Pj: number;
  readonly jumps: number;
  readonly rows: number;
}

/** Channels of the jump counters. */
export const channelRows = 4;

export function recordLayout(atoms: number, slots: number): RecordLayout {
  const averages = slots * observables.length;
  const Pm = averages + observables.length;
  const Pj = Pm + atoms + 1;
  const jumps = Pj + Math.floor(atoms / 2) + 1;
  return {
    slots,
    sample: (slot, observable) => slot * observables.length + observables.indexOf(observable),
    averages,
    Pm,
    Pj,
    jumps,
    rows: jumps + channelRows,
  };
}
