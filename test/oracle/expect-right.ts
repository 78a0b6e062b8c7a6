import { expect } from 'vitest';
import type { SystemParameters } from '../../src/parameters/system';
import { type Claim, gapClaims, metastableClaims, steadyStateClaims, Verdict } from './claims';
import { type Truth, truths } from './oracle';

/** Which claims about the n-th of some systems are looked at. */
type Claims = (system: SystemParameters, truth: Truth, n: number) => Promise<Claim[]>;

/** Those of all three commands. */
export const allClaims: Claims = async (system, truth) => [
  ...(await gapClaims(system, truth)),
  ...(await steadyStateClaims(system, truth)),
  ...((await metastableClaims(system, truth)) ?? refusal(truth)),
];

/** Those of `gap` or, in turn, of `metastable`, whose fields hold the gap's as well. */
export const claimsInTurn: Claims = async (system, truth, n) => {
  const states = n % 2 === 1 ? await metastableClaims(system, truth) : [];
  if (states !== null && states.length > 0) return states;
  return [...(states ?? refusal(truth)), ...(await gapClaims(system, truth))];
};

/** A pair has no two states; to refuse a real mode is to claim less than there is. */
const refusal = ({ metastable }: Truth): Claim[] =>
  metastable === null ? [] : [{ quantity: 'metastable', claimed: false, fault: null }];

/** Everything that is claimed of some systems is right, and all but 2 percent of what there is to say is claimed. */
export async function expectRight(
  systems: readonly SystemParameters[],
  claims: Claims,
  kept?: readonly Truth[],
): Promise<void> {
  const known = kept ?? (await truths(systems));
  const verdict = new Verdict();
  for (const [n, system] of systems.entries()) verdict.add(system, await claims(system, known[n], n));
  expect(verdict.faults).toEqual([]);
  for (const quantity of ['lambda1', 'lambda2', 'slowest']) {
    expect(verdict.of(quantity).tried, quantity).toBeGreaterThanOrEqual(systems.length);
  }
  for (const quantity of ['lambda1', 'lambda2', 'slowest', 'metastable']) {
    const { tried, unclaimed } = verdict.of(quantity);
    expect(unclaimed, quantity).toBeLessThanOrEqual(0.02 * tried);
  }
}
