/** Eq. (S10): the eliminated cavity against the cavity itself. */
import { Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { type CavityInput, effectiveParameters } from '../../../src/parameters/cavity';
import { InputError } from '../../../src/parameters/errors';
import { philox, uniform01 } from '../../../src/twin/philox';

const cavity: CavityInput = { atoms: 1, g: 0.1, kappa: 2, cavityDetuning: 0, laser: 0.3, detuning: 0 };

test('on resonance: gamma_1D = 4 g^2/kappa, Omega = 2 g Omega_L/kappa, no shift', () => {
  const { gamma1D, omega, collectiveShift } = effectiveParameters(cavity);
  expect(gamma1D).toBeCloseTo(0.02, 15);
  expect(omega).toBeCloseTo(0.03, 15);
  expect(collectiveShift).toBe(0);
});

test('as printed in the paper, in any unit', () => {
  for (let n = 0; n < 200; n++) {
    const [a, b, c, d] = philox([n, 0, 0, 0], [13, 0]).map(uniform01);
    const unit = n % 2 === 0 ? 1e100 : 1e-100;
    const [g, kappa, cavityDetuning, laser] = [a, 3 * b + 0.1, 4 * c - 2, 2 * d - 1];
    const scaled = { g: g * unit, kappa: kappa * unit, cavityDetuning: cavityDetuning * unit };
    const found = effectiveParameters({ ...cavity, ...scaled, laser: laser * unit });
    const close = (value: number, expected: number) =>
      expect(Math.abs(value / unit - expected)).toBeLessThan(1e-13 * (1 + Math.abs(expected)));
    close(found.gamma1D, (2 * g ** 2 * kappa) / (2 * cavityDetuning ** 2 + kappa ** 2 / 2));
    close(found.collectiveShift, (cavityDetuning * g ** 2) / (cavityDetuning ** 2 + kappa ** 2 / 4));
    close(found.omega, Math.abs(g * laser) / Math.sqrt(cavityDetuning ** 2 + kappa ** 2 / 4));
  }
});

/** Solves A x = b over the complex numbers, A and b given by real and imaginary parts. */
function solveComplex(
  re: Matrix,
  im: Matrix,
  b: Record<'re' | 'im', number[]>,
): { re: number; im: number }[] {
  const n = re.rows;
  const real = Matrix.zeros(2 * n, 2 * n);
  real.setSubMatrix(re, 0, 0).setSubMatrix(re, n, n).setSubMatrix(im, n, 0);
  real.setSubMatrix(Matrix.mul(im, -1), 0, n);
  const x = solve(real, Matrix.columnVector([...b.re, ...b.im])).to1DArray();
  return x.slice(0, n).map((re, i) => ({ re, im: x[n + i] }));
}

/**
 * Weakly driven atoms are oscillators: with sigma_z = -1 and s the sum of all sigma_n, (S5) and its partner read
 *
 *     dc/dt = (i delta_c - kappa/2) c - i g s - i Omega_L,   ds/dt = (i delta - gamma_F/2) s - i N g c.
 *
 * In the steady state the elimination is exact, for any detunings: with the effective parameters
 *
 *     ds/dt = (i delta - gamma_F/2 - N (gamma_1D/2 + i Delta)) s - i N Omega,   Omega up to its phase.
 */
test.each([
  [1, 0, 0],
  [5, 0.7, 0],
  [40, -1.3, 0.4],
  [7, 2.5, -0.2],
])(
  '%i weakly driven atoms at cavity detuning %f and detuning %f are those in the cavity',
  (atoms, cavityDetuning, detuning) => {
    const { g, kappa, laser } = cavity;
    const gammaF = 0.05;
    const damping = new Matrix([
      [-kappa / 2, 0],
      [0, -gammaF / 2],
    ]);
    const turning = new Matrix([
      [cavityDetuning, -g],
      [-atoms * g, detuning],
    ]);
    const [, sigma] = solveComplex(damping, turning, { re: [0, 0], im: [laser, 0] });
    const { omega, gamma1D, collectiveShift } = effectiveParameters({
      ...cavity,
      atoms,
      cavityDetuning,
      detuning,
    });
    const [re, im] = [-gammaF / 2 - (atoms * gamma1D) / 2, detuning - atoms * collectiveShift];
    expect(Math.hypot(sigma.re, sigma.im)).toBeCloseTo((atoms * omega) / Math.hypot(re, im), 13);
  },
);

/**
 * One atom and the mode, up to `photons` of them, by the master equation: <sigma_z> in the steady state.
 * Rotating with the laser, H = -delta sigma+ sigma - delta_c c+ c + g (c+ sigma + c sigma+) + Omega_L (c + c+).
 */
function excitedInCavity(
  { g, kappa, cavityDetuning, laser, detuning }: CavityInput,
  gammaF: number,
  photons: number,
) {
  const dim = 2 * (photons + 1);
  const c = Matrix.zeros(dim, dim);
  const sigma = Matrix.zeros(dim, dim);
  for (let n = 0; n <= photons; n++) {
    sigma.set(2 * n, 2 * n + 1, 1);
    for (const atom of [0, 1]) if (n > 0) c.set(2 * (n - 1) + atom, 2 * n + atom, Math.sqrt(n));
  }
  const up = (of: Matrix) => of.transpose();
  const number = (of: Matrix) => up(of).mmul(of);
  const exchange = up(c).mmul(sigma);
  const hamiltonian = number(sigma)
    .mul(-detuning)
    .add(number(c).mul(-cavityDetuning))
    .add(Matrix.add(exchange, up(exchange)).mul(g))
    .add(Matrix.add(c, up(c)).mul(laser));
  const jumps = [Matrix.mul(c, Math.sqrt(kappa)), Matrix.mul(sigma, Math.sqrt(gammaF))];
  const loss = jumps.map(number).reduce((sum, each) => sum.add(each));
  // rho row by row: d rho/dt = -i [H, rho] + sum C rho C+ - {C+C, rho}/2.
  const one = Matrix.eye(dim);
  const re = jumps
    .map((jump) => jump.kroneckerProduct(jump))
    .reduce((sum, each) => sum.add(each))
    .sub(Matrix.add(loss.kroneckerProduct(one), one.kroneckerProduct(loss)).mul(1 / 2));
  const im = one.kroneckerProduct(hamiltonian).sub(hamiltonian.kroneckerProduct(one));
  // The last equation follows from the others: in its place the trace is 1.
  const last = dim * dim - 1;
  for (let k = 0; k <= last; k++) {
    re.set(last, k, k % (dim + 1) === 0 ? 1 : 0);
    im.set(last, k, 0);
  }
  const source = new Array<number>(dim * dim).fill(0);
  const rho = solveComplex(re, im, { re: source.with(last, 1), im: source });
  return Array.from({ length: photons + 1 }, (_, n) => rho[(2 * n + 1) * (dim + 1)].re).reduce(
    (a, b) => a + b,
  );
}

/** A two-level atom of that decay, detuning and 2 Omega S_x: the excited fraction. */
function excitedAlone(omega: number, gamma: number, detuning: number): number {
  return omega ** 2 / (gamma ** 2 / 4 + detuning ** 2 + 2 * omega ** 2);
}

describe('one saturated atom', () => {
  const atom = (kappa: number, cavityDetuning: number, detuning: number): CavityInput => ({
    atoms: 1,
    // gamma_1D near 1 for any kappa
    g: Math.sqrt(kappa / 4),
    kappa,
    cavityDetuning: cavityDetuning * kappa,
    laser: 0.35 * Math.sqrt(kappa),
    detuning,
  });

  test.each([
    [0, 0],
    [0.4, 0],
    [-0.3, 0.5],
  ])('at cavity detuning %f kappa and detuning %f is that in a fast cavity', (cavityDetuning, detuning) => {
    const gammaF = 0.3;
    const off = [50, 200].map((kappa) => {
      const input = atom(kappa, cavityDetuning, detuning);
      const { omega, gamma1D, collectiveShift, validity } = effectiveParameters(input);
      const excited = excitedInCavity(input, gammaF, 4);
      const alone = excitedAlone(omega, gammaF + gamma1D, detuning - collectiveShift);
      expect(excited).toBeGreaterThan(0.05);
      const largest = Math.max(...Object.values(validity));
      expect(Math.abs(excited - alone)).toBeLessThan(largest);
      return Math.abs(excited - alone);
    });
    // The error falls as the cavity gets faster.
    expect(off[1]).toBeLessThan(off[0] / 3);
  });
});

test('validity is in units of the mode, for all atoms together', () => {
  const { validity, gamma1D, omega, collectiveShift } = effectiveParameters({
    ...cavity,
    atoms: 16,
    cavityDetuning: -1.5,
    detuning: -0.1,
  });
  const response = Math.hypot(1.5, 1);
  expect(validity.collectiveDecay).toBeCloseTo((16 * gamma1D) / response, 15);
  expect(validity.drive).toBeCloseTo(omega / response, 15);
  expect(validity.collectiveShift).toBeCloseTo((-16 * collectiveShift) / response, 15);
  expect(validity.detuning).toBeCloseTo(0.1 / response, 15);
});

test.each([
  [{ atoms: 0 }, /--atoms must be a whole number from 1, but got 0/],
  [{ kappa: 0 }, /--kappa must be a number \(a rate\) above 0, but got 0/],
  [{ g: Number.NaN }, /--g must be a number/],
  [{ cavityDetuning: Number.POSITIVE_INFINITY }, /--cavity-detuning must be a number/],
  [{ laser: Number.NaN }, /--laser must be a number/],
  [{ detuning: Number.NaN }, /--detuning must be a number/],
])('%j is refused', (input, words) => {
  expect(() => effectiveParameters({ ...cavity, ...input })).toThrow(InputError);
  expect(() => effectiveParameters({ ...cavity, ...input })).toThrow(words);
});
