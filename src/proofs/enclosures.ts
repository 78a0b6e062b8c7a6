/** Means of the steady state, proven: <A> lies between the lowest and the highest eigenvalue of A + L^+ X, whatever X is. */
import type { SpinMoments } from '../operators/moments';
import type { Pyramid } from '../operators/pyramid';
import { spinElement, spinOperators } from '../operators/spin-operators';
import { isReal, type SystemParameters } from '../parameters/system';
import { spectrumOf } from './bounds';
import { images, type Packed } from './image';
import { exactly, type Interval, isZero, minus, over, plus, root, square, times } from './intervals';

export type Moment = keyof SpinMoments;
export type Enclosures = Readonly<Partial<Record<Moment, Interval>>>;

/** 0 by symmetry: with a real Liouvillian the one steady state is real, and these operators are imaginary. */
export const isZeroBySymmetry = (system: SystemParameters, moment: Moment): boolean =>
  isReal(system) && spinOperators[moment].part === 'antisymmetric';

/** Tr[rho_s A] = Tr[rho_s (A + L^+ X)] */
export function enclosureOf(system: SystemParameters, pyramid: Pyramid, moment: Moment, X: Packed): Interval {
  const operator = spinOperators[moment];
  const plus = {
    part: operator.part === 'symmetric' ? ('re' as const) : ('im' as const),
    element: (j: number, r: number, c: number) => spinElement(operator, j, r, c),
  };
  return spectrumOf(images({ system, pyramid, direction: 'adjoint', x: X, plus }));
}

/** What the squeezing needs. */
export const momentsOfSqueezing = Object.keys(spinOperators) as Moment[];

/**
 * xi^2 = N min Var/|<S>|^2 across the mean spin s, from intervals of all moments. With F = s_y^2 + s_z^2, u = (0, s_z, -s_y) and
 * v = (F, -s_x s_y, -s_x s_z) are across it, |u|^2 = F and |v|^2 = F |s|^2; the means along them are 0. Null where the mean spin may be along x.
 */
export function squeezingWithin(atoms: number, moments: Readonly<Record<Moment, Interval>>): Interval | null {
  const { Sx, Sy, Sz, Sx2, Sy2, Sz2, SxSy, SxSz, SySz } = moments;
  const flat = plus(square(Sy), square(Sz));
  const length = plus(flat, square(Sx));
  const second = [
    [Sx2, SxSy, SxSz],
    [SxSy, Sy2, SySz],
    [SxSz, SySz, Sz2],
  ];
  const none = exactly(0);
  const negative = (a: Interval) => minus(none, a);
  const u = [none, Sz, negative(Sy)];
  const v = [flat, negative(times(Sx, Sy)), negative(times(Sx, Sz))];
  const variance = (a: readonly Interval[], b: readonly Interval[]) =>
    plus(...a.flatMap((one, i) => b.map((other, k) => times(one, other, second[i][k]))));
  const inPlane = over(variance(u, u), flat);
  const least = () => {
    // The axes are u and x themselves: what is known better, often S_x^2 by far, stays so.
    if ([Sx, SxSy, SxSz].every(isZero))
      return { lower: Math.min(inPlane.lower, Sx2.lower), upper: Math.min(inPlane.upper, Sx2.upper) };
    const x = over(variance(v, v), times(flat, length));
    const covariance = over(variance(u, v), times(flat, root(length)));
    const half = exactly(0.5);
    const apart = root(plus(square(times(half, minus(inPlane, x))), square(covariance)));
    return minus(times(half, plus(inPlane, x)), apart);
  };
  const xi2 = over(times(exactly(atoms), least()), length);
  return Number.isFinite(xi2.lower) && Number.isFinite(xi2.upper) ? xi2 : null;
}
