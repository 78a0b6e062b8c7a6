/**
 * Every quantity's 95 percent intervals against the truth, by 200 ensembles of 256. Photodetection at figure 4 takes the CPU engine
 * minutes, and a software adapter an hour.
 */
import { test } from 'vitest';
import { early, plenty, sparse, tails, weak } from '../coverage-points';
import { type Counting, expectCoverage } from '../expect-coverage';
import { inPage } from '../gpu/in-page';
import { coverageOnCpu } from '../unit/trajectories/coverage-on-cpu';

const ensembles = 200;
const g2 = { time: 1, bins: 4 };

const onGpu: Counting = (request, truths) =>
  inPage('test/gpu/kernels/coverage.ts', 'coverage', request, truths);

test.each([weak, sparse, early, plenty, tails])('by the dark port: $name', async (point) => {
  await expectCoverage({ ...point, unraveling: 'dark-port' }, ensembles, onGpu);
});

test.each([weak, sparse, early, plenty])('by photodetection: $name', async (point) => {
  await expectCoverage({ ...point, unraveling: 'photodetection', g2 }, ensembles, onGpu);
});

test(`by photodetection on the CPU engine: ${tails.name}`, async () => {
  await expectCoverage({ ...tails, unraveling: 'photodetection', g2 }, ensembles, coverageOnCpu);
});
