import { expect, test } from 'vitest';
import { noJumpGenerator } from '../../../src/operators/dark-port';
import { lowestEigenpairs } from '../../../src/operators/tridiagonal';
import { systemParameters } from '../../../src/parameters/system';

test('the path graph, whose eigenpairs are cosines and sines', () => {
  const n = 50;
  const { values, vectors } = lowestEigenpairs(
    new Float64Array(n).fill(2),
    new Float64Array(n - 1).fill(-1),
    n,
  );
  values.forEach((value, i) => {
    const angle = ((i + 1) * Math.PI) / (n + 1);
    expect(value).toBeCloseTo(2 - 2 * Math.cos(angle), 13);
    const sign = Math.sign(vectors[i][0]);
    vectors[i].forEach((component, r) => {
      const exact = Math.sqrt(2 / (n + 1)) * Math.sin((r + 1) * angle);
      expect(Math.abs(sign * component - exact)).toBeLessThan(1e-12);
    });
  });
});

test.each([1, 2, 3])('%i rows', (n) => {
  const diagonal = Float64Array.from({ length: n }, (_, i) => i);
  const { values, vectors } = lowestEigenpairs(diagonal, new Float64Array(n - 1).fill(0.5), n);
  const trace = values.reduce((sum, value) => sum + value, 0);
  expect(trace).toBeCloseTo((n * (n - 1)) / 2, 13);
  expect(vectors).toHaveLength(n);
});

test('a generator of a thousand atoms: residuals and orthonormality at rounding', () => {
  const system = systemParameters({ atoms: 1000, ratio: 15.5, drive: 0.77 });
  for (const j of [500, 417, 30, 3]) {
    const { diagonal, coupling } = noJumpGenerator(system, j);
    const count = Math.min(24, diagonal.length);
    const { values, vectors } = lowestEigenpairs(diagonal, coupling, count);
    const scale = diagonal.reduce((largest, value) => Math.max(largest, value), 0);
    vectors.forEach((x, i) => {
      const residual = x.map((value, r) => {
        const left = r > 0 ? coupling[r - 1] * x[r - 1] : 0;
        const right = r < x.length - 1 ? coupling[r] * x[r + 1] : 0;
        return Math.abs(left + (diagonal[r] - values[i]) * value + right);
      });
      expect(Math.max(...residual), `mode ${i}`).toBeLessThan(1e-13 * scale);
      for (let l = 0; l <= i; l++) {
        const overlap = x.reduce((sum, value, r) => sum + value * vectors[l][r], 0);
        expect(Math.abs(overlap - (l === i ? 1 : 0))).toBeLessThan(1e-13);
      }
    });
  }
});
