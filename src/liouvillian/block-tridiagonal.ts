/** A real matrix of blocks on the diagonal and beside it: what an elimination takes. */

/** Room for a dense real block, zeros before: element (r, c) is values[r stride + c step]. */
export interface DenseBlock {
  readonly values: Float64Array;
  readonly stride: number;
  readonly step: number;
}

/** The part of a block from a row and a column on. */
export const blockFrom = ({ values, stride, step }: DenseBlock, row: number, column: number): DenseBlock => ({
  values: values.subarray(row * stride + column * step),
  stride,
  step,
});

/** A real block of four elements in a row at most: their factors and columns, four of each for a row; a factor that is none is 0, in column 0. */
export interface SparseBlock {
  readonly factors: Float64Array;
  readonly columns: Int32Array;
}

/**
 * Adds block b to where it is needed, which is once. Nothing is made for it on the way: megabytes for each would have all of the program's memory
 * looked through for garbage every other block.
 */
type AddBlock = (b: number, to: DenseBlock) => void;

/** Blocks b to themselves, from the next and to the next. */
export type BlockTridiagonal = {
  readonly sizes: readonly number[];
  readonly diagonal: AddBlock;
  readonly upper: AddBlock;
} & (
  | { readonly isSparse: false; readonly lower: AddBlock }
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
