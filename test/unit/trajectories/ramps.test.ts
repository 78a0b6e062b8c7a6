/** Trajectories under a ramp: their means are the master equation's, whatever the ensemble is cut into. */
import { describe, expect, test } from 'vitest';
import type { TimeEvolutionResult } from '../../../src/experiments/spectrum/time-evolution';
import type { TrajectoriesResult } from '../../../src/experiments/trajectories/trajectories-result';
import { driftTable } from '../../../src/operators/drift';
import { rampOf } from '../../../src/parameters/ramp';
import { systemParameters } from '../../../src/parameters/system';
import { driveStretches } from '../../../src/trajectories/drive-stretches';
import { runWithoutGpu } from '../run-without-gpu';

const byPhotodetection = async (system: object, options: object) =>
  (await runWithoutGpu('trajectories', system, { unraveling: 'photodetection', ...options }))
    .result as TrajectoriesResult;

describe.each([
  [{ atoms: 8 }, { ramp: '0:0.5,2:1.2,4:0.5', samples: 16, count: 1024 }],
  [{ atoms: 18 }, { ramp: '0:0.4,0.5:0.4,0.5:1.1,1:1.1,2:0.4', samples: 10, count: 512 }],
  [
    { atoms: 6, detuning: 1.5, pumping: 0.3 },
    { ramp: '0.3:0.2,2.1:1.5,2.9:0.2', samples: 11, count: 512 },
  ],
])('%j %j', (system, options) => {
  test('the means are those of the master equation', async () => {
    const result = await byPhotodetection(system, options);
    const { ramp, samples } = options;
    const truth = (await runWithoutGpu('time-evolution', system, { ramp, samples }))
      .result as TimeEvolutionResult;
    const { t, drive, Sz, Sy, crssFidelity } = result.series!;
    expect(t).toEqual(truth.series.t);
    expect(drive).toEqual(truth.series.drive);
    expect(crssFidelity).toBeNull();
    expect([result.steady, result.Pm, result.exact, result.predicted]).toEqual([null, null, null, null]);
    for (const [measured, exact] of [
      [Sz, truth.series.Sz],
      [Sy, truth.series.Sy],
    ] as const) {
      exact.forEach((value, k) => {
        expect(Math.abs(measured.mean[k] - value), `t = ${t[k]}`).toBeLessThan(4 * measured.error[k] + 1e-6);
      });
    }
    // Ten samples or so of a loop are not all of it: what straight lines between them leave out is the same in the truth's.
    const { area, up, down } = result.hysteresis!;
    const under = ({ drive, Sz }: typeof up) =>
      drive.slice(1).reduce((sum, x, i) => sum + ((x - drive[i]) * (Sz.mean[i] + Sz.mean[i + 1])) / 2, 0);
    expect(area!.value).toBeGreaterThan(0);
    if (system.atoms === 8) {
      expect(area!.value).toBeCloseTo(-under(up) - under(down), 5);
      const polygon = truth.hysteresis!;
      const straight = -under(polygon.up) - under(polygon.down);
      expect(Math.abs(area!.value - straight)).toBeLessThan(4 * area!.error);
      expect(area!.error).toBeLessThan(0.1 * straight);
    }
  });
});

describe('an ensemble under a ramp', () => {
  const system = { atoms: 18, gamma1d: 10, gammaf: 1 };
  const options = { ramp: '0:0.5,1:1.2,2:0.5', samples: 20 };

  test('is the same resumed, merged and in one go, and its ramp tells it from others', async () => {
    const whole = await byPhotodetection(system, { ...options, count: 512 });
    const half = await runWithoutGpu('trajectories', system, {
      ...{ ...options, unraveling: 'photodetection', count: 256 },
    });
    const other = await runWithoutGpu('trajectories', system, {
      ...{ ...options, unraveling: 'photodetection', count: 256, first: 256 },
    });
    const named = (document: object, name: string) => ({ document, name });
    const resumed = await runWithoutGpu('trajectories', {}, { resume: named(half, 'a.json'), count: 512 });
    expect(resumed.result).toEqual(whole);
    expect(JSON.parse(JSON.stringify(resumed.result)).ramp).toBe(options.ramp);
    const merged = await runWithoutGpu(
      'trajectories',
      {},
      {
        merge: [named(other, 'b.json'), named(half, 'a.json')],
      },
    );
    expect(merged.result).toEqual({ ...whole, stoppedBy: 'merge' });
    const refused = (raw: object, because: string) =>
      expect(runWithoutGpu('trajectories', {}, raw)).rejects.toThrow(because);
    await refused(
      { resume: named(half, 'a.json'), count: 512, ramp: '0:0.5,1:1.3,2:0.5' },
      '--ramp must be 0:0.5,1:1.2,2:0.5, as in a.json',
    );
    const { result: plain, ...rest } = await runWithoutGpu(
      'trajectories',
      { ...system, drive: 0.5 },
      {
        ...{ unraveling: 'photodetection', count: 256, time: 2, samples: 20, burnIn: 1.2 },
      },
    );
    const constant = named({ ...rest, result: plain }, 'c.json');
    await refused(
      { resume: constant, count: 512, ramp: options.ramp },
      '--ramp must be left out, as in c.json',
    );
    await refused({ merge: [constant, named(half, 'a.json')] }, 'files with the same ramp');
  });

  test('that crosses says at which drives, and when', async () => {
    const { rampCrossings, count } = await byPhotodetection(system, { ...options, count: 512 });
    const { at, up, down } = rampCrossings!;
    expect(at).toBeCloseTo(-0.334, 3);
    for (const [way, from] of [
      [up!, 0],
      [down!, 1],
    ] as const) {
      const crossed = way.histogram.trajectories.reduce((sum, n) => sum + n, 0);
      expect(crossed).toBeCloseTo(way.share.value * count, 6);
      // By the ramp a time is a drive.
      const drive = from === 0 ? 0.5 + 0.7 * way.t!.value : 1.2 - 0.7 * (way.t!.value - 1);
      expect(way.drive!.value).toBeCloseTo(drive, 6);
      expect(way.drive!.error).toBeCloseTo(0.7 * way.t!.error, 6);
      const middle = way.histogram.drive.map((end) => end - 0.7 / 80);
      const mean = way.histogram.trajectories.reduce((sum, n, i) => sum + (n * middle[i]) / crossed, 0);
      expect(Math.abs(way.drive!.value - mean)).toBeLessThan(0.7 / 40);
    }
    expect(up!.share.value).toBeGreaterThan(0.9);
    // Up it crosses at a higher drive than down.
    expect(up!.drive!.value).toBeGreaterThan(down!.drive!.value);
  });

  test('whose ramp stays walks as without one, to float32', async () => {
    const asked = { time: 1, samples: 10, count: 256 };
    const [plain, flat] = await Promise.all([
      byPhotodetection({ ...system, drive: 0.7 }, asked),
      byPhotodetection(system, { ...asked, ramp: '0.2:0.7,0.5:0.7' }),
    ]);
    plain.series!.Sz.mean.forEach((value, k) => {
      expect(Math.abs(value - flat.series!.Sz.mean[k])).toBeLessThan(1e-4);
    });
    expect(flat).not.toHaveProperty('hysteresis');
    expect(plain.series).not.toHaveProperty('drive');
  });
});

test('a step under a ramp is as short as its error asks, and a steeper ramp has shorter steps', () => {
  const system = systemParameters({ atoms: 18, drive: 0.5 });
  const [block] = driftTable({ ...system, omega: 1.2 * 42.5 });
  const longest = (T: number) => driveStretches(system, rampOf(`0:0.5,${T}:1.2`), 1.1e-7)[0].longest;
  expect(longest(1e9)).toBe(2 * block.longest);
  expect(longest(1)).toBeLessThan(longest(10));
  // By the fifth root of the slope, where that is what counts.
  expect(longest(1) / longest(10)).toBeCloseTo(10 ** -0.2, 1);
});
