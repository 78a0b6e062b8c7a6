/** The loop of <S_z> against a drive that goes up and comes back. */
import { staticLoopArea } from '../../mean-field/static-loop';
import { type Loop, loopOf, type Ramp } from '../../parameters/ramp';
import { isEquation1, type SystemParameters } from '../../parameters/system';
import type { Measured } from '../../statistics/estimate';
import {
  type Fields,
  group,
  measured,
  number,
  numbers,
  optional,
  orNull,
  type ResultOf,
  series,
} from '../fields';

/** In time order. */
const branch = series({
  t: numbers('1/rate'),
  /** Omega/Omega_c */
  drive: numbers(),
  Sz: group({ mean: numbers(), error: numbers() }),
});

export const hysteresisFields = {
  /** int (<S_z> down - <S_z> up) d(Omega/Omega_c); null while the loop is open */
  area: orNull(measured()),
  up: branch,
  down: branch,
  /** of the mean field, infinitely slowly: null in the general model */
  meanField: orNull(group({ area: number() })),
} as const satisfies Fields;
export type Hysteresis = ResultOf<typeof hysteresisFields>;
export const hysteresisField = optional(group(hysteresisFields));

/** The loop of a ramp that makes one before the run ends. */
export function loopWithin(ramp: Ramp | undefined, time: number): Loop | null {
  const loop = ramp === undefined ? null : loopOf(ramp);
  return loop !== null && loop.up.to <= time && loop.down.to <= time ? loop : null;
}

/** What was sampled so far. */
export interface Sampled {
  readonly t: readonly number[];
  readonly drive: readonly number[];
  readonly mean: readonly number[];
  readonly error: readonly number[];
}

export function hysteresisOf(
  system: SystemParameters,
  ramp: Ramp,
  { up, down }: Loop,
  sampled: Sampled,
  area: Measured | null,
): Hysteresis {
  const within = ({ from, to }: Loop['up']) => {
    const places = [...sampled.t.keys()].filter((i) => sampled.t[i] >= from && sampled.t[i] <= to);
    const of = (values: readonly number[]) => places.map((i) => values[i]);
    return {
      t: of(sampled.t),
      drive: of(sampled.drive),
      Sz: { mean: of(sampled.mean), error: of(sampled.error) },
    };
  };
  const [low, high] = [Math.min(...ramp.drive), Math.max(...ramp.drive)];
  return {
    area,
    up: within(up),
    down: within(down),
    meanField: isEquation1(system) ? { area: (staticLoopArea(system, low, high) * system.atoms) / 2 } : null,
  };
}
