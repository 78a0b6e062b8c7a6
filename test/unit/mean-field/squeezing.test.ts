import { Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { meanField } from '../../../src/experiments/mean-field/mean-field';
import { bistableInterval, dickeBranch, meanFieldBranches } from '../../../src/mean-field/branches';
import { meanFieldOf, ofEquation1 } from '../../../src/mean-field/equations';
import {
  dickeSqueezing,
  fluctuations,
  lowerBranchSqueezing,
  meanFieldSqueezing,
  squeezingLimit,
} from '../../../src/mean-field/squeezing';
import { meanFieldRates, systemParameters } from '../../../src/parameters/system';
import { runExperiment } from '../liouvillian/run-experiment';
import { FIGURE_2B, FIGURE_4, RATIO, SMALL } from '../reference';
import { random } from '../scaling';

const POINTS = [FIGURE_4, SMALL, RATIO, FIGURE_2B];

test.each(POINTS)('the reference at N = $numbers.N', ({ system, numbers }) => {
  const rates = meanFieldRates(system);
  meanFieldBranches(meanFieldOf(system)).forEach((branch, i) => {
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
  for (const branch of meanFieldBranches(meanFieldOf(system))) {
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
    const [lower] = meanFieldBranches(ofEquation1(rates, drive));
    expect(meanFieldSqueezing(rates, lower)).toBeCloseTo(squeezingLimit(drive)!, 7);
  });

  test('ends at 1/sqrt 3', () => {
    expect(squeezingLimit(0.7071067811865475)).toBeCloseTo(1 / Math.sqrt(3), 7);
    expect(squeezingLimit(0.71)).toBeNull();
  });
});

describe('Eq. (7) is given on the lower branch alone', () => {
  const next = random(21);
  const atoms = 1000;
  /** Gamma/gamma and the drive at random, the fold well inside */
  const cases = Array.from({ length: 300 }, () => ({
    ratio: 10 ** (0.2 + 2.7 * next()),
    drive: 0.02 + 1.3 * next(),
  }));

  test('up to the fold where there is one, whatever else stands beside it', () => {
    let past = 0;
    for (const { ratio, drive } of cases.filter(({ ratio }) => ratio > 8)) {
      const system = systemParameters({ atoms, ratio, drive });
      const rates = meanFieldRates(system);
      const branches = meanFieldBranches(meanFieldOf(system));
      const given = branches.map((branch) => lowerBranchSqueezing(system, branch));
      const onLower = drive < bistableInterval(rates)!.to;
      if (!onLower) past++;
      expect(given.map((value) => value !== null)).toEqual(branches.map((_, i) => i === 0 && onLower));
      if (onLower) expect(given[0]).toBe(meanFieldSqueezing(rates, branches[0]));
    }
    expect(past).toBeGreaterThan(50);
  });

  test('up to half the inversion where there is no fold', () => {
    for (const { ratio, drive } of cases.filter(({ ratio }) => ratio <= 8)) {
      const system = systemParameters({ atoms, ratio, drive });
      const [branch] = meanFieldBranches(meanFieldOf(system));
      expect(lowerBranchSqueezing(system, branch) === null).toBe(branch.sz >= -1 / 2);
    }
  });

  test('nowhere without collective or without individual decay', () => {
    const branch = { sy: 0.1, sz: -0.99, stable: true };
    expect(lowerBranchSqueezing(systemParameters({ gamma1d: 0, gammaf: 1, omega: 1 }), branch)).toBeNull();
    expect(lowerBranchSqueezing(systemParameters({ gamma1d: 1, gammaf: 0, omega: 1 }), branch)).toBeNull();
    expect(
      lowerBranchSqueezing(systemParameters({ gamma1d: 1, gammaf: 1, omega: 1 }), branch),
    ).not.toBeNull();
  });

  test.each([
    ['N = 18, drive 1', { ratio: 15.5, drive: 1 }, [null]],
    ['figure 4', { drive: 0.73 }, [0.738149, null, null]],
  ])('in the document of %s', async (_, said, expected) => {
    const { result } = await runExperiment(meanField, systemParameters(said));
    result.branches.forEach(({ squeezing }, i) => {
      if (expected[i] === null) expect(squeezing).toBeNull();
      else expect(squeezing).toBeCloseTo(expected[i], 6);
    });
    expect(result.branches).toHaveLength(expected.length);
  });
});

test.each([
  [{ gammaf: 0 }, true],
  [{ gammaf: 0.01 }, false],
  [{ atoms: 1, gamma1d: 1, gammaf: 0, omega: 1 }, false],
])('the command warns where the factorised mean field does not hold: %o', async (said, isWarned) => {
  const { warnings } = await runExperiment(meanField, systemParameters(said));
  expect(warnings).toEqual(
    isWarned ? [expect.stringMatching(/^Without individual decay the factorised/)] : [],
  );
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
