/** Eqs. (9) and (10): a Markov process of two states, and exact for the committor of the master equation. */
import { Matrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { stateProbabilities, switchingRates } from '../../../src/liouvillian/switching-rates';
import { momentsOfRho } from '../../../src/operators/moments';
import { systemParameters } from '../../../src/parameters/system';
import { denseLiouvillian } from '../../../src/twin/liouvillian';
import { slowSpectrum } from '../../../src/twin/slow-mode';
import { FIGURE_4 } from '../reference';

test('(10) at figure 4: the rates of the reference, by its weights and by the committor', () => {
  const { lambda1, a_plus, a_minus, Gamma_plus, Gamma_minus, committor } = FIGURE_4.numbers;
  const paper = switchingRates(lambda1, { plus: a_plus, minus: a_minus });
  expect(paper.plus).toBeCloseTo(Gamma_plus, 9);
  expect(paper.minus).toBeCloseTo(Gamma_minus, 9);
  const p = committor.p_plus_steady;
  const rates = switchingRates(lambda1, { plus: p, minus: 1 - p });
  expect(rates.plus).toBeCloseTo(committor.rate_plus, 9);
  expect(rates.minus).toBeCloseTo(committor.rate_minus, 9);
  expect(rates.plus + rates.minus).toBeCloseTo(lambda1, 15);
});

test('(9) solves (10) where the weights add to 1, and keeps the sum', () => {
  const [lambda1, weights, step] = [0.7, { plus: 0.3, minus: 0.7 }, 1e-4];
  const rates = switchingRates(lambda1, weights);
  expect(stateProbabilities(lambda1, weights, 0.9, 0)).toEqual({
    plus: expect.closeTo(0.9, 15),
    minus: expect.closeTo(0.1, 15),
  });
  for (const time of [0, 0.5, 2, 5]) {
    const [before, at, after] = [-step, 0, step].map((dt) =>
      stateProbabilities(lambda1, weights, 0.9, time + dt),
    );
    expect(at.plus + at.minus).toBeCloseTo(1, 15);
    const flow = rates.minus * at.minus - rates.plus * at.plus;
    expect((after.plus - before.plus) / (2 * step)).toBeCloseTo(flow, 8);
    expect((after.minus - before.minus) / (2 * step)).toBeCloseTo(-flow, 8);
  }
  const end = stateProbabilities(lambda1, weights, 0.9, 100);
  expect(end.plus).toBeCloseTo(0.3, 15);
  expect(end.minus).toBeCloseTo(0.7, 15);
});

test('(9) is exact for the committor, and what is left of the start is c_1 rho_1, (4)', () => {
  const system = systemParameters({ atoms: 6, gamma1d: 4, gammaf: 1, drive: 0.8 });
  const { steady, rates, slowMode } = slowSpectrum(system);
  const { pyramid, rho } = steady;
  const { lambda1, left, right } = slowMode!;
  // All atoms down: the one element m = m' = -N/2 of the highest j.
  const ground = new Float64Array(pyramid.unknowns);
  ground[0] = 1;
  expect(momentsOfRho(pyramid, ground).Sz).toBe(-3);
  // The committor is an affine function of Tr W rho.
  const committor = (of: Float64Array) => 0.4 + 0.1 * pyramid.inner(left, of);
  const weights = { plus: committor(rho), minus: 1 - committor(rho) };
  const step = 3;
  const propagator = exponential(denseLiouvillian(system, pyramid).mul(step));
  let state = ground;
  for (let n = 1; n <= 4; n++) {
    state = Float64Array.from(propagator.mmul(Matrix.columnVector(state)).to1DArray());
    const { plus } = stateProbabilities(lambda1, weights, committor(ground), n * step);
    expect(committor(state)).toBeCloseTo(plus, 12);
  }
  const c1 = pyramid.inner(left, ground);
  const faster = Math.exp((lambda1 - rates[1].re) * 4 * step);
  expect(faster).toBeLessThan(1e-3);
  const Sz = (x: Float64Array) => momentsOfRho(pyramid, x).Sz;
  const ratio = (Sz(state) - Sz(rho)) / (c1 * Math.exp(-lambda1 * 4 * step) * Sz(right));
  expect(Math.abs(ratio - 1)).toBeLessThan(20 * faster);
});

/** exp(A): the Taylor series of A / 2^12, squared twelve times. */
function exponential(matrix: Matrix): Matrix {
  const small = Matrix.mul(matrix, 2 ** -12);
  let term = Matrix.eye(matrix.rows);
  let sum = Matrix.eye(matrix.rows);
  for (let order = 1; order <= 14; order++) {
    term = term.mmul(small).mul(1 / order);
    sum = Matrix.add(sum, term);
  }
  for (let i = 0; i < 12; i++) sum = sum.mmul(sum);
  return sum;
}
