/** A density behind a plot's curves: counts in equal steps of x and equal bins of y, darker where there are more. */
export interface Heat {
  /** in the markup of `notation` */
  readonly label: string;
  /** first and last column's x */
  readonly x: readonly [number, number];
  /** lower end of the first bin and upper end of the last */
  readonly y: readonly [number, number];
  /** [column][bin] */
  readonly counts: readonly (readonly number[])[];
}

/** The rectangle of values that the picture covers: half a step beyond the outer columns. */
export function heatExtent({ x, y, counts }: Heat): { x: [number, number]; y: [number, number] } {
  const half = (x[1] - x[0]) / Math.max(1, counts.length - 1) / 2;
  return { x: [x[0] - half, x[1] + half], y: [y[0], y[1]] };
}

/**
 * One opacity a count, 0 to 255, row by row from the highest bin down.
 * A power below 1 lets the rare be seen beside the frequent; the first column, where all trajectories start alike,
 * does not set the scale.
 */
export function heatOpacities({ counts }: Heat): Uint8ClampedArray {
  const [columns, rows] = [counts.length, counts[0].length];
  let most = 1;
  for (const column of counts.slice(1)) for (const count of column) most = Math.max(most, count);
  const opacities = new Uint8ClampedArray(columns * rows);
  for (const [i, column] of counts.entries())
    for (const [bin, count] of column.entries())
      opacities[(rows - 1 - bin) * columns + i] = 230 * Math.min(1, count / most) ** 0.4;
  return opacities;
}
