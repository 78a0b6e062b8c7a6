/** A plot as an SVG file: the same spec as on the page, with axes, labels and legend, in real text. */
import { escapeXml, plainNotation, svgNotation } from '../notation';
import { type Heat, heatExtent, heatPicture } from './heat';
import { type Palette, sansFont } from './inks';
import { axesInWords, axisLimits, type Curve, type PlotSpec } from './plot-spec';
import { ticks, tickTexts } from './ticks';

const width = 720;
const height = 460;
const frame = { left: 72, right: 20, top: 66, bottom: 58 };
const inner = { width: width - frame.left - frame.right, height: height - frame.top - frame.bottom };
const serif = 'STIX Two Text, Cambria, Georgia, Liberation Serif, serif';

type Place = (value: number) => number;

/** @param origin where the numbers come from, a line each, for the file's description */
export function plotSvg(
  spec: PlotSpec,
  palette: Palette,
  background: string,
  origin: readonly string[],
): string {
  const [x0, x1] = axisLimits(spec, 'x');
  const [y0, y1] = axisLimits(spec, 'y');
  const placeX = scale(x0, x1, frame.left, frame.left + inner.width, spec.x.scale === 'log');
  const placeY = scale(y0, y1, frame.top + inner.height, frame.top, spec.y.scale === 'log');
  const xTicks = ticks(spec.x.scale, x0, x1);
  const yTicks = ticks(spec.y.scale, y0, y1);
  const [xTexts, yTexts] = [xTicks, yTicks].map(tickTexts);
  const parts = [
    `<rect width="${width}" height="${height}" fill="${background}"/>`,
    ...xTicks.map((t, i) => tick(placeX(t), frame.top + inner.height, xTexts[i], 'x', palette)),
    ...yTicks.map((t, i) => tick(frame.left, placeY(t), yTexts[i], 'y', palette)),
    `<clipPath id="frame"><rect x="${frame.left}" y="${frame.top}" width="${inner.width}" height="${inner.height}"/></clipPath>`,
    '<g clip-path="url(#frame)">',
    spec.heat ? heatSvg(spec.heat, placeX, placeY, palette) : '',
    ...(spec.marks ?? []).map(({ axis, at, ink }) => {
      const ends =
        axis === 'x'
          ? `x1="${r(placeX(at))}" x2="${r(placeX(at))}" y1="${frame.top}" y2="${frame.top + inner.height}"`
          : `x1="${frame.left}" x2="${frame.left + inner.width}" y1="${r(placeY(at))}" y2="${r(placeY(at))}"`;
      return `<line ${ends} stroke="${palette[ink]}" stroke-dasharray="2 4" stroke-width="1.5"/>`;
    }),
    ...spec.curves.map((curve) => curveSvg(curve, placeX, placeY, palette, y0)),
    '</g>',
    `<rect x="${frame.left}" y="${frame.top}" width="${inner.width}" height="${inner.height}" fill="none" stroke="${palette.grid}"/>`,
    text(spec.y.label, frame.left, 18, 15, 'start', palette.text),
    text(spec.x.label, frame.left + inner.width / 2, height - 14, 15, 'middle', palette.text),
    legend(spec, palette),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family='${sansFont}'>
<title>${escapeXml(spec.title)}</title>
<desc>${escapeXml([axesInWords(spec), ...origin].join('\n'))}</desc>
${parts.join('\n')}
</svg>
`;
}

function heatSvg(heat: Heat, placeX: Place, placeY: Place, palette: Palette): string {
  const extent = heatExtent(heat);
  const [left, right] = extent.x.map(placeX);
  const [bottom, top] = extent.y.map(placeY);
  const picture = heatPicture(heat, palette.trace).toDataURL();
  return `<image href="${picture}" x="${r(left)}" y="${r(top)}" width="${r(right - left)}" height="${r(bottom - top)}" preserveAspectRatio="none" image-rendering="pixelated"/>`;
}

function curveSvg(curve: Curve, placeX: Place, placeY: Place, palette: Palette, floor: number): string {
  const colour = palette[curve.ink];
  const known = [...Array(curve.x.length).keys()].filter((i) => curve.y[i] !== null);
  const at = (i: number, shift = 0) => `${r(placeX(curve.x[i]))},${r(placeY(curve.y[i]! + shift))}`;
  if (curve.draw === 'bars') {
    const step = known.length > 1 ? placeX(curve.x[1]) - placeX(curve.x[0]) : 10;
    const base = placeY(Math.max(0, floor));
    return known
      .map((i) => {
        const top = placeY(curve.y[i]!);
        const left = placeX(curve.x[i]) - 0.4 * step;
        return `<rect x="${r(left)}" y="${r(top)}" width="${r(0.8 * step)}" height="${r(base - top)}" fill="${colour}" fill-opacity="0.3"/>`;
      })
      .join('');
  }
  if (curve.draw === 'points') {
    return known
      .map((i) => {
        const [cx, cy] = at(i).split(',');
        const bar = curve.error
          ? `<path d="M${at(i, -curve.error[i])}L${at(i, curve.error[i])}" stroke="${colour}" stroke-width="1.5"/>`
          : '';
        return `${bar}<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`;
      })
      .join('');
  }
  const band = curve.error
    ? `<path d="M${[...known.map((i) => at(i, curve.error![i])), ...known.toReversed().map((i) => at(i, -curve.error![i]))].join('L')}Z" fill="${colour}" fill-opacity="0.22"/>`
    : '';
  let pen = 'M';
  const line = Array.from({ length: curve.x.length }, (_, i) => {
    if (curve.y[i] === null) {
      pen = 'M';
      return '';
    }
    const step = pen + at(i);
    pen = 'L';
    return step;
  }).join('');
  const dash = curve.dashed ? ' stroke-dasharray="6 5"' : '';
  return `${band}<path d="${line}" fill="none" stroke="${colour}" stroke-width="${curve.width ?? 2}" stroke-linejoin="round"${dash}/>`;
}

/** Curves in one row, marks in the next, from the right. */
function legend(spec: PlotSpec, palette: Palette): string {
  const curves = spec.curves
    .filter(({ quiet }) => !quiet)
    .map((curve) => ({ ...curve, dash: curve.dashed ? '5 3' : '' }));
  const marks = (spec.marks ?? []).map((mark) => ({ ...mark, dash: '2 3' }));
  return [curves, marks]
    .map((entries, row) => {
      const y = 36 + 18 * row;
      let x = frame.left + inner.width;
      return entries
        .toReversed()
        .map(({ label, ink, dash }) => {
          x -= 7.2 * plainNotation(label).length;
          const swatch = `<path d="M${r(x - 22)},${y - 4}h16" stroke="${palette[ink]}" stroke-width="3" stroke-dasharray="${dash || 'none'}" fill="none"/>`;
          const entry = text(label, x, y, 13, 'start', palette.text) + swatch;
          x -= 36;
          return entry;
        })
        .join('');
    })
    .join('');
}

function tick(x: number, y: number, label: string, axis: 'x' | 'y', palette: Palette): string {
  return axis === 'x'
    ? `<path d="M${r(x)},${y}V${frame.top}" stroke="${palette.grid}" stroke-width="0.7"/>${text(label, x, y + 18, 12, 'middle', palette.text)}`
    : `<path d="M${x},${r(y)}h${inner.width}" stroke="${palette.grid}" stroke-width="0.7"/>${text(label, x - 8, y + 4, 12, 'end', palette.text)}`;
}

function text(markup: string, x: number, y: number, size: number, anchor: string, fill: string): string {
  const face = /[*_]/.test(markup) ? ` font-family="${serif}"` : '';
  return `<text x="${r(x)}" y="${r(y)}" text-anchor="${anchor}" fill="${fill}"${face}>${svgNotation(markup, size)}</text>`;
}

function scale(from: number, to: number, start: number, end: number, log: boolean): Place {
  const map = log ? Math.log : (v: number) => v;
  return (value) => start + ((map(value) - map(from)) / (map(to) - map(from))) * (end - start);
}

const r = (value: number) => Number(value.toFixed(2));
