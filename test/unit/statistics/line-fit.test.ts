/** The line fit against the normal equations' own inverse, and against how lines through scattered points scatter. */
import { expect, test } from 'vitest';
import { fitLine } from '../../../src/statistics/line-fit';

const x = [1, 2, 4, 7];
const errors = [0.1, 0.3, 0.2, 0.5];

/** Of intercept and slope: the diagonal of the inverse of sum w [1 x; x x^2]. */
function variances() {
  const sum = (power: number) => x.reduce((total, value, i) => total + value ** power / errors[i] ** 2, 0);
  const determinant = sum(0) * sum(2) - sum(1) ** 2;
  return { intercept: sum(2) / determinant, slope: sum(0) / determinant };
}

test('points that lie on the line leave it the errors of theirs', () => {
  const fit = fitLine(
    x,
    x.map((value) => 3 - 2 * value),
    errors,
  )!;
  expect(fit.intercept.value).toBeCloseTo(3, 12);
  expect(fit.slope.value).toBeCloseTo(-2, 12);
  expect(fit.intercept.error).toBeCloseTo(Math.sqrt(variances().intercept), 12);
  expect(fit.slope.error).toBeCloseTo(Math.sqrt(variances().slope), 12);
  expect(fit.degreesOfFreedom).toBe(2);
});

test('points that miss the line by more than their errors enlarge its own by sqrt(chi^2 / degrees of freedom)', () => {
  const y = [1, 4, 2, 9];
  const fit = fitLine(x, y, errors)!;
  const residuals = y.map((value, i) => (value - fit.intercept.value - fit.slope.value * x[i]) / errors[i]);
  // Least squares: the residuals have neither a mean nor a slope left.
  expect(residuals.reduce((sum, r, i) => sum + r / errors[i], 0)).toBeCloseTo(0, 9);
  expect(residuals.reduce((sum, r, i) => sum + (r * x[i]) / errors[i], 0)).toBeCloseTo(0, 9);
  const chiSquared = residuals.reduce((sum, r) => sum + r ** 2, 0);
  expect(chiSquared).toBeGreaterThan(100);
  expect(fit.chiSquared).toBeCloseTo(chiSquared, 9);
  const scale = Math.sqrt(chiSquared / 2);
  expect(fit.intercept.error).toBeCloseTo(scale * Math.sqrt(variances().intercept), 9);
  expect(fit.slope.error).toBeCloseTo(scale * Math.sqrt(variances().slope), 9);
});

test('two points are their line, however far apart; one is none', () => {
  expect(fitLine([1, 3], [5, -5], [0.1, 0.1])).toMatchObject({
    chiSquared: expect.closeTo(0, 9),
    degreesOfFreedom: 0,
  });
  expect(fitLine([1], [5], [0.1])).toBeNull();
});
