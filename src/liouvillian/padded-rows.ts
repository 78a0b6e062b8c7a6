/**
 * Vectors as the iterations in WebAssembly hold them: each row begins at a whole four numbers, at a vector of the processor. Of a region of the
 * pyramid they hold its rows from the first kept column on, and about them what the stencil reads there, which stays 0. And their chunks, rows
 * that follow one another: what a thread has in its cache, and what is summed by itself.
 */
import type { Liouvillian } from './liouvillian';
import { type Region, widen } from './region';

const padding = 4;
/** Numbers in a chunk, about: the few vectors of a pass stay in a processor's second cache. */
const chunkSize = 2048;

/** A row of one part. */
interface PaddedRow {
  /** of all parts' blocks */
  readonly place: number;
  readonly r: number;
  /** where it begins in a packed vector */
  readonly packed: number;
  /** where it would begin in a padded one if that held it from column 0 on */
  readonly padded: number;
  /** the first column that is kept; beyond the diagonal where none is */
  readonly first: number;
}

export class PaddedRows {
  /** in a vector */
  readonly numbers: number;
  /** in the order of a vector */
  readonly rows: readonly PaddedRow[];
  /** of each block of one part, and of both one part behind the other: the number of what would be its row 0, and of its first factor */
  readonly blockTable: readonly number[];
  /** of each chunk its first row and the number of its first element; and where the last ends */
  readonly chunkTable: readonly number[];

  /** @param region null for the whole pyramid */
  constructor(
    private readonly liouvillian: Liouvillian,
    region: Region | null = null,
  ) {
    const { pyramid, halves, stencils } = liouvillian;
    const { rowOffset } = stencils.forward;
    const wide = region && widen(liouvillian, region);
    const rows: PaddedRow[] = [];
    const blocks: number[] = [];
    const chunks: number[] = [];
    let numbers = 0;
    let chunkEnd = 0;
    const all = halves.flatMap(({ first }) =>
      pyramid.blocks.map(({ index, dim, offset }) => ({ index, dim, packed: first + offset })),
    );
    for (const [place, { index, dim, packed }] of all.entries()) {
      const held = (r: number) => wide?.[rowOffset[index] + r] ?? 0;
      let from = 0;
      while (from < dim && held(from) > from) from++;
      let to = dim;
      while (to > from && held(to - 1) > to - 1) to--;
      blocks.push(rows.length - from, rowOffset[index]);
      for (let r = from; r < to; r++) {
        if (numbers >= chunkEnd) {
          chunks.push(rows.length, numbers);
          chunkEnd = numbers + chunkSize;
        }
        rows.push({
          ...{ place, r, packed: packed + (r * (r + 1)) / 2 },
          padded: numbers - held(r),
          first: region?.[rowOffset[index] + r] ?? 0,
        });
        numbers += padding * Math.ceil(Math.max(0, r + 1 - held(r)) / padding);
      }
    }
    this.numbers = numbers;
    this.rows = rows;
    this.blockTable = blocks;
    this.chunkTable = [...chunks, rows.length, numbers];
  }

  get chunks(): number {
    return this.chunkTable.length / 2 - 1;
  }

  /** Four numbers a row, in the order in which assembly/stencil.ts reads them. */
  get rowTable(): Int32Array {
    return Int32Array.from(this.rows.flatMap(({ padded, first, r, place }) => [padded, first, r, place]));
  }

  /** @param address in bytes; what lies between the rows stays as it is */
  write(memory: Float32Array | Float64Array, address: number, packed: Float64Array): void {
    const begin = address / memory.BYTES_PER_ELEMENT;
    for (const { packed: from, padded: to, first, r } of this.rows)
      for (let c = first; c <= r; c++) memory[begin + to + c] = packed[from + c];
  }

  /** Zeros outside the region. */
  read(memory: Float64Array, address: number): Float64Array {
    const begin = address / memory.BYTES_PER_ELEMENT;
    const packed = new Float64Array(this.liouvillian.unknowns);
    for (const { packed: to, padded: from, first, r } of this.rows)
      for (let c = first; c <= r; c++) packed[to + c] = memory[begin + from + c];
    return packed;
  }

  /** Of each number of a packed vector its number in a padded one. */
  places(): Int32Array {
    const places = new Int32Array(this.liouvillian.unknowns);
    for (const { packed: from, padded: to, first, r } of this.rows)
      for (let c = first; c <= r; c++) places[from + c] = to + c;
    return places;
  }
}
