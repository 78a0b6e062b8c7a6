/** The mean field's equations: (S18), and what the general model makes of it. */
import type { MeanFieldRates, SystemParameters } from '../parameters/system';

/** What the mean field sees of a system; all of it rates. With Eq. (1) alone `down` and `transverse` are gamma, the last three 0. */
export interface MeanField {
  /** Omega */
  readonly omega: number;
  /** gamma = gamma_F + gamma_1D, at which an excited atom falls */
  readonly down: number;
  /** (N - 1)(gamma_1D - collectivePumping) */
  readonly Gamma: number;
  /** all that acts on an atom's dipole, which decays at half of it */
  readonly transverse: number;
  /** pumping + collectivePumping, at which an atom in its ground state rises */
  readonly up: number;
  /** delta - Delta: each atom shifts itself */
  readonly detuning: number;
  /** (N - 1) Delta, the shift of one atom by all others */
  readonly shift: number;
}

export function meanFieldOf(system: SystemParameters): MeanField {
  const { atoms, omega, detuning, collectiveShift, pumping, collectivePumping } = system;
  const down = system.gammaF + system.gamma1D;
  const up = pumping + collectivePumping;
  return {
    omega,
    down,
    up,
    Gamma: (atoms - 1) * (system.gamma1D - collectivePumping),
    transverse: down + up + system.dephasing + system.collectiveDephasing,
    detuning: detuning - collectiveShift,
    shift: (atoms - 1) * collectiveShift,
  };
}

/** Of Eq. (1) alone. */
export const ofEquation1 = ({ gamma, Gamma }: MeanFieldRates, omega: number): MeanField => ({
  omega,
  down: gamma,
  Gamma,
  transverse: gamma,
  up: 0,
  detuning: 0,
  shift: 0,
});

/** The mean spin per atom: s_x, s_y, s_z, each from -1 to 1. */
export type MeanSpin = readonly [number, number, number];

/**
 * The time derivative of the mean spin. With u = s_x - i s_y = 2 <sigma_->:
 *
 *     du/dt = [i (detuning + shift s_z) - (transverse - Gamma s_z)/2] u + 2i Omega s_z
 *     ds_z/dt = -down (1 + s_z) + up (1 - s_z) + 2 Omega s_y - (Gamma/2) |u|^2
 */
export function meanFieldDerivative(field: MeanField, [sx, sy, sz]: readonly number[]): MeanSpin {
  const { omega, down, up, Gamma, transverse } = field;
  const turning = field.detuning + field.shift * sz;
  return [
    (-transverse / 2) * sx + (Gamma / 2) * sz * sx + turning * sy,
    (-transverse / 2) * sy - 2 * omega * sz + (Gamma / 2) * sz * sy - turning * sx,
    -down * (sz + 1) + up * (1 - sz) + 2 * omega * sy - (Gamma / 2) * (sx ** 2 + sy ** 2),
  ];
}

/** Its derivatives by s_x, s_y and s_z, row by row; (S31) with Eq. (1) alone. */
export function jacobian(field: MeanField, [sx, sy, sz]: MeanSpin): number[][] {
  const { omega, down, up, Gamma, transverse, shift } = field;
  const across = (Gamma * sz - transverse) / 2;
  const turning = field.detuning + shift * sz;
  return [
    [across, turning, (Gamma / 2) * sx + shift * sy],
    [-turning, across, (Gamma / 2) * sy - 2 * omega - shift * sx],
    [-Gamma * sx, 2 * omega - Gamma * sy, -(down + up)],
  ];
}

/** The same with all rates divided by one. */
export function scaled(field: MeanField, unit: number): MeanField {
  return {
    omega: field.omega / unit,
    down: field.down / unit,
    Gamma: field.Gamma / unit,
    transverse: field.transverse / unit,
    up: field.up / unit,
    detuning: field.detuning / unit,
    shift: field.shift / unit,
  };
}

/** A power of 2 next to the largest rate: dividing by it changes no bit, and fourth powers are then numbers. */
export const powerOf2 = (field: MeanField): number =>
  2 ** Math.floor(Math.log2(Math.max(...Object.values(field).map(Math.abs))));
