/** Eigenvalues of real matrices of three rows: a general decomposition would be a quarter of the page. */
import { realRoots } from './real-roots';

/** A complex number: a decay rate or an eigenvalue, in the unit of the rates. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** mean -+ sqrt(square), by rising real part, then imaginary part. */
export function pairOf(mean: number, square: number): [Complex, Complex] {
  const root = Math.sqrt(Math.abs(square));
  return square >= 0
    ? [
        { re: mean - root, im: 0 },
        { re: mean + root, im: 0 },
      ]
    : [
        { re: mean, im: -root },
        { re: mean, im: root },
      ];
}

/** By rising real part, but a complex pair last; from the characteristic polynomial l^3 + a1 l^2 + a2 l + a3. */
export function eigenvaluesOf([[a, b, c], [d, e, f], [g, h, i]]: readonly (readonly number[])[]): [
  Complex,
  Complex,
  Complex,
] {
  const a1 = -(a + e + i);
  const a2 = a * e - b * d + (a * i - c * g) + (e * i - f * h);
  const a3 = -(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g));
  const most = 2 * Math.max(Math.abs(a1), Math.sqrt(Math.abs(a2)), Math.cbrt(Math.abs(a3)));
  const [first = 0, middle, last] = realRoots([a3, a2, a1, 1], -most, most);
  if (middle !== undefined)
    return [
      { re: first, im: 0 },
      { re: middle, im: 0 },
      { re: last, im: 0 },
    ];
  // Divided out from the end where it is the larger one, so that neither coefficient cancels.
  const isLarger = Math.abs(first) ** 3 > Math.abs(a3);
  const product = isLarger ? -a3 / first : a2 + first * (a1 + first);
  const sum = isLarger ? (product - a2) / first : a1 + first;
  const [low, high] = pairOf(-sum / 2, (sum / 2) ** 2 - product);
  return [{ re: first, im: 0 }, low, high];
}
