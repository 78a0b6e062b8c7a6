import { Matrix } from 'ml-matrix';
import { emission, jumpTable, processes } from '../operators/ladder';
import type { Pyramid } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';

/**
 * The master equation of the general model on resonance, as all of the code means it:
 *
 *     d rho/dt = -2i Omega [S_x, rho] + sum of the collective and of the individual processes' rates times D[.] rho,
 *     D[A] rho = A rho A+ - (A+A rho + rho A+A) / 2
 *
 * Visits every coefficient of its right-hand side (the paper's -L): d x[row] / dt has the term value * x[column], for
 * x = rho a packed operator of the pyramid's sector and rates in the user's unit. In the real gauge it reads, in the
 * block of spin j, with a the amplitude of lowering, C the collective amplitude of a process and K the individual ones,
 *
 *     d rho_mm'/dt = -Omega [ a(m) rho_{m-1,m'} - a(m+1) rho_{m+1,m'} + a(m') rho_{m,m'-1} - a(m'+1) rho_{m,m'+1} ]
 *                    - sum { (collective/2) [C(m)^2 + C(m')^2] + (individual/2) [K(m)^2 + K(m')^2] } rho_mm'
 *                    + sum collective C(m-q) C(m'-q) rho_{m-q,m'-q}
 *                    + sum individual sum_{j'} K(m-q) K(m'-q) rho^{j'}_{m-q,m'-q}
 *
 * over emission, pumping and dephasing with q = -1, 1, 0, and K those of the block j' = j, j+1, j-1 that jumps; K(m)^2 is summed over where it
 * leads. For Eq. (1) a row visits at most nine columns, one perhaps twice.
 */
export function forEachCoefficient(
  system: SystemParameters,
  pyramid: Pyramid,
  visit: (row: number, column: number, value: number) => void,
): void {
  const { omega, atoms } = system;
  const parity = pyramid.sector === 'symmetric' ? 1 : -1;
  const lowering = pyramid.blocks.map(({ j }) => jumpTable(emission, atoms, j).collective);
  const on = processes
    .map(({ individual, collective, step }, p) => ({
      ...{ individual: system[individual], collective: system[collective], step },
      tables: pyramid.blocks.map(({ j }) => jumpTable(processes[p], atoms, j)),
    }))
    .filter(({ individual, collective }) => individual + collective > 0);

  pyramid.forEach((row, b, r, c) => {
    /** rho_{r' c'} of block b' enters with this value; a state outside the pyramid does not. */
    const couple = (from: number, r1: number, c1: number, value: number) => {
      const dim = pyramid.blocks[from]?.dim ?? 0;
      if (r1 < 0 || c1 < 0 || r1 >= dim || c1 >= dim) return;
      if (r1 === c1 && parity < 0) return;
      if (r1 >= c1) visit(row, pyramid.index(from, r1, c1), value);
      else visit(row, pyramid.index(from, c1, r1), parity * value);
    };
    const a = lowering[b];
    couple(b, r - 1, c, -omega * a[r]);
    couple(b, r + 1, c, omega * a[r + 1]);
    couple(b, r, c - 1, -omega * a[c]);
    couple(b, r, c + 1, omega * a[c + 1]);
    let decay = 0;
    for (const { individual, collective, tables, step } of on) {
      const { collective: C, same, down, up } = tables[b];
      for (const k of [r, c])
        decay += (collective * C[k] ** 2 + individual * (same[k] ** 2 + down[k] ** 2 + up[k] ** 2)) / 2;
      const jump = (
        from: number,
        rate: number,
        amplitudes: Float64Array | undefined,
        r1: number,
        c1: number,
      ) => {
        if (amplitudes) couple(from, r1, c1, rate * amplitudes[r1] * amplitudes[c1]);
      };
      // m - q is row r - q of the same block, r - q + 1 of the one above (j + 1) and r - q - 1 of the one below (j - 1).
      const [r0, c0] = [r - step, c - step];
      jump(b, collective, C, r0, c0);
      jump(b, individual, same, r0, c0);
      jump(b - 1, individual, tables[b - 1]?.down, r0 + 1, c0 + 1);
      jump(b + 1, individual, tables[b + 1]?.up, r0 - 1, c0 - 1);
    }
    couple(b, r, c, -decay);
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
