/** What photodetection counts, against the exact statistics of the light from the Liouvillian; and the steady state of the longest of these walks. */
import { expect, test } from 'vitest';
import { radiation } from '../../../src/experiments/radiation/radiation';
import { trajectories } from '../../../src/experiments/trajectories/trajectories';
import { systemParameters } from '../../../src/parameters/system';
import type { Measured } from '../../../src/statistics/estimate';
import { expectSteady } from '../../expect-steady';
import { figure4 } from '../../steady-points';
import { runExperiment } from '../liouvillian/run-experiment';

const longest = { atoms: 18, count: 512, time: 115, burnIn: figure4.burnIn, efficiency: 1 };
const points = [
  { atoms: 8, count: 1024, time: 44, burnIn: 4, efficiency: 1 },
  { atoms: 8, count: 1024, time: 44, burnIn: 4, efficiency: 0.3 },
  longest,
];
type Point = (typeof points)[number];

const systemOf = ({ atoms }: Point) => systemParameters({ atoms, gamma1d: 10, gammaf: 1, drive: 0.73 });

const walks = new Map<Point, ReturnType<typeof walk>>();
/** Each point is walked once. */
function walkOf(point: Point): ReturnType<typeof walk> {
  const walked = walks.get(point) ?? walk(point);
  walks.set(point, walked);
  return walked;
}

async function walk(point: Point) {
  const { count, time, burnIn, efficiency } = point;
  const { result } = await runExperiment(trajectories, systemOf(point), {
    unraveling: 'photodetection',
    efficiency,
    count,
    time,
    burnIn,
    samples: 5 * time,
    g2Time: 4,
    g2Bins: 20,
    seed: 5,
  });
  return result;
}

test.each(points)(
  'rate, Fano factors and g2 of figure 4’s rates, N = $atoms, efficiency $efficiency',
  async (point) => {
    const { efficiency } = point;
    const walked = await walkOf(point);
    const { fanoByWindow, g2 } = walked.photons!;
    const windows = fanoByWindow.map(({ window }) => window);
    // The first is tau = 0 itself, the others are bins.
    const bins = g2!.tau.slice(1);
    const width = bins[1] - bins[0];
    // A bin's mean, by Simpson's rule.
    const delays = Array.from({ length: 2 * bins.length + 1 }, (_, i) => (i * width) / 2);
    const { result: exact } = await runExperiment(radiation, systemOf(point), {
      taus: [...windows, ...delays].join(),
      countingFields: '0',
      efficiency,
    });
    const near = (value: number, truth: number, error: number, most: number, what: string) => {
      expect(Math.abs(value - truth), what).toBeLessThan(4 * error);
      expect(error, what).toBeLessThan(most * Math.abs(truth));
    };
    const { rate, windows: long } = exact.counting;
    const { collectivePerTime } = walked.jumps!;
    // All that is emitted, detected or not.
    near(collectivePerTime.value, rate / efficiency, collectivePerTime.error, 0.01, 'rate');
    for (const { window, collective } of fanoByWindow)
      near(
        collective!.value,
        long.fano[long.time.indexOf(window)],
        collective!.error,
        0.08,
        `window ${window}`,
      );
    const at = (i: number) => exact.g2.value[exact.g2.tau.indexOf(delays[i])];
    near(g2!.mean[0], at(0), g2!.error[0], 0.02, 'g2(0)');
    bins.forEach((tau, i) => {
      const mean = (at(2 * i) + 4 * at(2 * i + 1) + at(2 * i + 2)) / 6;
      near(g2!.mean[i + 1], mean, g2!.error[i + 1], 0.02, `g2(${tau})`);
    });
  },
);

test('the steady state of the master equation at figure 4, N = 18, to 0.03', async () => {
  const { steady, Pm, Pj, jumps } = await walkOf(longest);
  const moments = Object.fromEntries(
    Object.entries(steady!).filter((entry): entry is [string, Measured] => entry[1] !== null),
  );
  const found = {
    moments,
    Pm: [...Pm!],
    Pj: [...Pj!],
    jumps: [jumps!.collectivePerTime, jumps!.individualPerTime],
  };
  expectSteady({ ...figure4, ...longest, unraveling: 'photodetection' }, found, 0.03);
});
