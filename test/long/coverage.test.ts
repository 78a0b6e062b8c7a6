/** Every quantity's 95 percent intervals against the truth, by 200 ensembles of 256. Photodetection at figure 4 takes most of the time. */
import { test } from 'vitest';
import { early, plenty, sparse, tails, weak } from '../gpu/coverage-points';
import { expectCoverage } from '../gpu/expect-coverage';

const ensembles = 200;
const points = [weak, sparse, early, plenty, tails];
const g2 = { time: 1, bins: 4 };

test.each(points)('by the dark port: $name', async (point) => {
  await expectCoverage({ ...point, unraveling: 'dark-port' }, ensembles);
});

test.each(points)('by photodetection: $name', async (point) => {
  await expectCoverage({ ...point, unraveling: 'photodetection', g2 }, ensembles);
});
