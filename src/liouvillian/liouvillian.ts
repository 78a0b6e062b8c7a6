/**
 * The Liouvillian in float64: the outer part of every calculation, where residuals and quotients are decided. Plain loops over the
 * stencil, some 15 ns an unknown; the float32 matvecs of the same stencil run on the GPU (shaders/liouvillian/liouvillian.wgsl).
 *
 * In the real gauge rho = R + iB with a symmetric R and an antisymmetric B. Where the Liouvillian is real it mixes the two parts nowhere, and each
 * is a sector by itself; else a packed vector holds R and behind it B. B is packed like R, with zeros on the diagonals: off them both have
 * the same stencil.
 */
import { Pyramid, type Sector } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';
import { type Direction, type JumpFactors, type Stencil, splits, stencil, type Tilt } from './stencil';

/** What a packed vector holds: one part of rho, or both. */
export type Parts = Sector | 'both';

export class Liouvillian {
  readonly pyramid: Pyramid;
  /** the length of a packed vector */
  readonly unknowns: number;
  /** diagonal elements of L, packed */
  readonly diagonal: Float64Array;
  /** 1 on the diagonal, 2 off it, 0 where B has no element: the Hilbert-Schmidt product of packed vectors is sum weights x y */
  readonly weights: Float64Array;
  /** the identity: the left vector of the eigenvalue 0, exactly; zero in the antisymmetric sector, which has no such eigenvalue */
  readonly identity: Float64Array;
  /** where the identity is 1 */
  private readonly diagonals: Int32Array;
  /** factors of L and of its transpose */
  readonly stencils: Readonly<Record<Direction, Stencil>>;

  constructor(
    readonly system: SystemParameters,
    readonly parts: Parts = splits(system) ? 'symmetric' : 'both',
    tilt?: Tilt,
  ) {
    this.pyramid = new Pyramid(system.atoms);
    const { pyramid } = this;
    this.stencils = {
      forward: stencil(system, pyramid, 'forward', tilt),
      transposed: stencil(system, pyramid, 'transposed', tilt),
    };
    this.unknowns = pyramid.unknowns * (parts === 'both' ? 2 : 1);
    const { diagonal, rowOffset, jumps } = this.stencils.forward;
    this.diagonal = new Float64Array(this.unknowns);
    this.weights = new Float64Array(this.unknowns);
    this.identity = new Float64Array(this.unknowns);
    const standing = jumps.filter(({ shift }) => shift === 0);
    const ones: number[] = [];
    for (const { first, sector } of this.halves) {
      for (const { index: b, dim, offset } of pyramid.blocks) {
        const row = rowOffset[b];
        for (let r = 0; r < dim; r++) {
          const here = triangle(first + offset, r);
          for (let c = 0; c <= r; c++) this.diagonal[here + c] = diagonal[row + r] + diagonal[row + c];
          for (const { stay } of standing)
            for (let c = 0; c <= r; c++) this.diagonal[here + c] += stay[row + r] * stay[row + c];
          this.weights.fill(2, here, here + r);
          this.weights[here + r] = sector === 'symmetric' ? 1 : 0;
          if (sector === 'symmetric') ones.push(here + r);
        }
      }
    }
    this.diagonals = Int32Array.from(ones);
    this.addIdentity(1, this.identity);
  }

  /** Where each part begins in a packed vector. */
  get halves(): readonly { readonly first: number; readonly sector: Sector }[] {
    if (this.parts !== 'both') return [{ first: 0, sector: this.parts }];
    return [
      { first: 0, sector: 'symmetric' },
      { first: this.pyramid.unknowns, sector: 'antisymmetric' },
    ];
  }

  /** L x or L^T x as a new vector */
  image(direction: Direction, x: Float64Array): Float64Array {
    const y = new Float64Array(x.length);
    this.multiply(this.stencils[direction], x, y);
    return y;
  }

  /** y = L x; the drive may act on another vector than all the rest does */
  apply(x: Float64Array, y: Float64Array, driven = x): void {
    this.multiply(this.stencils.forward, x, y, driven);
  }

  /** y = L^T x, the transpose under the Hilbert-Schmidt product */
  applyTransposed(x: Float64Array, y: Float64Array): void {
    this.multiply(this.stencils.transposed, x, y);
  }

  /** Tr x: what `inner` gives with the identity */
  trace(x: Float64Array): number {
    const { diagonals } = this;
    let sum = 0;
    for (let i = 0; i < diagonals.length; i++) sum += x[diagonals[i]];
    return sum;
  }

  /** x += amount times the identity */
  addIdentity(amount: number, x: Float64Array): void {
    const { diagonals } = this;
    for (let i = 0; i < diagonals.length; i++) x[diagonals[i]] += amount;
  }

  /** Tr(x^T y), with B transposed as it is: the sum over all real and imaginary parts */
  inner(x: Float64Array, y: Float64Array): number {
    const { weights } = this;
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i] * x[i] * y[i];
    return sum;
  }

  /** The part of `inner` that R gives. */
  symmetricPart(x: Float64Array, y: Float64Array): number {
    const { weights } = this;
    let sum = 0;
    for (let i = 0; i < this.pyramid.unknowns; i++) sum += weights[i] * x[i] * y[i];
    return sum;
  }

  /** the Hilbert-Schmidt norm, sqrt(Tr(x^T x)) */
  norm(x: Float64Array): number {
    return Math.sqrt(this.inner(x, x));
  }

  private multiply(s: Stencil, x: Float64Array, y: Float64Array, driven = x): void {
    const n = this.pyramid.unknowns;
    for (const { first, sector } of this.halves) {
      const [from, to, z] = [x, y, driven].map((vector) => vector.subarray(first, first + n));
      this.multiplyPart(s, from, z, to, sector);
      for (const jump of s.jumps.slice(1)) this.addJumps(s, jump, from, to, sector);
    }
    if (s.level !== null && this.parts === 'both') this.couple(s.rowOffset, s.level, x, y);
  }

  /** One part, without the jumps of pumping and dephasing. */
  private multiplyPart(
    s: Stencil,
    x: Float64Array,
    driven: Float64Array,
    y: Float64Array,
    sector: Sector,
  ): void {
    const { blocks } = this.pyramid;
    const { diagonal, next, previous, rowOffset } = s;
    const [{ stay, above, below, shift }] = s.jumps;
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
        const stayRow = sr === 0 || r + shift < 1 ? here : source(offset, r, shift);
        const aboveRow = ar === 0 ? here : source(aboveOffset, r, shift + 1);
        const belowRow = br === 0 ? here : source(belowOffset, r, shift - 1);
        for (let c = 0; c < r; c++) {
          const i = here + c;
          const l = row + c;
          y[i] =
            (dr + diagonal[l]) * x[i] +
            nr * driven[after + c] +
            pr * driven[before + c] +
            next[l] * driven[i + 1] +
            previous[l] * driven[i - 1] +
            sr * stay[l] * x[stayRow + c] +
            ar * above[l] * x[aboveRow + c] +
            br * below[l] * x[belowRow + c];
        }
        if (sector === 'antisymmetric') {
          y[here + r] = 0;
          continue;
        }
        // On the diagonal the neighbours along the row and along the column are the same elements.
        const i = here + r;
        const stayed = r + shift < 1 ? triangle(offset, 0) : stayRow + r;
        y[i] =
          2 * (dr * x[i] + nr * driven[after + r] + (r > 0 ? pr * driven[i - 1] : 0)) +
          sr * sr * x[stayed] +
          ar * ar * x[aboveRow + r] +
          br * br * x[belowRow + r];
      }
    }
  }

  /** Adds a process's jumps to one part. */
  private addJumps(
    { rowOffset }: Stencil,
    { stay, above, below, shift }: JumpFactors,
    x: Float64Array,
    y: Float64Array,
    sector: Sector,
  ): void {
    const { blocks } = this.pyramid;
    for (const { index: b, dim, offset } of blocks) {
      const row = rowOffset[b];
      const aboveOffset = blocks[b - 1]?.offset ?? -1;
      const belowOffset = blocks[b + 1]?.offset ?? -1;
      for (let r = 0; r < dim; r++) {
        const [sr, ar, br] = [stay[row + r], above[row + r], below[row + r]];
        const here = triangle(offset, r);
        const stayRow = sr === 0 || r + shift < 1 ? here : source(offset, r, shift);
        const aboveRow = ar === 0 ? here : source(aboveOffset, r, shift + 1);
        const belowRow = br === 0 ? here : source(belowOffset, r, shift - 1);
        for (let c = 0; c < r; c++) {
          const l = row + c;
          y[here + c] +=
            sr * stay[l] * x[stayRow + c] + ar * above[l] * x[aboveRow + c] + br * below[l] * x[belowRow + c];
        }
        if (sector === 'antisymmetric') continue;
        const stayed = r + shift < 1 ? triangle(offset, 0) : stayRow + r;
        y[here + r] += sr * sr * x[stayed] + ar * ar * x[aboveRow + r] + br * br * x[belowRow + r];
      }
    }
  }

  /** R gets (level_r - level_c) B, and B gets as much of -R. */
  private couple(rowOffset: readonly number[], level: Float64Array, x: Float64Array, y: Float64Array): void {
    const n = this.pyramid.unknowns;
    for (const { index: b, dim, offset } of this.pyramid.blocks) {
      const row = rowOffset[b];
      for (let r = 1; r < dim; r++) {
        const here = triangle(offset, r);
        for (let c = 0; c < r; c++) {
          const i = here + c;
          const turn = level[row + r] - level[row + c];
          y[i] += turn * x[n + i];
          y[n + i] -= turn * x[i];
        }
      }
    }
  }
}

/** Where row r of a block starts in a packed vector. */
function triangle(offset: number, r: number): number {
  return offset + (r * (r + 1)) / 2;
}

/** Where element (r + shift, shift) of a block lies. */
function source(offset: number, r: number, shift: number): number {
  return triangle(offset, r + shift) + shift;
}
