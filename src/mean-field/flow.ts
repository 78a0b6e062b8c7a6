import type { MeanFieldRates } from '../parameters/system';
import { integrate } from './dormand-prince';

/** The mean spin per atom: s_x, s_y, s_z, each from -1 to 1. */
export type MeanSpin = readonly [number, number, number];

/** All atoms in their ground state. */
export const GROUND: MeanSpin = [0, 0, -1];

/** Absolute and relative error allowed per step. */
const TOLERANCE = 1e-10;

/** The time derivative of the mean spin, Eq. (S18). */
export function meanFieldDerivative(
  { gamma, Gamma }: MeanFieldRates,
  omega: number,
  [sx, sy, sz]: readonly number[],
): [number, number, number] {
  return [
    (-gamma / 2) * sx + (Gamma / 2) * sz * sx,
    (-gamma / 2) * sy - 2 * omega * sz + (Gamma / 2) * sz * sy,
    -gamma * (sz + 1) + 2 * omega * sy - (Gamma / 2) * (sx ** 2 + sy ** 2),
  ];
}

/**
 * How fast the mean field's <S^2> = N^2 |s|^2 / 4 changes, Eq. (S20): -(gamma N^2 / 2) (s_z^2 + s_z + (s_x^2 + s_y^2) / 2).
 * The drive and Gamma drop out: they turn the spin and let it decay at its length.
 */
export function totalSpinDerivative(
  { gamma }: Pick<MeanFieldRates, 'gamma'>,
  atoms: number,
  [sx, sy, sz]: MeanSpin,
): number {
  return ((-gamma * atoms ** 2) / 2) * (sz ** 2 + sz + (sx ** 2 + sy ** 2) / 2);
}

/**
 * The mean spin at each of `times` (rising, from 0 on, in the inverse of the rates' unit) from `start` at time 0, to about
 * 1e-9.
 */
export function meanFieldFlow(
  rates: MeanFieldRates,
  omega: number,
  start: MeanSpin,
  times: readonly number[],
): MeanSpin[] {
  const derivative = (spin: readonly number[]) => meanFieldDerivative(rates, omega, spin);
  return integrate(derivative, start, times, TOLERANCE).map(([sx, sy, sz]) => [sx, sy, sz]);
}
