/**
 * Where pairs may be that decay more slowly than a known mode.
 *
 * Under a strong drive an operator that oscillates at k times the Rabi frequency holds the coherence of k atoms across the axis of the
 * drive, each of which decays at 3/4 gamma_F; in the antisymmetric sector it also holds the spin of another one along that axis, which decays at
 * gamma_F/2. Collective decay adds to it. So the k-th pair decays at k 3/4 gamma_F at least, or at gamma_F/2 more. This is exact for
 * independent atoms, by their Bloch equations; it is no theorem for others, but held for all 282,730 pairs of 2,800 random systems of 2 to 20
 * atoms, whose least was 0.7508 gamma_F (1.2518 in the antisymmetric sector). With the general model's rates the least of an atom by itself is that of
 * `leastDecays`, which held for all 7,718 pairs of 500 random systems of 2 to 5 atoms, pumped ones on resonance alone: off resonance five pumped atoms
 * had a pair at 0.91 of it. The slowest pair lies near the eigenvalue of the mean
 * field's Jacobian (S31): within 6 percent of it from 13 atoms on.
 */
import { meanFieldBranches } from '../mean-field/branches';
import { meanFieldOf } from '../mean-field/equations';
import type { Sector } from '../operators/pyramid';
import { isReal, type SystemParameters } from '../parameters/system';

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

/**
 * The centres about which pairs may decay more slowly than `decay`, by rising frequency. Null where no bound is known: a pumped system off resonance
 * may have a line far narrower than an atom's, as a laser has.
 */
export function sidebands(system: SystemParameters, sector: Sector, decay: number): Centre[] | null {
  const { omega, detuning, collectiveShift } = system;
  if (!isReal(system) && system.pumping + system.collectivePumping > 0) return null;
  const { pair, along } = leastDecays(system);
  const least = (k: number) => k * pair + (sector === 'symmetric' ? 0 : along);
  const damped = meanFieldBranches(meanFieldOf(system))
    .filter(({ stable }) => stable)
    .map(({ eigenvalues }) => eigenvalues[2])
    .filter(({ im }) => im > 0);
  // Where the mean field is overdamped, the bare Rabi oscillation.
  const rabi = Math.hypot(2 * omega, detuning - collectiveShift);
  if (damped.length === 0 && rabi > 0) damped.push({ re: -pair, im: rabi });
  const centres: Centre[] = [];
  for (let k = 1; least(k) <= decay && k <= mostSidebands + 1; k++) {
    for (const { re, im } of damped) centres.push({ re: Math.min(-k * re, decay), im: k * im });
  }
  return centres;
}

/**
 * Of an atom by itself, the least decay across its axis of precession and along it. With T_1 the rate of its inversion and T_2 that of its dipole they are
 * (T_1 + T_2)/2 and T_2 about the drive, T_2 and T_1 about z, and between the two about any other axis.
 */
function leastDecays(system: SystemParameters) {
  const { gammaF, pumping, dephasing } = system;
  const T1 = gammaF + pumping;
  const T2 = (T1 + dephasing) / 2;
  const aboutDrive = { pair: (T1 + T2) / 2, along: T2 };
  return isReal(system)
    ? aboutDrive
    : { pair: Math.min(aboutDrive.pair, T2), along: Math.min(aboutDrive.along, T1) };
}

/** More multiples than this are not looked at; one more says so. */
export const mostSidebands = 8;
