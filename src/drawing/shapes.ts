/**
 * What a plot draws inside its frame: heat, marks, and each curve with its errors, as one list of shapes in the order of
 * drawing. The canvas on the page and the SVG file draw this list and nothing else, so that they show the same.
 */
import { heatExtent, heatOpacities } from './heat';
import { heatInk } from './legend';
import type { Curve, Ink, PlotAxis, PlotMark, PlotSpec } from './plot-spec';
import { strokesOf } from './strokes';

/** In CSS pixels from the upper left corner of the picture, to a hundredth. */
export type Point = readonly [x: number, y: number];

/** Lines from point to point, each on its own. */
export interface LineShape {
  readonly kind: 'line';
  readonly ink: Ink;
  readonly width: number;
  /** lengths drawn and left out in turn; none: drawn through */
  readonly dash: readonly number[];
  readonly lines: readonly (readonly Point[])[];
}

/** The insides of closed outlines; where they overlap no darker than elsewhere. */
export interface AreaShape {
  readonly kind: 'area';
  readonly ink: Ink;
  /** 0 to 1 */
  readonly opacity: number;
  readonly outlines: readonly (readonly Point[])[];
}

export interface DotsShape {
  readonly kind: 'dots';
  readonly ink: Ink;
  readonly radius: number;
  readonly centers: readonly Point[];
}

/** Rectangular cells of one ink. */
export interface CellsShape {
  readonly kind: 'cells';
  readonly ink: Ink;
  readonly from: Point;
  readonly to: Point;
  readonly columns: number;
  readonly rows: number;
  /** 0 to 255, row by row from the top */
  readonly opacities: Uint8ClampedArray;
}

export type Shape = LineShape | AreaShape | DotsShape | CellsShape;

/** A rectangle in CSS pixels. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

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

interface Places {
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

export function shapesOf(spec: PlotSpec, view: PlotView): Shape[] {
  const places = placesIn(spec, view);
  const canShow = (axis: PlotAxis, value: number | null | undefined) =>
    Number.isFinite(value) && (axis.scale !== 'log' || value! > 0);
  return [
    ...heatShapes(spec, places),
    ...(spec.marks ?? []).map((mark) => markShape(mark, places)),
    ...spec.curves.flatMap((curve) =>
      curveShapes(curve, places, (i) => canShow(spec.x, curve.x[i]) && canShow(spec.y, curve.y[i])),
    ),
  ];
}

function heatShapes({ heat }: PlotSpec, places: Places): CellsShape[] {
  if (!heat) return [];
  const { x, y } = heatExtent(heat);
  const [left, right] = x.map(places.x);
  const [bottom, top] = y.map(places.y);
  return [
    {
      kind: 'cells',
      ink: heatInk,
      from: [left, top],
      to: [right, bottom],
      columns: heat.counts.length,
      rows: heat.counts[0].length,
      opacities: heatOpacities(heat),
    },
  ];
}

function markShape({ axis, at, ink }: PlotMark, { frame, x, y }: Places): LineShape {
  const { left, top, width, height } = frame;
  const line: Point[] =
    axis === 'x'
      ? [
          [x(at), top],
          [x(at), top + height],
        ]
      : [
          [left, y(at)],
          [left + width, y(at)],
        ];
  return { kind: 'line', ink, width: 1.5, dash: [2, 4], lines: [line] };
}

type Shown = (i: number) => boolean;
type PlaceOf = (i: number, shift?: number) => Point;

/** @param shown whether the curve has a point there that its axes can show */
function curveShapes(curve: Curve, places: Places, shown: Shown): Shape[] {
  const { draw, ink, dashed, width = 2 } = curve;
  const stretches = stretchesOf(curve, shown);
  const at: PlaceOf = (i, shift = 0) => [places.x(curve.x[i]), places.y(curve.y[i]! + shift)];
  if (draw === 'bars') return [barsShape(curve, stretches.flat(), places)];
  if (draw === 'points') {
    const centers = stretches.flat().map((i) => at(i));
    return [...errorShapes(curve, shown, at), { kind: 'dots', ink, radius: 3, centers }];
  }
  const strokes = strokesOf(curve, stretches, (i) => at(i)).map(
    (stroke): LineShape => ({ kind: 'line', ...stroke, width, dash: dashed ? [6, 5] : [] }),
  );
  return [...errorShapes(curve, shown, at), ...strokes];
}

/** The indices of a curve's points, parted at its gaps. */
function stretchesOf({ x: { length } }: Curve, shown: Shown): number[][] {
  const stretches: number[][] = [];
  let open = false;
  for (let i = 0; i < length; i++) {
    const goesOn = open;
    open = shown(i);
    if (open && goesOn) stretches[stretches.length - 1].push(i);
    else if (open) stretches.push([i]);
  }
  return stretches;
}

/** A bar through each point, or a band around a line: where the error is known. */
function errorShapes(curve: Curve, shown: Shown, at: PlaceOf): Shape[] {
  const { draw, ink, error } = curve;
  if (!error) return [];
  const stretches = stretchesOf(curve, (i) => shown(i) && !Number.isNaN(error[i]));
  if (draw === 'points') {
    const lines = stretches.flat().map((i): Point[] => [at(i, -error[i]), at(i, error[i])]);
    return [{ kind: 'line', ink, width: 1.5, dash: [], lines }];
  }
  const outlines = stretches.map((stretch) => [
    ...stretch.map((i) => at(i, error[i])),
    ...stretch.toReversed().map((i) => at(i, -error[i])),
  ]);
  return [{ kind: 'area', ink, opacity: 0.24, outlines }];
}

/** Bars of four fifths of the least step, at most 60 pixels wide. */
function barsShape({ ink, x, y }: Curve, indices: readonly number[], places: Places): AreaShape {
  const centers = indices.map((i) => places.x(x[i]));
  const step = Math.min(...centers.slice(1).map((center, i) => center - centers[i]), places.frame.width);
  const half = Math.min(0.8 * step, 60) / 2;
  const outlines = indices.map((i, at): Point[] => {
    const top = places.y(y[i]!);
    const [left, right] = [centers[at] - half, centers[at] + half].map((v) => Math.round(100 * v) / 100);
    return [
      [left, places.floor],
      [left, top],
      [right, top],
      [right, places.floor],
    ];
  });
  return { kind: 'area', ink, opacity: 0.33, outlines };
}
