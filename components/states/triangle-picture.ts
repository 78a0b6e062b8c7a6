/**
 * p(j, m) of the three states, side by side: j upwards, m to the right, cells darker by the square root of p on one scale for all, P_m above
 * and P_j at the side. One list of elements of SVG, on the page and in a file.
 */
import { escapeXml, svgNotation } from '../../src/drawing/notation';
import { short } from '../../src/drawing/number';
import { type Palette, sansFont } from '../../src/drawing/palettes';
import { cornersOf, type Frame, type Point } from '../../src/drawing/places';
import type { Ink } from '../../src/drawing/plot-spec';
import { shapeSvg } from '../../src/drawing/plot-svg';
import type { Table } from '../../src/drawing/plot-table';
import { type Sheet, sizeOf } from '../../src/drawing/sheet';
import { type Pictures, type StateName, stateLooks } from './state-names';

const sideBySide = 620;
const gap = 26;
const margin = { left: 34, right: 50, title: 24, top: 44, bottom: 38 };
const legendHeight = 50;

/** Where everything stands, in CSS pixels. */
export interface TriangleLayout {
  readonly atoms: number;
  readonly width: number;
  readonly height: number;
  /** of the triangles, in the states' order */
  readonly frames: readonly Frame[];
  readonly cell: { readonly width: number; readonly height: number };
}

export function triangleLayout(width: number, atoms: number): TriangleLayout {
  const columns = width >= sideBySide ? stateLooks.length : 1;
  const each = (width - gap * (columns - 1)) / columns;
  const frameWidth = Math.floor(each - margin.left - margin.right);
  const frameHeight = Math.round(Math.min(300, Math.max(120, 0.66 * frameWidth)));
  const eachHeight = margin.title + margin.top + frameHeight + margin.bottom;
  const frames = stateLooks.map((_, i) => ({
    left: Math.round((i % columns) * (each + gap)) + margin.left,
    top: Math.floor(i / columns) * eachHeight + margin.title + margin.top,
    width: frameWidth,
    height: frameHeight,
  }));
  return {
    ...{ atoms, width, frames },
    height: (stateLooks.length / columns) * eachHeight + legendHeight,
    cell: { width: frameWidth / (atoms + 1), height: frameHeight / (Math.floor(atoms / 2) + 1) },
  };
}

/** The place of a pair of quantum numbers in a frame, whole or not. */
export const placeOf = (
  { atoms, cell }: TriangleLayout,
  { left, top }: Frame,
  j: number,
  m: number,
): Point => [r(left + (m + atoms / 2 + 0.5) * cell.width), r(top + (atoms / 2 - j + 0.5) * cell.height)];

/** The row and the place in it of the cell that covers a point, in whichever frame; null outside the triangles. */
export function cellAt(layout: TriangleLayout, x: number, y: number): { b: number; i: number } | null {
  const { atoms, frames, cell } = layout;
  for (const { left, top, width, height } of frames) {
    if (x < left || x >= left + width || y < top || y >= top + height) continue;
    const b = Math.floor((y - top) / cell.height);
    const i = Math.floor((x - left) / cell.width) - b;
    return i >= 0 && i <= atoms - 2 * b ? { b, i } : null;
  }
  return null;
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

interface Marginals {
  readonly Pj: readonly number[];
  readonly Pm: readonly number[];
}

export function marginals(Pjm: readonly (readonly number[])[], atoms: number): Marginals {
  const Pm = Array.from({ length: atoms + 1 }, (_, i) => sum(Pjm.map((row, b) => row[i - b] ?? 0)));
  return { Pj: Pjm.map(sum), Pm };
}

/** The largest of all three states, which the scales end at. */
function scales(pictures: Pictures, atoms: number) {
  const all = stateLooks.map(({ name }) => marginals(pictures[name].Pjm, atoms));
  const most = (values: readonly (readonly number[])[]) =>
    values.reduce((largest, row) => row.reduce((a, b) => Math.max(a, b), largest), 0);
  return {
    p: most(stateLooks.flatMap(({ name }) => pictures[name].Pjm)),
    Pj: most(all.map(({ Pj }) => Pj)),
    Pm: most(all.map(({ Pm }) => Pm)),
  };
}

/** The elements of the picture. */
export function trianglePicture(pictures: Pictures, layout: TriangleLayout, palette: Palette): string {
  const most = scales(pictures, layout.atoms);
  const panels = stateLooks.map(({ name, title, ink }, i) => {
    const frame = layout.frames[i];
    const { Pjm } = pictures[name];
    return [
      `<circle cx="${frame.left + 5}" cy="${frame.top - margin.top - 13}" r="5.5" fill="${palette[ink]}"/>`,
      words(title, frame.left + 17, frame.top - margin.top - 8, palette.exact, 15, 'start', 600),
      outline(layout, frame, palette),
      cells(Pjm, layout, frame, ink, most.p, palette),
      bars(marginals(Pjm, layout.atoms), most, layout, frame, ink, palette),
      axes(layout, frame, palette),
    ].join('\n');
  });
  return [...panels, legend(most, layout, palette)].join('\n');
}

/** The whole as a file. */
export function triangleSvg(
  pictures: Pictures,
  atoms: number,
  palette: Palette,
  title: string,
  description: readonly string[],
  sheet: Sheet,
): string {
  const width = sheet.millimetres === null ? 1060 : sheet.width;
  const layout = triangleLayout(width - 40, atoms);
  const height = layout.height + 30;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-20 -15 ${width} ${height}" ${sizeOf(sheet, width, height)} font-family='${sansFont}'>
<title>${escapeXml(title)}</title>
<desc>${escapeXml(description.join('\n'))}</desc>
<rect x="-20" y="-15" width="${width}" height="${height}" fill="${palette.surface}"/>
${trianglePicture(pictures, layout, palette)}
</svg>
`;
}

/** The steps of the triangle, within which |m| <= j. */
function outline(layout: TriangleLayout, frame: Frame, { grid }: Palette): string {
  const { atoms, cell } = layout;
  const rows = Math.floor(atoms / 2) + 1;
  const edge = (side: -1 | 1) =>
    Array.from({ length: rows }, (_, b): Point[] => {
      const j = atoms / 2 - b;
      const [x, y] = placeOf(layout, frame, j, side * (j + 0.5));
      return [
        [x, r(y - cell.height / 2)],
        [x, r(y + cell.height / 2)],
      ];
    }).flat();
  const path = [...edge(-1), ...edge(1).toReversed()].map(([x, y]) => `${x},${y}`).join('L');
  return `<path d="M${path}Z" fill="${grid}" fill-opacity="0.35" stroke="${grid}"/>`;
}

const opacity = (p: number, most: number) => 255 * Math.sqrt(Math.min(1, Math.max(0, p / most)));

function cells(
  Pjm: readonly (readonly number[])[],
  { atoms }: TriangleLayout,
  { left, top, width, height }: Frame,
  ink: Ink,
  most: number,
  palette: Palette,
): string {
  const columns = atoms + 1;
  const opacities = new Uint8ClampedArray(columns * Pjm.length);
  for (const [b, row] of Pjm.entries())
    for (const [i, p] of row.entries()) opacities[b * columns + b + i] = opacity(p, most);
  return shapeSvg(
    {
      kind: 'cells',
      ...{ ink, columns, opacities },
      rows: Pjm.length,
      from: [left, top],
      to: [left + width, top + height],
    },
    palette,
  );
}

function bars(
  { Pj, Pm }: Marginals,
  most: Marginals | { Pj: number; Pm: number },
  layout: TriangleLayout,
  frame: Frame,
  ink: Ink,
  palette: Palette,
): string {
  const { cell, atoms } = layout;
  const { left, top, width } = frame;
  // Bars of many atoms touch.
  const [wide, high] = [cell.width, cell.height].map((size) => (size > 4 ? 0.8 * size : size) / 2);
  const floor = top - 5;
  const side = left + width + 5;
  const outlines = [
    ...Pm.map((p, i): Point[] => {
      const [x] = placeOf(layout, frame, atoms / 2, i - atoms / 2);
      return box(x - wide, floor - (p / Number(most.Pm)) * (margin.top - 8), x + wide, floor);
    }),
    ...Pj.map((p, b): Point[] => {
      const [, y] = placeOf(layout, frame, atoms / 2 - b, 0);
      return box(side, y - high, side + (p / Number(most.Pj)) * (margin.right - 8), y + high);
    }),
  ];
  return [
    shapeSvg({ kind: 'area', ink, opacity: 0.55, outlines }, palette),
    words('*P*_m', left - 8, top - margin.top + 14, palette.text, 12, 'end'),
    words('*P*_j', side, top - 10, palette.text, 12),
  ].join('');
}

const box = (left: number, top: number, right: number, bottom: number): Point[] =>
  cornersOf(r(left), r(top), r(right), r(bottom));

/** Quantum numbers that the axes name: as many as there is room for, from `to` down. */
function named(from: number, to: number, size: number, room: number): number[] {
  const step = [1, 2, 3, 5, 10, 20, 25, 50, 100, 200, 500].find((step) => step * size >= room) ?? 1000;
  // Of half-integer ones a step of 1 names themselves, a longer one what lies between.
  const first = step === 1 ? to : Math.floor(to / step) * step;
  return Array.from({ length: Math.floor((first - from) / step + 1e-9) + 1 }, (_, i) => first - i * step);
}

function axes(layout: TriangleLayout, frame: Frame, { text, grid }: Palette): string {
  const { atoms, cell } = layout;
  const { left, top, width, height } = frame;
  const bottom = top + height;
  const name = (value: number) => String(value).replace('-', '−');
  return [
    ...named(-atoms / 2, atoms / 2, cell.width, 26).map((m) => {
      const [x] = placeOf(layout, frame, 0, m);
      return `<path d="M${x},${bottom}v4" stroke="${grid}"/>${words(name(m), x, bottom + 16, text, 12, 'middle')}`;
    }),
    ...named((atoms / 2) % 1, atoms / 2, cell.height, 17).map((j) => {
      const [, y] = placeOf(layout, frame, j, 0);
      return `<path d="M${left},${y}h-4" stroke="${grid}"/>${words(name(j), left - 7, y + 4, text, 12, 'end')}`;
    }),
    words('*m*', left + width / 2, bottom + 33, text, 14, 'middle'),
    words('*j*', left - 10, top - 4, text, 14, 'end'),
  ].join('');
}

/** The scale in every ink, and what the bars reach. */
function legend(most: { p: number; Pj: number; Pm: number }, layout: TriangleLayout, palette: Palette) {
  const [left, top] = [margin.left, layout.height - legendHeight + 14];
  const [width, height, steps] = [170, 6, 85];
  const opacities = Uint8ClampedArray.from({ length: steps }, (_, i) => opacity((i / (steps - 1)) ** 2, 1));
  const ramps = stateLooks.map(({ ink }, i) =>
    shapeSvg(
      {
        kind: 'cells',
        ...{ ink, opacities },
        from: [left, top + i * height],
        to: [left + width, top + (i + 1) * height],
        columns: steps,
        rows: 1,
      },
      palette,
    ),
  );
  const bottom = top + stateLooks.length * height;
  const ticks = [0, 0.1, 0.4, 1].map((share) => {
    const x = r(left + width * Math.sqrt(share));
    const value =
      share === 1 ? short(Number(most.p.toPrecision(2))) : short(Number((share * most.p).toPrecision(1)));
    // A round number stands where it is, not where the share is.
    return share === 0 || share === 1
      ? { x, value }
      : { x: r(left + width * Math.sqrt(Number(value) / most.p)), value };
  });
  const shown = ticks.filter(
    ({ x }, i) => i === 0 || i === ticks.length - 1 || (x - left > 20 && left + width - x > 34),
  );
  const wide = layout.width >= sideBySide;
  const reach = `bars, one scale for all: *P*_m up to ${short(Number(most.Pm.toPrecision(2)))}, *P*_j up to ${short(Number(most.Pj.toPrecision(2)))}`;
  return [
    ...ramps,
    ...shown.map(({ x, value }) => words(value, x, bottom + 14, palette.text, 12, 'middle')),
    words(
      `*p*(*j*, *m*)${wide ? ', on a square-root scale' : ''}`,
      left + width + 18,
      top + 14,
      palette.text,
      13,
    ),
    wide ? words(reach, layout.width - margin.right, top + 14, palette.text, 13, 'end') : '',
  ].join('');
}

function words(
  markup: string,
  x: number,
  y: number,
  fill: string,
  size: number,
  anchor: 'start' | 'middle' | 'end' = 'start',
  weight = 400,
): string {
  return `<text x="${r(x)}" y="${r(y)}" text-anchor="${anchor}" fill="${fill}" font-weight="${weight}">${svgNotation(markup, size)}</text>`;
}

/** A line for every j and m: p of each state, with its error. */
export function triangleTable(
  pictures: Pictures,
  errors: Readonly<Record<StateName, number>>,
  atoms: number,
): Table {
  const named = ['p of ρ_s', 'p of ρ_+', 'p of ρ_−'];
  return {
    columns: ['j', 'm', ...named.flatMap((name) => [name, `${name}, error`])],
    rows: pictures.steady.Pjm.flatMap((row, b) =>
      row.map((_, i) => [
        atoms / 2 - b,
        i - atoms / 2 + b,
        ...stateLooks.flatMap(({ name }) => [pictures[name].Pjm[b][i], errors[name]]),
      ]),
    ),
  };
}

const r = (value: number) => Number(value.toFixed(2));
