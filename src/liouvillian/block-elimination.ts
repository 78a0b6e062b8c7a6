/**
 * (L - s)^-1 for a block tridiagonal L and a real or complex shift s, by elimination from the top:
 *
 *   L - s = (pivots + lower) (1 + ratios),   ratio_b = pivot_b^-1 upper_b,   pivot_b = diagonal_b - s - lower_{b-1} ratio_{b-1}
 *
 * The dense products run in WebAssembly (assembly/dense.ts), in a memory that each inverse borrows. Complex vectors hold real and
 * imaginary part one after the other for each element.
 */
import { type BlockTridiagonal, type DenseBlock, type SparseBlock, workUpTo } from './block-tridiagonal';
import { borrowMemory, giveBack, reserve } from './borrowed-memory';
import { type Address, type Dense, denseKernels, type Width } from './dense-kernels';

/** Told how many blocks are eliminated, and what share of the work that was. */
export type OnBlocks = (done: number, of: number, share: number) => void;

export interface Shift {
  readonly re: number;
  readonly im: number;
}

const widthOf = ({ im }: Shift): Width => (im === 0 ? 1 : 2);

/** Bytes of each row of a block that are solved for without a pause: 0.2 s with 1,600 rows. */
const untilPause = 2048;
/** Of those, the bytes that assembly/dense.ts keeps together. */
const strip = 64;
/** Bytes of a row of a sparse block: four factors (f64) and their columns (i32). */
const sparseRow = 48;

/** One block's places in memory; a ratio or lower block of the last one is none. */
interface Place {
  readonly n: number;
  /** where its part of a vector starts, in numbers of the vector */
  readonly start: number;
  readonly stride: number;
  readonly order: Address;
  readonly pivot: Address;
  readonly lower: Address;
  readonly ratio: Address;
  readonly vector: Address;
}

export class ShiftedInverse {
  readonly #places: readonly Place[];
  readonly #work: Address;
  readonly #strip: Address;
  /** behind all that the inverse needs: from there on the memory is free for those who use it */
  readonly end: Address;

  private constructor(
    readonly shift: Shift,
    sizes: readonly number[],
    private readonly isSparse: boolean,
    readonly memory: WebAssembly.Memory,
    private readonly dense: Dense,
  ) {
    const element = 8 * this.width;
    let next: Address = 64;
    const take = (bytes: number): Address => {
      const at = next;
      next += 16 * Math.ceil(bytes / 16);
      return at;
    };
    const strides = sizes.map((n) => 16 * Math.ceil((n * element) / 16));
    let start = 0;
    this.#places = sizes.map((n, b) => {
      const after = sizes[b + 1] ?? 0;
      const place = {
        n,
        start,
        stride: strides[b],
        order: take(4 * n),
        pivot: take(n * strides[b]),
        lower: take(after * (isSparse ? sparseRow : strides[b])),
        ratio: take(after > 0 ? n * strides[b + 1] : 0),
        vector: take(strides[b]),
      };
      start += n;
      return place;
    });
    // An upper block before it is solved for, or a vector's part.
    this.#work = take(
      Math.max(...this.#places.map(({ n }, b) => n * Math.max(strides[b], strides[b + 1] ?? 0))),
    );
    this.#strip = take(strip * Math.max(...sizes));
    this.end = next;
    reserve(memory, next);
  }

  /**
   * Factorises.
   * @param pause is awaited between blocks, and in large ones: it lets messages in, and throws where the run is to stop
   * @throws RangeError where memory does not suffice, of which WebAssembly has 4 GiB at most
   */
  static async of(
    matrix: BlockTridiagonal,
    shift: Shift,
    pause: () => Promise<void> = async () => {},
    onBlocks: OnBlocks = () => {},
  ): Promise<ShiftedInverse> {
    const memory = borrowMemory();
    try {
      const dense = denseKernels(widthOf(shift), memory);
      const inverse = new ShiftedInverse(shift, matrix.sizes, matrix.isSparse, memory, dense);
      await inverse.eliminate(matrix, pause, onBlocks);
      return inverse;
    } catch (cause) {
      giveBack(memory);
      throw cause;
    }
  }

  /** Gives its memory back; nothing of it is to be used then. */
  release(): void {
    giveBack(this.memory);
  }

  get width(): Width {
    return widthOf(this.shift);
  }

  get unknowns(): number {
    return this.#places.reduce((sum, { n }) => sum + n, 0);
  }

  /** x <- (L - s)^-1 x */
  solve(x: Float64Array): void {
    const { dense } = this;
    const places = this.#places;
    this.load(x);
    places.forEach((place, b) => {
      const before = this.before(b);
      if (before && this.isSparse)
        dense.subtractSparseImage(place.vector, before.lower, before.vector, place.n);
      else if (before) this.subtract('subtractImage', place, before, before.lower, before.stride, place.n);
      dense.solve(place.pivot, place.n, place.stride, place.order, place.vector, this.#work);
    });
    for (let b = places.length - 2; b >= 0; b--) {
      const [place, after] = [places[b], places[b + 1]];
      this.subtract('subtractImage', place, after, place.ratio, after.stride, place.n);
    }
    this.store(x);
  }

  /** x <- (L - s)^-T x, without conjugation */
  solveTransposed(x: Float64Array): void {
    const { dense } = this;
    const places = this.#places;
    this.load(x);
    for (let b = 1; b < places.length; b++) {
      const [before, place] = [places[b - 1], places[b]];
      this.subtract('subtractTransposedImage', place, before, before.ratio, place.stride, before.n);
    }
    for (let b = places.length - 1; b >= 0; b--) {
      const [place, after] = [places[b], places[b + 1]];
      if (after && this.isSparse)
        dense.subtractTransposedSparseImage(place.vector, place.lower, after.vector, after.n);
      else if (after)
        this.subtract('subtractTransposedImage', place, after, place.lower, place.stride, after.n);
      dense.solveTransposed(place.pivot, place.n, place.stride, place.order, place.vector, this.#work);
    }
    this.store(x);
  }

  /** The block before, if it has anything: a sparse row without elements points at the first of its columns. */
  private before(b: number): Place | null {
    const place = this.#places[b - 1];
    return place !== undefined && place.n > 0 ? place : null;
  }

  /** The part of one block less a block's product, or its transpose's, with another part. */
  private subtract(
    how: 'subtractImage' | 'subtractTransposedImage',
    to: Place,
    from: Place,
    block: Address,
    stride: number,
    rows: number,
  ): void {
    const across = how === 'subtractImage' ? from.n : to.n;
    this.dense[how](to.vector, block, from.vector, rows, stride, 8 * this.width * across);
  }

  private async eliminate(matrix: BlockTridiagonal, pause: () => Promise<void>, onBlocks: OnBlocks) {
    const { diagonal, upper } = matrix;
    const { dense, shift, width } = this;
    const work = workUpTo(matrix);
    for (const [b, place] of this.#places.entries()) {
      const { n, stride, order, pivot } = place;
      diagonal(b, this.zeros(pivot, n, stride));
      const numbers = this.numbersAt(pivot);
      for (let i = 0; i < n; i++) {
        const at = (i * stride) / 8 + i * width;
        numbers[at] -= shift.re;
        if (width === 2) numbers[at + 1] -= shift.im;
      }
      const before = this.before(b);
      if (before && matrix.isSparse)
        dense.subtractSparseProduct(pivot, before.lower, before.ratio, n, stride);
      else if (before) dense.product(pivot, before.lower, before.ratio, n, before.n, before.stride, stride);
      dense.factorize(pivot, n, stride, order);
      const after = this.#places[b + 1];
      if (after) {
        upper(b, this.zeros(this.#work, n, after.stride));
        for (let at = 0; at < after.stride; at += untilPause) {
          if (at > 0) await pause();
          const [b, x] = [this.#work + at, place.ratio + at];
          const bytes = Math.min(untilPause, after.stride - at);
          dense.solveBlock(pivot, n, stride, order, b, x, after.stride, bytes, this.#strip);
        }
        if (matrix.isSparse) this.writeSparse(place.lower, matrix.lower(b));
        else matrix.lower(b, this.zeros(place.lower, after.n, stride));
      }
      onBlocks(b + 1, this.#places.length, work[b] / work[work.length - 1]);
      await pause();
    }
  }

  /** Room for a real block among the numbers of this inverse. */
  private zeros(at: Address, rows: number, stride: number): DenseBlock {
    const values = new Float64Array(this.memory.buffer, at, (rows * stride) / 8).fill(0);
    return { values, stride: stride / 8, step: this.width };
  }

  private writeSparse(at: Address, { factors, columns }: SparseBlock): void {
    const numbers = this.numbersAt(at);
    const places = new Int32Array(this.memory.buffer, at);
    for (let i = 0; 4 * i < factors.length; i++) {
      numbers.set(factors.subarray(4 * i, 4 * i + 4), (i * sparseRow) / 8);
      places.set(columns.subarray(4 * i, 4 * i + 4), (i * sparseRow + 32) / 4);
    }
  }

  private load(x: Float64Array): void {
    const { width } = this;
    for (const { vector, start, n } of this.#places) {
      this.numbersAt(vector).set(x.subarray(start * width, (start + n) * width));
    }
  }

  private store(x: Float64Array): void {
    const { width } = this;
    for (const { vector, start, n } of this.#places) {
      x.set(this.numbersAt(vector).subarray(0, n * width), start * width);
    }
  }

  private numbersAt(address: Address): Float64Array {
    return new Float64Array(this.memory.buffer, address);
  }
}
