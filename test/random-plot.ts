/** Plots of every kind, with the values that break careless drawing: gaps, zeros on logarithmic axes, errors without end. */
import type {
  Curve,
  Ink,
  PlotAxis,
  PlotBand,
  PlotMark,
  PlotRegion,
  PlotSpec,
} from '../src/drawing/plot-spec';
import { philox, uniform01 } from '../src/twin/philox';

const inks: readonly Ink[] = ['lower', 'upper', 'unstable', 'mean', 'trace', 'exact', 'guide'];

/** @param n which of them: the same plot for the same number */
export function randomPlot(n: number): PlotSpec {
  let draws = 0;
  const uniform = () => uniform01(philox([draws++, 0, n, 0], [11, 0])[0]);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(uniform() * of.length)];
  const size = 10 ** (12 * uniform() - 6);
  const value = () => (2 * uniform() - 0.6) * size;
  const wild = <T>(of: readonly T[], otherwise: () => T): T => (uniform() < 0.04 ? pick(of) : otherwise());
  const axis = (label: string): PlotAxis => ({
    label,
    scale: pick(['linear', 'log']),
    ...(uniform() < 0.3 && { min: 0.1 * size, max: 1.2 * size }),
  });
  const curve = (i: number): Curve => {
    const length = pick([0, 1, 2, 7, 40]);
    const all = <T>(make: (at: number) => T) => Array.from({ length }, (_, at) => make(at));
    return {
      label: `*c*_${i}`,
      draw: pick(['line', 'points', 'bars']),
      ink: pick(inks),
      dashed: uniform() < 0.3,
      quiet: uniform() < 0.2,
      ...(uniform() < 0.5 && { width: 1.5 }),
      ...(uniform() < 0.2 && { steps: true }),
      ...(uniform() < 0.2 && { shade: { label: 'shade', ink: pick(inks), by: all(uniform), level: 0.5 } }),
      x: all((at) => (at - 1) * (size / 20)),
      y: all(() => wild([null, Number.NaN, Number.POSITIVE_INFINITY, 0, 1e300, -1e300], value)),
      ...(uniform() < 0.5 && {
        error: all(() => wild([0, Number.NaN, Number.POSITIVE_INFINITY, 1e300], () => Math.abs(value()))),
      }),
    };
  };
  const mark = (i: number): PlotMark => ({
    axis: pick(['x', 'y']),
    at: value(),
    label: `mark ${i}`,
    ink: pick(inks),
  });
  const band = (i: number): PlotBand => ({
    axis: pick(['x', 'y']),
    from: value(),
    to: pick([value(), Number.POSITIVE_INFINITY]),
    label: `band ${i}`,
    ink: pick(inks),
  });
  const region = (i: number): PlotRegion => ({
    label: `region ${i}`,
    ink: pick(inks),
    outline: Array.from({ length: 5 }, () => [value(), value()] as const),
  });
  const some = <T>(most: number, make: (i: number) => T) =>
    Array.from({ length: Math.floor(uniform() * (most + 1)) }, (_, i) => make(i));
  const values = () =>
    Array.from({ length: 9 }, () =>
      Array.from({ length: 5 }, () => wild([null], () => Math.floor(9 * uniform()))),
    );
  const middles = () =>
    pick([
      [0.1, 1],
      [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 0.9, 1],
    ]).map((x) => x * size);
  return {
    title: `Plot ${n}`,
    x: axis('drive *Ω*/*Ω*_c'),
    y: axis('⟨*S*_z⟩'),
    curves: some(4, curve),
    marks: some(3, mark),
    bands: some(2, band),
    regions: some(1, region),
    heat:
      uniform() < 0.3
        ? {
            label: 'density',
            x: middles(),
            y: [0.1 * size, 0.9 * size],
            values: values(),
            ...(uniform() < 0.5 && { ink: pick(inks) }),
            ...(uniform() < 0.5 && {
              scale: { clear: pick([0.5, 9]), full: pick([1, 7]), kind: pick(['linear', 'log']) },
            }),
          }
        : undefined,
  };
}
