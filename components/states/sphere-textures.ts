/** Q on grids fine enough to look at, made in slices that leave the page its frames. */
import { refined, type SphereGrid } from '../../src/operators/husimi';
import type { SphereTexture } from './sphere-raster';

/** A degree a step: less than any state's Q changes in. */
export const fineRows = 181;
export const fineColumns = 360;
/** Of what changes all the time. */
export const quickRows = 61;
export const quickColumns = 120;

/** ms */
const slice = 8;

export function quickTexture(grid: SphereGrid): SphereTexture {
  const row = refined(grid, quickRows, quickColumns);
  return textureOf(
    Array.from({ length: quickRows }, (_, i) => row(i)),
    quickColumns,
  );
}

export async function fineTexture(grid: SphereGrid): Promise<SphereTexture> {
  const row = refined(grid, fineRows, fineColumns);
  const rows: Float64Array[] = [];
  for (let began = performance.now(); rows.length < fineRows; ) {
    rows.push(row(rows.length));
    if (performance.now() - began < slice) continue;
    await new Promise((resolve) => setTimeout(resolve));
    began = performance.now();
  }
  return textureOf(rows, fineColumns);
}

function textureOf(rows: readonly Float64Array[], columns: number): SphereTexture {
  const values = new Float32Array(rows.length * columns);
  for (const [i, row] of rows.entries()) values.set(row, i * columns);
  return { rows: rows.length, columns, values, most: values.reduce((a, b) => Math.max(a, b), 0) };
}
