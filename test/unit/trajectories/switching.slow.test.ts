/** The rates of switching that the CPU engine's trajectories show. `npm run test:long` has the GPU's. */
import { expect, test } from 'vitest';
import { SwitchingStatistics } from '../../../src/statistics/switching';
import { burnInSlots } from '../../../src/trajectories/record';
import { expectRates, slowDynamics, switchingCases, switchingRequest } from '../../expect-switching';
import { walkOnCpu } from './walk-on-cpu';

test.each(switchingCases)(
  'regression on the committor finds the certified rates: $unraveling',
  async (point) => {
    const { committor, halfway } = slowDynamics();
    const request = switchingRequest(point);
    const { system, time, samples, burnIn } = request;
    const left = burnInSlots(burnIn, time, samples);
    const statistics = new SwitchingStatistics(system.atoms, time / samples, samples + 1, left, halfway);
    for (const { switching } of await walkOnCpu({ ...request, committor })) statistics.add(switching!);
    const found = statistics.regression();
    expect(found).not.toBeNull();
    expectRates(found!);
  },
);
