import { expect, test } from 'vitest';
import { checkView, ensembleOptions, viewFromQuery } from '../../components/parameters/view';
import { trajectoryOptions } from '../../src/experiments/trajectories/trajectory-options';
import { hysteresisPlot } from '../../src/figures/trajectories-plots';
import { systemParameters } from '../../src/parameters/system';

test('a loop is drawn way by way over the mean field, each in the order of the drive', () => {
  const way = (t: number[], drive: number[], mean: number[]) => ({
    ...{ t, drive },
    Sz: { mean, error: mean.map(() => 0.1) },
  });
  const { curves } = hysteresisPlot(systemParameters({ drive: 0.5 }), {
    area: null,
    up: way([0, 1, 2], [0.5, 0.75, 1], [-8, -7, -2]),
    down: way([2, 3, 4], [1, 0.75, 0.5], [-2, -3, -6]),
    meanField: null,
  });
  for (const { x } of curves) {
    const drives = Array.from(x);
    expect(drives).toEqual(drives.toSorted((a, b) => a - b));
  }
  expect(curves.slice(0, 2).map(({ label, x, y }) => [label, Array.from(x), Array.from(y)])).toEqual([
    ['drive up', [0.5, 0.75, 1], [-8, -7, -2]],
    ['drive down', [0.5, 0.75, 1], [-6, -3, -2]],
  ]);
  expect(curves.slice(2).map(({ label }) => label)).toEqual([
    'mean field, lower branch',
    'mean field, unstable',
    'mean field, upper branch',
  ]);
});

test("a ramp is asked for on the page, and begins at the form's drive", () => {
  const asked = 'unraveling=photodetection&ramp=0:0.5,50:1,100:0.5';
  const view = viewFromQuery(`drive=0.5&${asked}`);
  expect(checkView(view).problems.size).toBe(0);
  const system = systemParameters({ drive: 0.5 });
  expect(trajectoryOptions(ensembleOptions(view), system).ramp).toBe('0:0.5,50:1,100:0.5');
  expect([...checkView(viewFromQuery(`drive=0.6&${asked}`)).problems]).toEqual([
    ['ramp', 'Must be one that begins at Ω/Ω_c 0.6, or given without it.'],
  ]);
  expect([...checkView(viewFromQuery('drive=0.5&ramp=0:0.5,50:1')).problems.keys()]).toEqual(['ramp']);
});
