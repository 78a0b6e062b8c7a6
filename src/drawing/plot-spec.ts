/**
 * What a plot shows, said once: `shapesOf` turns it into what is drawn, on the page and in a file, and `plotTable`
 * lists its numbers.
 */
import type { Heat } from './heat';
import type { Ink } from './ink';
import { plainNotation } from './notation';

export type { Ink };

export interface PlotAxis {
  /** in the markup of `notation`, with the unit */
  readonly label: string;
  /** limits; those left out come from the data */
  readonly min?: number;
  readonly max?: number;
  readonly scale?: 'linear' | 'log';
  /** of values in steps of 1: one of them, such as 0 for a number of atoms and 1/2 for m of an odd one; ticks stand on these alone */
  readonly whole?: number;
}

export interface Curve {
  /** in the markup of `notation` */
  readonly label: string;
  readonly draw: 'line' | 'points' | 'bars';
  readonly ink: Ink;
  readonly dashed?: boolean;
  /** left out of the legend, for curves that share another's ink and meaning */
  readonly quiet?: boolean;
  /** line width in CSS pixels */
  readonly width?: number;
  /** a line that keeps each value up to the next point */
  readonly steps?: boolean;
  /** a line in two inks */
  readonly shade?: Shade;
  /** rising */
  readonly x: ArrayLike<number>;
  /** same length as x; null leaves a gap */
  readonly y: ArrayLike<number | null>;
  /** one standard error or an error bound, same length as x: a band around a line, a bar through a point */
  readonly error?: ArrayLike<number>;
}

/** Where a line has another ink than its own. */
export interface Shade {
  /** in the markup of `notation`: what that ink says */
  readonly label: string;
  readonly ink: Ink;
  /** same length as the curve: that ink is where it is above the level */
  readonly by: ArrayLike<number>;
  readonly level: number;
}

/** A straight line across the plot at one value of an axis. */
export interface PlotMark {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly label: string;
  readonly ink: Ink;
}

/** A stretch of an axis, shaded across the plot; an end may be infinite. */
export interface PlotBand {
  readonly axis: 'x' | 'y';
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly ink: Ink;
}

/** A part of the plane, shaded. */
export interface PlotRegion {
  readonly label: string;
  readonly ink: Ink;
  /** closed: from its last point back to its first */
  readonly outline: readonly (readonly [x: number, y: number])[];
}

export interface PlotSpec {
  /** for a person who cannot see it, and the name of its files: plain words */
  readonly title: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly curves: readonly Curve[];
  /** behind the curves */
  readonly heat?: Heat | undefined;
  readonly marks?: readonly PlotMark[];
  /** behind the heat */
  readonly bands?: readonly PlotBand[];
  readonly regions?: readonly PlotRegion[];
}

/** What is plotted against what. */
export const axesInWords = ({ x, y }: PlotSpec) =>
  `${plainNotation(y.label)} against ${plainNotation(x.label)}`;

/** The limits of an axis: what the axis says, else what the data, errors and marks need and a little air (y only). */
export function axisLimits(spec: PlotSpec, axis: 'x' | 'y'): [number, number] {
  const { min, max, scale } = spec[axis];
  if (min !== undefined && max !== undefined) return [min, max];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const take = (value: number | null) => {
    if (value === null || !Number.isFinite(value) || (scale === 'log' && value <= 0)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const { x, y, error, draw } of spec.curves) {
    for (let i = 0; i < x.length; i++) {
      if (axis === 'x') take(x[i]);
      else if (y[i] !== null) {
        take(y[i]! - (error?.[i] ?? 0));
        take(y[i]! + (error?.[i] ?? 0));
      }
    }
    if (axis === 'y' && draw === 'bars') take(0);
  }
  for (const mark of spec.marks ?? []) if (mark.axis === axis) take(mark.at);
  if (low > high) [low, high] = scale === 'log' ? [0.1, 1] : [0, 1];
  if (axis === 'y' || low === high) {
    if (scale === 'log') [low, high] = [low / 1.3, high * 1.3];
    else {
      const air = 0.06 * (high - low || Math.abs(high) || 1);
      const stands = spec.curves.some(({ draw }) => draw === 'bars') && low === 0;
      [low, high] = [stands ? 0 : low - air, high + air];
    }
  }
  return [min ?? low, max ?? high];
}
