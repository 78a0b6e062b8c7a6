/**
 * The linear memory of a program in WebAssembly that applies L: the stencils of a Liouvillian once, and behind them what the program keeps. Its
 * instance is handed that memory, which threads may share.
 */
import type { Liouvillian } from './liouvillian';
import { PaddedRows } from './padded-rows';
import type { Region } from './region';
import type { Direction, Stencil } from './stencil';

/** What assembly/stencil.ts reads behind the settings of a program, in its order: addresses and strides in bytes. */
type Layout = readonly [
  chunks: number,
  sums: number,
  partials: number,
  blockTable: number,
  chunkTable: number,
  rowTable: number,
  factors: number,
  rowStride: number,
  emissionShift: number,
  others: number,
  firstShift: number,
  secondShift: number,
  half: number,
  halfBlocks: number,
];

/** In the order in which assembly/stencil.ts reads them. */
const factorsOf = ({ diagonal, next, previous, jumps, level }: Stencil): Float64Array[] => [
  ...[diagonal, next, previous],
  ...jumps.flatMap(({ stay, above, below }) => [stay, above, below]),
  ...(level ? [level] : []),
];

const pageBytes = 65536;
/** All that a module of 32 bits can address. */
const mostPages = 65536;
const settingsAddress = 256;
/** Where a program finds numbers that change from call to call. */
const scalarsAddress = 384;
const firstAddress = 512;
/** Factors that are read beyond the last row's, and mean nothing. */
const factorsBeyond = 4;

/** Where things of so many bytes lie, one behind the other from `first` on, and where the last ends. */
function places(first: number, ...bytes: readonly number[]): number[] {
  const at = [first];
  for (const count of bytes) at.push(at[at.length - 1] + 64 * Math.ceil(count / 64));
  return at;
}

export class StencilMemory {
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared: true });
  readonly #rowStride: number;
  readonly #tables: number;
  #rows: PaddedRows;
  #free = 0;
  #blockTable = 0;
  #chunkTable = 0;
  #rowTable = 0;
  readonly #factors: Readonly<Partial<Record<Direction, number>>>;

  /** @param directions in which L is applied */
  constructor(
    private readonly liouvillian: Liouvillian,
    directions: readonly Direction[],
  ) {
    const { stencils } = liouvillian;
    this.#rowStride = 8 * (stencils.forward.diagonal.length + factorsBeyond);
    const factors = directions.map((direction) => factorsOf(stencils[direction]));
    const placed = places(firstAddress, ...factors.map((own) => own.length * this.#rowStride));
    this.#factors = Object.fromEntries(directions.map((direction, d) => [direction, placed[d]]));
    this.#tables = placed[directions.length];
    this.reserve(this.#tables);
    factors.forEach((own, d) => {
      own.forEach((values, f) => {
        this.doubles(placed[d] + f * this.#rowStride).set(values);
      });
    });
    this.#rows = this.layOut(null);
  }

  /** Vectors are of this region from now on. @param region null for the whole pyramid */
  layOut(region: Region | null): PaddedRows {
    const rows = new PaddedRows(this.liouvillian, region);
    const { rowTable, chunkTable } = rows;
    // An empty block before the first and behind the last.
    const blockTable = [0, 0, ...rows.blockTable, 0, 0];
    const [blocksAt, chunksAt, rowsAt, free] = places(
      ...[this.#tables, 4 * blockTable.length, 4 * chunkTable.length, 4 * rowTable.length],
    );
    this.reserve(free);
    const { buffer } = this.memory;
    new Int32Array(buffer, blocksAt).set(blockTable);
    new Int32Array(buffer, chunksAt).set(chunkTable);
    new Int32Array(buffer, rowsAt).set(rowTable);
    this.#blockTable = blocksAt + 8;
    this.#chunkTable = chunksAt;
    this.#rowTable = rowsAt;
    this.#free = free;
    this.#rows = rows;
    return rows;
  }

  get rows(): PaddedRows {
    return this.#rows;
  }

  /** from one vector to the next, bytes */
  get stride(): number {
    return 64 * Math.ceil((8 * this.rows.numbers) / 64);
  }

  /** where the program's own begins */
  get free(): number {
    return this.#free;
  }

  /** Bytes of a place for `sums` sums of all chunks. */
  sumBytes(sums: number): number {
    return 64 * Math.ceil((8 * sums * (this.rows.chunks + 1)) / 64);
  }

  /** @param own the program's own settings @param sums of a chunk @param partials where those are */
  set(own: readonly number[], direction: Direction, sums: number, partials: number): void {
    const { liouvillian, rows } = this;
    const { jumps } = liouvillian.stencils[direction];
    const [emission, first, second] = jumps.map(({ shift }) => shift);
    const factors = this.#factors[direction];
    if (factors === undefined) throw new Error(`L was laid out without its ${direction} direction.`);
    const isWhole = liouvillian.parts === 'both';
    const layout: Layout = [
      rows.chunks,
      sums,
      partials,
      this.#blockTable,
      this.#chunkTable,
      this.#rowTable,
      factors,
      this.#rowStride,
      emission,
      jumps.length - 1,
      first ?? 0,
      second ?? 0,
      isWhole ? 4 * rows.numbers : 0,
      isWhole ? liouvillian.pyramid.blocks.length : 0,
    ];
    new Int32Array(this.memory.buffer, settingsAddress).set([...own, ...layout]);
  }

  scalars(count: number): Float64Array {
    return new Float64Array(this.memory.buffer, scalarsAddress, count);
  }

  doubles(address = 0): Float64Array {
    return new Float64Array(this.memory.buffer, address);
  }

  singles(): Float32Array {
    return new Float32Array(this.memory.buffer);
  }

  clear(address: number, bytes?: number): void {
    new Uint8Array(this.memory.buffer, address, bytes).fill(0);
  }

  /** Room up to an address, and a page more, since rows are read in fours. @throws RangeError where WebAssembly's 4 GiB do not suffice */
  reserve(bytes: number): void {
    const pages = Math.ceil(bytes / pageBytes) + 1 - this.memory.buffer.byteLength / pageBytes;
    if (pages <= 0) return;
    try {
      this.memory.grow(pages);
    } catch (cause) {
      const { atoms } = this.liouvillian.system;
      throw new RangeError(`${atoms} atoms need ${(bytes / 2 ** 30).toFixed(1)} GiB of WebAssembly memory.`, {
        cause,
      });
    }
  }
}
