import { Matrix } from 'ml-matrix';
import { emission, jumpTable } from '../operators/ladder';
import type { Pyramid } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';

/**
 * The master equation, Eq. (1), as all of the code means it:
 *
 *     d rho/dt = -2i Omega [S_x, rho] + gamma_1D D[S_-] rho + gamma_F sum_n D[sigma_n] rho,
 *     D[A] rho = A rho A+ - (A+A rho + rho A+A) / 2
 *
 * Visits every coefficient of its right-hand side (the paper's -L): d x[row] / dt has the term value * x[column], for
 * x = rho a packed operator of the pyramid's sector and rates in the user's unit. In the real gauge it reads, in the
 * block of spin j, with a the collective amplitude of lowering and K the individual ones,
 *
 *     d rho_mm'/dt = -Omega [ a(m) rho_{m-1,m'} - a(m+1) rho_{m+1,m'} + a(m') rho_{m,m'-1} - a(m'+1) rho_{m,m'+1} ]
 *                    - { (gamma_1D/2) [a(m)^2 + a(m')^2] + (gamma_F/2) (N + m + m') } rho_mm'
 *                    + gamma_1D a(m+1) a(m'+1) rho_{m+1,m'+1}
 *                    + gamma_F sum_{j'} K(m+1) K(m'+1) rho^{j'}_{m+1,m'+1}
 *
 * with K = K0, K-, K+ of the block j' = j, j+1, j-1 that emits. A row visits at most nine columns, one perhaps twice.
 */
export function forEachCoefficient(
  system: SystemParameters,
  pyramid: Pyramid,
  visit: (row: number, column: number, value: number) => void,
): void {
  const { gamma1D, gammaF, omega } = system;
  const tables = pyramid.blocks.map(({ j }) => jumpTable(emission, pyramid.atoms, j));
  const parity = pyramid.sector === 'symmetric' ? 1 : -1;

  pyramid.forEach((row, b, r, c) => {
    /** rho_{r' c'} of block b' enters with this value; a state outside the pyramid does not. */
    const couple = (from: number, r1: number, c1: number, value: number) => {
      const dim = pyramid.blocks[from]?.dim ?? 0;
      if (r1 < 0 || c1 < 0 || r1 >= dim || c1 >= dim) return;
      if (r1 === c1 && parity < 0) return;
      if (r1 >= c1) visit(row, pyramid.index(from, r1, c1), value);
      else visit(row, pyramid.index(from, c1, r1), parity * value);
    };
    const emission = (from: number, amplitudes: Float64Array | undefined, r1: number, c1: number) => {
      if (amplitudes) couple(from, r1, c1, gammaF * amplitudes[r1] * amplitudes[c1]);
    };
    const { j } = pyramid.blocks[b];
    const { collective: a, same } = tables[b];

    couple(b, r - 1, c, -omega * a[r]);
    couple(b, r + 1, c, omega * a[r + 1]);
    couple(b, r, c - 1, -omega * a[c]);
    couple(b, r, c + 1, omega * a[c + 1]);
    const individual = (gammaF / 2) * (pyramid.atoms + (r - j) + (c - j));
    couple(b, r, c, -(gamma1D / 2) * (a[r] ** 2 + a[c] ** 2) - individual);
    couple(b, r + 1, c + 1, gamma1D * a[r + 1] * a[c + 1]);
    // m + 1 is row r + 1 of the same block, r + 2 of the one above (j + 1) and r of the one below (j - 1).
    emission(b, same, r + 1, c + 1);
    emission(b - 1, tables[b - 1]?.down, r + 2, c + 2);
    emission(b + 1, tables[b + 1]?.up, r, c);
  });
}

/** y = d rho / dt for x = rho, both packed operators. */
export function applyLiouvillian(
  system: SystemParameters,
  pyramid: Pyramid,
  x: ArrayLike<number>,
  y: Float64Array,
): void {
  y.fill(0);
  forEachCoefficient(system, pyramid, (row, column, value) => {
    y[row] += value * x[column];
  });
}

/**
 * y = L^T x, the transpose under the pyramid's Hilbert-Schmidt product: inner(w, L rho) = inner(L^T w, rho). It moves
 * observables as the Heisenberg picture does, and leaves the identity where it is.
 */
export function applyLiouvillianTransposed(
  system: SystemParameters,
  pyramid: Pyramid,
  x: ArrayLike<number>,
  y: Float64Array,
): void {
  const weights = pyramid.weights();
  y.fill(0);
  forEachCoefficient(system, pyramid, (row, column, value) => {
    y[column] += (weights[row] / weights[column]) * value * x[row];
  });
}

/** The Liouvillian as a dense matrix on packed vectors: unknowns^2 numbers, for small N only. */
export function denseLiouvillian(system: SystemParameters, pyramid: Pyramid): Matrix {
  const matrix = Matrix.zeros(pyramid.unknowns, pyramid.unknowns);
  forEachCoefficient(system, pyramid, (row, column, value) => {
    matrix.set(row, column, matrix.get(row, column) + value);
  });
  return matrix;
}
