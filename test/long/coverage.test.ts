/**
 * Every quantity's 95 percent intervals against the truth, by 200 ensembles of 256. Photodetection at figure 4 takes the CPU engine
 * minutes, and a software adapter an hour.
 */
import { test } from 'vitest';
import { nodeThreads } from '../../src/command-line/threads';
import { cpuEngine } from '../../src/trajectories/cpu-engine';
import { coveredBy } from '../covered';
import { early, plenty, sparse, tails, weak } from '../gpu/coverage-points';
import { expectCoverage } from '../gpu/expect-coverage';
import { requestOf } from '../gpu/kernels/ensemble';

const ensembles = 200;
const g2 = { time: 1, bins: 4 };

test.each([weak, sparse, early, plenty, tails])('by the dark port: $name', async (point) => {
  await expectCoverage({ ...point, unraveling: 'dark-port' }, ensembles);
});

test.each([weak, sparse, early, plenty])('by photodetection: $name', async (point) => {
  await expectCoverage({ ...point, unraveling: 'photodetection', g2 }, ensembles);
});

test(`by photodetection on the CPU engine: ${tails.name}`, async () => {
  const point = { ...tails, unraveling: 'photodetection', g2 } as const;
  const never = new AbortController().signal;
  await expectCoverage(point, ensembles, null, (request, truths) =>
    coveredBy(
      cpuEngine(nodeThreads()).walk(requestOf(request), never, () => {}),
      request,
      truths,
    ),
  );
});
