/**
 * What the length of diffusive steps errs by. Steps of weak order 2 that are `stretch` times as long err stretch^2 times as much: what
 * fewer trajectories with such steps differ by tells it.
 */
import type { SystemParameters } from '../../parameters/system';
import { EnsembleStatistics, type Measured } from '../../statistics/ensemble';
import { blockSize } from '../../trajectories/record';
import type { EnsembleRequest } from '../../trajectories/request';
import type { RunContext } from '../experiment';
import type { TrajectoriesResult } from './trajectories-result';
import type { Settings } from './trajectory-table';
import { walkThroughLosses } from './walk-through-losses';

/** Those of the next order are small still: at 8 atoms with figure 4's rates the averages are then off by 3 percent. */
const stretch = 4;

/** Null where an observable lacks what it rests on. */
type Means = NonNullable<TrajectoriesResult['longerSteps']>;
type Named = Readonly<Record<string, Measured | null | undefined>>;

/** Averages of the range's first block with longer steps, however many are asked for; null where the run is interrupted. */
export async function withLongerSteps(
  context: RunContext,
  system: SystemParameters,
  options: Settings,
  request: EnsembleRequest,
): Promise<Means | null> {
  const detection = { phase: options.phase, efficiency: options.efficiency, stretch };
  const longer = {
    ...request,
    ...{ detection, count: blockSize, done: 0, traces: 0 },
  };
  const statistics = new EnsembleStatistics(system, options);
  for await (const { batch } of walkThroughLosses(context, longer, [], () => {})) statistics.add(batch);
  return statistics.count < longer.count ? null : statistics.steady();
}

/** Of each average, by what it is with longer steps. */
export function stepError(averages: Means, longer: Means): Means {
  const other: Named = longer;
  const share = 1 / (stretch ** 2 - 1);
  const errorOf = (own: Measured, name: string) => ({
    value: share * ((other[name]?.value ?? Number.NaN) - own.value),
    error: share * Math.hypot(own.error, other[name]?.error ?? Number.NaN),
  });
  const known = Object.entries<Measured | null | undefined>(averages).map(([name, own]) => [
    name,
    own ? errorOf(own, name) : null,
  ]);
  return Object.fromEntries(known) as Means;
}

/** What is surely shifted by its steps, and by more than its own error. */
export function spoiledBySteps(averages: Means, errors: Means): string[] {
  const own: Named = averages;
  return Object.entries<Measured | null | undefined>(errors).flatMap(([name, shift]) => {
    if (!shift || !own[name]) return [];
    const isSure = Math.abs(shift.value) > Math.max(3 * shift.error, own[name].error);
    return isSure ? [`${name} by ${shift.value.toPrecision(2)}`] : [];
  });
}
