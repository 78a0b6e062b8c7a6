/**
 * The Liouvillian as a stencil on the pyramid, in numbers that depend on one row index alone.
 *
 * Eq. (1) in the real gauge couples element (m, m') of the block j to eight others. Written by rows r = m + j, columns
 * c = m' + j and blocks b = N/2 - j,
 *
 *   y[b,r,c] = (diagonal_r + diagonal_c) x[b,r,c]
 *            + next_r x[b,r+1,c] + previous_r x[b,r-1,c] + next_c x[b,r,c+1] + previous_c x[b,r,c-1]
 *            + stay_r stay_c x[b,r+t,c+t] + above_r above_c x[b-1,r+u,c+u] + below_r below_c x[b+1,r+v,c+v]
 *
 * with (t, u, v) = (1, 2, 0) for L and (-1, 0, -2) for its transpose under the Hilbert-Schmidt product, Tr(x^T y): the
 * same kernel serves both. A factor whose source lies outside the pyramid is zero. Nothing else of the matrix is stored.
 */
import { emission, jumpTable } from '../operators/ladder';
import type { Pyramid } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';

export type Direction = 'forward' | 'transposed';

/** Row shifts of the three jump terms. */
export interface Shifts {
  readonly stay: number;
  readonly above: number;
  readonly below: number;
}

export const shifts: Readonly<Record<Direction, Shifts>> = {
  forward: { stay: 1, above: 2, below: 0 },
  transposed: { stay: -1, above: 0, below: -2 },
};

/** Factors by row, all blocks one after the other: row r of block b is at `rowOffset[b] + r`. Square-rooted rates in the jumps. */
export interface Stencil {
  readonly direction: Direction;
  readonly rowOffset: readonly number[];
  readonly diagonal: Float64Array;
  readonly next: Float64Array;
  readonly previous: Float64Array;
  readonly stay: Float64Array;
  readonly above: Float64Array;
  readonly below: Float64Array;
}

/** The factors of L or of its transpose, in the unit of the system's rates. */
export function stencil(system: SystemParameters, pyramid: Pyramid, direction: Direction): Stencil {
  const { atoms, gamma1D, gammaF, omega } = system;
  const { blocks } = pyramid;
  const tables = blocks.map(({ j }) => jumpTable(emission, atoms, j));
  const rowOffset: number[] = [];
  let rows = 0;
  for (const { dim } of blocks) {
    rowOffset.push(rows);
    rows += dim;
  }
  const make = (factor: (b: number, r: number) => number) => {
    const values = new Float64Array(rows);
    for (const { index: b, dim } of blocks)
      for (let r = 0; r < dim; r++) values[rowOffset[b] + r] = factor(b, r);
    return values;
  };
  const lowering = (b: number, r: number) => tables[b].collective[r] ?? 0;
  const down = (b: number, r: number) => Math.sqrt(gammaF) * (tables[b]?.down[r] ?? 0);
  const up = (b: number, r: number) => Math.sqrt(gammaF) * (tables[b]?.up[r] ?? 0);
  const merged = (b: number, r: number) =>
    Math.hypot(Math.sqrt(gamma1D) * lowering(b, r), Math.sqrt(gammaF) * (tables[b].same[r] ?? 0));
  const m = (b: number, r: number) => r - blocks[b].j;

  const forward = direction === 'forward';
  const sign = forward ? 1 : -1;
  return {
    direction,
    rowOffset,
    diagonal: make((b, r) => -(gamma1D * lowering(b, r) ** 2 + gammaF * (atoms / 2 + m(b, r))) / 2),
    next: make((b, r) => sign * omega * lowering(b, r + 1)),
    previous: make((b, r) => -sign * omega * lowering(b, r)),
    stay: make((b, r) => merged(b, forward ? r + 1 : r)),
    // Forward: what the block above sends down and the block below sends up. Transposed: where this block's own go.
    above: make((b, r) => (forward ? down(b - 1, r + 2) : b > 0 ? up(b, r) : 0)),
    below: make((b, r) => (forward ? up(b + 1, r) : b + 1 < blocks.length ? down(b, r) : 0)),
  };
}
