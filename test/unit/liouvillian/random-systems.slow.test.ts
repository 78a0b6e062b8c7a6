/** gap, metastable and steady-state of random systems, on and off the bistable region, against dense linear algebra in Python. */
import { test } from 'vitest';
import { systemParameters } from '../../../src/parameters/system';
import { gapClaims } from '../../oracle/claims';
import { allClaims, claimsInTurn, expectRight } from '../../oracle/expect-right';
import { everyRun, expectSame, keptTruths, larger, smaller } from '../../oracle/kept-truths';
import { truths } from '../../oracle/oracle';

test('1000 systems of 2 to 12 atoms: right inside their bounds, or not claimed', async () => {
  await expectRight(smaller, claimsInTurn, keptTruths().slice(0, smaller.length));
});

test('what is kept of the oracle is what it says of every fiftieth of them', async () => {
  const isAsked = (_: unknown, n: number) => n % 50 === 7;
  const now = await truths(everyRun.filter(isAsked));
  keptTruths()
    .filter(isAsked)
    .forEach((kept, i) => {
      expectSame(kept, now[i]);
    });
});

test('20 systems of 13 to 18 atoms: right inside their bounds, or not claimed', async () => {
  await expectRight(larger, allClaims, keptTruths().slice(smaller.length));
});

// At the edge of where the slowest mode is a pair.
test('where two modes all but coalesce: right inside their bounds', async () => {
  const edges = [
    { atoms: 2, gamma1d: 0.03294774395576043, omega: 0.1303592334403788 },
    { atoms: 6, gamma1d: 0.01110688002546459, omega: 0.12901321135937402 },
    { atoms: 7, gamma1d: 0.2300241993147452, omega: 0.47961752466097973 },
    { atoms: 8, gamma1d: 0.3376600444568003, omega: 1.3268505508513646 },
    { atoms: 5, gamma1d: 0.4389372779111124, omega: 1.3765358708260313 },
    { atoms: 4, gamma1d: 0.09616013064286653, omega: 0.13619790251807565 },
    { atoms: 7, gamma1d: 0.01108144840072389, omega: 0.1294891551769935 },
  ].map((edge) => systemParameters({ ...edge, gammaf: 1 }));
  await expectRight(edges, gapClaims);
});
