/**
 * Amplitudes of the collective and the individual lowering in the states |j, m> of N atoms. Spins j and m are exact
 * (half-)integers. The individual jumps are those of Shammah et al., PRA 98, 063815 (2018): summed over atoms, one
 * atom's emission maps |j,m><j,m'| to m-1, m'-1 in the blocks j, j-1 and j+1, with weight K(m) K(m') in each, and
 * K0^2 + K-^2 + K+^2 = N/2 + m. They are zero wherever the target state does not exist.
 */

/** <j,m-1| S_- |j,m> = sqrt((j+m)(j-m+1)). */
export function lowering(j: number, m: number): number {
  return Math.sqrt((j + m) * (j - m + 1));
}

/** K0, the amplitude of an individual emission that keeps j. */
export function krausSame(N: number, j: number, m: number): number {
  return j === 0 ? 0 : Math.sqrt(((N / 2 + 1) * (j + m) * (j - m + 1)) / (2 * j * (j + 1)));
}

/** K-, the amplitude of an individual emission from j to j-1. */
export function krausDown(N: number, j: number, m: number): number {
  return j === 0 ? 0 : Math.sqrt(((N / 2 + j + 1) * (j + m) * (j + m - 1)) / (2 * j * (2 * j + 1)));
}

/** K+, the amplitude of an individual emission from j to j+1. */
export function krausUp(N: number, j: number, m: number): number {
  return Math.sqrt(((N / 2 - j) * (j - m + 1) * (j - m + 2)) / (2 * (j + 1) * (2 * j + 1)));
}

/** The amplitudes of one block, each of length 2j+1, indexed by the row r = m + j of the state that emits. */
export interface LadderTable {
  readonly lowering: Float64Array;
  readonly same: Float64Array;
  readonly down: Float64Array;
  readonly up: Float64Array;
}

/** All amplitudes of the block j of N atoms. */
export function ladderTable(N: number, j: number): LadderTable {
  const rows = Array.from({ length: 2 * j + 1 }, (_, r) => r - j);
  return {
    lowering: Float64Array.from(rows, (m) => lowering(j, m)),
    same: Float64Array.from(rows, (m) => krausSame(N, j, m)),
    down: Float64Array.from(rows, (m) => krausDown(N, j, m)),
    up: Float64Array.from(rows, (m) => krausUp(N, j, m)),
  };
}
