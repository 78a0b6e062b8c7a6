/**
 * The Liouvillian in float64: the outer part of every calculation, where residuals and quotients are decided. Plain loops over the
 * stencil, some 8 ns an unknown; the float32 matvecs of the same stencil run on the GPU (shaders/liouvillian/liouvillian.wgsl).
 *
 * The antisymmetric sector is packed like the symmetric one, with zeros on the diagonals: off them both have the same stencil.
 */
import { Pyramid, type Sector } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';
import { type Direction, type Stencil, shifts, stencil } from './stencil';

export class Liouvillian {
  readonly pyramid: Pyramid;
  /** diagonal elements of L, packed */
  readonly diagonal: Float64Array;
  /** 1 on the diagonal, 2 off it: the Hilbert-Schmidt product of packed vectors is sum weights x y */
  readonly weights: Float64Array;
  /** the identity: the left vector of the eigenvalue 0, exactly; zero in the antisymmetric sector, which has no such eigenvalue */
  readonly identity: Float64Array;
  /** factors of L and of its transpose */
  readonly stencils: Readonly<Record<Direction, Stencil>>;

  constructor(
    readonly system: SystemParameters,
    readonly sector: Sector = 'symmetric',
  ) {
    this.pyramid = new Pyramid(system.atoms);
    const { pyramid } = this;
    this.stencils = {
      forward: stencil(system, pyramid, 'forward'),
      transposed: stencil(system, pyramid, 'transposed'),
    };
    const { diagonal, rowOffset } = this.stencils.forward;
    this.diagonal = new Float64Array(pyramid.unknowns);
    this.weights = new Float64Array(pyramid.unknowns);
    this.identity = new Float64Array(pyramid.unknowns);
    pyramid.forEach((index, b, r, c) => {
      this.diagonal[index] = diagonal[rowOffset[b] + r] + diagonal[rowOffset[b] + c];
      this.weights[index] = r === c ? 1 : 2;
      this.identity[index] = r === c && sector === 'symmetric' ? 1 : 0;
    });
  }

  get unknowns(): number {
    return this.pyramid.unknowns;
  }

  /** L x or L^T x as a new vector */
  image(direction: Direction, x: Float64Array): Float64Array {
    const y = new Float64Array(x.length);
    this.multiply(this.stencils[direction], x, y);
    return y;
  }

  /** y = L x */
  apply(x: Float64Array, y: Float64Array): void {
    this.multiply(this.stencils.forward, x, y);
  }

  /** y = L^T x, the transpose under the Hilbert-Schmidt product */
  applyTransposed(x: Float64Array, y: Float64Array): void {
    this.multiply(this.stencils.transposed, x, y);
  }

  /** Tr(x^T y) */
  inner(x: Float64Array, y: Float64Array): number {
    const { weights } = this;
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i] * x[i] * y[i];
    return sum;
  }

  /** the Hilbert-Schmidt norm, sqrt(Tr(x^T x)) */
  norm(x: Float64Array): number {
    return Math.sqrt(this.inner(x, x));
  }

  private multiply(s: Stencil, x: Float64Array, y: Float64Array): void {
    const { blocks } = this.pyramid;
    const { diagonal, next, previous, stay, above, below, rowOffset } = s;
    const shift = shifts[s.direction];
    for (const { index: b, dim, offset } of blocks) {
      const row = rowOffset[b];
      const aboveOffset = blocks[b - 1]?.offset ?? -1;
      const belowOffset = blocks[b + 1]?.offset ?? -1;
      for (let r = 0; r < dim; r++) {
        const k = row + r;
        const dr = diagonal[k];
        const nr = next[k];
        const pr = previous[k];
        const sr = stay[k];
        const ar = above[k];
        const br = below[k];
        const here = triangle(offset, r);
        // A term without a source has a factor of zero; it is pointed at this row, where the numbers are finite.
        const after = nr === 0 ? here : here + r + 1;
        const before = here - r;
        const stayRow = sr === 0 || r + shift.stay < 1 ? here : triangle(offset, r + shift.stay) + shift.stay;
        const aboveRow = ar === 0 ? here : triangle(aboveOffset, r + shift.above) + shift.above;
        const belowRow = br === 0 ? here : triangle(belowOffset, r + shift.below) + shift.below;
        for (let c = 0; c < r; c++) {
          const i = here + c;
          const l = row + c;
          y[i] =
            (dr + diagonal[l]) * x[i] +
            nr * x[after + c] +
            pr * x[before + c] +
            next[l] * x[i + 1] +
            previous[l] * x[i - 1] +
            sr * stay[l] * x[stayRow + c] +
            ar * above[l] * x[aboveRow + c] +
            br * below[l] * x[belowRow + c];
        }
        if (this.sector === 'antisymmetric') {
          y[here + r] = 0;
          continue;
        }
        // On the diagonal the neighbours along the row and along the column are the same elements.
        const i = here + r;
        const stayed = r + shift.stay < 1 ? triangle(offset, 0) : stayRow + r;
        y[i] =
          2 * (dr * x[i] + nr * x[after + r] + (r > 0 ? pr * x[i - 1] : 0)) +
          sr * sr * x[stayed] +
          ar * ar * x[aboveRow + r] +
          br * br * x[belowRow + r];
      }
    }
  }
}

/** Where row r of a block starts in a packed vector. */
function triangle(offset: number, r: number): number {
  return offset + (r * (r + 1)) / 2;
}
