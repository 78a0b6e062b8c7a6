/**
 * The kernels of both unravellings against the master equation where that takes seconds. `engines.test.ts` holds them to the CPU
 * engine draw by draw, `steady.slow.test.ts` that engine to the master equation at the other points; `npm run test:long` has
 * those on the GPU.
 */
import { test } from 'vitest';
import { above, figure4, small } from '../steady-points';
import { expectSteadyOnGpu } from './expect-steady';

test.each([
  { ...small, count: 2048, time: 60, precision: 0.005 },
  { ...above, count: 1024, time: 230, precision: 0.03 },
])('the dark port agrees with the master equation to $precision: $name', async ({ precision, ...point }) => {
  await expectSteadyOnGpu({ ...point, unraveling: 'dark-port' }, precision);
});

test.each([
  { ...small, count: 2048, time: 60, precision: 0.005 },
  { ...figure4, count: 256, time: 170, precision: 0.03 },
])('photodetection agrees with the master equation to $precision: $name', async ({ precision, ...point }) => {
  await expectSteadyOnGpu({ ...point, unraveling: 'photodetection' }, precision);
});
