/** Real values on a grid behind a plot's curves, in one ink: the darker, the nearer to the full end of their scale. */
import type { Ink } from './ink';
import { short } from './number';

export interface Heat {
  /** in the markup of `notation` */
  readonly label: string;
  /** that of what belongs to no state unless another is named */
  readonly ink?: Ink;
  /** middles of the columns, rising; or of the first and the last of columns in equal steps */
  readonly x: readonly number[];
  /** lower end of the first row and upper end of the last, which are equally high */
  readonly y: readonly [number, number];
  /** [column][row]; null where there is none */
  readonly values: readonly (readonly (number | null)[])[];
  /** left out for counts: from 0 to the greatest, with the rare seen beside the frequent */
  readonly scale?: HeatScale;
}

export interface HeatScale {
  /** the value at which nothing is seen, and that of the full ink; either may be the greater */
  readonly clear: number;
  readonly full: number;
  /** how the ink grows between them; logarithmic ends are above 0 */
  readonly kind: 'linear' | 'log';
}

/** Opacity of the full ink: what lies behind, grid and page, still shows. */
const darkest = 230;
/** Below 1 it lets rare counts be seen beside frequent ones. */
const countsPower = 0.4;

/** Edges of the columns: midway between their middles, and as far beyond the outer ones. */
export function columnEdges(heat: Heat): number[] {
  const middles = columnMiddles(heat);
  if (middles.length === 1) {
    const half = (heat.x[heat.x.length - 1] - heat.x[0]) / 2 || 0.5;
    return [middles[0] - half, middles[0] + half];
  }
  const inner = middles.slice(1).map((x, i) => (middles[i] + x) / 2);
  const [first, last] = [middles[0], middles[middles.length - 1]];
  return [2 * first - inner[0], ...inner, 2 * last - inner[inner.length - 1]];
}

export function columnMiddles({ x, values: { length } }: Heat): number[] {
  if (x.length === length) return [...x];
  return Array.from({ length }, (_, i) => x[0] + ((x[1] - x[0]) * i) / Math.max(1, length - 1));
}

export function rowMiddles({ y: [from, to], values }: Heat): number[] {
  const rows = values[0]?.length ?? 0;
  return Array.from({ length: rows }, (_, i) => from + ((to - from) * (i + 0.5)) / rows);
}

/** The value of the cell that holds the place; null outside of all, or where there is none. */
export function cellAt(heat: Heat, x: number, y: number): number | null {
  const column = columnEdges(heat).findIndex((edge) => x < edge) - 1;
  const [from, to] = heat.y;
  const cells = heat.values[column];
  return cells?.[Math.floor(((y - from) / (to - from)) * cells.length)] ?? null;
}

/** The greatest count; the first column, where all trajectories start alike, does not set the scale. */
function mostOf({ values }: Heat): number {
  let most = 1;
  for (const column of values.slice(1)) for (const value of column) most = Math.max(most, value ?? 0);
  return most;
}

/** How much of the full ink a value has, 0 to 1. */
function shadeOf(heat: Heat): (value: number) => number {
  const { scale } = heat;
  if (!scale) {
    const most = mostOf(heat);
    return (value) => Math.min(1, value / most) ** countsPower;
  }
  const { clear, full, kind } = scale;
  const place = kind === 'log' ? Math.log : (value: number) => value;
  const [from, to] = [place(clear), place(full)];
  return (value) => {
    const share = (place(value) - from) / (to - from);
    return share > 0 ? Math.min(1, share) : 0;
  };
}

/**
 * One opacity a cell, 0 to 255, row by row from the highest row down.
 * @param from the first column of those taken; `to` the one after the last
 */
export function heatOpacities(heat: Heat, from = 0, to = heat.values.length): Uint8ClampedArray {
  const [columns, rows] = [to - from, heat.values[0]?.length ?? 0];
  const shade = shadeOf(heat);
  const opacities = new Uint8ClampedArray(columns * rows);
  for (let i = 0; i < columns; i++)
    for (const [row, value] of heat.values[from + i].entries())
      if (value !== null) opacities[(rows - 1 - row) * columns + i] = darkest * shade(value);
  return opacities;
}

/** The ink's growth from clear to full, for a legend: left to right in so many steps. */
export const heatRamp = (steps: number): Uint8ClampedArray =>
  Uint8ClampedArray.from({ length: steps }, (_, i) => (darkest * i) / (steps - 1));

/** Both ends of the scale in words, the clear one first: `0 to 0.12`. */
export function scaleInWords(heat: Heat): string {
  const { clear, full, kind } = heat.scale ?? { clear: 0, full: mostOf(heat), kind: 'linear' };
  const [from, to] = [clear, full].map((end) => short(Number(end.toPrecision(3))));
  return `${from} to ${to}${kind === 'log' ? ', logarithmic' : ''}`;
}
