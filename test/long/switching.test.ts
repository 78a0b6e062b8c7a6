/** The rates of switching that the GPU's trajectories show; a software adapter takes minutes. */
import { test } from 'vitest';
import type { Regression } from '../../src/statistics/switching';
import { expectRates, slowDynamics, switchingCases, switchingRequest } from '../expect-switching';
import { inPage } from '../gpu/in-page';

test.each(switchingCases)(
  'regression on the committor finds the certified rates: $unraveling',
  async (point) => {
    const { committor, halfway } = slowDynamics();
    const request = { ...switchingRequest(point), committor: [...committor] };
    expectRates(await inPage<Regression>('test/gpu/kernels/switching.ts', 'regression', request, halfway));
  },
);
