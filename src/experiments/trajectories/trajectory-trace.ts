/** Single trajectories of an ensemble, sample by sample. */
import { spinSqueezing } from '../../operators/moments';
import type { SystemParameters } from '../../parameters/system';
import { spinMoments } from '../../statistics/averages';
import { quadratureOf } from '../../trajectories/detection';
import {
  type missing,
  observablesOf,
  type Recorded,
  type Traced,
  traced,
} from '../../trajectories/observables';
import { sampleRow } from '../../trajectories/record';
import { unravelingFacts } from '../../trajectories/unraveling-facts';
import type { Trace } from './trajectories-result';
import type { Settings } from './trajectory-table';

type Samples = Pick<Settings, 'time' | 'samples'>;
type Walked = Samples & Pick<Settings, 'unraveling' | 'phase'>;

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
  options: Walked,
  lacking: ReturnType<typeof missing>,
  trace: Float32Array,
): Trace {
  const { currents } = unravelingFacts[options.unraveling];
  const recorded = observablesOf(system, currents);
  const width = recorded.length;
  const slots = Array.from({ length: options.samples + 1 }, (_, slot) => slot);
  const column = (name: Recorded) => slots.map((slot) => trace[sampleRow(slot, name, recorded)]);
  const squeezing = slots.map((slot) =>
    spinSqueezing(system.atoms, spinMoments(trace.subarray(slot * width, (slot + 1) * width), recorded)),
  );
  const columns = traced.map((name) => [name, column(name)]);
  const values: { readonly [Name in Traced]: readonly number[] } = Object.fromEntries(columns);
  const [Sx2, Sy2] = [column('Sx2'), column('Sy2')];
  // S_+ S_- = S_x^2 + S_y^2 + S_z
  const intensity = values.Sz.map((Sz, slot) => Sx2[slot] + Sy2[slot] + Sz);
  const more = Object.fromEntries(currents.map((name) => [name, column(name)]));
  const transverse = recorded.includes('Sx') ? { Sx: column('Sx') } : {};
  const quadrature =
    options.unraveling === 'homodyne' &&
    values.Sy.map((Sy, slot) => quadratureOf(options.phase, transverse.Sx?.[slot] ?? 0, Sy));
  const light = { intensity, ...more, ...(quadrature && { quadrature }) };
  return { t: sampleTimes(options), ...values, ...transverse, ...light, ...lacking, squeezing };
}
