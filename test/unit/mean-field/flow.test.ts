import { describe, expect, test } from 'vitest';
import { meanFieldBranches } from '../../../src/mean-field/branches';
import { integrate } from '../../../src/mean-field/dormand-prince';
import {
  type MeanSpin,
  meanFieldDerivative,
  meanFieldOf,
  ofEquation1,
} from '../../../src/mean-field/equations';
import { flowTimes, GROUND, meanFieldFlow, totalSpinDerivative } from '../../../src/mean-field/flow';
import { systemParameters } from '../../../src/parameters/system';
import { philox, uniform01 } from '../../../src/twin/philox';
import { random } from '../scaling';

// Figure S2: Gamma/gamma = 20 at 0.7 Omega_c.
const RATES = { gamma: 1, Gamma: 20, omegaCritical: 5 };
const FIELD = ofEquation1(RATES, 3.5);
const flow = (...given: Parameters<typeof meanFieldFlow>) => [...meanFieldFlow(...given)];
const [LOWER, MIDDLE, UPPER] = meanFieldBranches(FIELD);

test('starts where it is told, and stays on a branch', () => {
  expect(flow(FIELD, GROUND, [0])).toEqual([GROUND]);
  const [end] = flow(FIELD, [0, LOWER.sy, LOWER.sz], [100]);
  expect(end[1]).toBeCloseTo(LOWER.sy, 9);
  expect(end[2]).toBeCloseTo(LOWER.sz, 9);
});

test.each<[string, MeanSpin, { sy: number; sz: number }]>([
  ['the ground state reaches the lower branch', GROUND, LOWER],
  ['atoms without any polarisation reach the upper branch', [0.1, 0, 0], UPPER],
  ['below the middle branch it falls', [0, MIDDLE.sy, MIDDLE.sz - 1e-4], LOWER],
  ['above the middle branch it rises', [0, MIDDLE.sy, MIDDLE.sz + 1e-4], UPPER],
])('%s', (_, start, { sy, sz }) => {
  const [[x, y, z]] = flow(FIELD, start, [200]);
  expect(x).toBeCloseTo(0, 8);
  expect(y).toBeCloseTo(sy, 8);
  expect(z).toBeCloseTo(sz, 8);
});

test('does not depend on the times asked for', () => {
  const times = Array.from({ length: 101 }, (_, i) => i / 20);
  const often = flow(FIELD, GROUND, times);
  const [end] = flow(FIELD, GROUND, [5]);
  end.forEach((value, i) => {
    expect(often[100][i]).toBeCloseTo(value, 8);
  });
});

describe('without collective decay the equations are linear', () => {
  const single = { gamma: 0.4, Gamma: 0, omegaCritical: 0 };

  test('free decay', () => {
    for (const [i, [, , sz]] of flow(ofEquation1(single, 0), [0, 0, 1], [1, 2, 5]).entries()) {
      expect(sz).toBeCloseTo(-1 + 2 * Math.exp(-0.4 * [1, 2, 5][i]), 9);
    }
  });

  test('damped Rabi oscillation from the ground state (Torrey)', () => {
    const [omega, t] = [1.3, 2.7];
    const mean = (3 * single.gamma) / 4;
    const frequency = Math.sqrt(4 * omega ** 2 - (single.gamma / 4) ** 2);
    const limit = -(single.gamma ** 2) / (single.gamma ** 2 + 8 * omega ** 2);
    const swing = Math.cos(frequency * t) + (mean / frequency) * Math.sin(frequency * t);
    const [[, , sz]] = flow(ofEquation1(single, omega), GROUND, [t]);
    expect(sz).toBeCloseTo(limit - (1 + limit) * Math.exp(-mean * t) * swing, 9);
  });
});

describe('what is drawn costs as much at any drive and any Gamma', () => {
  const decades = [1e-300, 1e-3, 1, 10, 1e3, 1e10, 1e100];

  test.each(decades)('Gamma/gamma = %d', (Gamma) => {
    for (const drive of [0, ...decades]) {
      const [rates, omega] = [{ gamma: 1, Gamma, omegaCritical: Gamma / 4 }, (drive * Gamma) / 4];
      const field = ofEquation1(rates, omega);
      const times = flowTimes(field, 10, 201);
      expect(times.length).toBeGreaterThanOrEqual(201);
      expect(times.length).toBeLessThanOrEqual(1602);
      expect(Math.max(...times)).toBeLessThanOrEqual(10);
      let slopes = 0;
      const derivative = (spin: readonly number[]) => {
        slopes++;
        return meanFieldDerivative(field, spin);
      };
      let most = 0;
      let before = 0;
      for (const spin of integrate(derivative, [0, 0.9, 0], times, 1e-10)) {
        expect(spin.every(Number.isFinite)).toBe(true);
        most = Math.max(most, slopes - before);
        before = slopes;
      }
      expect(slopes).toBeLessThan(7 * 100_000);
      expect(most).toBeLessThan(7 * 2000);
    }
  });

  test('whatever else acts', () => {
    const next = random(36);
    const rate = () => (next() < 0.3 ? 0 : 10 ** (12 * next() - 6));
    for (let n = 0; n < 40; n++) {
      const system = {
        atoms: 20,
        gamma1d: 1,
        gammaf: rate(),
        omega: rate(),
        pumping: rate(),
        dephasing: rate(),
      };
      const more = { detuning: rate(), collectiveShift: -rate(), collectivePumping: rate() };
      const field = meanFieldOf(systemParameters({ ...system, ...more }));
      const times = flowTimes(field, 10, 201);
      expect(times.length).toBeLessThanOrEqual(1602);
      let slopes = 0;
      const derivative = (spin: readonly number[]) => {
        slopes++;
        return meanFieldDerivative(field, spin);
      };
      const spins = [...integrate(derivative, [0, 0.9, 0], times, 1e-10)];
      expect(spins.flat().every(Number.isFinite)).toBe(true);
      expect(slopes).toBeLessThan(7 * 100_000);
    }
  });

  test('a turn is drawn as it is: by eight points at least', () => {
    for (const omega of [3, 30, 300, 3e10]) {
      const times = flowTimes(ofEquation1(RATES, omega), 10, 201);
      expect((times[1] * omega) / Math.PI).toBeLessThanOrEqual(1 / 8 + 1e-9);
    }
  });
});

describe('the total spin (S20)', () => {
  test('changes as (S18) has it, for any spin, drive and Gamma', () => {
    for (let n = 0; n < 200; n++) {
      const [x, y, z, u] = philox([n, 0, 0, 0], [9, 0]).map(uniform01);
      const spin: MeanSpin = [2 * x - 1, 2 * y - 1, 2 * z - 1];
      const rates = { gamma: 1 + u, Gamma: 30 * x, omegaCritical: 7.5 * x };
      const derivative = meanFieldDerivative(ofEquation1(rates, 20 * y), spin);
      const expected = (18 ** 2 / 2) * spin.reduce((sum, s, i) => sum + s * derivative[i], 0);
      expect(Math.abs(totalSpinDerivative(rates, 18, spin) - expected)).toBeLessThan(1e-10 * 18 ** 2);
    }
  });

  test('is kept without gamma, and by atoms that are all down or all alike undecided', () => {
    expect(totalSpinDerivative({ gamma: 0 }, 18, [0.3, -0.4, 0.5])).toBeCloseTo(0, 15);
    expect(totalSpinDerivative({ gamma: 2 }, 18, GROUND)).toBeCloseTo(0, 15);
    expect(totalSpinDerivative({ gamma: 2 }, 18, [0, 0, 0])).toBeCloseTo(0, 15);
    expect(totalSpinDerivative({ gamma: 2 }, 18, [0, 0, 1])).toBe(-2 * 18 ** 2);
  });
});
