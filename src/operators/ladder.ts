/**
 * Amplitudes of collective and individual jumps in the states |j, m> of N atoms. Spins j and m are exact (half-)integers. The individual
 * jumps are those of Shammah et al., PRA 98, 063815 (2018): summed over atoms, one atom's process maps |j,m><j,m'| to m + step, m' + step in
 * the blocks j, j-1 and j+1, with weight K(m) K(m') in each. K^2 summed over the three is N/2 + m, N/2 - m and N/4 for emission, pumping and
 * dephasing. Amplitudes are zero wherever the target state does not exist.
 */
import type { Dissipation, SystemParameters } from '../parameters/system';

/**
 * What an atom does by itself, sigma_-, sigma_+ or sigma_z/2, and all atoms together, S_-, S_+ or S_z. Within a block the two are one
 * operator up to a factor: K of the same j is `sameShare` times the collective amplitude.
 */
export interface Process {
  /** the rates of both */
  readonly individual: keyof Dissipation;
  readonly collective: keyof Dissipation;
  /** of m */
  readonly step: -1 | 0 | 1;
  /** <j,m+step| S |j,m> squared, S the collective operator, and its sign */
  readonly same: (j: number, m: number) => number;
  readonly sign: (m: number) => number;
  /** K^2 summed over the blocks that it leads to, N/2 + m for emission */
  readonly total: (N: number, m: number) => number;
  /** K to j-1 and to j+1, both squared, without the shares of `downShare` and `upShare` */
  readonly down: (j: number, m: number) => number;
  readonly up: (j: number, m: number) => number;
}

export const emission: Process = {
  ...{ individual: 'gammaF', collective: 'gamma1D', step: -1 },
  same: (j, m) => (j + m) * (j - m + 1),
  sign: () => 1,
  total: (N, m) => N / 2 + m,
  down: (j, m) => (j + m) * (j + m - 1),
  up: (j, m) => (j - m + 1) * (j - m + 2),
};

/** Emission with all spins turned over. */
export const pumping: Process = {
  ...{ individual: 'pumping', collective: 'collectivePumping', step: 1 },
  same: (j, m) => emission.same(j, -m),
  sign: () => 1,
  total: (N, m) => N / 2 - m,
  down: (j, m) => emission.down(j, -m),
  up: (j, m) => emission.up(j, -m),
};

export const dephasing: Process = {
  ...{ individual: 'dephasing', collective: 'collectiveDephasing', step: 0 },
  // In these words it is exact, as the squares of the others are: proofs count on it.
  same: (_, m) => m * m,
  sign: Math.sign,
  total: (N) => N / 4,
  down: (j, m) => (j + m) * (j - m),
  up: (j, m) => (j + m + 1) * (j - m + 1),
};

export const processes = [emission, pumping, dephasing] as const;

/** K^2 of the same j over the collective amplitude's. */
export const sameShare = (N: number, j: number) => (j === 0 ? 0 : (N / 2 + 1) / (2 * j * (j + 1)));
const downShare = (N: number, j: number) => (j === 0 ? 0 : (N / 2 + j + 1) / (2 * j * (2 * j + 1)));
const upShare = (N: number, j: number) => (N / 2 - j) / (2 * (j + 1) * (2 * j + 1));

/** <j,m+step| S |j,m>, S the collective operator: S_-, S_+ or S_z. */
export const collective = ({ same, sign }: Process, j: number, m: number) => sign(m) * Math.sqrt(same(j, m));

/** K of an individual jump that keeps j. */
export const krausSame = (process: Process, N: number, j: number, m: number) =>
  Math.sqrt(sameShare(N, j)) * collective(process, j, m);

/** K of an individual jump from j to j-1. */
export const krausDown = ({ down }: Process, N: number, j: number, m: number) =>
  Math.sqrt(downShare(N, j) * down(j, m));

/** K of an individual jump from j to j+1. */
export const krausUp = ({ up }: Process, N: number, j: number, m: number) =>
  Math.sqrt(upShare(N, j) * up(j, m));

/** <j,m-1| S_- |j,m> = sqrt((j+m)(j-m+1)). */
export const lowering = (j: number, m: number) => collective(emission, j, m);

/** h_m = -delta m + Delta (j+m)(j-m+1), the energy of |j, m> in the general model's Hamiltonian without the drive. */
export const levelShift = (
  { detuning, collectiveShift }: Pick<SystemParameters, 'detuning' | 'collectiveShift'>,
  j: number,
  m: number,
) => collectiveShift * emission.same(j, m) - detuning * m;

/** The rate of a process within the block j, collective and individual jumps as one channel. */
export const mergedRate = ({ individual, collective }: Process, system: Dissipation & Atoms, j: number) =>
  system[collective] + system[individual] * sameShare(system.atoms, j);

interface Atoms {
  readonly atoms: number;
}

/** A process's amplitudes in one block, each of length 2j+1, indexed by the row r = m + j of the state that jumps. */
export interface JumpTable {
  readonly collective: Float64Array;
  readonly same: Float64Array;
  readonly down: Float64Array;
  readonly up: Float64Array;
}

/** All amplitudes of the block j of N atoms. */
export function jumpTable(process: Process, N: number, j: number): JumpTable {
  const rows = Array.from({ length: 2 * j + 1 }, (_, r) => r - j);
  return {
    collective: Float64Array.from(rows, (m) => collective(process, j, m)),
    same: Float64Array.from(rows, (m) => krausSame(process, N, j, m)),
    down: Float64Array.from(rows, (m) => krausDown(process, N, j, m)),
    up: Float64Array.from(rows, (m) => krausUp(process, N, j, m)),
  };
}
