/** A plot as an SVG file: the shapes that the page draws too, with axes, labels and legend, in real text. */
import { heatRamp } from './heat';
import { type LegendEntry, legendOf } from './legend';
import { escapeXml, svgNotation } from './notation';
import { type Palette, sansFont } from './palettes';
import { cornersOf, type PlotView, type Point, placesIn } from './places';
import { axesInWords, axisLimits, type PlotSpec } from './plot-spec';
import { inkPng } from './png';
import { type CellsShape, type Shape, shapesOf } from './shapes';
import { linesOf, roughWidth, type Sheet, sheets, sizeOf } from './sheet';
import { tickMarkup, ticks } from './ticks';

const top = 30;
const legendLine = 18;

/** Where a file draws a plot: all of its axes, under as many rows of legend as it has. */
export function fileView(
  spec: PlotSpec,
  sheet: Sheet = sheets.screen,
  rows = legendRows(spec, sheet),
): PlotView {
  const { width, margin } = sheet;
  const above = top + legendLine * Math.max(2, rows.length);
  const frame = {
    left: margin.left,
    top: above,
    width: width - margin.left - margin.right,
    height: Math.max(sheet.leastFrame, sheet.height - above - margin.bottom),
  };
  return { frame, x: axisLimits(spec, 'x'), y: axisLimits(spec, 'y') };
}

/** @param origin where the numbers come from, a line each, for the file's description */
export function plotSvg(
  spec: PlotSpec,
  palette: Palette,
  origin: readonly string[],
  sheet: Sheet = sheets.screen,
): string {
  const rows = legendRows(spec, sheet);
  const view = fileView(spec, sheet, rows);
  const { frame } = view;
  const { left, top } = frame;
  const { width, margin } = sheet;
  const height = top + frame.height + margin.bottom;
  const box = `x="${left}" y="${top}" width="${frame.width}" height="${frame.height}"`;
  const parts = [
    `<rect width="${width}" height="${height}" fill="${palette.surface}"/>`,
    ...axes(spec, view, palette, sheet),
    `<clipPath id="frame"><rect ${box}/></clipPath>`,
    '<g clip-path="url(#frame)">',
    ...shapesOf(spec, view).map((shape) => shapeSvg(shape, palette)),
    '</g>',
    `<rect ${box} fill="none" stroke="${palette.grid}"/>`,
    text(spec.y.label, left, 18, sheet.axis, 'start', palette.text),
    text(spec.x.label, left + frame.width / 2, height - 14, sheet.axis, 'middle', palette.text),
    ...rows.flatMap((row, i) => legendRow(row, left + frame.width, 36 + legendLine * i, palette, sheet)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ${sizeOf(sheet, width, height)} font-family='${sansFont}'>
<title>${escapeXml(spec.title)}</title>
<desc>${escapeXml([axesInWords(spec), ...origin].join('\n'))}</desc>
${parts.join('\n')}
</svg>
`;
}

/** A shape as an element of SVG. */
export function shapeSvg(shape: Shape, palette: Palette): string {
  const colour = palette[shape.ink];
  switch (shape.kind) {
    case 'line': {
      const dash = shape.dash.length > 0 ? ` stroke-dasharray="${shape.dash.join(' ')}"` : '';
      return `<path d="${shape.lines.map(path).join('')}" fill="none" stroke="${colour}" stroke-width="${shape.width}" stroke-linejoin="round"${dash}/>`;
    }
    case 'area':
      return `<path d="${shape.outlines.map((outline) => `${path(outline)}Z`).join('')}" fill="${colour}" fill-opacity="${shape.opacity}"/>`;
    case 'dots':
      return shape.centers
        .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="${shape.radius}" fill="${colour}"/>`)
        .join('');
    case 'cells':
      return cellsSvg(shape, colour);
  }
}

const path = (points: readonly Point[]) => `M${points.map(([x, y]) => `${x},${y}`).join('L')}`;

function cellsSvg({ from, to, columns, rows, opacities }: CellsShape, colour: string): string {
  const png = inkPng(colour, columns, rows, opacities);
  const bytes = Array.from(png, (byte) => String.fromCharCode(byte)).join('');
  return `<image href="data:image/png;base64,${btoa(bytes)}" x="${from[0]}" y="${from[1]}" width="${r(to[0] - from[0])}" height="${r(to[1] - from[1])}" preserveAspectRatio="none" image-rendering="pixelated"/>`;
}

function axes(spec: PlotSpec, view: PlotView, { grid, text: ink }: Palette, { tick }: Sheet): string[] {
  const { frame } = view;
  const { left, top } = frame;
  const bottom = top + frame.height;
  const places = placesIn(spec, view);
  // Cells are read against the page, not against lines.
  const line = (d: string) => (spec.heat ? '' : `<path d="${d}" stroke="${grid}" stroke-width="0.7"/>`);
  const [x, y] = ticksIn(spec, view);
  return [
    ...x.map(({ at, label }) => {
      const place = places.x(at);
      return `${line(`M${place},${bottom}V${top}`)}${text(label, place, bottom + 18, tick, 'middle', ink)}`;
    }),
    ...y.map(({ at, label }) => {
      const place = places.y(at);
      return `${line(`M${left},${place}h${frame.width}`)}${text(label, left - 8, place + 4, tick, 'end', ink)}`;
    }),
  ];
}

function ticksIn(spec: PlotSpec, { frame, x, y }: PlotView) {
  const both = [ticks(spec.x, x, 'x', frame.width), ticks(spec.y, y, 'y', frame.height)];
  return both.map((places) => {
    const labels = tickMarkup(places);
    return places.map((at, i) => ({ at, label: labels[i] }));
  });
}

/** An entry's words on one row. */
interface EntryPart {
  readonly entry: LegendEntry;
  readonly words: string;
  /** with its sample, which the first part alone has, and air before it */
  readonly width: number;
  readonly isFirst: boolean;
}

/** A heat's sample is its scale. */
const sampleWidth = ({ look }: LegendEntry) => (look === 'scale' ? 52 : 16);
const air = 20;

/** The legend in rows that fit; marks begin one of their own, and an entry too long for one takes several. */
function legendRows(spec: PlotSpec, { width, margin, legend: size }: Sheet): EntryPart[][] {
  const rows: EntryPart[][] = [];
  const room = width - margin.left - margin.right;
  let free = 0;
  let marks = false;
  for (const entry of legendOf(spec)) {
    const before = air + sampleWidth(entry);
    const lines = linesOf(entry.label, size, room - before);
    const needed = before + Math.max(...lines.map((words) => roughWidth(words, size)));
    const begins = needed > free || lines.length > 1 || (entry.look === 'mark' && !marks);
    marks ||= entry.look === 'mark';
    const parts = lines.map((words, i) => ({ entry, words, width: needed, isFirst: i === 0 }));
    if (begins) rows.push(...parts.map((part) => [part]));
    else rows[rows.length - 1].push(...parts);
    free = lines.length > 1 ? 0 : (begins ? room : free) - needed;
  }
  return rows;
}

/** One row, from the right. */
function legendRow(
  parts: readonly EntryPart[],
  right: number,
  y: number,
  palette: Palette,
  { legend: size }: Sheet,
): string[] {
  let end = right;
  return parts.toReversed().map(({ entry, words, width, isFirst }) => {
    const sampled = sampleWidth(entry);
    const x = end - width + air + sampled;
    end -= width;
    return (
      text(words, x, y, size, 'start', palette.text) +
      (isFirst ? shapeSvg(sample(entry, x - 6 - sampled, y - 4), palette) : '')
    );
  });
}

/** What stands before an entry's words. */
function sample(entry: LegendEntry, x: number, y: number): Shape {
  const { ink, look, dashed } = entry;
  if (look === 'scale') {
    const columns = 26;
    const from: Point = [r(x), y - 6];
    const to: Point = [r(x + sampleWidth(entry)), y + 6];
    return { kind: 'cells', ink, from, to, columns, rows: 1, opacities: heatRamp(columns) };
  }
  if (look === 'points') return { kind: 'dots', ink, radius: 4, centers: [[r(x + 10), y]] };
  if (look === 'bars' || look === 'band') {
    const left = r(x + 4);
    const outline = cornersOf(left, y - 6, r(left + 12), y + 6);
    return { kind: 'area', ink, opacity: look === 'bars' ? 0.4 : 0.2, outlines: [outline] };
  }
  const dash = look === 'mark' ? [2, 3] : dashed ? [5, 3] : [];
  const start: Point = [r(x), y];
  const end: Point = [r(x + 16), y];
  return { kind: 'line', ink, width: 3, dash, lines: [[start, end]] };
}

function text(markup: string, x: number, y: number, size: number, anchor: string, fill: string): string {
  return `<text x="${r(x)}" y="${r(y)}" text-anchor="${anchor}" fill="${fill}">${svgNotation(markup, size)}</text>`;
}

const r = (value: number) => Number(value.toFixed(2));
