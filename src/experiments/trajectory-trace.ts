/** Single trajectories of an ensemble, sample by sample. */
import { spinSqueezing } from '../operators/moments';
import type { SystemParameters } from '../parameters/system';
import { spinMoments } from '../statistics/ensemble';
import { type Observable, observables } from '../trajectories/record';
import { type Fields, list, number, numbers, orNull, type ResultOf } from './fields';
import type { Settings } from './trajectory-table';

/** One trajectory, sample by sample, as in the paper's figure 4. */
export const traceFields = {
  t: numbers('1/rate'),
  Sy: numbers(),
  Sz: numbers(),
  j: numbers(),
  /** xi^2 of the trajectory's own state; null where its mean spin vanishes */
  squeezing: list(orNull(number())),
  /** |<CRSS|psi>|^2 with the CRSS of j = N/2 (figure 4b), and with that of its own j; null without collective decay */
  crssFidelity: orNull(numbers()),
  crssFidelityAllJ: orNull(numbers()),
  /** the chance to end up in "+"; null where the slow mode is not known */
  committor: orNull(numbers()),
} as const satisfies Fields;
export type Trace = ResultOf<typeof traceFields>;

type Samples = Pick<Settings, 'time' | 'samples'>;

/** What stands in the place of the CRSS's fidelities without collective decay. */
export const withoutCrss = { crssFidelity: null, crssFidelityAllJ: null };

/** Times of the samples, t = 0 first. */
export function sampleTimes({ time, samples }: Samples): number[] {
  return Array.from({ length: samples + 1 }, (_, slot) => (slot * time) / samples);
}

/** A trajectory's samples, [slot][observable], as arrays in time. */
export function traceOf(
  { atoms, gamma1D }: SystemParameters,
  options: Samples,
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
