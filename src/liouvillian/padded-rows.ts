/**
 * Packed vectors as the iterations in WebAssembly hold them: each row ends at a whole four numbers, so that the next begins at a vector of the
 * processor. And their chunks, rows that follow one another: what a thread has in its cache, and what is summed by itself.
 */
import type { Liouvillian } from './liouvillian';

const padding = 4;
/** Numbers in a chunk, about: the few vectors of a pass stay in a processor's second cache. */
const chunkSize = 2048;

/** Numbers before row r of a block: 4 + 4 + 4 + 4 + 8 + 8 + ... */
function triangle(r: number): number {
  const fours = Math.floor(r / padding);
  return padding * (fours + 1) * (2 * fours + (r % padding));
}

/** A block of one part: its number in the pyramid, and where it begins in a packed and in a padded vector. */
interface PaddedBlock {
  readonly index: number;
  readonly dim: number;
  readonly packed: number;
  readonly padded: number;
}

export class PaddedRows {
  /** in a vector */
  readonly numbers: number;
  /** the blocks of one part, and of both one part behind the other */
  readonly blocks: readonly PaddedBlock[];
  /** of each chunk its first block, its first row in it, and the number of its first element; and where the last ends */
  readonly chunkTable: readonly number[];

  constructor(private readonly liouvillian: Liouvillian) {
    const { pyramid, halves } = liouvillian;
    const blocks: PaddedBlock[] = [];
    const chunks: number[] = [];
    let numbers = 0;
    let chunkEnd = 0;
    const all = halves.flatMap(({ first }) =>
      pyramid.blocks.map(({ index, dim, offset }) => ({ index, dim, packed: first + offset })),
    );
    for (const [place, block] of all.entries()) {
      const { dim } = block;
      blocks.push({ ...block, padded: numbers });
      for (let r = 0; r < dim; r++) {
        const first = numbers + triangle(r);
        if (first < chunkEnd) continue;
        chunks.push(place, r, first);
        chunkEnd = first + chunkSize;
      }
      numbers += triangle(dim);
    }
    this.numbers = numbers;
    this.blocks = blocks;
    this.chunkTable = [...chunks, blocks.length, 0, numbers];
  }

  get chunks(): number {
    return this.chunkTable.length / 3 - 1;
  }

  /** @param address in bytes; what lies between the rows stays as it is */
  write(memory: Float32Array | Float64Array, address: number, packed: Float64Array): void {
    const first = address / memory.BYTES_PER_ELEMENT;
    this.forEachRow((from, to, length) => {
      for (let c = 0; c < length; c++) memory[first + to + c] = packed[from + c];
    });
  }

  read(memory: Float64Array, address: number): Float64Array {
    const first = address / memory.BYTES_PER_ELEMENT;
    const packed = new Float64Array(this.liouvillian.unknowns);
    this.forEachRow((to, from, length) => {
      for (let c = 0; c < length; c++) packed[to + c] = memory[first + from + c];
    });
    return packed;
  }

  /** Of each number of a packed vector its number in a padded one. */
  places(): Int32Array {
    const places = new Int32Array(this.liouvillian.unknowns);
    this.forEachRow((from, to, length) => {
      for (let c = 0; c < length; c++) places[from + c] = to + c;
    });
    return places;
  }

  /** @param visit gets where a row is in a packed vector and where in a padded one, and how long it is */
  private forEachRow(visit: (packed: number, padded: number, length: number) => void): void {
    for (const { dim, packed, padded } of this.blocks) {
      for (let r = 0; r < dim; r++) visit(packed + (r * (r + 1)) / 2, padded + triangle(r), r + 1);
    }
  }
}
