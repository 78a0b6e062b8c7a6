import { short } from '../../src/drawing/number';
import type { Curve } from '../../src/drawing/plot-spec';

/** The curve's value at the point nearest to x, with its error; empty beyond the curve's ends. */
export function valueAt({ x, y, error }: Curve, at: number): string {
  const last = x.length - 1;
  if (last < 0) return '';
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= at) low = middle;
    else high = middle;
  }
  const i = at - x[low] <= x[high] - at ? low : high;
  const spacing = last > 0 ? Math.abs(x[high] - x[low]) : 0;
  const value = y[i];
  if (value === null || Math.abs(x[i] - at) > Math.max(spacing, 1e-12)) return '';
  return error ? `${short(value)} ± ${short(error[i])}` : short(value);
}
