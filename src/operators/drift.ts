/**
 * The no-jump evolution of photodetection, Eq. (S16), block by block: between jumps d psi/dt = D psi with
 *
 *     D = -Omega (S_+ - S_-) - (gamma_1D/2) S_+ S_- - (gamma_F/2)(N/2 + S_z)        (real gauge)
 *
 * in spin j, and in the general model, diagonal too, half the rates of the other jumps and -i h, h = -delta S_z + Delta S_+ S_-. With the row r = j + m = 0 ... 2j and dim = 2j + 1, (j+m)(j-m+1) = r (dim - r), so all amplitudes are
 * polynomials in r with a few numbers to a block.
 */
import type { SystemParameters } from '../parameters/system';
import { dephasing, emission, processes, pumping } from './ladder';

export interface DriftBlock {
  readonly j: number;
  readonly dim: number;
  /** largest jump rate of any state of the block: the candidates' rate in thinning */
  readonly bound: number;
  /** longest time over which one twelfth-order Taylor sweep is exact to float32's rounding */
  readonly longest: number;
  /** a bound of the numerical radius of D */
  readonly radius: number;
  /** minus the middle of the diagonal of D; taking it off halves the norm and only changes that of psi */
  readonly shift: number;
  /** the middle of h; taking it off only changes the phase of psi */
  readonly middle: number;
  /**
   * by channel (src/trajectories/record.ts): jump rates in units of |C psi|^2, C without its rate and its share; of dephasing in the same j C
   * is 2 S_z, whose elements are whole numbers
   */
  readonly rates: readonly number[];
}

/**
 * h w of one sweep, w a bound of the numerical radius of D. Since |D^k| <= 2 w^k (Berger), what the Taylor series leaves
 * out is below 2 reach^13/13! (1 + ...) = 1.1e-7, float32's rounding; the next factor in cost would buy nothing that a
 * float32 amplitude can hold.
 */
export const taylorReach = 1.55;

export function driftTable(system: SystemParameters): DriftBlock[] {
  const blocks = Math.floor(system.atoms / 2) + 1;
  return Array.from({ length: blocks }, (_, b) => driftBlock(system, system.atoms / 2 - b));
}

/** h of |j, m>: what the Hamiltonian has besides the drive, diagonal. */
export const energy = (
  { detuning, collectiveShift }: Pick<SystemParameters, 'detuning' | 'collectiveShift'>,
  j: number,
  m: number,
) => collectiveShift * emission.same(j, m) - detuning * m;

/** The rate of all jumps together from |j, m>, in photodetection. */
export function jumpRate(system: SystemParameters, j: number, m: number): number {
  const { atoms, gamma1D, gammaF } = system;
  const more = [pumping, dephasing].map(
    ({ individual, collective, same, total }) =>
      system[collective] * same(j, m) + system[individual] * total(atoms, m),
  );
  return gamma1D * (j + m) * (j - m + 1) + gammaF * (atoms / 2 + m) + more[0] + more[1];
}

function driftBlock(system: SystemParameters, j: number): DriftBlock {
  const { atoms, omega } = system;
  const dim = 2 * j + 1;
  const of = (value: (j: number, m: number) => number) =>
    Array.from({ length: dim }, (_, r) => value(j, r - j));
  const rates = of((j, m) => jumpRate(system, j, m));
  const energies = of((j, m) => energy(system, j, m));
  const bound = Math.max(...rates);
  const least = Math.min(...rates);
  const highest = Math.max(...energies);
  const lowest = Math.min(...energies);
  // psi^* D psi has an imaginary part from the Hamiltonian alone, at most 2 Omega j from the drive, and a real one from the
  // diagonal, minus half the jump rate.
  const radius = Math.hypot(2 * omega * j + (highest - lowest) / 2, (bound - least) / 4);
  return {
    ...{ j, dim, bound, longest: taylorReach / radius, radius },
    shift: (bound + least) / 4,
    middle: (highest + lowest) / 2,
    rates: processes.flatMap((process) => {
      const rate = system[process.individual];
      const square = process === dephasing ? 4 : 1;
      return [
        system[process.collective] / square,
        j === 0 ? 0 : (rate * (atoms / 2 + 1)) / (2 * j * (j + 1)) / square,
        j === 0 ? 0 : (rate * (atoms / 2 + j + 1)) / (2 * j * dim),
        (rate * (atoms / 2 - j)) / (2 * (j + 1) * dim),
      ];
    }),
  };
}
