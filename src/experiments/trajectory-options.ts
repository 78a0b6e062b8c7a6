import { InputError } from '../parameters/errors';
import type { SystemParameters } from '../parameters/system';
import { burnInSlots } from '../trajectories/batch-walk';
import { darkPort } from '../trajectories/dark-port';
import { photodetection } from '../trajectories/photodetection';
import type { PhotonRequest } from '../trajectories/photon-plan';
import { blockSize, type Observable, observables } from '../trajectories/record';
import type { Unraveling } from '../trajectories/unraveling';
import { type EarlierRuns, earlierRuns, requireSame } from './earlier-runs';
import { mostTime, number, positive } from './numbers';
import { photonOptions } from './photon-options';
import type { StopRules } from './stop-rules';
import { recordUnits, traceUnits } from './trajectory-trace';
import type { UnitsOf } from './units';

/** The unravellings by name. */
export const unravelings: Readonly<Record<string, Unraveling>> = {
  'dark-port': darkPort,
  photodetection,
};

/** Options of an ensemble; times in the inverse unit of the rates. */
export interface TrajectoryOptions {
  readonly stop: StopRules;
  /** length of each, from all atoms in the ground state */
  readonly time: number;
  /** what comes before it counts for the series, not for the steady state */
  readonly burnIn: number;
  /** sample times after t = 0, equally spaced up to `time` */
  readonly samples: number;
  readonly unraveling: Unraveling;
  readonly seed: number;
  /** number of the first trajectory among the seed's: ranges of one seed can be walked apart and merged */
  readonly first: number;
  /** what to record of the photons, where the jumps are photons */
  readonly photons: PhotonRequest;
  /** what is finished already: to go on from, or, `merge`, all that there is to be */
  readonly earlier: EarlierRuns | null;
  readonly merge: boolean;
}

export const trajectoryOptionUnits: UnitsOf<TrajectoryOptions> = {
  stop: '1',
  time: '1/rate',
  burnIn: '1/rate',
  samples: '1',
  unraveling: '1',
  seed: '1',
  first: '1',
  photons: { g2Time: '1/rate', g2Bins: '1', records: '1' },
  // Sums are kept in the system's own unit, and nothing reads parameters and settings in a run.
  earlier: {
    name: '1',
    parameters: '1',
    settings: '1',
    sums: '1',
    traces: [traceUnits],
    records: [recordUnits],
    adapter: '1',
  },
  merge: '1',
};

/**
 * Figure 4's system forgets its start as exp(-0.129 t): the burn-in leaves 2e-4 of it, below the error of the means
 * of 10^5 trajectories.
 */
export const defaultTrajectories = {
  count: 2000,
  time: 100,
  burnIn: 60,
  samples: 200,
  unraveling: 'dark-port',
  seed: 1,
  first: 0,
  targetObservable: 'Sz',
} as const;

/** Beyond these the record of one block of trajectories would not fit the smallest devices. */
const mostSamples = 10_000;
const mostTrajectories = 1e9;
const mostSeconds = 1e9;
/** The last number that a trajectory of a range may have stays an exact integer. */
const lastFirst = 2 ** 52;

/** @throws InputError naming the option */
export function trajectoryOptions(
  raw: Readonly<Record<string, unknown>>,
  parameters: SystemParameters,
): TrajectoryOptions {
  const earlier = earlierRuns(raw);
  const given: Record<string, unknown> = {
    ...defaultTrajectories,
    burnIn: undefined,
    ...earlier?.settings,
    ...withoutUndefined(raw),
  };
  const time = positive('time', given.time, mostTime(parameters));
  const samples = number('samples', given.samples, 1, mostSamples, true);
  const burnIn = number('burn-in', given.burnIn ?? defaultBurnIn(time, samples), 0, time);
  if (burnInSlots(burnIn, time, samples) >= samples) {
    const most = (time * (samples - 1)) / samples;
    throw new InputError(
      'burn-in',
      burnIn,
      `from 0 to ${most}: one sampling step before --time at the latest`,
    );
  }
  const seed = number('seed', given.seed, 0, Number.MAX_SAFE_INTEGER, true);
  const name = String(given.unraveling);
  if (!Object.hasOwn(unravelings, name)) {
    throw new InputError('unraveling', name, `one of ${Object.keys(unravelings).join(', ')}`);
  }
  const first = number('first', given.first, 0, lastFirst, true);
  if (first % blockSize !== 0) throw new InputError('first', first, `a multiple of ${blockSize}`);
  const unraveling = unravelings[name];
  const counted = time - (burnInSlots(burnIn, time, samples) * time) / samples;
  const photons = photonOptions(given, unraveling.photons, counted);
  if (earlier !== null) {
    requireSame(earlier, { time, burnIn, samples, unraveling: name, seed, first, ...photons });
  }
  const merge = raw.merge !== undefined;
  const stop = stopRules(raw, earlier, merge);
  return { stop, time, burnIn, samples, unraveling, seed, first, photons, earlier, merge };
}

/** The default's share of another length, at a sample time: a short run is not refused for a burn-in nobody asked for. */
function defaultBurnIn(time: number, samples: number): number {
  const share = defaultTrajectories.burnIn / defaultTrajectories.time;
  return (Math.floor(share * samples) * time) / samples;
}

/** The count has a default only where nothing else ends the run; a run to go on with must say how far. */
function stopRules(
  raw: Readonly<Record<string, unknown>>,
  earlier: EarlierRuns | null,
  merge: boolean,
): StopRules {
  const held = earlier?.sums.counts.reduce((sum, { count }) => sum + count, 0) ?? 0;
  if (merge) return { count: held, maxSeconds: null, target: null };
  const { count, maxSeconds, targetError, targetObservable = defaultTrajectories.targetObservable } = raw;
  const open = maxSeconds !== undefined || targetError !== undefined;
  const byDefault = open ? mostTrajectories : earlier === null ? defaultTrajectories.count : undefined;
  if (targetError === undefined && raw.targetObservable !== undefined) {
    throw new InputError('target-error', targetError, 'given with --target-observable');
  }
  if (!observables.includes(targetObservable as Observable)) {
    throw new InputError('target-observable', targetObservable, `one of ${observables.join(', ')}`);
  }
  const error = targetError === undefined ? null : positive('target-error', targetError, 1e9);
  return {
    count: number('count', count ?? byDefault, Math.max(2, held), mostTrajectories, true),
    maxSeconds: maxSeconds === undefined ? null : positive('max-seconds', maxSeconds, mostSeconds),
    target: error === null ? null : { observable: targetObservable as Observable, error },
  };
}

function withoutUndefined(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
}
