/** How fast the gap closes from one number of atoms to the next, and what that tends to. */

import type { Measured } from '../../statistics/estimate';
import { type Fields, group, list, measured, number, optional, orNull, type ResultOf } from '../fields';

/** A least gap as far as the laws need it. */
export interface LeastGap {
  readonly atoms: number;
  /** what the drive of the minimum may be off */
  readonly driveError: number;
  readonly lambda1: Measured;
}

/** A document of an earlier release has none of these. */
export const slopeFields = {
  /** between neighbouring N, by rising N; the errors are bounds, as those of lambda_1 are */
  slopes: optional(
    list(
      group({
        from: number(),
        to: number(),
        /** -d ln lambda_1 / dN: the mean over that stretch */
        rate: measured(),
        /** -d ln lambda_1 / d ln N */
        power: measured(),
      }),
    ),
  ),
  /**
   * What the slope, an atom, tends to as 1/N -> 0: where the line in 1/N through the last two slopes meets 0. Its error is no bound: what the
   * slopes' bounds leave open, and the larger of how far from it the parabola through the last three ends and of half the way from the last
   * slope. Null for fewer than three slopes.
   */
  extrapolatedRate: optional(orNull(measured())),
} as const satisfies Fields;
export type GapSlopes = Required<ResultOf<typeof slopeFields>>;

/**
 * What ln lambda_1 may be off: the bound of the eigenvalue, and how far above the minimum over the drive it may lie. At a distance dx from
 * that it is higher by less than (N dx)^2; at N = 54 by 650 dx^2.
 */
export const logError = ({ atoms, driveError, lambda1 }: LeastGap) =>
  lambda1.error / lambda1.value + (atoms * driveError) ** 2;

/** @param points by rising N */
export function gapSlopes(points: readonly LeastGap[]): GapSlopes {
  const slopes = points.slice(1).map((to, i) => {
    const from = points[i];
    const fall = Math.log(from.lambda1.value / to.lambda1.value);
    const error = logError(from) + logError(to);
    const over = (length: number) => ({ value: fall / length, error: error / length });
    return {
      from: from.atoms,
      to: to.atoms,
      rate: over(to.atoms - from.atoms),
      power: over(Math.log(to.atoms / from.atoms)),
    };
  });
  return { slopes, extrapolatedRate: extrapolated(slopes) };
}

/** 1/N averaged between the two N: for lambda_1 = A N^-b exp(-r N) the slope is r + b times this, exactly. */
export const inverseAtoms = ({ from, to }: { readonly from: number; readonly to: number }) =>
  Math.log(to / from) / (to - from);

function extrapolated(slopes: GapSlopes['slopes']): Measured | null {
  const last = slopes.slice(-3);
  if (last.length < 3) return null;
  const x = last.map(inverseAtoms);
  const [parabola, line] = [atZero(x), [0, ...atZero(x.slice(1))]];
  const sum = (of: (slope: (typeof last)[number], i: number) => number) =>
    last.reduce((total, slope, i) => total + of(slope, i), 0);
  const value = sum(({ rate }, i) => line[i] * rate.value);
  const bound = sum(({ rate }, i) => Math.abs(line[i]) * rate.error);
  const bent = Math.abs(sum(({ rate }, i) => (parabola[i] - line[i]) * rate.value));
  const beyond = Math.abs(last[2].rate.value - value) / 2;
  return { value, error: bound + Math.max(bent, beyond) };
}

/** Lagrange's weights of values at x for the polynomial's value at 0. */
const atZero = (x: readonly number[]) =>
  x.map((own) =>
    x.reduce((product, other) => (other === own ? product : (product * other) / (other - own)), 1),
  );
