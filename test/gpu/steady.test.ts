/**
 * Both unravellings against the master equation: the dark port at errors of half a percent, of three where <S_z> is near
 * zero; photodetection, some ten times slower, at N = 5 and, of two percent, at N = 54. `npm run test:long` asks half a
 * percent of it at N = 18 and 21.
 */
import { test } from 'vitest';
import { above, figure2b, figure4, odd, small } from '../steady-points';
import { expectSteadyOnGpu } from './expect-steady';

test.each([
  { ...small, count: 2048, time: 60, precision: 0.005 },
  { ...figure4, count: 2304, time: 550, precision: 0.005 },
  { ...odd, count: 1280, time: 2700, precision: 0.005 },
  { ...figure2b, count: 1536, time: 2800, precision: 0.005 },
  { ...above, count: 1024, time: 230, precision: 0.03 },
])(
  'the dark port agrees with the master equation to $precision: $name',
  async ({ precision, ...point }) => {
    await expectSteadyOnGpu({ ...point, unraveling: 'dark-port' }, precision);
  },
  900_000,
);

test.each([
  { ...small, count: 2048, time: 60, precision: 0.005 },
  { ...figure4, count: 256, time: 170, precision: 0.03 },
  { ...figure2b, count: 256, time: 1500, precision: 0.02 },
])(
  'photodetection agrees with the master equation to $precision: $name',
  async ({ precision, ...point }) => {
    await expectSteadyOnGpu({ ...point, unraveling: 'photodetection' }, precision);
  },
  900_000,
);
