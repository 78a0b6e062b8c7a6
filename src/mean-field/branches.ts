import type { MeanFieldRates } from '../parameters/system';

/** A complex number: a decay rate or an eigenvalue, in the unit of the rates. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A steady state of the mean field, per atom: <sigma_n^z> = sz, s_x = 0. */
export interface Branch {
  readonly sz: number;
  readonly sy: number;
  /** every eigenvalue has a negative real part */
  readonly stable: boolean;
  /** the three eigenvalues of the Jacobian (S31): first that of s_x, then the pair of s_y and s_z */
  readonly eigenvalues: readonly [Complex, Complex, Complex];
}

/**
 * The steady states of (S18) by rising sz: one, or three inside the bistable interval. They are the real roots of the
 * cubic (2), (1 + z)(gamma - z Gamma)^2 + 8 z Omega^2 = 0, all of which lie in -1 <= z < 0.
 *
 * Bisection between the cubic's turning points finds every root where its sign changes, whatever the rates: no drive,
 * no collective decay and drives next to the interval's ends are nothing special. Rates are taken in units of a power of
 * 2 next to the largest, which changes no bit, so that their fourth powers are numbers in any unit of the user's.
 */
export function meanFieldBranches(rates: MeanFieldRates, omega: number): Branch[] {
  const unit = 2 ** Math.floor(Math.log2(Math.max(rates.gamma, rates.Gamma, omega)));
  const { gamma, Gamma, omegaCritical } = rates;
  const own = { gamma: gamma / unit, Gamma: Gamma / unit, omegaCritical: omegaCritical / unit };
  const inUsers = ({ re, im }: Complex): Complex => ({ re: re * unit, im: im * unit });
  return branchesOf(own, omega / unit).map(({ eigenvalues: [x, low, high], ...branch }) => ({
    ...branch,
    eigenvalues: [inUsers(x), inUsers(low), inUsers(high)],
  }));
}

function branchesOf(rates: MeanFieldRates, omega: number): Branch[] {
  const cubic = (z: number) => (1 + z) * (rates.gamma - z * rates.Gamma) ** 2 + 8 * z * omega ** 2;
  const ends = [-1, ...turningPoints(rates, omega), 0];
  const branches: Branch[] = [];
  for (let i = 1; i < ends.length; i++) {
    const [from, to] = [ends[i - 1], ends[i]];
    // A root on a turning point belongs to the interval on its left; the one at -1 (no drive) to the first.
    const changes = Math.sign(cubic(from)) * Math.sign(cubic(to)) < 0;
    if (changes || cubic(to) === 0 || (i === 1 && cubic(from) === 0)) {
      branches.push(branchAt(rates, omega, bisect(cubic, from, to)));
    }
  }
  return branches;
}

/** s_y = -4 z Omega / (gamma - z Gamma), Eq. (S23). */
export function branchAt(rates: MeanFieldRates, omega: number, sz: number): Branch {
  const sy = (-4 * sz * omega) / (rates.gamma - sz * rates.Gamma);
  const eigenvalues = jacobianEigenvalues(rates, omega, { sy, sz });
  return { sz, sy, stable: eigenvalues.every(({ re }) => re < 0), eigenvalues };
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
 * What to say where the factorised mean field does not hold, in the words of page and command line; null where it does.
 * One atom has no collective spin to conserve.
 */
export function meanFieldCaveat({ atoms, gammaF }: { atoms: number; gammaF: number }): string | null {
  if (gammaF > 0 || atoms === 1) return null;
  return (
    'Without individual decay the factorised mean field does not hold: it lets the length of the spin relax, which is then ' +
    'conserved. From the ground state, this system follows the Dicke curve; the branches of Eq. (2) and their bistability are not its own.'
  );
}

/** The Dicke problem's mean field (no individual decay, S^2 conserved), Eq. (S21); null above Omega_c. */
export function dickeBranch(driveOverCritical: number): { sy: number; sz: number } | null {
  if (driveOverCritical > 1) return null;
  return { sy: driveOverCritical, sz: -Math.sqrt(1 - driveOverCritical ** 2) };
}

/** Where the cubic turns between -1 and 0: roots of 3 Gamma^2 z^2 + 2 (Gamma^2 - 2 gamma Gamma) z + c, rising. */
function turningPoints({ gamma, Gamma }: MeanFieldRates, omega: number): number[] {
  if (Gamma === 0) return [];
  const half = Gamma ** 2 - 2 * gamma * Gamma;
  const constant = gamma ** 2 - 2 * gamma * Gamma + 8 * omega ** 2;
  const discriminant = half ** 2 - 3 * Gamma ** 2 * constant;
  if (discriminant <= 0) return [];
  const root = Math.sqrt(discriminant);
  const [low, high] = [(-half - root) / (3 * Gamma ** 2), (-half + root) / (3 * Gamma ** 2)];
  return [low, high].filter((z) => z > -1 && z < 0);
}

/** Halves [from, to], at whose ends f has opposite signs or is zero, down to neighbouring numbers. */
function bisect(f: (z: number) => number, from: number, to: number): number {
  if (f(from) === 0) return from;
  if (f(to) === 0) return to;
  const sign = Math.sign(f(from));
  let [low, high] = [from, to];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (Math.sign(f(middle)) === sign) low = middle;
    else high = middle;
  }
}

/**
 * (S31) at s_x = 0 falls apart into the rate of s_x, (s_z Gamma - gamma)/2, and the 2 x 2 block of s_y and s_z. (Where the text
 * takes the limit Gamma >> gamma on branches (a) and (b), its l_1 lacks a factor 1/2 before s_z Gamma.)
 */
function jacobianEigenvalues(
  { gamma, Gamma }: MeanFieldRates,
  omega: number,
  { sy, sz }: { sy: number; sz: number },
): [Complex, Complex, Complex] {
  const across = (Gamma * sz - gamma) / 2;
  const offDiagonal = ((Gamma * sy) / 2 - 2 * omega) * (2 * omega - Gamma * sy);
  const mean = (across - gamma) / 2;
  const square = ((across + gamma) / 2) ** 2 + offDiagonal;
  const root = Math.sqrt(Math.abs(square));
  const pair: [Complex, Complex] =
    square >= 0
      ? [
          { re: mean - root, im: 0 },
          { re: mean + root, im: 0 },
        ]
      : [
          { re: mean, im: -root },
          { re: mean, im: root },
        ];
  return [{ re: across, im: 0 }, ...pair];
}
