/** Single trajectories of an ensemble, sample by sample. */
import { spinSqueezing } from '../operators/moments';
import type { SystemParameters } from '../parameters/system';
import { spinMoments } from '../statistics/averages';
import type { JumpRecord } from '../trajectories/jump-records';
import { type Observable, observables } from '../trajectories/record';
import type { UnitsOf } from './units';

/** One trajectory, sample by sample, as in the paper's figure 4. */
export interface Trace {
  readonly t: readonly number[];
  readonly Sy: readonly number[];
  readonly Sz: readonly number[];
  readonly j: readonly number[];
  /** xi^2 of the trajectory's own state; null where its mean spin vanishes */
  readonly squeezing: readonly (number | null)[];
  /** |<CRSS|psi>|^2 with the CRSS of j = N/2 (figure 4b), and with that of its own j; null without collective decay */
  readonly crssFidelity: readonly number[] | null;
  readonly crssFidelityAllJ: readonly number[] | null;
  /** the chance to end up in "+"; null where the slow mode is not known */
  readonly committor: readonly number[] | null;
}

export const traceUnits: UnitsOf<Trace> = {
  t: '1/rate',
  Sy: '1',
  Sz: '1',
  j: '1',
  squeezing: '1',
  crssFidelity: '1',
  crssFidelityAllJ: '1',
  committor: '1',
};

export const recordUnits: UnitsOf<JumpRecord> = { trajectory: '1', t: '1/rate', channel: '1', missed: '1' };

interface Lengths {
  readonly time: number;
  /** sample times after t = 0, equally spaced up to `time` */
  readonly samples: number;
}

/** What stands in the place of the CRSS's fidelities without collective decay. */
export const withoutCrss = { crssFidelity: null, crssFidelityAllJ: null };

/** Times of the samples, t = 0 first. */
export function sampleTimes({ time, samples }: Lengths): number[] {
  return Array.from({ length: samples + 1 }, (_, slot) => (slot * time) / samples);
}

/** A trajectory's samples, [slot][observable], as arrays in time. */
export function traceOf(
  { atoms, gamma1D }: SystemParameters,
  options: Lengths,
  committed: boolean,
  trace: Float32Array,
): Trace {
  const width = observables.length;
  const of = (observable: Observable) =>
    Array.from(
      { length: options.samples + 1 },
      (_, slot) => trace[slot * width + observables.indexOf(observable)],
    );
  const squeezing = Array.from({ length: options.samples + 1 }, (_, slot) =>
    spinSqueezing(atoms, spinMoments(trace.subarray(slot * width, (slot + 1) * width))),
  );
  const fidelities =
    gamma1D === 0
      ? withoutCrss
      : { crssFidelity: of('crssFidelity'), crssFidelityAllJ: of('crssFidelityAllJ') };
  const committor = committed ? of('committor') : null;
  return {
    t: sampleTimes(options),
    Sy: of('Sy'),
    Sz: of('Sz'),
    j: of('j'),
    squeezing,
    ...fidelities,
    committor,
  };
}
