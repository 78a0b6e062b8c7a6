/**
 * What an ensemble records, row by row: the host's side of `record` in `shaders/ensemble/ensemble.wgsl`. Every row holds one
 * number for each trajectory.
 */
import { constants, f32, Struct } from '../gpu/struct';

/**
 * |<CRSS|psi>|^2 with the CRSS of j = N/2, zero in every other j, and with the CRSS of the trajectory's own j; without
 * collective decay there is none, and both are recorded as zero.
 */
export const crssFidelities = ['crssFidelity', 'crssFidelityAllJ'] as const;
export type CrssFidelity = (typeof crssFidelities)[number];

/**
 * The observables of a sample, in the order of their rows; S_x = 0 along every trajectory (real gauge). The committor is
 * recorded as zero where the request has none.
 */
export const observables = [
  'Sy',
  'Sz',
  'Sx2',
  'Sy2',
  'Sz2',
  'SySz',
  'j',
  ...crssFidelities,
  'committor',
] as const;
export type Observable = (typeof observables)[number];

/** Powers of the spin in each: it is of size (N/2)^power at most. */
export const spinPower: Readonly<Record<Observable, 0 | 1 | 2>> = {
  Sy: 1,
  Sz: 1,
  Sx2: 2,
  Sy2: 2,
  Sz2: 2,
  SySz: 2,
  j: 1,
  crssFidelity: 0,
  crssFidelityAllJ: 0,
  committor: 0,
};

/** Trajectories to a block, the unit in which the GPU reduces: results are the same for any batch of whole blocks. */
export const blockSize = 256;

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

/** What a kernel knows of a sample: the struct of its observables, and their values in the order of their rows. */
export const recordDeclarations = [
  new Struct('Observables', Object.fromEntries(observables.map((name) => [name, f32]))).wgsl,
  constants({ observables: observables.length }),
  'fn valuesOf(o: Observables) -> array<f32, observables> {',
  `  return array<f32, observables>(${observables.map((name) => `o.${name}`).join(', ')});`,
  '}',
].join('\n');
