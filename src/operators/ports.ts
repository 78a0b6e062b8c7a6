/**
 * Where one looks at the light. What a detector counts is A = S_- + i beta in the paper's axes: the dipole alone with the laser nulled, or beside
 * it the drive that the mirror reflects or the cavity holds (physics: input-output relation at delta_c = 0). In the real gauge S_- = i S_-',
 * and A = i (S_-' + beta) with a real beta.
 */
import type { SystemParameters } from '../parameters/system';
import { lowering } from './ladder';
import type { Pyramid } from './pyramid';

export const ports = ['atoms', 'mirror', 'cavity'] as const;
export type Port = (typeof ports)[number];

/** beta */
export function displacement(port: Port, { omega, gamma1D }: SystemParameters): number {
  return port === 'atoms' ? 0 : ((port === 'mirror' ? 1 : 2) * omega) / gamma1D;
}

/** rho = R + iB, packed; B is all 0 where the vector holds R alone. */
type Element = (b: number, r: number, c: number) => number;
const realPart =
  (pyramid: Pyramid, x: Float64Array): Element =>
  (b, r, c) => {
    const block = pyramid.blocks[b];
    if (r >= block.dim || c >= block.dim) return 0;
    return x[r >= c ? pyramid.index(b, r, c) : pyramid.index(b, c, r)];
  };
const imaginaryPart =
  (pyramid: Pyramid, x: Float64Array): Element =>
  (b, r, c) => {
    const n = pyramid.unknowns;
    const block = pyramid.blocks[b];
    if (x.length === n || r === c || r >= block.dim || c >= block.dim) return 0;
    return r > c ? x[n + pyramid.index(b, r, c)] : -x[n + pyramid.index(b, c, r)];
  };

/** An operator X = H + iK, H and K Hermitian and each packed with both its parts, R and behind it B. */
export interface TwoHermitian {
  readonly H: Float64Array;
  readonly K: Float64Array;
}

/** S_-' rho */
export function lowered(pyramid: Pyramid, rho: Float64Array): TwoHermitian {
  const [R, B] = [realPart(pyramid, rho), imaginaryPart(pyramid, rho)];
  const n = pyramid.unknowns;
  const [H, K] = [new Float64Array(2 * n), new Float64Array(2 * n)];
  const down = (b: number, r: number) => {
    const { j, dim } = pyramid.blocks[b];
    return r + 1 < dim ? lowering(j, r + 1 - j) : 0;
  };
  pyramid.forEach((i, b, r, c) => {
    const [x, xt] = [down(b, r) * R(b, r + 1, c), down(b, c) * R(b, c + 1, r)];
    const [y, yt] = [down(b, r) * B(b, r + 1, c), down(b, c) * B(b, c + 1, r)];
    H[i] = (x + xt) / 2;
    H[n + i] = (y - yt) / 2;
    K[i] = (y + yt) / 2;
    K[n + i] = (xt - x) / 2;
  });
  return { H, K };
}

/** A rho A^+ - beta^2 rho: the large share of a strong drive, which changes no state, would round the rest off. */
export function counted(pyramid: Pyramid, rho: Float64Array, beta: number): Float64Array {
  const n = pyramid.unknowns;
  const jumped = new Float64Array(rho.length);
  const parts = [realPart(pyramid, rho), imaginaryPart(pyramid, rho)].slice(0, rho.length / n);
  parts.forEach((x, part) => {
    pyramid.forEach((i, b, r, c) => {
      const { j, dim } = pyramid.blocks[b];
      const down = (row: number) => (row + 1 < dim ? lowering(j, row + 1 - j) : 0);
      jumped[part * n + i] =
        down(r) * down(c) * x(b, r + 1, c + 1) + beta * (down(r) * x(b, r + 1, c) + down(c) * x(b, r, c + 1));
    });
  });
  return jumped;
}

/** A^+ A - beta^2, packed like rho. @param length of the packed vector */
export function intensity(pyramid: Pyramid, beta: number, length: number): Float64Array {
  const packed = new Float64Array(length);
  pyramid.forEach((i, b, r, c) => {
    const { j } = pyramid.blocks[b];
    if (r === c) packed[i] = lowering(j, r - j) ** 2;
    else if (r === c + 1) packed[i] = beta * lowering(j, r - j);
  });
  return packed;
}

/** S_x' and S_y', each packed with both its parts: S_-' = S_x' - i S_y'. */
export function quadratures(pyramid: Pyramid): { readonly Sx: Float64Array; readonly Sy: Float64Array } {
  const n = pyramid.unknowns;
  const [Sx, Sy] = [new Float64Array(2 * n), new Float64Array(2 * n)];
  pyramid.forEach((i, b, r, c) => {
    if (r !== c + 1) return;
    const half = lowering(pyramid.blocks[b].j, r - pyramid.blocks[b].j) / 2;
    Sx[i] = half;
    // S_y' = (S_+' - S_-') / 2i holds -i/2 times S_+' below the diagonal.
    Sy[n + i] = -half;
  });
  return { Sx, Sy };
}
