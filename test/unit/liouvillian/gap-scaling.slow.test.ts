import { describe, expect, test } from 'vitest';
import { gapScaling } from '../../../src/experiments/spectrum/gap-scaling';
import { minimize } from '../../../src/experiments/spectrum/minimize';
import { systemParameters } from '../../../src/parameters/system';
import { fitLine } from '../../../src/statistics/line-fit';
import { around } from '../../documents';
import reference from '../../reference/gap-minimum-ratio15.5.json';
import { runExperiment } from './run-experiment';

const system = systemParameters({ ratio: 15.5, drive: 0.73 });
/** A file of an earlier run. */
const earlier = async (ratio: number, points: object[]) => ({
  name: 'x.json',
  document: await around('gap-scaling', {}, { ratio, tolerance: 1e-5, points, fits: null }),
});

describe('gap-scaling at Gamma/gamma = 15.5', () => {
  test('the gap’s minimum is the reference’s: value to 1e-4, drive inside its error, both laws fitted', async () => {
    const { result, partial } = await runExperiment(gapScaling, system);
    expect(result.ratio).toBeCloseTo(15.5, 12);
    expect(result.points.map(({ atoms }) => atoms)).toEqual(reference.map(({ N }) => N));
    result.points.forEach(({ driveOverCritical, driveError, lambda1 }, i) => {
      const expected = reference[i];
      expect(Math.abs(lambda1.value / expected.lambda1_over_gammaF - 1)).toBeLessThan(1e-4);
      expect(driveError).toBeLessThan(2e-3);
      expect(Math.abs(driveOverCritical - expected.Omega_over_critical_at_minimum)).toBeLessThan(driveError);
      expect(lambda1.error).toBeLessThan(1.01e-5 * lambda1.value);
    });
    expect(partial.map(({ points }) => points.length)).toEqual([1, 2, 3, 4, 5, 6]);
    const { powerLaw, exponential } = result.fits!;
    expect(exponential.rmsDeviation).toBeLessThan(powerLaw.rmsDeviation);
    expect(powerLaw.exponent.value).toBeGreaterThan(0.9);
  });

  test('finished points are taken over, not computed again', async () => {
    const points = [
      {
        atoms: 18,
        driveOverCritical: 0.7049,
        driveError: 1e-4,
        lambda1: { value: 0.12137, error: 1e-7 },
        searched: true,
        matvecs: 0,
      },
      {
        atoms: 24,
        driveOverCritical: 0.722,
        driveError: 1e-4,
        lambda1: { value: 0.09599, error: 1e-7 },
        searched: true,
        matvecs: 0,
      },
    ];
    const { result } = await runExperiment(gapScaling, system, {
      atoms: '24,18',
      resume: await earlier(15.5, points),
    });
    expect(result.points).toEqual(points);
  });

  test('of a file of a looser tolerance only points that are known well enough are taken over, and all warn as they did', async () => {
    const of = (atoms: number, value: number, error: number, searched: boolean) => ({
      ...{
        atoms,
        driveOverCritical: 0.71,
        driveError: 1e-4,
        lambda1: { value, error },
        searched,
        matvecs: 0,
      },
    });
    const points = [of(12, 0.2, 1e-7, false), of(18, 0.121, 1e-3, true)];
    const same = await runExperiment(gapScaling, systemParameters({ ratio: 10.5, drive: 0.73 }), {
      atoms: '12,18',
      resume: await earlier(10.5, points),
    });
    expect(same.result.points).toEqual(points);
    expect(same.warnings).toEqual([
      'N = 12: lambda1 is not certified; a pair that decays more slowly may have been overlooked.',
      'N = 18: lambda1 is not certified to 0.00001; its bound is 0.0083 of it.',
    ]);
    const tighter = { atoms: '18,24', tolerance: 1e-6, resume: await earlier(15.5, points) };
    const { finished } = gapScaling.options(tighter, system, gapScaling.earlier(tighter));
    expect(finished).toEqual([points[0]]);
  });

  test('points of another ratio are refused', async () => {
    const raw = { resume: await earlier(20, []) };
    expect(() => gapScaling.options(raw, system, gapScaling.earlier(raw))).toThrow(
      '--resume must be a gap-scaling at the same ratio',
    );
  });

  test('no bistability, no minimum: refused', async () => {
    const weak = systemParameters({ ratio: 5, drive: 0.7 });
    await expect(runExperiment(gapScaling, weak)).rejects.toThrow(/above 8/);
  });

  test('a ratio beyond 17 is for larger sizes only', () => {
    const ratio = { ratio: 20, drive: 0.7 };
    expect(() => gapScaling.parameters!(ratio, {})).toThrow(/ratio.*17/);
    const larger = gapScaling.parameters!(ratio, { atoms: '24,30' });
    expect(gapScaling.options({ atoms: '24,30' }, larger).sizes).toEqual([24, 30]);
    const steep = systemParameters({ atoms: 18, gamma1d: 10, gammaf: 1 });
    expect(() => gapScaling.options({ atoms: '12,18' }, steep)).toThrow(/atoms.*15\.45/);
  });

  test.each(['', '18,,24', '18,x', '5', '18.5'])('sizes %j are refused', (atoms) => {
    expect(() => gapScaling.options({ atoms }, systemParameters())).toThrow(/atoms/);
  });
});

test('minimize finds a minimum from either side, and from within', async () => {
  for (const start of [-3, 0.2, 4]) {
    let values = 0;
    const found = await minimize(
      async (x) => {
        values++;
        return Math.cosh(x - 0.3) + 0.1 * (x - 0.3) ** 3;
      },
      start,
      0.3,
      1e-3,
    );
    expect(found).toBeCloseTo(0.3, 2);
    expect(values).toBeLessThan(20);
  }
});

test('a line through exact points is that line, with the errors of theory', () => {
  const fit = fitLine([1, 2, 3], [5, 7, 9], [0.1, 0.1, 0.1])!;
  expect(fit.slope.value).toBeCloseTo(2, 12);
  expect(fit.intercept.value).toBeCloseTo(3, 12);
  expect(fit.slope.error).toBeCloseTo(0.1 / Math.sqrt(2), 12);
  expect(fit.chiSquared).toBeCloseTo(0, 12);
  expect(fitLine([2, 2], [1, 2], [1, 1])).toBeNull();
});
