/**
 * What a plot draws inside its frame: shading, heat, marks, and each curve with its errors, as one list of shapes in the order
 * of drawing. The canvas on the page and the SVG file draw this list and nothing else, so that they show the same.
 */
import { columnEdges, heatOpacities } from './heat';
import { leavingMarks } from './leaving';
import { heatInk } from './legend';
import { cornersOf, type Places, type PlotView, type Point, placesIn } from './places';
import type { Curve, Ink, PlotAxis, PlotBand, PlotMark, PlotRegion, PlotSpec } from './plot-spec';
import { strokesOf } from './strokes';

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

export function shapesOf(spec: PlotSpec, view: PlotView): Shape[] {
  const places = placesIn(spec, view);
  const canShow = (axis: PlotAxis, value: number | null | undefined) =>
    Number.isFinite(value) && (axis.scale !== 'log' || value! > 0);
  const shownOf = (curve: Curve) => (i: number) => canShow(spec.x, curve.x[i]) && canShow(spec.y, curve.y[i]);
  return [
    ...(spec.bands ?? []).map((band) => bandShape(band, places)),
    ...(spec.regions ?? []).map((region) => regionShape(region, places)),
    ...heatShapes(spec, places),
    ...(spec.marks ?? []).map((mark) => markShape(mark, places)),
    ...spec.curves.flatMap((curve) => curveShapes(curve, places, shownOf(curve))),
    ...spec.curves.flatMap((curve) => leavingShapes(curve, places, shownOf(curve))),
  ];
}

/** As light as leaves what is drawn over it as it is. */
const shading = 0.13;

function bandShape({ axis, from, to, ink }: PlotBand, { frame, x, y }: Places): AreaShape {
  const { left, top, width, height } = frame;
  const outline =
    axis === 'x'
      ? cornersOf(x(from), top, x(to), top + height)
      : cornersOf(left, y(from), left + width, y(to));
  return { kind: 'area', ink, opacity: shading, outlines: [outline] };
}

const regionShape = ({ ink, outline }: PlotRegion, { x, y }: Places): AreaShape => ({
  kind: 'area',
  ink,
  opacity: shading,
  outlines: [outline.map(([atX, atY]): Point => [x(atX), y(atY)])],
});

/** Columns of one width as one grid of cells; where widths differ, or x is logarithmic, grids side by side. */
function heatShapes({ heat, x }: PlotSpec, places: Places): CellsShape[] {
  if (!heat) return [];
  const edges = columnEdges(heat);
  const [bottom, top] = heat.y.map(places.y);
  const width = (i: number) => edges[i + 1] - edges[i];
  const alike = (i: number, k: number) =>
    x.scale !== 'log' && Math.abs(width(i) - width(k)) < 1e-6 * Math.abs(width(i));
  const shapes: CellsShape[] = [];
  for (let from = 0; from < heat.values.length; ) {
    let to = from + 1;
    while (to < heat.values.length && alike(from, to)) to++;
    shapes.push({
      kind: 'cells',
      ink: heat.ink ?? heatInk,
      from: [places.x(edges[from]), top],
      to: [places.x(edges[to]), bottom],
      columns: to - from,
      rows: heat.values[from].length,
      opacities: heatOpacities(heat, from, to),
    });
    from = to;
  }
  return shapes;
}

function markShape({ axis, at, ink }: PlotMark, { frame, x, y }: Places): LineShape {
  const { left, top, width, height } = frame;
  const start: Point = axis === 'x' ? [x(at), top] : [left, y(at)];
  const end: Point = axis === 'x' ? [x(at), top + height] : [left + width, y(at)];
  return { kind: 'line', ink, width: 1.5, dash: [2, 4], lines: [[start, end]] };
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

/** Marks of one curve where it leaves the picture. */
function leavingShapes(curve: Curve, places: Places, shown: Shown): AreaShape[] {
  const stretches = stretchesOf(curve, shown).map((stretch) =>
    stretch.map((i): Point => [places.x(curve.x[i]), places.y(curve.y[i]!)]),
  );
  const outlines = leavingMarks(stretches, curve.draw === 'line', places.frame);
  return outlines.length === 0 ? [] : [{ kind: 'area', ink: curve.ink, opacity: 1, outlines }];
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
