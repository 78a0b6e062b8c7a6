/**
 * How long the slowest mode lives, proven. For any Hermitian Q with 0 <= Q <= 1, numbers lambda > 0 and c, and E = L^+ Q + lambda (Q - c),
 *
 *     |q(t) - c - exp(-lambda t) (q(0) - c)| <= |E|/lambda,   q = Tr Q rho,
 *
 * for every state and time, |E| the operator norm; and |exp(L t) u - exp(-lambda t) u|_1 <= t |R|_1 for any u with R = L u + lambda u.
 */
import type { Pyramid } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';
import { isBlockPositive, isPositive, operatorNormOf, traceNormAtLeast, traceNormOf } from './bounds';
import { images, type Packed, UNIT_ROUNDOFF } from './image';

/** What the theorem speaks of; rates in the unit of the system's. */
export interface Lifetime {
  /** lambda */
  readonly rate: number;
  readonly Q: Packed;
  /** c, the value of q that is remembered by nothing */
  readonly c: number;
  /** rho_1, or nearly */
  readonly u: Packed;
}

/** The part of |u|_1 that is not known any more at the time `until`. */
const FORGOTTEN = 0.01;

/** Whether 0 <= Q <= 1. */
export const isBetween0And1 = (pyramid: Pyramid, Q: Packed): boolean =>
  isPositive(pyramid, Q, 1, 0) && isPositive(pyramid, Q, -1, 1);

/** |E|/lambda */
export function distanceOf(system: SystemParameters, pyramid: Pyramid, { rate, Q, c }: Lifetime): number {
  const element = (_j: number, r: number, k: number) => (r === k ? -rate * c : 0);
  const E = images({ system, pyramid, direction: 'adjoint', x: Q, rate, plus: { part: 're', element } });
  return (operatorNormOf(E) / rate) * (1 + 4 * UNIT_ROUNDOFF);
}

/** The time at which t |R|_1 = 0.01 |u|_1 */
export function timeOf(system: SystemParameters, pyramid: Pyramid, { rate, u }: Lifetime): number {
  const R = traceNormOf(images({ system, pyramid, direction: 'forward', x: u, rate }));
  return ((FORGOTTEN * traceNormAtLeast(pyramid, u)) / R) * (1 - 8 * UNIT_ROUNDOFF);
}

/** What can be proven of W, the left vector of a slow mode with any multiple of the identity in it, and of u, its right one. */
export function lifetimeOf(
  system: SystemParameters,
  pyramid: Pyramid,
  rate: number,
  W: Packed,
  u: Packed,
): Lifetime {
  const lowest = -endOf(pyramid, W, -1);
  const span = endOf(pyramid, W, 1) - lowest;
  const identity = pyramid.identity();
  const Q = W.map((value, i) => (value - (identity[i] ?? 0) * lowest) / span);
  // c from the middle of the diagonal of L^+ Q + lambda Q, which is lambda c but for what Q is off.
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { dim, re } of images({ system, pyramid, direction: 'adjoint', x: Q, rate })) {
    for (let r = 0; r < dim; r++) {
      const value = re[(r * (r + 3)) / 2];
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return { rate, Q, c: (least + most) / 2 / rate, u };
}

/** To what part of the diagonal's range the ends of a spectrum are found. */
const FINE = 1e-3;

/** A little above the largest eigenvalue of sign W. */
function endOf(pyramid: Pyramid, W: Packed, sign: 1 | -1): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  pyramid.forEach((i, _b, r, c) => {
    if (r !== c) return;
    least = Math.min(least, sign * W[i]);
    most = Math.max(most, sign * W[i]);
  });
  const margin = FINE * (most - least || 1);
  let end = most;
  for (const { index } of pyramid.blocks) {
    const isBelow = () => isBlockPositive(pyramid, W, index, sign === 1 ? -1 : 1, end);
    for (let step = margin; Number.isFinite(end) && !isBelow(); step *= 1.5) end += step;
  }
  return end + margin;
}
