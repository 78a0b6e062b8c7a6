/**
 * The Liouvillian among the lowest dark-port modes: a small model of the slow part of the spectrum.
 *
 * The no-jump generator K_j of the merged dark port (operators/dark-port.ts) is symmetric, and steady state and slow modes live on
 * its lowest modes: cut at k modes, the weight left out of rho_1 at N = 54 is 4e-4, 5e-6, 1e-8 for k = 16, 24, 32. In these modes
 *
 *   L = -(K_j x 1 + 1 x K_j) + A_j x A_j (j stays) + K- x K- (to j-1) + K+ x K+ (to j+1)
 *
 * is block tridiagonal in j, so it is factorised directly: no iteration that could miss an eigenvalue or stall. With all modes
 * kept (N < k) the model is exact; else its vectors start the Jacobi-Davidson iteration on the whole pyramid.
 */
import { type DarkPortBlock, darkPortBlocks, type ModeMatrix } from '../operators/dark-port';
import type { Pyramid, Sector } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';
import { type DenseBlock, type Shift, ShiftedInverse } from './block-elimination';

/** One block: pairs (a, d), a >= d, of modes; packed orthonormally, so that transposing the matrix transposes L. */
interface Pairs {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly start: number;
}

export class DarkModes {
  readonly blocks: readonly DarkPortBlock[];
  readonly unknowns: number;
  /** true when every mode is kept: the model is the Liouvillian itself */
  readonly holdsAllModes: boolean;
  private readonly pairs: readonly Pairs[];

  constructor(
    readonly system: SystemParameters,
    readonly modes: number,
    readonly sector: Sector = 'symmetric',
  ) {
    this.blocks = darkPortBlocks(system, modes);
    this.holdsAllModes = this.blocks.every(({ j, modes }) => modes === 2 * j + 1);
    let start = 0;
    this.pairs = this.blocks.map(({ modes }) => {
      const first: number[] = [];
      const second: number[] = [];
      for (let a = 0; a < modes; a++) {
        for (let d = 0; d < (sector === 'symmetric' ? a + 1 : a); d++) {
          first.push(a);
          second.push(d);
        }
      }
      const pairs = { first: Int32Array.from(first), second: Int32Array.from(second), start };
      start += first.length;
      return pairs;
    });
    this.unknowns = start;
  }

  /** The factorised L - shift; `pause` is awaited between blocks. */
  factorize(shift: Shift, pause?: () => Promise<void>): Promise<ShiftedInverse> {
    const { blocks, pairs } = this;
    const diagonal = (b: number) => {
      const { decay, within } = blocks[b];
      const block = this.coupling(within, b, b);
      const { first, second } = pairs[b];
      const n = first.length;
      for (let i = 0; i < n; i++) block.values[i * n + i] -= decay[first[i]] + decay[second[i]];
      return block;
    };
    return ShiftedInverse.of(
      {
        sizes: pairs.map(({ first }) => first.length),
        diagonal,
        lower: (b) => this.coupling(blocks[b].toLowerJ, b + 1, b),
        upper: (b) => this.coupling(blocks[b + 1].toHigherJ, b, b + 1),
      },
      shift,
      pause,
    );
  }

  /** The packed operator on the whole pyramid: V x V^T in every block. */
  lift(pyramid: Pyramid, x: ArrayLike<number>): Float64Array {
    const lifted = new Float64Array(pyramid.unknowns);
    const parity = this.sector === 'symmetric' ? 1 : -1;
    for (const { index: b, dim } of pyramid.blocks) {
      const { modes, vectors } = this.blocks[b];
      const { first, second, start } = this.pairs[b];
      const half = Array.from({ length: modes }, () => new Float64Array(dim));
      for (let i = 0; i < first.length; i++) {
        const [a, d] = [first[i], second[i]];
        const value = x[start + i] * (a === d ? 1 : Math.SQRT1_2);
        for (let c = 0; c < dim; c++) half[a][c] += value * vectors[d][c];
        if (a !== d) for (let c = 0; c < dim; c++) half[d][c] += parity * value * vectors[a][c];
      }
      const last = this.sector === 'symmetric' ? 1 : 0;
      for (let r = 0; r < dim; r++) {
        const row = pyramid.index(b, r, 0);
        for (let a = 0; a < modes; a++) {
          const value = vectors[a][r];
          for (let c = 0; c < r + last; c++) lifted[row + c] += value * half[a][c];
        }
      }
    }
    return lifted;
  }

  /** Tr over each block of the model's operators a b: `perBlock(x, y)[b]` is Tr(x_b y_b). */
  perBlock(x: ArrayLike<number>, y: ArrayLike<number>): number[] {
    return this.pairs.map(({ first, start }) => {
      let sum = 0;
      for (let i = start; i < start + first.length; i++) sum += x[i] * y[i];
      return sum;
    });
  }

  /** The identity among the modes; zero in the antisymmetric sector. */
  identity(): Float64Array {
    const one = new Float64Array(this.unknowns);
    for (const { first, second, start } of this.pairs) {
      for (let i = 0; i < first.length; i++) if (first[i] === second[i]) one[start + i] = 1;
    }
    return one;
  }

  /** jump x jump between the pairs of two blocks. */
  private coupling({ matrix, columns }: ModeMatrix, to: number, from: number): DenseBlock {
    const [out, into] = [this.pairs[to], this.pairs[from]];
    const [rows, across] = [out.first.length, into.first.length];
    const block = { rows, columns: across, values: new Float64Array(rows * across) };
    const isSymmetric = this.sector === 'symmetric';
    const parity = isSymmetric ? 1 : -1;
    const { values } = block;
    let at = 0;
    for (let i = 0; i < rows; i++) {
      const [a, d] = [out.first[i] * columns, out.second[i] * columns];
      const weight = out.first[i] === out.second[i] ? 1 : Math.SQRT2;
      const half = weight * Math.SQRT1_2;
      // The pairs (e, f) in their order.
      for (let e = 0; e < columns; e++) {
        const [ae, de] = [matrix[a + e], matrix[d + e]];
        for (let f = 0; f < e; f++) values[at++] = half * (ae * matrix[d + f] + parity * matrix[a + f] * de);
        if (isSymmetric) values[at++] = weight * ae * de;
      }
    }
    return block;
  }
}
