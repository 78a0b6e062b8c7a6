/**
 * Photodetection against the master equation at errors that take twenty minutes on two cores without a GPU. `npm test` has the
 * same comparisons at larger errors, and the dark port's at these.
 */
import { test } from 'vitest';
import { expectSteadyOnGpu } from '../gpu/expect-steady';
import { figure4, odd } from '../steady-points';

test.each([
  { ...figure4, count: 2304, time: 550, precision: 0.005 },
  { ...odd, count: 1280, time: 2700, precision: 0.005 },
])('photodetection agrees with the master equation to $precision: $name', async ({ precision, ...point }) => {
  await expectSteadyOnGpu({ ...point, unraveling: 'photodetection' }, precision);
});
