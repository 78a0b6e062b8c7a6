import { Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { dickeBranch, meanFieldBranches } from '../../../src/mean-field/branches';
import {
  dickeSqueezing,
  fluctuations,
  meanFieldSqueezing,
  squeezingLimit,
} from '../../../src/mean-field/squeezing';
import { meanFieldRates } from '../../../src/parameters/system';
import { FIGURE_2B, FIGURE_4, RATIO, SMALL } from '../reference';

const POINTS = [FIGURE_4, SMALL, RATIO, FIGURE_2B];

test.each(POINTS)('the reference at N = $numbers.N', ({ system, numbers }) => {
  const rates = meanFieldRates(system);
  meanFieldBranches(rates, system.omega).forEach((branch, i) => {
    expect(meanFieldSqueezing(rates, branch)).toBeCloseTo(numbers.mean_field[i].xi2_eq7_S42, 9);
  });
});

/**
 * Eq. (6) as d(a, a+)/dt = drift (a, a+) + noise, with <noise_i(t) noise_k(t')> = diffusion_ik delta(t - t') from (S43). Its
 * steady covariance C_ik = <v_i v_k> solves drift C + C drift^T + diffusion = 0, four linear equations.
 */
function lyapunov(
  gamma: number,
  Gamma: number,
  sy: number,
  sz: number,
): { number: number; anomalous: number } {
  const length = Math.hypot(sy, sz);
  const [cos, sin2] = [sz / length, (sy / length) ** 2];
  const damping = (Gamma * length * cos) / 2 - gamma / 2;
  const mixing = (gamma / 4) * sin2;
  const drift = [
    [damping - mixing, mixing],
    [mixing, damping - mixing],
  ];
  const vacuum = ((Gamma + gamma) * length) / 4;
  // noise_1 = (cos - 1) F + (cos + 1) F+, noise_2 its adjoint; only <F F+> is not zero.
  const before = [cos - 1, cos + 1];
  const after = [cos + 1, cos - 1];
  const equations = Matrix.zeros(4, 4);
  const source = Matrix.zeros(4, 1);
  for (let i = 0; i < 2; i++) {
    for (let k = 0; k < 2; k++) {
      for (let l = 0; l < 2; l++) {
        equations.set(2 * i + k, 2 * l + k, equations.get(2 * i + k, 2 * l + k) + drift[i][l]);
        equations.set(2 * i + k, 2 * i + l, equations.get(2 * i + k, 2 * i + l) + drift[k][l]);
      }
      source.set(2 * i + k, 0, -vacuum * before[i] * after[k]);
    }
  }
  const covariance = solve(equations, source);
  return { number: covariance.get(2, 0), anomalous: covariance.get(0, 0) };
}

test.each(POINTS)('(S42) solves Eq. (6) at N = $numbers.N', ({ system }) => {
  const rates = meanFieldRates(system);
  for (const branch of meanFieldBranches(rates, system.omega)) {
    const exact = lyapunov(rates.gamma, rates.Gamma, branch.sy, branch.sz);
    const { number, anomalous } = fluctuations(rates, branch);
    expect(number).toBeCloseTo(exact.number, 13);
    expect(anomalous).toBeCloseTo(exact.anomalous, 13);
  }
});

test('without drive the vacuum is not squeezed', () => {
  expect(meanFieldSqueezing({ gamma: 11, Gamma: 170, omegaCritical: 42.5 }, { sy: 0, sz: -1 })).toBe(1);
});

describe('the limit Gamma >> gamma, Eq. (8)', () => {
  test.each([0, 0.2, 0.5, 0.7])('is that of Eq. (7) at %f Omega_c', (drive) => {
    const rates = { gamma: 1e-9, Gamma: 4, omegaCritical: 1 };
    const [lower] = meanFieldBranches(rates, drive);
    expect(meanFieldSqueezing(rates, lower)).toBeCloseTo(squeezingLimit(drive)!, 7);
  });

  test('ends at 1/sqrt 3', () => {
    expect(squeezingLimit(0.7071067811865475)).toBeCloseTo(1 / Math.sqrt(3), 7);
    expect(squeezingLimit(0.71)).toBeNull();
  });
});

describe("the Dicke problem's squeezing (S44)", () => {
  test.each([0, 0.2, 0.5, 0.73, 0.99])('is that of Eq. (7) at %f Omega_c without gamma', (drive) => {
    const rates = { gamma: 0, Gamma: 4, omegaCritical: 1 };
    expect(dickeSqueezing(drive)).toBeCloseTo(meanFieldSqueezing(rates, dickeBranch(drive)!), 14);
  });

  test('ends with its branch', () => {
    expect(dickeSqueezing(1)).toBe(0);
    expect(dickeSqueezing(1.01)).toBeNull();
  });
});
