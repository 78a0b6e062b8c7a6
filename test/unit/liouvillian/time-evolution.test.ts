import { describe, expect, test } from 'vitest';
import { gap } from '../../../src/experiments/spectrum/gap';
import { steadyState } from '../../../src/experiments/spectrum/steady-state';
import { timeEvolution } from '../../../src/experiments/spectrum/time-evolution';
import { systemParameters } from '../../../src/parameters/system';
import { runExperiment } from './run-experiment';

describe('time evolution', () => {
  test('atoms by themselves: <S_z> falls exponentially', async () => {
    const system = systemParameters({ atoms: 6, gamma1d: 0, gammaf: 0.8, omega: 0 });
    const { result } = await runExperiment(timeEvolution, system, { time: 4, samples: 8, start: 'excited' });
    const { t, Sz, crssFidelity, errors } = result.series;
    expect(t).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]);
    t.forEach((time, k) => {
      expect(Math.abs(Sz[k] - 6 * (Math.exp(-0.8 * time) - 0.5))).toBeLessThanOrEqual(errors.Sz[k]);
      expect(errors.Sz[k]).toBeLessThan(1e-10);
    });
    expect(crssFidelity).toEqual(t.map(() => null));
    expect(result.traceError).toBeLessThan(1e-12);
  });

  test('one driven atom without decay to speak of: Rabi oscillation at 2 Omega', async () => {
    const system = systemParameters({ atoms: 1, gamma1d: 0, gammaf: 1e-9, omega: 1 });
    const { result } = await runExperiment(timeEvolution, system, { time: 3, samples: 3 });
    result.series.t.forEach((time, k) => {
      const { Sz, errors } = result.series;
      // The decay of 1e-9 moves it by as much.
      expect(Math.abs(Sz[k] + Math.cos(2 * time) / 2)).toBeLessThanOrEqual(errors.Sz[k] + 3e-9);
      expect(errors.Sz[k]).toBeLessThan(1e-12);
    });
  });

  test('figure S3: through the CRSS to the steady state, as slowly as the gap says', async () => {
    const system = systemParameters({ atoms: 18, ratio: 15.5, drive: 0.73 });
    const { result } = await runExperiment(timeEvolution, system, { time: 160, samples: 80 });
    const { result: end } = await runExperiment(steadyState, system);
    const { result: slow } = await runExperiment(gap, system);
    const { Sz, crssFidelity } = result.series;
    const [early, late] = [40, 80].map((k) => Sz[k] - end.moments.Sz);
    expect(Math.log(early / late) / 80 / slow.lambda1.value).toBeCloseTo(1, 2);
    expect(Math.max(...crssFidelity.map((f) => f!))).toBeGreaterThan(0.8);
  });

  test('in one step and in many: the same to the bounds, for every series', async () => {
    const system = systemParameters({ atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 });
    const [{ result: few }, { result: many }] = await Promise.all(
      [2, 200].map((samples) => runExperiment(timeEvolution, system, { time: 10, samples })),
    );
    for (const name of ['Sz', 'Sy', 'squeezing', 'crssFidelity', 'crssFidelityAllJ'] as const) {
      for (const k of [1, 2]) {
        const off = Math.abs(few.series[name][k]! - many.series[name][100 * k]!);
        const bound = few.series.errors[name][k]! + many.series.errors[name][100 * k]!;
        expect(off).toBeLessThan(bound);
        expect(bound).toBeLessThan(1e-6);
      }
    }
  });

  test('the CRSS starts at fidelity 1', async () => {
    const system = systemParameters({ atoms: 10, gamma1d: 10, gammaf: 1, drive: 0.5 });
    const { result } = await runExperiment(timeEvolution, system, { time: 0.01, samples: 1, start: 'crss' });
    expect(result.series.crssFidelity[0]).toBeCloseTo(1, 12);
  });

  test.each([{ start: 'cold' }, { time: 0 }, { samples: 1.5 }])('%j is refused', (raw) => {
    expect(() => timeEvolution.options(raw, systemParameters())).toThrow(Object.keys(raw)[0]);
  });
});
