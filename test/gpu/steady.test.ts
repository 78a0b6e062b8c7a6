/**
 * The kernels of both unravellings against the master equation where that takes seconds. `engines.test.ts` holds them to the CPU
 * engine draw by draw, `steady.slow.test.ts` that engine to the master equation at the other points; `npm run test:long` has
 * those on the GPU.
 */
import { test } from 'vitest';
import { small } from '../steady-points';
import { expectSteadyOnGpu } from './expect-steady';

test.each(['dark-port', 'photodetection'] as const)(
  '%s agrees with the master equation',
  async (unraveling) => {
    await expectSteadyOnGpu({ ...small, count: 2048, time: 60, unraveling }, 0.005);
  },
);
