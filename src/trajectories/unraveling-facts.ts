/** The unravellings by name, and what is known of each before anything walks. */
import { modesKept } from '../operators/dark-port';
import { isReal, type SystemParameters } from '../parameters/system';
import type { Current } from './observables';

/** Where trajectories start: |N/2, -N/2>, or the state of j = N/2 that the dark port leaves most slowly. */
export const starts = ['ground state', 'lowest mode'] as const;
export type Start = (typeof starts)[number];

/** An unravelling broke one of its invariants on the GPU, or cannot run there; nothing of the batch is to be trusted. */
export class UnravelingError extends Error {
  override readonly name = 'UnravelingError';
}

export interface UnravelingFacts {
  /** whether its jumps are photons of one channel each, in the record's channels */
  readonly photons: boolean;
  /** whether its drive may change in time */
  readonly ramps: boolean;
  /** the currents of a detector that it records, where it is diffusive: its amplitudes are complex then */
  readonly currents: readonly Current[];
  /** seconds for a unit of one trajectory's time, on the machine of `cost.ts` */
  readonly secondsPerTime: (system: SystemParameters) => number;
}

/** Steps turn the fastest amplitude by a given angle, and go through 2j + 1 rows some nine times, with noise that costs as much as 30 rows. */
function diffusiveSeconds(system: SystemParameters): number {
  const { atoms, gamma1D, omega, detuning, collectiveShift } = system;
  const turns = omega + Math.abs(detuning) / 2 + (atoms / 8) * Math.abs(collectiveShift);
  return 8e-9 * atoms * Math.hypot(turns, (gamma1D * atoms) / 16) * (atoms + 40);
}

export const unravelingFacts = {
  'dark-port': {
    photons: false,
    ramps: false,
    currents: [],
    // Jumps come at a few gamma_1D and gamma_F N, above the bistable region at some 7 gamma_1D N times the drive's square.
    secondsPerTime(system) {
      const { atoms, gamma1D, gammaF, driveOverCritical, pumping, dephasing } = system;
      const isWide = modesKept(system) === 48;
      const above = isWide ? 1.2e-6 * gamma1D * atoms * (driveOverCritical ?? 0) ** 2 : 0;
      const emitted = 1.1e-6 * gamma1D + 1.9e-8 * gammaF * atoms + above;
      // What is pumped is emitted again; a propagator takes several times the products that a jump's choice does.
      const collective = (2 * system.collectivePumping + system.collectiveDephasing) * atoms ** 2;
      const jumps = (4 * pumping + dephasing) * atoms + collective;
      return (emitted + ((isWide ? 5e-7 : 1e-7) * jumps) / 4) * (isReal(system) ? 1 : 7);
    },
  },
  photodetection: {
    photons: true,
    ramps: true,
    currents: [],
    // Candidates for photons come at gamma_1D N^2/4 or less, and each goes through 2j + 13 rows; so for other jumps. A step
    // takes at most a turn by 3 radians of the fastest amplitude to the slowest, and amplitudes of two parts half as long again.
    secondsPerTime(system) {
      const { atoms, gamma1D, gammaF, pumping, dephasing, collectivePumping, collectiveDephasing } = system;
      const collective = gamma1D + collectivePumping + collectiveDephasing;
      const jumps = collective * atoms ** 2 + (gammaF + pumping + dephasing) * atoms;
      const turns = atoms * (Math.abs(system.detuning) + (atoms / 4) * Math.abs(system.collectiveShift));
      return 7.6e-10 * (isReal(system) ? jumps : 1.4 * (jumps + 2.5 * turns)) * (atoms + 13);
    },
  },
  homodyne: { photons: false, ramps: false, currents: ['current'], secondsPerTime: diffusiveSeconds },
  heterodyne: {
    photons: false,
    ramps: false,
    currents: ['currentI', 'currentQ'],
    secondsPerTime: diffusiveSeconds,
  },
} as const satisfies Readonly<Record<string, UnravelingFacts>>;
export type UnravelingName = keyof typeof unravelingFacts;
