/** A plot in a few kilobytes and the size of a thumb: its curves without words. */
import type { Palette } from '../../src/drawing/palettes';
import { axisLimits, type PlotSpec } from '../../src/drawing/plot-spec';
import { shapeSvg } from '../../src/drawing/plot-svg';
import { shapesOf } from '../../src/drawing/shapes';

const width = 240;
const height = 150;
/** Points that a curve keeps. */
const points = 80;

const rounded = (value: number) => Number(value.toPrecision(3));
/** What is below a pixel is nothing, and its digits are another machine's. */
const visible = (value: number, size: number) => (Math.abs(value) < 1e-4 * size ? 0 : rounded(value));

/** Limits, curves and marks alone, thinned and rounded. */
export function thumbnailOf(spec: PlotSpec): PlotSpec {
  const axis = (name: 'x' | 'y') => {
    const [min, max] = axisLimits(spec, name).map(rounded);
    const { scale } = spec[name];
    return { label: '', min, max, ...(scale && { scale }) };
  };
  return {
    title: spec.title,
    x: axis('x'),
    y: axis('y'),
    curves: spec.curves.map(({ label: _label, quiet: _quiet, error: _error, shade, x, y, ...look }) => {
      const size = Math.max(...Array.from(y, (value) => Math.abs(value ?? 0)));
      const step = look.draw === 'line' ? Math.max(1, Math.ceil(x.length / points)) : 1;
      const kept = Array.from(x, (_, i) => i).filter((i) => i % step === 0 || i === x.length - 1);
      return {
        label: '',
        ...look,
        ...(shade && { shade: { ...shade, label: '', by: kept.map((i) => rounded(shade.by[i])) } }),
        x: kept.map((i) => rounded(x[i])),
        y: kept.map((i) => (y[i] === null ? null : visible(y[i]!, size))),
      };
    }),
    marks: (spec.marks ?? []).map(({ axis, at, ink }) => ({ axis, at: rounded(at), label: '', ink })),
  };
}

/** The picture as the address of an image. */
export function thumbnailImage(spec: PlotSpec, palette: Palette): string {
  const frame = { left: 0, top: 0, width, height };
  const view = { frame, x: axisLimits(spec, 'x'), y: axisLimits(spec, 'y') };
  const shapes = shapesOf(spec, view).map((shape) => shapeSvg(shape, palette));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${shapes.join('')}</svg>`;
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
