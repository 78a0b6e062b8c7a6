import { EigenvalueDecomposition } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { momentsOfRho } from '../../../src/operators/moments';
import { Pyramid } from '../../../src/operators/pyramid';
import { systemParameters } from '../../../src/parameters/system';
import {
  applyLiouvillian,
  applyLiouvillianTransposed,
  denseLiouvillian,
} from '../../../src/twin/liouvillian';
import { slowSpectrum } from '../../../src/twin/slow-mode';
import { FIGURE_4, RATIO, SMALL } from '../reference';

describe.each([FIGURE_4, SMALL, RATIO])('the reference at N = $numbers.N', ({ system, numbers }) => {
  const { steady, rates, slowMode } = slowSpectrum(system);
  const { pyramid, rho } = steady;
  const { lambda1, right, left, conditionNumber } = slowMode!;

  test('lambda_1 and lambda_2, to the nine digits that the reference holds', () => {
    expect(lambda1).toBeCloseTo(numbers.lambda1, 8);
    expect(rates[0].re).toBeCloseTo(lambda1, 11);
    expect(rates[1].re).toBeCloseTo(numbers.lambda2[0], 8);
    expect(rates[1].im).toBe(numbers.lambda2[1]);
  });

  test('both vectors are eigenvectors', () => {
    const image = new Float64Array(pyramid.unknowns);
    const misfit = (x: Float64Array) =>
      Math.max(...image.map((value, i) => Math.abs(value + lambda1 * x[i])));
    applyLiouvillian(system, pyramid, right, image);
    expect(misfit(right)).toBeLessThan(1e-10);
    applyLiouvillianTransposed(system, pyramid, left, image);
    expect(misfit(left)).toBeLessThan(1e-10);
  });

  test('they are scaled as said, and orthogonal to the steady state and the identity', () => {
    expect(pyramid.inner(right, right)).toBeCloseTo(1, 12);
    expect(pyramid.inner(left, right)).toBeCloseTo(1, 12);
    expect(momentsOfRho(pyramid, right).Sz).toBeLessThan(0);
    expect(pyramid.trace(right)).toBeCloseTo(0, 11);
    expect(pyramid.inner(left, rho)).toBeCloseTo(0, 11);
  });

  test('the condition number, in the packed coordinates of the reference', () => {
    expect(conditionNumber).toBeCloseTo(Math.sqrt(pyramid.inner(left, left)), 12);
    const weights = pyramid.weights();
    const packedLeft = Math.hypot(...left.map((value, i) => weights[i] * value));
    expect(packedLeft * Math.hypot(...right)).toBeCloseTo(numbers.committor.condition_number, 6);
  });
});

test.each([
  { atoms: 5, gamma1d: 2, omega: 1.6 },
  { atoms: 7, drive: 1.4 },
  { atoms: 8, gamma1d: 0, omega: 1.1 },
  { atoms: 1, omega: 6 },
])('the dense spectrum of %o agrees', (input) => {
  const system = systemParameters(input);
  const { rates } = slowSpectrum(system);
  const dense = new EigenvalueDecomposition(denseLiouvillian(system, new Pyramid(system.atoms)));
  const exact = dense.realEigenvalues.map((re, i) => ({ re: -re, im: dense.imaginaryEigenvalues[i] }));
  exact.sort((p, q) => Math.hypot(p.re, p.im) - Math.hypot(q.re, q.im));
  expect(exact[0].re).toBeCloseTo(0, 11);
  rates.forEach(({ re }, i) => {
    expect(re).toBeCloseTo(exact[i + 1].re, 8);
  });
});

test('a driven atom without collective decay rings: its slowest rate is complex and has no real mode', () => {
  const { rates, slowMode } = slowSpectrum(systemParameters({ atoms: 1, gamma1d: 0, gammaf: 1, omega: 3 }));
  expect(slowMode).toBeNull();
  expect(rates).toHaveLength(2);
  expect(rates[0].re).toBeCloseTo(3 / 4, 12);
  expect(Math.abs(rates[0].im)).toBeCloseTo(Math.sqrt(36 - 1 / 16), 12);
});
