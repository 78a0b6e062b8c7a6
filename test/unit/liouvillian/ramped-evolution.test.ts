import { describe, expect, test } from 'vitest';
import { steadyState } from '../../../src/experiments/spectrum/steady-state';
import { timeEvolution } from '../../../src/experiments/spectrum/time-evolution';
import { Evolution, startState } from '../../../src/liouvillian/evolution';
import { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { RampedEvolution } from '../../../src/liouvillian/ramped-evolution';
import { staticLoopArea } from '../../../src/mean-field/static-loop';
import { momentsOfRho } from '../../../src/operators/moments';
import { Pyramid } from '../../../src/operators/pyramid';
import { type Ramp, rampOf, stretchesOf } from '../../../src/parameters/ramp';
import { meanFieldRates, type SystemParameters, systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';
import { forEachCoefficient } from '../../../src/twin/liouvillian';
import { runExperiment } from './run-experiment';

const pause = async () => {};
const atDrive = (system: SystemParameters, x: number): SystemParameters => ({
  ...system,
  omega: x * meanFieldRates(system).omegaCritical,
  driveOverCritical: x,
});

/** rho at the end of a ramp from the ground state, by Runge-Kutta of fourth order in tiny steps. */
function byRungeKutta(system: SystemParameters, ramp: Ramp, time: number, perTime: number): Float64Array {
  const pyramid = new Pyramid(system.atoms);
  const n = pyramid.unknowns;
  /** what is to be added to dense elements row n + column */
  const elements = (x: number) => {
    const L = new Float64Array(n * n);
    forEachCoefficient(atDrive(system, x), pyramid, (row, column, value) => {
      L[row * n + column] += value;
    });
    return L;
  };
  const undriven = elements(0);
  const drive = elements(1).map((value, i) => value - undriven[i]);
  const places = [...undriven.keys()].filter((i) => undriven[i] !== 0 || drive[i] !== 0);
  /** L rho at a drive */
  const image = (x: number, rho: Float64Array) => {
    const result = new Float64Array(n);
    for (const i of places) result[Math.floor(i / n)] += (undriven[i] + x * drive[i]) * rho[i % n];
    return result;
  };
  const plus = (rho: Float64Array, factor: number, k: Float64Array) =>
    rho.map((value, i) => value + factor * k[i]);
  let rho = new Float64Array(n);
  rho[pyramid.index(0, 0, 0)] = 1;
  for (const { from, to, start, end } of stretchesOf(ramp, 0, time)) {
    const steps = Math.ceil((to - from) * perTime);
    const h = (to - from) / steps;
    for (let step = 0; step < steps; step++) {
      const [a, b, c] = [0, 0.5, 1].map((part) => start + ((step + part) / steps) * (end - start));
      const k1 = image(a, rho);
      const k2 = image(b, plus(rho, h / 2, k1));
      const k3 = image(b, plus(rho, h / 2, k2));
      const k4 = image(c, plus(rho, h, k3));
      rho = rho.map((value, i) => value + (h / 6) * (k1[i] + 2 * (k2[i] + k3[i]) + k4[i]));
    }
  }
  return rho;
}

/** Commutator-free Magnus steps of fourth order: two exponentials a step, of the generators a sixth of it from its ends. */
async function byMagnus(
  system: SystemParameters,
  ramp: Ramp,
  rho: Float64Array,
  time: number,
  perTime: number,
) {
  for (const { from, to, start, end } of stretchesOf(ramp, 0, time)) {
    const steps = Math.ceil((to - from) * perTime);
    for (let step = 0; step < steps; step++) {
      for (const part of [1 / 6, 5 / 6]) {
        const x = start + ((step + part) / steps) * (end - start);
        const evolution = Evolution.of(new Liouvillian(atDrive(system, x)));
        await evolution.advance(rho, (to - from) / steps / 2, pause);
      }
    }
  }
}

async function ramped(system: SystemParameters, ramp: Ramp, time: number) {
  const liouvillian = new Liouvillian(system);
  const rho = startState(liouvillian, 'ground');
  const evolution = new RampedEvolution(liouvillian);
  let error = 0;
  for (const stretch of stretchesOf(ramp, 0, time)) error += await evolution.advance(rho, stretch, pause);
  return { rho, error };
}

const apart = (a: Float64Array, b: Float64Array) => Math.max(...a.map((x, i) => Math.abs(x - b[i])));

describe('evolution under a ramp', () => {
  test.each<[SystemInput, string]>([
    [{ atoms: 4, gamma1d: 3, gammaf: 1 }, '0:0.2,1:1.5,2:0.2'],
    [{ atoms: 5, gamma1d: 2, gammaf: 0.7, pumping: 0.3 }, '0.2:0,0.9:2,0.9:0.5,1.2:0.7,1.2:0,1.6:3'],
    [{ atoms: 6, gamma1d: 4, gammaf: 1, dephasing: 0.5 }, '0:1,0.01:4,1:4'],
  ])('%j through %s is what Runge-Kutta finds', async (input, text) => {
    const system = systemParameters({ ...input, drive: 0 });
    const ramp = rampOf(text);
    const { rho, error } = await ramped(system, ramp, 2);
    const [rough, fine] = [400, 800].map((perTime) => byRungeKutta(system, ramp, 2, perTime));
    // What Runge-Kutta itself leaves falls by 16 from one to the other.
    const left = apart(rough, fine) / 15;
    expect(left).toBeLessThan(1e-7);
    expect(apart(rho, fine)).toBeLessThan(2 * left + error + 1e-12);
    expect(error).toBeLessThan(1e-11);
  });

  test.each<SystemInput>([
    { atoms: 8, gamma1d: 10, gammaf: 1 },
    { atoms: 5, gamma1d: 4, gammaf: 1, detuning: 1.5, collectiveShift: 0.4 },
  ])('%j: Magnus steps go to it with their fourth order', async (input) => {
    const system = systemParameters({ ...input, drive: 0 });
    const ramp = rampOf('0:0.3,0.5:2,1:0.3');
    const { rho } = await ramped(system, ramp, 1);
    const [few, many] = await Promise.all(
      [32, 64].map(async (perTime) => {
        const other = startState(new Liouvillian(system), 'ground');
        await byMagnus(system, ramp, other, 1, perTime);
        return apart(rho, other);
      }),
    );
    expect(many).toBeLessThan(1e-5);
    expect(few / many).toBeGreaterThan(12);
    expect(few / many).toBeLessThan(20);
  });

  test('a drive that stays changes nothing: the same as without a ramp, to the bounds', async () => {
    const system = systemParameters({ atoms: 10, drive: 0.73 });
    const [{ result: plain }, { result: flat }] = await Promise.all(
      [{}, { ramp: '0:0.73,3:0.73' }].map((ramp) =>
        runExperiment(timeEvolution, system, { time: 5, samples: 10, ...ramp }),
      ),
    );
    plain.series.Sz.forEach((Sz, k) => {
      expect(Math.abs(Sz - flat.series.Sz[k])).toBeLessThanOrEqual(
        plain.series.errors.Sz[k] + flat.series.errors.Sz[k],
      );
      expect(flat.series.errors.Sz[k]).toBeLessThan(1e-9);
    });
    expect(flat.hysteresis).toBeUndefined();
    expect(plain).not.toHaveProperty('ramp');
    expect(plain.series).not.toHaveProperty('drive');
  });

  test('a jump is a quench: what evolution at the new drive makes of the old steady state', async () => {
    const system = systemParameters({ atoms: 8, drive: 0.5 });
    const { result } = await runExperiment(timeEvolution, system, {
      ...{ ramp: '0:0.5,40:0.5,40:1.1', time: 45, samples: 90 },
    });
    const old = new Liouvillian(system);
    const rho = startState(old, 'ground');
    await Evolution.of(old).advance(rho, 40, pause);
    const { result: steady } = await runExperiment(steadyState, system);
    expect(momentsOfRho(old.pyramid, rho).Sz).toBeCloseTo(steady.moments.Sz, 6);
    const quenched = Evolution.of(new Liouvillian(atDrive(system, 1.1)));
    for (let k = 80; k <= 90; k++) {
      if (k > 80) await quenched.advance(rho, 0.5, pause);
      const off = Math.abs(result.series.Sz[k] - momentsOfRho(old.pyramid, rho).Sz);
      expect(off).toBeLessThan(result.series.errors.Sz[k] + 1e-10);
      expect(result.series.drive![k]).toBe(1.1);
    }
  });

  test('a slow ramp meets the steady states along it, and a slower one meets them better: its loop closes', async () => {
    const system = systemParameters({ atoms: 4, gamma1d: 4, drive: 0.5 });
    const areas: number[] = [];
    const missed: number[] = [];
    for (const T of [25, 100]) {
      const { result } = await runExperiment(timeEvolution, system, {
        ...{ ramp: `0:0.5,10:0.5,${10 + T}:1,${10 + 2 * T}:0.5`, samples: (10 + 2 * T) / 1.25 },
      });
      const { t, Sz, drive } = result.series;
      const at = [0.25, 0.5, 0.75].map((share) => t.indexOf(10 + share * T));
      const off = await Promise.all(
        at.map(async (k) => {
          const { result: steady } = await runExperiment(steadyState, atDrive(system, drive![k]));
          return Math.abs(Sz[k] - steady.moments.Sz);
        }),
      );
      missed.push(Math.max(...off));
      areas.push(result.hysteresis!.area!.value);
      expect(result.hysteresis!.area!.error).toBeLessThan(1e-7);
    }
    // By first order in the ramp's speed.
    expect(missed[1]).toBeLessThan(0.02);
    expect(missed[0] / missed[1]).toBeCloseTo(4, 0);
    expect(areas[0] / areas[1]).toBeCloseTo(4, 0);
  });

  test("the area is the integral of what was sampled, and a sudden ramp's is that of its jumps", async () => {
    const system = systemParameters({ atoms: 8, drive: 0.5 });
    const { result } = await runExperiment(timeEvolution, system, {
      ...{ ramp: '0:0.5,10:1,20:0.5', samples: 2000 },
    });
    const { up, down, area } = result.hysteresis!;
    const under = ({ drive, Sz }: typeof up) =>
      drive.slice(1).reduce((sum, x, i) => sum + ((x - drive[i]) * (Sz.mean[i] + Sz.mean[i + 1])) / 2, 0);
    expect(area!.value).toBeCloseTo(-under(up) - under(down), 4);
    expect(area!.value).toBeGreaterThan(0.1);
    expect([up.drive[0], up.drive.at(-1), down.drive[0], down.drive.at(-1)]).toEqual([0.5, 1, 1, 0.5]);

    const { result: sudden } = await runExperiment(timeEvolution, system, {
      ...{ ramp: '0:0.5,10:0.5,10:1,20:1,20:0.5', time: 25, samples: 25 },
    });
    const { Sz } = sudden.series;
    expect(sudden.hysteresis!.area!.value).toBeCloseTo((Sz[20] - Sz[10]) / 2, 12);
    const { result: open } = await runExperiment(timeEvolution, system, { ramp: '0:0.5,10:1', samples: 2 });
    expect(open).not.toHaveProperty('hysteresis');
  });

  test('the mean field makes its loop between its folds, and none before the first or where there are none', () => {
    const system = systemParameters({ atoms: 18, ratio: 15.5, drive: 0.5 });
    const whole = staticLoopArea(system, 0.5, 1);
    expect(staticLoopArea(system, 0.5, 0.8)).toBe(0);
    expect(staticLoopArea(system, 0.81, 1)).toBe(0);
    expect(staticLoopArea(system, 0.75, 1)).toBeLessThan(whole);
    expect(staticLoopArea(systemParameters({ atoms: 4, drive: 0.5 }), 0.2, 2)).toBe(0);
    // int z dx along the curve of steady states, whose drive is known at every z, from fold to fold: the S is passed through, not jumped across.
    const { gamma, Gamma, omegaCritical } = meanFieldRates(system);
    const drive = (z: number) => Math.sqrt(((1 + z) * (gamma - z * Gamma) ** 2) / (-8 * z)) / omegaCritical;
    const steps = 200_000;
    const at = Array.from({ length: steps - 1 }, (_, i) => -1 + (i + 1) / steps);
    const drives = at.map(drive);
    const folds = at.filter((_, i) => (drives[i] - drives[i - 1]) * (drives[i + 1] - drives[i]) < 0);
    expect(folds).toHaveLength(2);
    const [up, low] = folds.map(drive);
    const onLower = (x: number) => bisect(drive, -1 + 1e-12, folds[0], x);
    const onUpper = (x: number) => bisect((z) => drive(z), folds[1], -1e-9, x);
    let sum = 0;
    for (let i = 0; i < 20_000; i++) {
      const x = low + ((i + 0.5) / 20_000) * (up - low);
      sum += ((onUpper(x) - onLower(x)) * (up - low)) / 20_000;
    }
    expect(whole).toBeCloseTo(sum, 5);
  });
});

function bisect(f: (z: number) => number, from: number, to: number, value: number): number {
  let [a, b] = [from, to];
  for (let i = 0; i < 60; i++) {
    const middle = (a + b) / 2;
    if (f(middle) < value) a = middle;
    else b = middle;
  }
  return a;
}
