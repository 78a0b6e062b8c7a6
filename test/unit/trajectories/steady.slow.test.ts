/** Both unravellings on the CPU against the master equation's steady state. */
import { describe, test } from 'vitest';
import { above, figure2b, figure4, odd, small } from '../../steady-points';
import { expectSteadyOnCpu } from './expect-steady-on-cpu';

describe('the dark port', () => {
  test.each([
    { ...small, count: 2048, time: 60, precision: 0.005 },
    { ...figure4, count: 1024, time: 1085, precision: 0.005 },
    { ...odd, count: 512, time: 5450, precision: 0.005 },
    { ...figure2b, count: 512, time: 7200, precision: 0.005 },
    { ...above, count: 1024, time: 230, precision: 0.03 },
  ])('agrees with the master equation to $precision: $name', async ({ precision, ...point }) => {
    await expectSteadyOnCpu({ ...point, unraveling: 'dark-port' }, precision);
  });
});

describe('photodetection', () => {
  test.each([
    { ...small, count: 2048, time: 60, precision: 0.005 },
    // Figure 4's is in photons.slow.test.ts.
    { ...figure2b, count: 128, time: 1870, precision: 0.02 },
  ])('agrees with the master equation to $precision: $name', async ({ precision, ...point }) => {
    await expectSteadyOnCpu({ ...point, unraveling: 'photodetection' }, precision);
  });
});
