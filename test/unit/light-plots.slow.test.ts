/** The light's plots: what trajectories counted stands beside the exact light, with its errors. */
import { expect, test } from 'vitest';
import { countedOf, countHistogram } from '../../components/panels/light/counted';
import { fanoPlot, g2Plot } from '../../components/panels/light/light-plots';
import type { ResultDocument } from '../../src/experiments/experiment';
import { radiation } from '../../src/experiments/radiation/radiation';
import type { DocumentOf } from '../../src/experiments/registry';
import { trajectories } from '../../src/experiments/trajectories/trajectories';
import { systemParameters } from '../../src/parameters/system';
import { runExperiment } from './liouvillian/run-experiment';

const system = systemParameters({ atoms: 8, gamma1d: 10, gammaf: 1, drive: 0.73 });
const documentOf = <Result>(result: Result) =>
  ({ parameters: system, result }) as unknown as ResultDocument<Result>;

test('counts, Fano factors and g2 of trajectories stand beside the exact light of their own system alone', async () => {
  const { result } = await runExperiment(trajectories, system, {
    unraveling: 'photodetection',
    count: 256,
    time: 24,
    burnIn: 4,
    samples: 96,
    records: 32,
    g2Time: 2,
    g2Bins: 4,
  });
  const light = documentOf((await runExperiment(radiation, system, { countingFields: '0' })).result);
  const walked = documentOf(result) as unknown as DocumentOf<'trajectories'>;
  const exact = light as unknown as DocumentOf<'radiation'>;
  const counted = countedOf(walked, exact);
  expect(counted).toBe(walked);
  const { curves, marks, x } = countHistogram(system, walked, exact);
  const [bars, errors] = curves;
  const shares = Array.from(bars.y, (share) => share ?? 0);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  // The mean count of a window is the rate times its length.
  const length = Number(/time ([\d.]+)/.exec(x.label)![1]);
  const mean = shares.reduce((sum, share, i) => sum + share * bars.x[i], 0);
  const spread = Math.sqrt((exact.result.counting.fano * mean) / (32 * (20 / length)));
  expect(Math.abs(mean / length - exact.result.counting.rate)).toBeLessThan(
    (4 * spread) / length + 0.5 / length,
  );
  expect(Math.max(...Array.from(errors.error!))).toBeGreaterThan(0);
  expect(marks!.map(({ ink }) => ink)).toEqual(['lower', 'upper']);
  const measured = (plot: typeof g2Plot | typeof fanoPlot) =>
    plot(system, exact, counted).curves.filter(({ draw }) => draw === 'points');
  expect(measured(g2Plot)[0].x).toHaveLength(4);
  expect(measured(fanoPlot)[0].x).toHaveLength(result.photons!.fanoByWindow.length);
  const other = { ...walked, parameters: systemParameters({ atoms: 8, gamma1d: 10, gammaf: 1, drive: 0.8 }) };
  expect(countedOf(other, exact)).toBeUndefined();
  expect(countedOf(walked, { ...exact, result: { ...exact.result, port: 'mirror' } })).toBeUndefined();
});
