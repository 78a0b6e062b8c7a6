import { InputError } from '../parameters/errors';
import { burnInSlots } from '../trajectories/batch-walk';
import { darkPort } from '../trajectories/dark-port';
import { photodetection } from '../trajectories/photodetection';
import type { Unraveling } from '../trajectories/unraveling';

/** The unravellings by name. */
export const unravelings: Readonly<Record<string, Unraveling>> = {
  'dark-port': darkPort,
  photodetection,
};

/** Options of an ensemble; times in the inverse unit of the rates. */
export interface TrajectoryOptions {
  /** number of trajectories */
  readonly count: number;
  /** length of each, from all atoms in the ground state */
  readonly time: number;
  /** what comes before it counts for the series, not for the steady state */
  readonly burnIn: number;
  /** sample times after t = 0, equally spaced up to `time` */
  readonly samples: number;
  readonly unraveling: Unraveling;
  readonly seed: number;
}

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
} as const;

/** Beyond these the record of one block of trajectories would not fit the smallest devices. */
const mostSamples = 10_000;
const mostTrajectories = 1e9;

/** @throws InputError naming the option */
export function trajectoryOptions(raw: Readonly<Record<string, unknown>>): TrajectoryOptions {
  const given = { ...defaultTrajectories, ...withoutUndefined(raw) } as Record<string, unknown>;
  const count = number('count', given.count, 2, mostTrajectories, true);
  const time = number('time', given.time, Number.MIN_VALUE, 1e9);
  const samples = number('samples', given.samples, 1, mostSamples, true);
  const burnIn = number('burn-in', given.burnIn, 0, time);
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
  return { count, time, burnIn, samples, unraveling: unravelings[name], seed };
}

function number(argument: string, got: unknown, least: number, most: number, whole = false): number {
  const value = typeof got === 'string' && got.trim() !== '' ? Number(got) : got;
  if (
    typeof value !== 'number' ||
    !(value >= least && value <= most) ||
    (whole && !Number.isInteger(value))
  ) {
    const kind = whole ? 'a whole number' : 'a number';
    const from = least === Number.MIN_VALUE ? 'above 0 and up to' : `from ${least} to`;
    throw new InputError(argument, got, `${kind} ${from} ${most}`);
  }
  return value;
}

function withoutUndefined(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
}
