/** Where values stand in a picture. */
import type { PlotAxis, PlotSpec } from './plot-spec';

/** In CSS pixels from the upper left corner of the picture, to a hundredth. */
export type Point = readonly [x: number, y: number];

/** A rectangle in CSS pixels. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A rectangle's corners. */
export const cornersOf = (left: number, top: number, right: number, bottom: number): Point[] => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
];

/** Where the plot stands and what part of its axes it shows. */
export interface PlotView {
  readonly frame: Frame;
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

/** How far out a place can be: lines that lead there keep their direction, and no renderer stumbles. */
const farOut = 1e6;

/**
 * The place of a value on an axis whose limits stand at two places, in pixels to a hundredth. On a logarithmic axis
 * 0 and less is far beyond the lower end.
 */
function placeOn(
  scale: PlotAxis['scale'],
  [from, to]: readonly [number, number],
  start: number,
  end: number,
): (value: number) => number {
  const log = (value: number) => (value > 0 ? Math.log(value) : Number.NEGATIVE_INFINITY);
  const map = scale === 'log' ? log : (value: number) => value;
  return (value) => {
    const place = start + ((map(value) - map(from)) / (map(to) - map(from))) * (end - start);
    return Math.round(100 * Math.min(farOut, Math.max(-farOut, place))) / 100;
  };
}

export interface Places {
  readonly frame: Frame;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** y where bars stand */
  readonly floor: number;
}

/** The x and y of values in a view. */
export function placesIn(spec: PlotSpec, { frame, x, y }: PlotView): Places {
  const [right, bottom] = [frame.left + frame.width, frame.top + frame.height];
  const placeY = placeOn(spec.y.scale, y, bottom, frame.top);
  return {
    frame,
    x: placeOn(spec.x.scale, x, frame.left, right),
    y: placeY,
    floor: placeY(Math.min(Math.max(0, y[0]), y[1])),
  };
}
