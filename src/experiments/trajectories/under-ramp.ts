/** What an ensemble says of a drive that changes. */
import { driveAt, rampOf, turnsOf } from '../../parameters/ramp';
import type { SystemParameters } from '../../parameters/system';
import type { EnsembleStatistics } from '../../statistics/ensemble';
import { RampStatistics, reach } from '../../statistics/ramp-switching';
import { hysteresisOf, loopWithin } from '../ramps/hysteresis';
import { midway } from '../ramps/ramp-crossings';
import type { TrajectoriesResult } from './trajectories-result';
import type { Settings } from './trajectory-table';
import { sampleTimes } from './trajectory-trace';

/** Null where the ramp turns more than once. */
export function rampStatistics(
  system: SystemParameters,
  options: Settings & { readonly ramp: string },
): (() => RampStatistics) | null {
  const ramp = rampOf(options.ramp);
  const turns = turnsOf(ramp);
  const at = midway(system);
  const { atoms } = system;
  return (
    turns && (() => new RampStatistics(atoms, sampleTimes(options), ramp, turns, at && (at * atoms) / 2))
  );
}

export function underRamp(
  system: SystemParameters,
  options: Settings & { readonly ramp: string },
  statistics: EnsembleStatistics,
): Pick<TrajectoriesResult, 'hysteresis' | 'rampCrossings'> {
  const ramp = rampOf(options.ramp);
  const found = statistics.ramp();
  const loop = loopWithin(ramp, options.time);
  const { Sz } = statistics.series();
  const t = sampleTimes(options);
  const sampled = { t, drive: t.map((time) => driveAt(ramp, time)), ...Sz };
  const at = midway(system);
  return {
    ...(found && loop && { hysteresis: hysteresisOf(system, ramp, loop, sampled, found.area()) }),
    ...(found &&
      at !== null && {
        rampCrossings: { at, hysteresis: reach, up: found.crossings('up'), down: found.crossings('down') },
      }),
  };
}
