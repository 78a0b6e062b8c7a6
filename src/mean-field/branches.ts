import { isEquation1, type MeanFieldRates, type SystemParameters } from '../parameters/system';
import { type Complex, eigenvaluesOf, pairOf } from './eigenvalues';
import { jacobian, type MeanField, type MeanSpin, powerOf2, scaled } from './equations';
import { bisect } from './real-roots';

/** A steady state of the mean field, per atom: <sigma_n^z> = sz. */
export interface Branch {
  /** 0 with Eq. (1) alone */
  readonly sx: number;
  readonly sy: number;
  readonly sz: number;
  /** every eigenvalue has a negative real part, but for that of the phase on a circle */
  readonly stable: boolean;
  /** of the Jacobian: a real one, then a pair or two by rising real part; with Eq. (1) alone (S31), first that of s_x */
  readonly eigenvalues: readonly [Complex, Complex, Complex];
  /**
   * Null of a spin that stands still. A laser without drive has a circle of steady states about z, of which (sx, 0, sz) is one:
   * there a spin turns at this angular frequency, a rate, and its phase is anybody's.
   */
  readonly circling: number | null;
}

/**
 * All steady states by rising sz: one, or three. With u eliminated, what is left is the cubic
 *
 *     (z - z_0) [(transverse - z Gamma)^2 + 4 (detuning + z shift)^2] + 8 (transverse/(down + up)) z Omega^2 = 0,
 *
 * z_0 = (up - down)/(up + down) being the inversion without drive: Eq. (2) where z_0 = -1 and there is no detuning. All its real
 * roots lie between z_0 and 0. Without drive there is z_0 alone, and beyond the laser's threshold the circle. None is there
 * where every s_z keeps its value, with dephasing alone.
 *
 * Bisection between the cubic's turning points finds every root where its sign changes, whatever the rates: no drive,
 * no collective decay and drives next to the interval's ends are nothing special. Rates are taken in units of a power of
 * 2 next to the largest, which changes no bit, so that their fourth powers are numbers in any unit of the user's.
 */
export function meanFieldBranches(field: MeanField): Branch[] {
  const unit = powerOf2(field);
  const inUsers = ({ re, im }: Complex): Complex => ({ re: re * unit, im: im * unit });
  return branchesOf(scaled(field, unit)).map(({ eigenvalues: [first, low, high], circling, ...branch }) => ({
    ...branch,
    eigenvalues: [inUsers(first), inUsers(low), inUsers(high)],
    circling: circling === null ? null : circling * unit,
  }));
}

function branchesOf(field: MeanField): Branch[] {
  const { omega, down, up } = field;
  if (down + up === 0) return omega === 0 ? [] : [branchAt(field, 0)];
  const undriven = (up - down) / (up + down);
  if (omega === 0) return [branchAt(field, undriven), ...lasing(field)].sort((a, b) => a.sz - b.sz);
  const cubic = cubicOf(field, undriven);
  const [least, most] = [Math.min(undriven, 0), Math.max(undriven, 0)];
  const turning = turningPoints(field, undriven).filter((z) => z > least && z < most);
  const ends = [least, ...turning, most];
  const branches: Branch[] = [];
  for (let i = 1; i < ends.length; i++) {
    const [from, to] = [ends[i - 1], ends[i]];
    // A root on a turning point belongs to the interval on its left.
    if (Math.sign(cubic(from)) * Math.sign(cubic(to)) < 0 || cubic(to) === 0)
      branches.push(branchAt(field, bisect(cubic, from, to)));
  }
  return branches;
}

function cubicOf(field: MeanField, undriven: number): (z: number) => number {
  const { omega, down, up, Gamma, transverse, detuning, shift } = field;
  const pull = 8 * (transverse / (down + up));
  return (z) =>
    (z - undriven) * ((transverse - z * Gamma) ** 2 + 4 * (detuning + shift * z) ** 2) +
    pull * z * omega ** 2;
}

/** Where the cubic turns, rising: the roots of 3 a z^2 + 2 half z + constant. */
function turningPoints(field: MeanField, undriven: number): number[] {
  const { omega, down, up, Gamma, transverse, detuning, shift } = field;
  const square = Gamma ** 2 + 4 * shift ** 2;
  const linear = 8 * detuning * shift - 2 * transverse * Gamma;
  if (square === 0) return [];
  const half = linear - undriven * square;
  const pull = 8 * (transverse / (down + up));
  const constant = transverse ** 2 + 4 * detuning ** 2 - undriven * linear + pull * omega ** 2;
  const discriminant = half ** 2 - 3 * square * constant;
  if (discriminant <= 0) return [];
  const root = Math.sqrt(discriminant);
  return [(-half - root) / (3 * square), (-half + root) / (3 * square)];
}

/**
 * The steady state of that sz: u = -2i Omega z / [i (detuning + z shift) - (transverse - z Gamma)/2]; with Eq. (1) alone (S23),
 * s_y = -4 z Omega / (gamma - z Gamma).
 */
export function branchAt(field: MeanField, sz: number): Branch {
  const damping = field.transverse - sz * field.Gamma;
  const turning = 2 * (field.detuning + field.shift * sz);
  const size = Math.hypot(damping, turning);
  const amplitude = size === 0 ? 0 : amplitudeOf(field, sz, size);
  const sx = amplitude === 0 ? 0 : amplitude * (turning / size) + 0;
  const sy = amplitude === 0 ? 0 : amplitude * (damping / size) + 0;
  const eigenvalues = jacobianEigenvalues(field, [sx, sy, sz]);
  return { sx, sy, sz, stable: eigenvalues.every(({ re }) => re < 0), eigenvalues, circling: null };
}

/**
 * |u| with the sign of -z. Where gain and loss of the dipole nearly cancel in `size`, the balance of the atoms tells it to more digits:
 * |u|^2 = 2 z (up - down - (up + down) z) / transverse.
 */
function amplitudeOf(field: MeanField, sz: number, size: number): number {
  const { omega, down, up, Gamma, transverse, detuning, shift } = field;
  const terms = transverse + Math.abs(sz * Gamma) + 2 * (Math.abs(detuning) + Math.abs(sz * shift));
  if (size > 1e-3 * terms) return (-4 * sz * omega) / size;
  const square = (2 * sz * (up - down - (up + down) * sz)) / transverse;
  return -Math.sign(sz) * Math.sqrt(Math.max(0, square));
}

/**
 * The circle of steady states without drive: gain and loss of the dipole are equal at s_z = transverse/Gamma, and what is left of the
 * inversion makes |u|^2. It attracts wherever it is there.
 */
function lasing(field: MeanField): Branch[] {
  const { down, up, Gamma, transverse, detuning, shift } = field;
  const sz = transverse / Gamma;
  const square = (2 * (up - down - (up + down) * sz)) / Gamma;
  if (Gamma === 0 || !(square > 0)) return [];
  const sx = Math.sqrt(square);
  // In the frame that turns with it, with the dipole along y, s_x is the phase's direction.
  const [, low, high] = alongY(field, sx, sz);
  const eigenvalues: Branch['eigenvalues'] = [{ re: 0, im: 0 }, low, high];
  return [{ sx, sy: 0, sz, stable: true, eigenvalues, circling: detuning + shift * sz }];
}

/**
 * The drives, in units of Omega_c, between which there are two stable branches, Eq. (S24):
 * (1/2) sqrt(1 + 20 q - 8 q^2 -+ sqrt((1 - 8 q)^3)), q = gamma/Gamma. Null for Gamma <= 8 gamma. The lower one is taken from
 * the product of the two, 2 sqrt(q (1 + q)^3), which does not cancel at small q.
 */
export function bistableInterval(rates: MeanFieldRates): { from: number; to: number } | null {
  if (rates.Gamma <= 8 * rates.gamma) return null;
  const q = rates.gamma / rates.Gamma;
  const to = Math.sqrt(1 + 20 * q - 8 * q ** 2 + (1 - 8 * q) ** 1.5) / 2;
  return { from: (2 * Math.sqrt(q * (1 + q) ** 3)) / to, to };
}

/**
 * What to say where the factorised mean field does not hold, or has no steady state of its own, in the words of page and command line; null
 * where it does. One atom has no collective spin to conserve.
 */
export function meanFieldCaveat(system: SystemParameters): string | null {
  const { atoms, omega, gamma1D, gammaF, pumping, dephasing, collectivePumping } = system;
  if (omega + gamma1D + gammaF + pumping + collectivePumping === 0)
    return 'With dephasing alone the mean field has no steady state of its own: every inversion stays as it is.';
  if (gammaF + pumping + dephasing > 0 || atoms === 1) return null;
  const own = isEquation1(system)
    ? 'From the ground state, this system follows the Dicke curve; the branches of Eq. (2) and their bistability are not its own.'
    : 'The branches and their stability are not its own.';
  return (
    'Without individual decay the factorised mean field does not hold: it lets the length of the spin relax, which is then ' +
    `conserved. ${own}`
  );
}

/** The Dicke problem's mean field (no individual decay, S^2 conserved), Eq. (S21); null above Omega_c. */
export function dickeBranch(driveOverCritical: number): { sy: number; sz: number } | null {
  if (driveOverCritical > 1) return null;
  return { sy: driveOverCritical, sz: -Math.sqrt(1 - driveOverCritical ** 2) };
}

function jacobianEigenvalues(field: MeanField, [sx, sy, sz]: MeanSpin): Branch['eigenvalues'] {
  if (field.detuning === 0 && field.shift === 0) return alongY(field, sy, sz);
  return eigenvaluesOf(jacobian(field, [sx, sy, sz]));
}

/**
 * On resonance (S31) at s_x = 0 falls apart into the rate of s_x, (s_z Gamma - transverse)/2, and the 2 x 2 block of s_y and s_z. (Where the
 * text takes the limit Gamma >> gamma on branches (a) and (b), its l_1 lacks a factor 1/2 before s_z Gamma.)
 */
function alongY(
  { omega, down, up, Gamma, transverse }: MeanField,
  sy: number,
  sz: number,
): [Complex, Complex, Complex] {
  const relaxation = down + up;
  const across = (Gamma * sz - transverse) / 2;
  const offDiagonal = ((Gamma * sy) / 2 - 2 * omega) * (2 * omega - Gamma * sy);
  const mean = (across - relaxation) / 2;
  const square = ((across + relaxation) / 2) ** 2 + offDiagonal;
  return [{ re: across, im: 0 }, ...pairOf(mean, square)];
}
