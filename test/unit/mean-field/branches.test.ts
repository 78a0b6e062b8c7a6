import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { bistableInterval, dickeBranch, meanFieldBranches } from '../../../src/mean-field/branches';
import { meanFieldDerivative, meanFieldOf, ofEquation1 } from '../../../src/mean-field/equations';
import { GROUND, meanFieldFlow } from '../../../src/mean-field/flow';
import { systemParameters } from '../../../src/parameters/system';
import { FIGURE_2B, FIGURE_4, RATIO, SMALL } from '../reference';
import { random } from '../scaling';

const rates = (gamma: number, Gamma: number) => ({ gamma, Gamma, omegaCritical: Gamma / 4 });

test.each([FIGURE_4, SMALL, RATIO, FIGURE_2B])('the reference at N = $numbers.N', ({ system, numbers }) => {
  const branches = meanFieldBranches(meanFieldOf(system));
  expect(branches).toHaveLength(numbers.mean_field.length);
  numbers.mean_field.forEach(({ sz, sy, stable }, i) => {
    expect(branches[i].sz).toBeCloseTo(sz, 9);
    expect(branches[i].sy).toBeCloseTo(sy, 9);
    expect(branches[i].stable).toBe(stable);
  });
});

describe.each([
  ['figure 4', rates(11, 170)],
  ['weak collectivity', rates(1, 3)],
  ['Gamma = 8 gamma', rates(1, 8)],
  ['strong collectivity', rates(1, 999)],
  ['no collective decay', rates(1, 0)],
  ['small units', rates(1e-6, 1.55e-5)],
  ['large units', rates(1e9, 1e12)],
])('%s', (_, system) => {
  const drives = [0, 1e-6, 0.01, 0.1, 0.3, 0.5, 0.69, 0.73, 0.8, 0.9, 1, 1.5, 10];
  const scale = (system.Gamma || system.gamma) / 4;

  test.each(drives)('every branch at drive %f stands still', (drive) => {
    const omega = drive * scale;
    for (const { sy, sz } of meanFieldBranches(ofEquation1(system, omega))) {
      expect(sz).toBeGreaterThanOrEqual(-1);
      expect(sz).toBeLessThan(0);
      const speed = Math.hypot(...meanFieldDerivative(ofEquation1(system, omega), [0, sy, sz]));
      expect(speed).toBeLessThan(1e-14 * (system.gamma + system.Gamma + omega));
    }
  });

  test.each(drives)('at drive %f there are one or three, and the middle one is unstable', (drive) => {
    const stable = meanFieldBranches(ofEquation1(system, drive * scale)).map((branch) => branch.stable);
    expect([[true], [true, false, true]]).toContainEqual(stable);
  });
});

test('without drive every atom is in its ground state', () => {
  expect(meanFieldBranches(ofEquation1(rates(11, 170), 0))).toMatchObject([{ sz: -1, sy: 0, stable: true }]);
});

test('one atom: the saturation of a single two-level atom', () => {
  const system = systemParameters({ atoms: 1, gamma1d: 2, gammaf: 1, omega: 1.7 });
  const [branch] = meanFieldBranches(meanFieldOf(system));
  expect(branch.sz).toBeCloseTo(-9 / (9 + 8 * 1.7 ** 2), 15);
});

test.each([
  [rates(11, 170), 31.025],
  [rates(1, 20), 3.5],
  [rates(1, 20), 40],
])('the eigenvalues are those of the Jacobian (S31)', (system, omega) => {
  const { gamma, Gamma } = system;
  for (const { sy, sz, eigenvalues } of meanFieldBranches(ofEquation1(system, omega))) {
    const across = (Gamma * sz - gamma) / 2;
    const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(
      new Matrix([
        [across, 0, 0],
        [0, across, -2 * omega + (Gamma / 2) * sy],
        [0, 2 * omega - Gamma * sy, -gamma],
      ]),
    );
    const found = realEigenvalues.map((re, i) => [re, imaginaryEigenvalues[i]]);
    for (const { re, im } of eigenvalues) {
      expect(Math.min(...found.map(([x, y]) => Math.hypot(x - re, y - im)))).toBeLessThan(1e-12 * Gamma);
    }
  }
});

describe('the bistable interval (S24)', () => {
  test('opens at Gamma = 8 gamma', () => {
    expect(bistableInterval(rates(1, 8))).toBeNull();
    expect(bistableInterval(rates(1, 0))).toBeNull();
    const { from, to } = bistableInterval(rates(1, 8 * (1 + 1e-9)))!;
    expect(from).toBeCloseTo(Math.sqrt(27 / 32), 6);
    expect(to).toBeCloseTo(from, 6);
  });

  test('at Gamma/gamma = 15.5 it runs from 0.693 to 0.805', () => {
    const { from, to } = bistableInterval(rates(1, 15.5))!;
    expect(from).toBeCloseTo(0.6929, 4);
    expect(to).toBeCloseTo(0.8052, 4);
  });

  test.each([8.5, 10, 15.5, 50, 999])(
    'its ends at Gamma/gamma = %f are where branches are born and die',
    (ratio) => {
      const system = rates(1, ratio);
      const { from, to } = bistableInterval(system)!;
      const count = (drive: number) =>
        meanFieldBranches(ofEquation1(system, drive * system.omegaCritical)).length;
      expect([from * (1 - 1e-9), from * (1 + 1e-9)].map(count)).toEqual([1, 3]);
      expect([to * (1 - 1e-9), to * (1 + 1e-9)].map(count)).toEqual([3, 1]);
    },
  );

  test('the lower end keeps its digits for tiny gamma', () => {
    expect(bistableInterval(rates(1e-14, 1))!.from).toBeCloseTo(Math.sqrt(8e-14), 18);
  });
});

test('the Dicke branch (S21)', () => {
  expect(dickeBranch(0.6)).toEqual({ sy: 0.6, sz: -0.8 });
  expect(dickeBranch(1.01)).toBeNull();
});

describe('the unit of the rates', () => {
  const next = random(3);
  const exponent = () => Math.round((next() - 0.5) * 996);
  const systems = Array.from({ length: 40 }, () => ({
    ...rates(1, 10 ** (4 * next() - 1)),
    drive: 1.2 * next(),
  }));

  test.each(systems)(
    'changes no bit of the branches in powers of 2: $Gamma, drive $drive',
    ({ drive, ...system }) => {
      const omega = drive * system.omegaCritical;
      const branches = meanFieldBranches(ofEquation1(system, omega));
      for (let i = 0; i < 25; i++) {
        const unit = 2 ** exponent();
        const { gamma, Gamma } = system;
        const found = meanFieldBranches(ofEquation1(rates(gamma * unit, Gamma * unit), omega * unit));
        const over = ({ re, im }: { re: number; im: number }) => ({ re: re / unit, im: im / unit });
        expect(found.map((branch) => ({ ...branch, eigenvalues: branch.eigenvalues.map(over) }))).toEqual(
          branches,
        );
      }
    },
  );

  test('nor of the flow, and powers of 10 change it by rounding', () => {
    const [{ gamma, Gamma }, omega] = [rates(11, 170), 31.025];
    const flow = [...meanFieldFlow(ofEquation1(rates(gamma, Gamma), omega), GROUND, [0.1, 1])];
    for (const unit of [2 ** -498, 2 ** 498, 1e-150, 1e150]) {
      const times = [0.1 / unit, 1 / unit];
      const found = [
        ...meanFieldFlow(ofEquation1(rates(gamma * unit, Gamma * unit), omega * unit), GROUND, times),
      ];
      found.forEach((spin, i) => {
        spin.forEach((s, k) => {
          expect(Math.abs(s - flow[i][k])).toBeLessThan(unit === 2 ** Math.log2(unit) ? 1e-15 : 1e-8);
        });
      });
    }
  });

  test('three branches at rates of 1e-100', () => {
    const system = systemParameters({ gamma1d: 1e-99, gammaf: 1e-100 });
    const ordinary = systemParameters();
    const [found, expected] = [system, ordinary].map((of) => meanFieldBranches(meanFieldOf(of)));
    expect(found).toHaveLength(3);
    found.forEach(({ sz, stable }, i) => {
      expect(sz).toBeCloseTo(expected[i].sz, 12);
      expect(stable).toBe(expected[i].stable);
    });
  });
});
