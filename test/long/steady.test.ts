/**
 * Both engines against the master equation at errors that take minutes each on two cores without a GPU. `npm test` holds the CPU
 * engine to the dark port's, and photodetection to larger errors.
 */
import { test } from 'vitest';
import { expectSteadyOnGpu } from '../gpu/expect-steady';
import { above, figure2b, figure4, odd } from '../steady-points';
import { expectSteadyOnCpu } from '../unit/trajectories/expect-steady-on-cpu';

test.each([
  { ...figure4, count: 2304, time: 550, precision: 0.005 },
  { ...odd, count: 1280, time: 2700, precision: 0.005 },
  { ...figure2b, count: 1536, time: 2800, precision: 0.005 },
  { ...above, count: 1024, time: 230, precision: 0.03 },
])('the dark port agrees with the master equation to $precision: $name', async ({ precision, ...point }) => {
  await expectSteadyOnGpu({ ...point, unraveling: 'dark-port' }, precision);
});

test.each([
  { ...figure4, count: 2304, time: 550, precision: 0.005 },
  { ...odd, count: 1280, time: 2700, precision: 0.005 },
  { ...figure2b, count: 256, time: 1500, precision: 0.02 },
])('photodetection agrees with the master equation to $precision: $name', async ({ precision, ...point }) => {
  await expectSteadyOnGpu({ ...point, unraveling: 'photodetection' }, precision);
});

test.each([
  { ...figure4, count: 2304, time: 550, precision: 0.005 },
  { ...odd, count: 1280, time: 2700, precision: 0.005 },
  { ...figure2b, count: 1536, time: 2800, precision: 0.005 },
])(
  'photodetection on the CPU agrees with the master equation to $precision: $name',
  async ({ precision, ...point }) => {
    await expectSteadyOnCpu({ ...point, unraveling: 'photodetection' }, precision);
  },
);
