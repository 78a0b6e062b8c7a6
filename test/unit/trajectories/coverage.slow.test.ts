/** How often intervals hold the truth, by the CPU engine. `npm run test:long` has more points and every quantity, and the GPU. */
import { expect, test } from 'vitest';
import { momentsOfRho } from '../../../src/operators/moments';
import { blockSize } from '../../../src/trajectories/record';
import { steadyState } from '../../../src/twin/steady-state';
import { early, weak } from '../../coverage-points';
import { type CoverageCase, expectCoverage } from '../../expect-coverage';
import { SMALL } from '../reference';
import { coverageOnCpu } from './coverage-on-cpu';

test('the 95 percent intervals of 200 small ensembles cover the exact <S_z> 90 to 99 percent of the time', async () => {
  const { system } = SMALL;
  // What is left of the start after the burn-in is exp(-lambda_1 10) = 6e-4, far below the errors of some 0.012. Rare stays
  // in the upper state skew the means: of 64 trajectories only some 89 percent of the intervals cover, without a bias.
  const lengths = { count: 200 * blockSize, time: 14, burnIn: 10, samples: 14 };
  const unraveling = 'dark-port' as const;
  const request = { system, unraveling, seed: 1, first: 0, traces: 0, ...lengths };
  const { pyramid, rho } = steadyState(system);
  const { covering } = (await coverageOnCpu(request, { Sz: momentsOfRho(pyramid, rho).Sz })).Sz;
  expect(covering).toBeGreaterThanOrEqual(180);
  expect(covering).toBeLessThanOrEqual(198);
});

/** The long tests have every quantity at these and more points, and in longer runs. */
test.each<CoverageCase & { name: string; quantities: string[] }>([
  {
    ...weak,
    ...{ time: 12, burnIn: 8, samples: 12 },
    unraveling: 'photodetection',
    quantities: ['Sz', 'P_j 0', 'rate 2', 'Fano factor of individual photons 0'],
  },
  {
    ...early,
    ...{ time: 0.8, burnIn: 0.4, samples: 8 },
    unraveling: 'dark-port',
    quantities: ['Sx2 at 3', 'P_m 3'],
  },
])(
  'intervals hold what ensembles hardly see: $quantities, $name, $unraveling',
  async ({ quantities, ...point }) => {
    const found = await expectCoverage(point, 200, coverageOnCpu, quantities);
    // or else nothing was rare here
    for (const { floored } of Object.values(found)) expect(floored).toBeGreaterThan(100);
  },
);
