import { describe, expect, test } from 'vitest';
import { meanFieldBranches } from '../../../src/mean-field/branches';
import { ofEquation1 } from '../../../src/mean-field/equations';
import { branchExpansion, type ExpandedBranch } from '../../../src/mean-field/expansions';

const GAMMA = 4;

/** log2 of what halving gamma divides by in the error of the first `terms` terms of (S25). */
function order(branch: ExpandedBranch, omega: number, terms: number): number {
  const error = (gamma: number) => {
    const rates = { gamma, Gamma: GAMMA, omegaCritical: GAMMA / 4 };
    const branches = meanFieldBranches(ofEquation1(rates, omega));
    const exact = branches[{ a: 0, b: 1, c: 2 }[branch]].sz;
    const coefficients = branchExpansion(rates, omega, branch)!.slice(0, terms);
    return Math.abs(exact - coefficients.reduce((sum, s, power) => sum + s * gamma ** power, 0));
  };
  return Math.log2(error(1e-3) / error(5e-4));
}

describe.each([0.3, 0.5, 0.6])('at Omega = %f Omega_c', (omega) => {
  test.each(['a', 'b'] as const)('branch (%s) gains an order with every term', (branch) => {
    for (const terms of [1, 2, 3]) expect(order(branch, omega, terms)).toBeCloseTo(terms, 1);
  });

  test('branch (c) starts at second order', () => {
    expect(order('c', omega, 1)).toBeCloseTo(2, 1);
    expect(order('c', omega, 2)).toBeCloseTo(2, 1);
    expect(order('c', omega, 3)).toBeCloseTo(3, 1);
  });
});

test('zeroth order is Eq. (3), first order (S29)', () => {
  const w = Math.sqrt(1 - 2 * 0.5 ** 2);
  const [a0, a1] = branchExpansion({ Gamma: GAMMA }, 0.5, 'a')!;
  const [b0, b1] = branchExpansion({ Gamma: GAMMA }, 0.5, 'b')!;
  expect([a0, b0]).toEqual([(-1 - w) / 2, (-1 + w) / 2]);
  expect(a1).toBeCloseTo((GAMMA / 16) * (1 - 1 / w), 15);
  expect(b1).toBeCloseTo((GAMMA / 16) * (1 + 1 / w), 15);
});

test('branches that end have no expansion', () => {
  for (const branch of ['a', 'b'] as const) {
    expect(branchExpansion({ Gamma: GAMMA }, Math.SQRT1_2 + 1e-9, branch)).toBeNull();
    expect(branchExpansion({ Gamma: 0 }, 1, branch)).toBeNull();
  }
  expect(branchExpansion({ Gamma: GAMMA }, 0, 'a')).toEqual([-1, 0, 0]);
  expect(branchExpansion({ Gamma: GAMMA }, 0, 'b')).toBeNull();
  expect(branchExpansion({ Gamma: GAMMA }, 0, 'c')).toBeNull();
});
