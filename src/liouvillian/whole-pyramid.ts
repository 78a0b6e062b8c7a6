/**
 * L element by element, as the block tridiagonal matrix that it is in j: the model that leaves nothing out, of one part of rho. In the Dicke states a
 * jump takes each element to one of the next block, so that the blocks beside the diagonal are all but empty, and its elimination takes half of what
 * it takes among all dark-port modes.
 */
import { Pyramid, type Sector } from '../operators/pyramid';
import { type DenseBlock, type OnBlocks, type Shift, ShiftedInverse } from './block-elimination';
import type { Liouvillian } from './liouvillian';

export class WholePyramid {
  readonly holdsAllModes = true;
  /** the axes are those of the pyramid */
  readonly turn = 0;
  readonly unknowns: number;
  private readonly elements: Pyramid;

  /** @param liouvillian of one part */
  constructor(private readonly liouvillian: Liouvillian) {
    this.elements = new Pyramid(liouvillian.system.atoms, liouvillian.parts as Sector);
    this.unknowns = this.elements.unknowns;
  }

  /** dark-port modes that would hold as much */
  get modes(): number {
    return this.liouvillian.system.atoms + 1;
  }

  /** The factorised L - shift; `pause` and `onBlocks` as of `ShiftedInverse.of`. */
  factorize(shift: Shift, pause?: () => Promise<void>, onBlocks?: OnBlocks): Promise<ShiftedInverse> {
    const matrix = {
      sizes: this.elements.blocks.map(({ dim }) => this.size(dim)),
      isSparse: true,
      diagonal: (b: number) => this.within(b),
      lower: (b: number) => this.jumps('above', b + 1, b),
      upper: (b: number) => this.jumps('below', b, b + 1),
    };
    return ShiftedInverse.of(matrix, shift, pause, onBlocks);
  }

  /** The packed operator. */
  lift(x: ArrayLike<number>): Float64Array {
    const { pyramid, unknowns } = this.liouvillian;
    const lifted = new Float64Array(unknowns);
    this.elements.forEach((place, b, r, c) => {
      lifted[pyramid.index(b, r, c)] = x[place] / weight(r, c);
    });
    return lifted;
  }

  /** zero in the antisymmetric sector */
  identity(): Float64Array {
    const one = new Float64Array(this.unknowns);
    this.elements.forEach((place, _, r, c) => {
      if (r === c) one[place] = 1;
    });
    return one;
  }

  /** The part of Tr(x y) that the symmetric part gives: all or nothing. */
  symmetricPart(x: ArrayLike<number>, y: ArrayLike<number>): number {
    let sum = 0;
    if (this.elements.sector === 'symmetric') for (let i = 0; i < this.unknowns; i++) sum += x[i] * y[i];
    return sum;
  }

  /** Unknowns of a block of so many rows. */
  private size(dim: number): number {
    return (dim * (this.elements.sector === 'symmetric' ? dim + 1 : dim - 1)) / 2;
  }

  /** L within a block, y[b,r,c] of `Stencil`. */
  private within(b: number): DenseBlock {
    const { diagonal, next, previous, jumps, rowOffset } = this.liouvillian.stencils.forward;
    const row = rowOffset[b];
    return this.block(b, b, (add, r, c) => {
      const [k, l] = [row + r, row + c];
      add(r, c, diagonal[k] + diagonal[l]);
      add(r + 1, c, next[k]);
      add(r - 1, c, previous[k]);
      add(r, c + 1, next[l]);
      add(r, c - 1, previous[l]);
      for (const { stay, shift } of jumps) add(r + shift, c + shift, stay[k] * stay[l]);
    });
  }

  /** What the jumps bring to a block from the one above or below it. */
  private jumps(from: 'above' | 'below', to: number, source: number): DenseBlock {
    const { jumps, rowOffset } = this.liouvillian.stencils.forward;
    const row = rowOffset[to];
    const step = from === 'above' ? 1 : -1;
    return this.block(to, source, (add, r, c) => {
      for (const { [from]: factor, shift } of jumps)
        add(r + shift + step, c + shift + step, factor[row + r] * factor[row + c]);
    });
  }

  /** The matrix that takes elements of one block to those of another, packed so that its transpose is that of L. */
  private block(
    to: number,
    from: number,
    terms: (add: (r: number, c: number, factor: number) => void, r: number, c: number) => void,
  ): DenseBlock {
    const { elements } = this;
    const [target, origin] = [elements.blocks[to], elements.blocks[from]];
    const [rows, columns] = [this.size(target.dim), this.size(origin.dim)];
    const values = new Float64Array(rows * columns);
    const isSymmetric = elements.sector === 'symmetric';
    for (let r = 0; r < target.dim; r++)
      for (let c = 0; c < (isSymmetric ? r + 1 : r); c++) {
        const start = (elements.index(to, r, c) - target.offset) * columns - origin.offset;
        terms(
          (row, column, factor) => {
            // A source outside the pyramid has no factor.
            if (factor === 0 || (row === column && !isSymmetric)) return;
            const [high, low] = row < column ? [column, row] : [row, column];
            const sign = isSymmetric || row > column ? 1 : -1;
            values[start + elements.index(from, high, low)] +=
              (sign * factor * weight(r, c)) / weight(high, low);
          },
          r,
          c,
        );
      }
    return { rows, columns, values };
  }
}

/** Of an element among orthonormal ones: off the diagonal it stands for two. */
const weight = (r: number, c: number) => (r === c ? 1 : Math.SQRT2);
