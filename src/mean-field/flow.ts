import type { MeanFieldRates } from '../parameters/system';
import { integrate } from './dormand-prince';
import { type MeanField, type MeanSpin, meanFieldDerivative } from './equations';

/** All atoms in their ground state. */
export const GROUND: MeanSpin = [0, 0, -1];

/** Absolute and relative error allowed per step. */
const TOLERANCE = 1e-10;

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

/** The turns, at 2 Omega and what the spin is detuned by, and the decays, at Gamma, that a flow is followed through: at most some 40,000 steps. */
const MOST_TURNS = 200;
const MOST_DECAYS = 1e5;
/** A turn is drawn by so many points: as it is, not by what sampling makes of it. */
const POINTS_PER_TURN = 8;

/**
 * Times at which a flow is drawn: up to `longest`, or as far as its turns and decays allow, so that neither drive nor rates
 * change what it costs. All in the inverse of the rates' unit.
 * @param fewest points; more where the spin turns often
 */
export function flowTimes(field: MeanField, longest: number, fewest: number): number[] {
  const turning = field.omega + (Math.abs(field.detuning) + Math.abs(field.shift)) / 2;
  const decaying = Math.max(Math.abs(field.Gamma), field.transverse, field.up);
  const end = Math.min(longest, (MOST_TURNS * Math.PI) / turning, MOST_DECAYS / decaying);
  const points = Math.max(fewest, Math.ceil((POINTS_PER_TURN * turning * end) / Math.PI) + 1);
  return Array.from({ length: points }, (_, i) => (end * i) / (points - 1));
}

/**
 * The mean spin at each of `times` (rising, from 0 on, in the inverse of the rates' unit) from `start` at time 0, to about
 * 1e-9, one after the other: who shows them can pause between two.
 */
export function* meanFieldFlow(
  field: MeanField,
  start: MeanSpin,
  times: readonly number[],
): Generator<MeanSpin, void> {
  const derivative = (spin: readonly number[]) => meanFieldDerivative(field, spin);
  for (const [sx, sy, sz] of integrate(derivative, start, times, TOLERANCE)) yield [sx, sy, sz];
}
