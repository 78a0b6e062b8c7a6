/** As the tests of every run, for more and larger systems: the dense eigenvalues alone take some twenty minutes. */
import { test } from 'vitest';
import { allClaims, expectRight } from '../oracle/expect-right';
import { everyRun, expectSame, keep, keptTruths } from '../oracle/kept-truths';
import { truths } from '../oracle/oracle';
import { randomSystems } from '../oracle/random-systems';

test('300 systems of 13 to 24 atoms: right inside their bounds, or not claimed', async () => {
  await expectRight(randomSystems({ seed: 3, count: 300, from: 13, to: 24 }), allClaims);
});

test('what is kept of the oracle for every run is what it says', async () => {
  const now = await truths(everyRun);
  if (process.env.KEEP === 'truths') keep(now);
  keptTruths().forEach((kept, i) => {
    expectSame(kept, now[i]);
  });
});
