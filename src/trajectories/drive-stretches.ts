/**
 * A ramp as photodetection walks it. While the drive changes evenly, d psi/dt = (D_0 + Omega(t) D_1) psi, a step h from t on is two
 * exponentials, a commutator-free Magnus step of fourth order (Blanes and Moan, Appl. Numer. Math. 56, 1519 (2006)):
 *
 *     exp[(h/2) D(t + 5h/6)] exp[(h/2) D(t + h/6)].
 *
 * What it leaves is of fifth order in h: with a = h D and b = h^2 slope D_1 the exponents of the solution and of the step differ by
 * (1/576 - 1/720) [a,[a,[a,b]]] and (1/216 - 1/240) [b,[a,b]], of which the radii of D and D_1 say how large they can be.
 */
import { constants, f32, Struct, u32 } from '../gpu/struct';
import { type DriftBlock, driftTable } from '../operators/drift';
import { type Ramp, stretchesOf } from '../parameters/ramp';
import { meanFieldRates, type SystemParameters } from '../parameters/system';
import type { Recordings } from './unraveling';

export interface DriveStretch {
  /** when it begins, in the inverse unit of the rates */
  readonly from: number;
  /** Omega there, and how it changes in time */
  readonly omega: number;
  readonly slope: number;
  /** longest step, in any block */
  readonly longest: number;
}

/** What a Taylor series may leave out: the rounding of the numbers that it is added to (see taylorReach). */
export const leftOut = { float32: 1.1e-7, float64: 1e-16 } as const;

/** The system at the ramp's strongest drive, to which bounds of a constant drive hold all along it. */
export const atStrongest = (system: SystemParameters, ramp: Ramp | null): SystemParameters =>
  ramp === null
    ? system
    : { ...system, omega: Math.max(...ramp.drive) * meanFieldRates(system).omegaCritical };

/** @param leftOut what a step may be wrong by, relative to the state */
export function driveStretches(system: SystemParameters, ramp: Ramp, leftOut: number): DriveStretch[] {
  const { omegaCritical } = meanFieldRates(system);
  const end = ramp.t[ramp.t.length - 1];
  const blocks = driftTable(atStrongest(system, ramp));
  return stretchesOf(ramp, 0, end + 1)
    .filter(({ from, to }) => to > from)
    .map(({ from, to, start, end }) => {
      const slope = (omegaCritical * (end - start)) / (to - from);
      const longest = Math.min(...blocks.map((block) => longestStep(block, slope, leftOut)));
      return { from, omega: omegaCritical * start, slope, longest };
    });
}

/** A stretch as `shaders/photodetection/` finds it. */
export const Stretch = new Struct('Stretch', {
  /** at which next sample it begins, and with how much time left to it */
  slot: u32,
  until: f32,
  omega: f32,
  slope: f32,
  longest: f32,
  // What an array in a uniform buffer has goes by 16 bytes.
  unused: f32,
  unused2: f32,
  unused3: f32,
});

/** Those of a ramp that begin before the last sample, and one of a constant drive, as the kernel takes them. */
export function stretchesOnGpu(
  system: SystemParameters,
  { ramp, interval, samples }: Pick<Recordings, 'ramp' | 'interval' | 'samples'>,
) {
  const constant = { from: 0, omega: system.omega, slope: 0, longest: Number.POSITIVE_INFINITY };
  const stretches = (ramp === null ? [constant] : driveStretches(system, ramp, leftOut.float32))
    .map(({ from, ...stretch }) => {
      const slot = Math.ceil(from / interval);
      return { ...stretch, slot, until: slot * interval - from };
    })
    .filter(({ slot }) => slot <= samples);
  // No step is shorter than what moves the time left to a sample in float32.
  const least = interval * 2 ** -20;
  const packed = stretches.map(({ longest, ...stretch }) => ({
    ...stretch,
    longest: Math.max(Math.min(longest, 1e30), least),
    ...{ unused: 0, unused2: 0, unused3: 0 },
  }));
  return {
    declarations: [Stretch.wgsl, constants({ stretches: stretches.length })].join('\n'),
    packed: Stretch.pack(packed),
  };
}

const [ofDrift, ofDrive] = [1 / 576 - 1 / 720, 1 / 216 - 1 / 240];

function longestStep({ j, radius, longest }: DriftBlock, slope: number, leftOut: number): number {
  const drive = 2 * j * Math.abs(slope);
  const error = 8 * ofDrift * radius ** 3 * drive + 4 * ofDrive * radius * drive ** 2;
  // Each of its two halves is a sweep of its own.
  return Math.min(2 * longest, (leftOut / error) ** (1 / 5));
}
