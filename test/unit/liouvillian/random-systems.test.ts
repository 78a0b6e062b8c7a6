/** gap, metastable and steady-state of random systems, on and off the bistable region, against dense linear algebra in Python. */
import { expect, test } from 'vitest';
import { claimsAbout, Verdict } from '../../oracle/claims';
import { truths } from '../../oracle/oracle';
import { randomSystems } from '../../oracle/random-systems';

test.each([
  { seed: 1, count: 1000, from: 2, to: 12 },
  { seed: 2, count: 20, from: 13, to: 18 },
])(
  '$count systems of $from to $to atoms: right inside their bounds, or not claimed',
  async (which) => {
    const systems = randomSystems(which);
    const known = await truths(systems);
    const verdict = new Verdict();
    for (const [i, system] of systems.entries()) verdict.add(system, await claimsAbout(system, known[i]));
    expect(verdict.faults).toEqual([]);
    for (const quantity of ['lambda1', 'lambda2', 'slowest', 'metastable']) {
      expect(verdict.unclaimed(quantity), quantity).toBeLessThanOrEqual(0.02);
    }
  },
  300_000,
);
