/** The linear memory of the walks in WebAssembly (`assembly/`), laid out before there is one: each thread has a copy of it. */

/** Of the numbers that a walk computes with: float32 for speed, float64 as the oracle of the same source. */
export type Precision = 'float32' | 'float64';
export type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** What a thread's memory holds at the start, at an address; zeros elsewhere. */
export interface Table {
  readonly address: number;
  readonly numbers: Numbers | Uint32Array<ArrayBuffer>;
}

export const pageBytes = 65536;
/** All that a module of 32 bits can address. */
const mostPages = 65536;
/** The code's own constants lie below. */
const firstAddress = pageBytes;
const vectorBytes = 16;

export class LinearMemory {
  readonly tables: Table[] = [];
  /** bytes of a number, and how many make a vector */
  readonly size: number;
  readonly lanes: number;
  #end = firstAddress;

  constructor(readonly precision: Precision) {
    this.size = precision === 'float32' ? 4 : 8;
    this.lanes = vectorBytes / this.size;
  }

  /** Room for so many zeros of the walk's precision; its address. */
  room(count: number): number {
    return this.reserve(count * this.size);
  }

  /** Room for so many words of 4 bytes. */
  words(count: number): number {
    return this.reserve(4 * count);
  }

  /** Numbers of the walk's precision, which the caller fills. */
  table(count: number): { readonly address: number; readonly numbers: Numbers } {
    const numbers = this.precision === 'float32' ? new Float32Array(count) : new Float64Array(count);
    return this.keep(numbers);
  }

  /** Words of 4 bytes, filled by the caller. */
  wordTable(count: number) {
    return this.keep(new Uint32Array(count));
  }

  /** Numbers by block and row of the states of so many atoms, rowStride from block to block; zeros about a block's rows. */
  rowTable(atoms: number, value: (b: number, r: number) => number): number {
    const blocks = Math.floor(atoms / 2) + 1;
    const stride = this.rowStride(atoms);
    const { address, numbers } = this.table(blocks * stride + this.lanes);
    for (let b = 0; b < blocks; b++) {
      for (let r = 0; r <= atoms - 2 * b; r++) numbers[this.lanes + b * stride + r] = value(b, r);
    }
    return address + this.lanes * this.size;
  }

  /** Between the blocks of a row table: all rows of the largest block, and a vector after them. */
  rowStride(atoms: number): number {
    return this.inVectors(atoms + 1) + this.lanes;
  }

  /** Room for a state's rows, with zeros about them: half as many before them, and a vector after. In two parts where it is complex. */
  state(atoms: number, parts: 1 | 2 = 1): number {
    return this.room(parts * this.statePart(atoms)) + this.before(atoms) * this.size;
  }

  /** From a state's real part to its imaginary one. */
  statePart(atoms: number): number {
    return this.before(atoms) + this.rowStride(atoms);
  }

  private before(atoms: number): number {
    return this.inVectors(Math.floor(atoms / 2) + 1) + this.lanes;
  }

  /** So many numbers, up to the next whole vector. */
  inVectors(count: number): number {
    return Math.ceil(count / this.lanes) * this.lanes;
  }

  /** Scalars, which are float64 in either precision. */
  scalars(values: readonly number[]): number {
    return this.keep(Float64Array.from(values)).address;
  }

  /** How many pages hold all of it. @throws RangeError beyond what WebAssembly can address */
  get pages(): number {
    const pages = Math.ceil(this.#end / pageBytes);
    if (pages <= mostPages) return pages;
    const needed = (this.#end / 2 ** 30).toFixed(1);
    throw new RangeError(
      `A block of these trajectories needs ${needed} GiB, and WebAssembly has 4: take fewer samples.`,
    );
  }

  private keep<Kind extends Table['numbers']>(numbers: Kind) {
    const table = { address: this.reserve(numbers.byteLength), numbers };
    this.tables.push(table);
    return table;
  }

  /** With a free vector behind it, since neighbours of the last are read. */
  private reserve(bytes: number): number {
    const address = this.#end;
    this.#end = Math.ceil((address + bytes) / vectorBytes + 1) * vectorBytes;
    return address;
  }
}
