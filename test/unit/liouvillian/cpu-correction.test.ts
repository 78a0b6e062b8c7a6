/** WebAssembly's correction equations: what it calls solved is solved, as the float64 operator of TypeScript sees it. */
import { describe, expect, test } from 'vitest';
import {
  type CorrectionEquation,
  preconditionedOperator,
  preconditioner,
} from '../../../src/liouvillian/correction';
import { CpuCorrectionSolver } from '../../../src/liouvillian/cpu-correction';
import { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { systemParameters } from '../../../src/parameters/system';

const noPause = async () => {};
const pattern = (length: number, phase: number) =>
  Float64Array.from({ length }, (_, i) => Math.sin(phase + 1.7 * i));

/** |b - A x| / |b| in the preconditioned norm */
function remaining(
  liouvillian: Liouvillian,
  equation: CorrectionEquation,
  x: readonly Float64Array[],
): number {
  const n = liouvillian.unknowns;
  const joined = new Float64Array(n * x.length);
  x.forEach((vector, k) => {
    joined.set(vector, k * n);
  });
  const image = new Float64Array(joined.length);
  preconditionedOperator(liouvillian, equation)(joined, image);
  const weights = preconditioner(liouvillian, equation.theta[0]);
  let [left, whole] = [0, 0];
  equation.rhs.forEach((rhs, k) => {
    rhs.forEach((value, i) => {
      left += (weights[i] * value - image[k * n + i]) ** 2;
      whole += (weights[i] * value) ** 2;
    });
  });
  return Math.sqrt(left / whole);
}

/** An equation for one vector, without deflations. */
const plain = ({ unknowns }: Liouvillian, reduction: number): CorrectionEquation => ({
  direction: 'forward',
  theta: [0.4],
  deflations: [],
  deflationRate: 0.5,
  rhs: [pattern(unknowns, 1)],
  reduction,
  mostMatvecs: 4000,
});

describe.each([1, 2, 5, 18, 21])('%i atoms', (atoms) => {
  const liouvillian = new Liouvillian(systemParameters({ atoms, gamma1d: 0.7, gammaf: 0.4, omega: 1.3 }));
  const { unknowns, identity } = liouvillian;
  const deflation = (phase: number) => ({ image: pattern(unknowns, phase), functional: identity });

  test.each([
    ['one vector of L', 'forward', 1, 1],
    ['one vector of the transpose', 'transposed', 1, 2],
    ['a pair', 'forward', 2, 1],
    ['a pair of the transpose, three deflations', 'transposed', 2, 3],
  ] as const)('%s', async (_, direction, p, deflations) => {
    const equation: CorrectionEquation = {
      direction,
      theta: p === 1 ? [0.31] : [0.31, 0.2, -0.2, 0.31],
      deflations: Array.from({ length: deflations }, (_, d) => deflation(d)),
      deflationRate: 0.05,
      rhs: Array.from({ length: p }, (_, k) => pattern(unknowns, 3 + k)),
      reduction: 1e-9,
      mostMatvecs: 4000,
    };
    const { x, reduction, matvecs } = await new CpuCorrectionSolver(liouvillian, noPause).solve(equation);
    expect(reduction).toBeLessThanOrEqual(1e-9);
    expect(matvecs).toBeGreaterThan(0);
    // The recursion's residual drifts from the true one by rounding alone.
    expect(remaining(liouvillian, equation, x)).toBeLessThan(1e-8);
  });
});

test('one solver solves equation after equation, in any order and number', async () => {
  const liouvillian = new Liouvillian(systemParameters({ atoms: 5 }));
  const { unknowns } = liouvillian;
  const equation = (direction: CorrectionEquation['direction'], p: number): CorrectionEquation => ({
    direction,
    theta: p === 1 ? [0.4] : [0.4, 0.1, -0.1, 0.4],
    deflations: Array.from({ length: p }, (_, d) => ({
      image: pattern(unknowns, d),
      functional: pattern(unknowns, 5 + d),
    })),
    deflationRate: 0.5,
    rhs: Array.from({ length: p }, (_, k) => pattern(unknowns, 9 + k)),
    reduction: 1e-6,
    mostMatvecs: 4000,
  });
  const solver = new CpuCorrectionSolver(liouvillian, noPause);
  const first = await solver.solve(equation('forward', 1));
  await solver.solve(equation('transposed', 2));
  const again = await solver.solve(equation('forward', 1));
  expect(again.x).toEqual(first.x);
});

test('an equation that breaks down leaves nothing behind', async () => {
  const liouvillian = new Liouvillian(systemParameters({ atoms: 5 }));
  const sound = plain(liouvillian, 1e-6);
  const solver = new CpuCorrectionSolver(liouvillian, noPause);
  const broken = await solver.solve({ ...sound, rhs: [new Float64Array(liouvillian.unknowns)] });
  expect(broken.reduction).toBe(1);
  expect(broken.x[0].every((value) => value === 0)).toBe(true);
  const fresh = await new CpuCorrectionSolver(liouvillian, noPause).solve(sound);
  expect(await solver.solve(sound)).toEqual(fresh);
});

test('stops where the pause says so', async () => {
  const liouvillian = new Liouvillian(systemParameters({ atoms: 18 }));
  const stop = new Error('stopped');
  const solver = new CpuCorrectionSolver(liouvillian, () => Promise.reject(stop));
  await expect(solver.solve(plain(liouvillian, 1e-12))).rejects.toBe(stop);
});
