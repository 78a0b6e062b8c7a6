import type { MeanFieldRates } from '../parameters/system';

/** The branches of (S27): (a) lower, (b) middle, (c) upper. */
export type ExpandedBranch = 'a' | 'b' | 'c';

/**
 * The coefficients s0, s1, s2 of s_z = s0 + s1 gamma + s2 gamma^2 + O(gamma^3) at fixed Gamma and Omega, Eq. (S25), in powers of the
 * rates' unit. Null where the branch has no expansion: (a) and (b) from Omega_c / sqrt 2 up (the print's "sqrt 2 Omega_c"
 * is a slip), (c) without drive.
 *
 * With u = +-sqrt(1 - 2 Omega^2/Omega_c^2), + for (a) and - for (b), and Omega_c = Gamma/4:
 *
 *     s0 = -(1 + u)/2                                   (S27)
 *     s1 = (1 - 1/u) / Gamma                            (S29)
 *     s2 = (1 - u)(1 + 2u) / (Gamma^2 u^3 (1 + u))      (S30), re-derived: the printed one has the opposite sign
 *
 * and for (c): 0, 0, -1/(8 Omega^2). Equation (S26) lacks an Omega_c^2 in its second term as printed; (S28) is right.
 */
export function branchExpansion(
  { Gamma }: Pick<MeanFieldRates, 'Gamma'>,
  omega: number,
  branch: ExpandedBranch,
): [number, number, number] | null {
  if (branch === 'c') return omega > 0 ? [0, 0, -1 / (8 * omega ** 2)] : null;
  const square = 1 - 2 * ((4 * omega) / Gamma) ** 2;
  // At Omega = 0 branch (b) meets (c) and 1 + u vanishes.
  if (!(square > 0) || (branch === 'b' && omega === 0)) return null;
  const u = branch === 'a' ? Math.sqrt(square) : -Math.sqrt(square);
  return [-(1 + u) / 2, (1 - 1 / u) / Gamma, ((1 - u) * (1 + 2 * u)) / (Gamma ** 2 * u ** 3 * (1 + u))];
}
