/**
 * Where pairs may be that decay more slowly than a known mode.
 *
 * Under a strong drive an operator that oscillates at k times the Rabi frequency holds the coherence of k atoms across the axis of the
 * drive, each of which decays at 3/4 gamma_F; in the antisymmetric sector it also holds the spin of another one along that axis, which decays at
 * gamma_F/2. Collective decay adds to it. So the k-th pair decays at k 3/4 gamma_F at least, or at gamma_F/2 more. This is exact for
 * independent atoms, by their Bloch equations; it is no theorem for others, but held for all 282,730 pairs of 2,800 random systems of 2 to 20
 * atoms, whose least was 0.7508 gamma_F (1.2518 in the antisymmetric sector). The slowest pair lies near the eigenvalue of the mean
 * field's Jacobian (S31): within 6 percent of it from 13 atoms on.
 */
import { meanFieldBranches } from '../mean-field/branches';
import { meanFieldOf } from '../mean-field/equations';
import type { Liouvillian } from './liouvillian';

/** A decay and a frequency, rates. */
export interface Centre {
  readonly re: number;
  readonly im: number;
}

/** How far a pair's frequency may be off the mean field's, relative to it. */
const OFF = 0.1;

/** How far from a centre's frequency pairs are expected: by what the mean field is off, or by half their decay where that is less. */
export const frequencyOff = (decay: number, frequency: number): number =>
  Math.min(OFF * frequency, decay / 2);

/** The centres about which pairs may decay more slowly than `decay`, by rising frequency. */
export function sidebands({ system, sector }: Liouvillian, decay: number): Centre[] {
  const { gammaF, omega } = system;
  const least = (k: number) => (0.75 * k + (sector === 'symmetric' ? 0 : 0.5)) * gammaF;
  const damped = meanFieldBranches(meanFieldOf(system))
    .filter(({ stable }) => stable)
    .map(({ eigenvalues }) => eigenvalues[2])
    .filter(({ im }) => im > 0);
  // Where the mean field is overdamped, the bare Rabi oscillation.
  if (damped.length === 0 && omega > 0) damped.push({ re: -0.75 * gammaF, im: 2 * omega });
  const centres: Centre[] = [];
  for (let k = 1; least(k) <= decay && k <= mostSidebands + 1; k++) {
    for (const { re, im } of damped) centres.push({ re: Math.min(-k * re, decay), im: k * im });
  }
  return centres;
}

/** More multiples than this are not looked at; one more says so. */
export const mostSidebands = 8;
