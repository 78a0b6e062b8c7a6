/** Pictures of the page's sections, small ones to keep, and how much two of them differ: in the page, which can read and write pictures. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Section {
  readonly box: Box;
  /** of its plots and pictures */
  readonly plots: readonly Box[];
  /** the picture that is kept of it, as base64; null where there is none yet */
  readonly kept: string | null;
}

/** Of the window that is the most different: its cells that are, and its place in the section, CSS pixels. */
export interface Difference {
  readonly cells: number;
  readonly left: number;
  readonly top: number;
}

export interface Compared {
  /** lossless WebP as base64 */
  readonly small: string;
  /** of the kept picture; null where there is none */
  readonly different: Difference | null;
  /** how different it would be without each plot, and with red and blue of each exchanged */
  readonly without: readonly number[];
  readonly recoloured: readonly number[];
}

/** CSS pixels a side to a cell, which is one pixel of a kept picture: what text looks like in detail does not count. */
const scale = 8;
/** Shades are kept in steps of so much: that halves the pictures. */
const step = 8;
/** Full scale is 255: what antialiasing moves is less. */
const tolerance = 6;
/** How many cells off a cell may find its like: words above that are set a little wider move what stands below. */
const reach = 2;
/** Cells of the window that is the most different: about a plot. */
const windowSize = { width: 40, height: 28 };

export async function compared(png: string, sections: readonly Section[]): Promise<Compared[]> {
  const whole = await decoded(png, 'image/png');
  const results: Compared[] = [];
  for (const { box, plots, kept } of sections) {
    const canvas = shrunk(whole, box);
    const before = kept === null ? null : drawn(await decoded(kept, 'image/webp'));
    const inside = plots.map(
      ({ left, top, width, height }): Box => ({
        left: Math.round((left - box.left) / scale),
        top: Math.round((top - box.top) / scale),
        width: Math.round(width / scale),
        height: Math.round(height / scale),
      }),
    );
    const spoiled = (spoil: (data: Uint8ClampedArray) => void) =>
      inside.map(
        (plot) => difference(cellsOf(partOf(canvas, plot, spoil)), cellsOf(partOf(canvas, plot))).cells,
      );
    results.push({
      small: await encoded(canvas),
      different: before && difference(cellsOf(canvas), cellsOf(before)),
      without: spoiled((data) => {
        const surface = data.slice(0, 4);
        for (let at = 0; at < data.length; at += 4) data.set(surface, at);
      }),
      recoloured: spoiled((data) => {
        for (let at = 0; at < data.length; at += 4) [data[at], data[at + 2]] = [data[at + 2], data[at]];
      }),
    });
  }
  return results;
}

/** The most cells of any window that have no like in the other picture near where they are, either way; without end where their sizes differ. */
function difference(one: Cells, other: Cells): Difference {
  if (Math.abs(one.rows - other.rows) > 3 || Math.abs(one.columns - other.columns) > 1)
    return { cells: Number.MAX_SAFE_INTEGER, left: 0, top: 0 };
  const [here, there] = [mostUnlike(one, other), mostUnlike(other, one)];
  return here.cells > there.cells ? here : there;
}

function mostUnlike(one: Cells, other: Cells): Difference {
  const { columns, rows } = one;
  /** of the cells above and to the left */
  const sums = new Int32Array((columns + 1) * (rows + 1));
  const at = (row: number, column: number) => row * (columns + 1) + column;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      sums[at(row + 1, column + 1)] =
        Number(!hasLike(one, other, row, column)) +
        sums[at(row, column + 1)] +
        sums[at(row + 1, column)] -
        sums[at(row, column)];
  let most: Difference = { cells: 0, left: 0, top: 0 };
  const [width, height] = [Math.min(columns, windowSize.width), Math.min(rows, windowSize.height)];
  for (let row = height; row <= rows; row++)
    for (let column = width; column <= columns; column++) {
      const cells =
        sums[at(row, column)] -
        sums[at(row - height, column)] -
        sums[at(row, column - width)] +
        sums[at(row - height, column - width)];
      if (cells > most.cells) most = { cells, left: scale * (column - width), top: scale * (row - height) };
    }
  return most;
}

function hasLike(one: Cells, other: Cells, row: number, column: number): boolean {
  const here = 4 * (row * one.columns + column);
  for (let y = Math.max(0, row - reach); y <= Math.min(other.rows - 1, row + reach); y++)
    for (let x = Math.max(0, column - reach); x <= Math.min(other.columns - 1, column + reach); x++) {
      const there = 4 * (y * other.columns + x);
      const apart = [0, 1, 2].map((i) => Math.abs(one.values[here + i] - other.values[there + i]));
      if (Math.max(...apart) <= tolerance) return true;
    }
  return row >= other.rows || column >= other.columns;
}

interface Cells {
  readonly columns: number;
  readonly rows: number;
  /** RGBA, each the mean of a cell and those about it: a line between two cells is as dark as one inside of one */
  readonly values: Float32Array;
}

function cellsOf(canvas: OffscreenCanvas): Cells {
  const { width: columns, height: rows } = canvas;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, columns, rows);
  const values = Float32Array.from(data);
  for (const [stride, count] of [
    [4, columns],
    [4 * columns, rows],
  ]) {
    const before = values.slice();
    for (let at = 0; at < values.length; at++) {
      const place = Math.floor(at / stride) % count;
      const [back, on] = [place > 0 ? at - stride : at, place < count - 1 ? at + stride : at];
      values[at] = (before[back] + before[at] + before[on]) / 3;
    }
  }
  return { columns, rows, values };
}

/** The section, each pixel about the mean of those that it stands for. */
function shrunk(whole: ImageBitmap, { left, top, width, height }: Box): OffscreenCanvas {
  const [columns, rows] = [Math.round(width / scale), Math.round(height / scale)];
  const full = new OffscreenCanvas(columns * scale, rows * scale);
  full.getContext('2d')!.drawImage(whole, -Math.round(left), -Math.round(top));
  const { data } = full.getContext('2d')!.getImageData(0, 0, full.width, full.height);
  const small = new ImageData(columns, rows);
  const sums = new Float32Array(4 * columns * rows);
  for (let y = 0; y < full.height; y++)
    for (let x = 0; x < full.width; x++)
      for (const i of [0, 1, 2])
        sums[4 * (Math.floor(y / scale) * columns + Math.floor(x / scale)) + i] +=
          data[4 * (y * full.width + x) + i];
  for (let at = 0; at < sums.length; at++)
    small.data[at] = at % 4 === 3 ? 255 : step * Math.round(sums[at] / scale ** 2 / step);
  const canvas = new OffscreenCanvas(columns, rows);
  canvas.getContext('2d')!.putImageData(small, 0, 0);
  return canvas;
}

function partOf(
  canvas: OffscreenCanvas,
  { left, top, width, height }: Box,
  change?: (data: Uint8ClampedArray) => void,
): OffscreenCanvas {
  const part = new OffscreenCanvas(width, height);
  const pixels = canvas.getContext('2d')!.getImageData(left, top, width, height);
  change?.(pixels.data);
  part.getContext('2d')!.putImageData(pixels, 0, 0);
  return part;
}

function drawn(image: ImageBitmap): OffscreenCanvas {
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d')!.drawImage(image, 0, 0);
  return canvas;
}

async function decoded(base64: string, type: string): Promise<ImageBitmap> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return createImageBitmap(new Blob([bytes], { type }));
}

async function encoded(canvas: OffscreenCanvas): Promise<string> {
  const bytes = new Uint8Array(
    await (await canvas.convertToBlob({ type: 'image/webp', quality: 1 })).arrayBuffer(),
  );
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
