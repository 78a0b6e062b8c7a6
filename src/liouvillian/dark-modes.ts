/**
 * The Liouvillian among the lowest dark-port modes: a small model of the slow part of the spectrum.
 *
 * The no-jump generator K_j of the merged dark port (operators/dark-port.ts) is symmetric, and steady state and slow modes live on
 * its lowest modes: cut at k modes, the weight left out of rho_1 at N = 54 is 4e-4, 5e-6, 1e-8 for k = 16, 24, 32. In these modes
 *
 *   L = -(K_j x 1 + 1 x K_j) + A_j x A_j (j stays) + K- x K- (to j-1) + K+ x K+ (to j+1)
 *
 * is block tridiagonal in j, so it is factorised directly: no iteration that could miss an eigenvalue or stall. Its vectors start the
 * Jacobi-Davidson iteration on the whole pyramid (the model that leaves nothing out is whole-pyramid.ts).
 *
 * Pumping and dephasing add terms like the jumps'. With a Hamiltonian H_j left over, rho = R + iB in the modes of turned axes (dark-port.ts) holds both
 * parts, and [H_j, B] is added to R, [H_j, R] taken from B.
 */
import { turnOfAxes } from '../mean-field/turn';
import { type DarkPortBlock, darkPortBlocks, type ModeJumps, type ModeMatrix } from '../operators/dark-port';
import type { Sector } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';
import { type OnBlocks, type Shift, ShiftedInverse } from './block-elimination';
import { blockFrom, type DenseBlock } from './block-tridiagonal';
import type { Liouvillian } from './liouvillian';
import { axpy } from './vectors';

/** A block of one part: pairs (a, d), a >= d, of modes; packed orthonormally, so that transposing the matrix transposes L. */
interface Pairs {
  readonly sector: Sector;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly start: number;
}

export class DarkModes {
  readonly blocks: readonly DarkPortBlock[];
  readonly unknowns: number;
  readonly holdsAllModes = false;
  /** of each block its parts, one behind the other */
  private readonly parts: readonly (readonly Pairs[])[];
  /** phi, by which the axes are turned about z */
  readonly turn: number;

  constructor(
    private readonly liouvillian: Liouvillian,
    readonly modes: number,
  ) {
    const { system, halves } = liouvillian;
    this.turn = halves.length > 1 ? turnOfAxes(system) : 0;
    this.blocks = blocksOf(system, modes, this.turn);
    let start = 0;
    this.parts = this.blocks.map(({ modes }) =>
      halves.map(({ sector }) => {
        const pairs = pairsOf(modes, sector, start);
        start += pairs.first.length;
        return pairs;
      }),
    );
    this.unknowns = start;
  }

  /** The factorised L - shift; `pause` and `onBlocks` as of `ShiftedInverse.of`. */
  factorize(shift: Shift, pause?: () => Promise<void>, onBlocks?: OnBlocks): Promise<ShiftedInverse> {
    const { parts } = this;
    return ShiftedInverse.of(
      {
        sizes: parts.map((all) => all.reduce((sum, { first }) => sum + first.length, 0)),
        isSparse: false,
        diagonal: (b, block) => this.addWithin(b, block),
        lower: (b, block) => this.addCoupling('toLowerJ', b + 1, b, block),
        upper: (b, block) => this.addCoupling('toHigherJ', b, b + 1, block),
      },
      shift,
      pause,
      onBlocks,
    );
  }

  /** The packed operator on the whole pyramid: V x V^T in every block, its axes turned back. */
  lift(x: ArrayLike<number>): Float64Array {
    const { liouvillian, turn } = this;
    const { pyramid, halves } = liouvillian;
    const lifted = new Float64Array(liouvillian.unknowns);
    halves.forEach(({ first }, part) => {
      this.liftPart(x, part, lifted.subarray(first, first + pyramid.unknowns));
    });
    if (turn !== 0) {
      const [{ first: R }, { first: B }] = halves;
      pyramid.forEach((i, _, r, c) => {
        const [cos, sin] = [Math.cos(turn * (r - c)), Math.sin(turn * (r - c))];
        const [re, im] = [lifted[R + i], lifted[B + i]];
        lifted[R + i] = cos * re + sin * im;
        lifted[B + i] = cos * im - sin * re;
      });
    }
    return lifted;
  }

  private liftPart(x: ArrayLike<number>, part: number, lifted: Float64Array): void {
    const { pyramid } = this.liouvillian;
    for (const { index: b, dim } of pyramid.blocks) {
      const { modes, vectors } = this.blocks[b];
      const { first, second, start, sector } = this.parts[b][part];
      const parity = parityOf(sector);
      const nothing = new Float64Array(dim);
      const factors = Array.from({ length: 4 * Math.ceil(modes / 4) }, (_, a) => ({
        mode: vectors[a] ?? nothing,
        half: new Float64Array(dim),
      }));
      for (let i = 0; i < first.length; i++) {
        const [a, d] = [first[i], second[i]];
        const value = x[start + i] * (a === d ? 1 : Math.SQRT1_2);
        axpy(value, vectors[d], factors[a].half);
        if (a !== d) axpy(parity * value, vectors[a], factors[d].half);
      }
      const fours = Array.from({ length: factors.length / 4 }, (_, k) => factors.slice(4 * k, 4 * k + 4));
      const last = sector === 'symmetric' ? 1 : 0;
      for (let r = 0; r < dim; r++) {
        const at = pyramid.index(b, r, 0);
        const row = lifted.subarray(at, at + r + last);
        for (const four of fours) addFour(four, r, row);
      }
    }
  }

  /** Tr over each block of the model's operators a b: `perBlock(x, y)[b]` is Tr(x_b y_b). */
  perBlock(x: ArrayLike<number>, y: ArrayLike<number>): number[] {
    return this.parts.map((all) => all.reduce((sum, pairs) => sum + productOf(pairs, x, y), 0));
  }

  /** The part of Tr(x y) that the symmetric parts give. */
  symmetricPart(x: ArrayLike<number>, y: ArrayLike<number>): number {
    const symmetric = this.parts.flat().filter(({ sector }) => sector === 'symmetric');
    return symmetric.reduce((sum, pairs) => sum + productOf(pairs, x, y), 0);
  }

  /** The identity among the modes; zero in the antisymmetric sector. */
  identity(): Float64Array {
    const one = new Float64Array(this.unknowns);
    for (const { first, second, start } of this.parts.flat()) {
      for (let i = 0; i < first.length; i++) if (first[i] === second[i]) one[start + i] = 1;
    }
    return one;
  }

  /** Adds L within a block. */
  private addWithin(b: number, block: DenseBlock): void {
    this.addCoupling('within', b, b, block);
    const { decay, hamiltonian } = this.blocks[b];
    const { values, stride, step } = block;
    let place = 0;
    for (const { first, second } of this.parts[b]) {
      for (let i = 0; i < first.length; i++, place++)
        values[place * (stride + step)] -= decay[first[i]] + decay[second[i]];
    }
    if (hamiltonian !== null) addCommutator(block, hamiltonian, this.parts[b]);
  }

  /** Adds jump x jump between the pairs of two blocks, summed over the processes. */
  private addCoupling(kind: keyof ModeJumps, to: number, from: number, block: DenseBlock): void {
    const { others, ...emission } = this.blocks[from];
    const jumps = [emission, ...others].map((jump) => jump[kind]);
    const [out, into] = [this.parts[to], this.parts[from]];
    let [row, column] = [0, 0];
    for (const [part, pairs] of out.entries()) {
      addJumps(jumps, pairs, blockFrom(block, row, column));
      row += pairs.first.length;
      column += into[part].first.length;
    }
  }
}

/** Both sectors of a system have the same modes. */
const known = new WeakMap<SystemParameters, Map<string, readonly DarkPortBlock[]>>();

function blocksOf(system: SystemParameters, modes: number, turn: number): readonly DarkPortBlock[] {
  const ofSystem = known.get(system) ?? new Map<string, readonly DarkPortBlock[]>();
  known.set(system, ofSystem);
  const key = `${modes} ${turn}`;
  const blocks = ofSystem.get(key) ?? darkPortBlocks(system, modes, turn);
  ofSystem.set(key, blocks);
  return blocks;
}

/** A mode, and what the operator makes of it. */
interface Factor {
  readonly mode: Float64Array;
  readonly half: Float64Array;
}

/**
 * Adds to a row r of V x V^T, from its first column on, what four modes give. Indices that begin at 0, and four modes at once: one after the other,
 * within longer arrays, a lift of 24 took 1.5 s at N = 500 in place of 0.4.
 */
function addFour([one, two, three, four]: readonly Factor[], r: number, row: Float64Array): void {
  const [f0, f1, f2, f3] = [one.mode[r], two.mode[r], three.mode[r], four.mode[r]];
  const [x0, x1, x2, x3] = [one.half, two.half, three.half, four.half];
  for (let i = 0; i < row.length; i++) row[i] += f0 * x0[i] + f1 * x1[i] + f2 * x2[i] + f3 * x3[i];
}

const parityOf = (sector: Sector) => (sector === 'symmetric' ? 1 : -1);

function pairsOf(modes: number, sector: Sector, start: number): Pairs {
  const first: number[] = [];
  const second: number[] = [];
  for (let a = 0; a < modes; a++) {
    for (let d = 0; d < (sector === 'symmetric' ? a + 1 : a); d++) {
      first.push(a);
      second.push(d);
    }
  }
  return { sector, first: Int32Array.from(first), second: Int32Array.from(second), start };
}

function productOf({ first, start }: Pairs, x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = start; i < start + first.length; i++) sum += x[i] * y[i];
  return sum;
}

/** Adds jump x jump of one part, from another block's pairs of it. */
function addJumps(jumps: readonly ModeMatrix[], out: Pairs, { values, stride, step }: DenseBlock): void {
  const isSymmetric = out.sector === 'symmetric';
  const parity = parityOf(out.sector);
  const rows = out.first.length;
  for (const { matrix, columns } of jumps) {
    for (let i = 0; i < rows; i++) {
      const [a, d] = [out.first[i] * columns, out.second[i] * columns];
      const weight = out.first[i] === out.second[i] ? 1 : Math.SQRT2;
      const half = weight * Math.SQRT1_2;
      let at = i * stride;
      // The pairs (e, f) in their order.
      for (let e = 0; e < columns; e++) {
        const ae = matrix[a + e];
        const de = matrix[d + e];
        for (let f = 0; f < e; f++, at += step)
          values[at] += half * (ae * matrix[d + f] + parity * matrix[a + f] * de);
        if (isSymmetric) {
          values[at] += weight * ae * de;
          at += step;
        }
      }
    }
  }
}

/** [H, B] to R, and -[H, R] to B, which is minus the transpose. */
function addCommutator(
  { values, stride, step }: DenseBlock,
  { matrix, columns }: ModeMatrix,
  [R, B]: readonly Pairs[],
): void {
  const H = (a: number, d: number) => matrix[a * columns + d];
  const size = R.first.length;
  for (let i = 0; i < size; i++) {
    const [a, d] = [R.first[i], R.second[i]];
    const weight = a === d ? Math.SQRT1_2 : 1;
    for (let k = 0; k < B.first.length; k++) {
      const [e, f] = [B.first[k], B.second[k]];
      if (a !== e && a !== f && d !== e && d !== f) continue;
      // H B - B H at (a, d), B = (|e><f| - |f><e|) / sqrt 2
      const left = (f === d ? H(a, e) : 0) - (e === d ? H(a, f) : 0);
      const right = (a === e ? H(f, d) : 0) - (a === f ? H(e, d) : 0);
      const value = weight * (left - right);
      values[i * stride + (size + k) * step] += value;
      values[(size + k) * stride + i * step] -= value;
    }
  }
}
