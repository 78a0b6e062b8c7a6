/** Single trajectories of an ensemble, sample by sample. */
import { spinSqueezing } from '../../operators/moments';
import { isReal, type SystemParameters } from '../../parameters/system';
import { spinMoments } from '../../statistics/averages';
import {
  type missing,
  observablesOf,
  type Recorded,
  type Traced,
  traced,
} from '../../trajectories/observables';
import { sampleRow } from '../../trajectories/record';
import type { Trace } from './trajectories-result';
import type { Settings } from './trajectory-table';

type Samples = Pick<Settings, 'time' | 'samples'>;

/** Times of the samples, t = 0 first. */
export function sampleTimes({ time, samples }: Samples): number[] {
  return Array.from({ length: samples + 1 }, (_, slot) => (slot * time) / samples);
}

/**
 * A trajectory's samples, [slot][observable], as arrays in time.
 * @param lacking null for each observable that there is none of
 */
export function traceOf(
  system: SystemParameters,
  options: Samples,
  lacking: ReturnType<typeof missing>,
  trace: Float32Array,
): Trace {
  const recorded = observablesOf(system);
  const width = recorded.length;
  const slots = Array.from({ length: options.samples + 1 }, (_, slot) => slot);
  const column = (name: Recorded) => slots.map((slot) => trace[sampleRow(slot, name, recorded)]);
  const squeezing = slots.map((slot) =>
    spinSqueezing(system.atoms, spinMoments(trace.subarray(slot * width, (slot + 1) * width), recorded)),
  );
  const columns = traced.map((name) => [name, column(name)]);
  const values: { readonly [Name in Traced]: readonly number[] } = Object.fromEntries(columns);
  const transverse = isReal(system) ? {} : { Sx: column('Sx') };
  return { t: sampleTimes(options), ...values, ...transverse, ...lacking, squeezing };
}
