/** The stencil as the GPU holds it: factors and tiles of liouvillian.wgsl. */
import type { Pyramid } from '../operators/pyramid';
import type { Stencil } from './stencil';

/** Columns and rows of a tile. 32 columns suit a warp, and waste little on blocks of some tens of rows. */
export const tileColumns = 32;
const tileRows = 16;

/** f32[rows][8]: struct Factors */
export function packFactors({
  diagonal,
  next,
  previous,
  stay,
  above,
  below,
}: Stencil): Float32Array<ArrayBuffer> {
  const packed = new Float32Array(diagonal.length * 8);
  for (let k = 0; k < diagonal.length; k++) {
    packed.set([diagonal[k], next[k], previous[k], stay[k], above[k], below[k]], k * 8);
  }
  return packed;
}

/** u32[tiles][8]: struct Tile, for the lower triangle of every block */
export function packTiles(pyramid: Pyramid, { rowOffset }: Stencil): Uint32Array<ArrayBuffer> {
  const { blocks } = pyramid;
  const tiles: number[] = [];
  for (const { index: b, dim, offset } of blocks) {
    const above = blocks[b - 1]?.offset ?? 0;
    const below = blocks[b + 1]?.offset ?? 0;
    for (let column = 0; column < dim; column += tileColumns) {
      for (let row = column - (column % tileRows); row < dim; row += tileRows) {
        tiles.push(offset, above, below, rowOffset[b], row, Math.min(row + tileRows, dim), column, 0);
      }
    }
  }
  return Uint32Array.from(tiles);
}
