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

/** One pixel a count, in the colour `#rrggbb`; a power below 1 lets the rare be seen beside the frequent. */
export function heatPicture({ counts }: Heat, colour: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = counts.length;
  canvas.height = counts[0].length;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(canvas.width, canvas.height);
  const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
  let most = 1;
  for (const column of counts.slice(1)) for (const count of column) most = Math.max(most, count);
  for (const [i, column] of counts.entries()) {
    for (const [bin, count] of column.entries()) {
      const opacity = 230 * Math.min(1, count / most) ** 0.4;
      image.data.set([red, green, blue, opacity], 4 * ((canvas.height - 1 - bin) * canvas.width + i));
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
