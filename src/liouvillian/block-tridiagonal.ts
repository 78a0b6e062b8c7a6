/** A real matrix of blocks on the diagonal and beside it: what an elimination takes. */

/** A dense real block, row-major. */
export interface DenseBlock {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** A real block of four elements in a row at most: their factors and columns, four of each for a row; a factor that is none is 0, in column 0. */
export interface SparseBlock {
  readonly factors: Float64Array;
  readonly columns: Int32Array;
}

/** Blocks b to themselves, to the next and from the next; made when they are needed, each once. */
export type BlockTridiagonal = {
  readonly sizes: readonly number[];
  readonly diagonal: (b: number) => DenseBlock;
  readonly upper: (b: number) => DenseBlock;
} & (
  | { readonly isSparse: false; readonly lower: (b: number) => DenseBlock }
  | { readonly isSparse: true; readonly lower: (b: number) => SparseBlock }
);

/** Multiplications up to each block's end: its pivot's product, factors, and the solves for the next one's columns. */
export function workUpTo({ sizes, isSparse }: BlockTridiagonal): number[] {
  let sum = 0;
  return sizes.map((n, b) => {
    const [before, after] = [sizes[b - 1] ?? 0, sizes[b + 1] ?? 0];
    sum += n ** 2 * ((isSparse ? 0 : before) + n / 3 + after);
    return sum;
  });
}
