/** What an ensemble of trajectories is asked for by. */
import { keysOf, type OptionTable, type Values } from '../parameters/options';
import { darkPort } from '../trajectories/dark-port';
import { photodetection } from '../trajectories/photodetection';
import { blockSize, observables } from '../trajectories/record';
import type { Unraveling } from '../trajectories/unraveling';
import { fewestToJudge } from './stop-rules';

/** The unravellings by name. */
export const unravelings = {
  'dark-port': darkPort,
  photodetection,
} as const satisfies Readonly<Record<string, Unraveling>>;
export type UnravelingName = keyof typeof unravelings;

const time = { kind: 'number', to: 1e9, unit: '1/rate', placeholder: 't' } as const;
export const defaultG2Bins = 50;

/**
 * Times in the inverse unit of the rates. Figure 4's system forgets its start as exp(-0.129 t): a burn-in of 60 leaves
 * 2e-4 of it, below the error of the means of 10^5 trajectories.
 */
export const trajectoryTable = {
  count: {
    kind: 'whole number',
    from: 2,
    to: 1e9,
    default: 2000,
    // A first look in seconds.
    page: '500',
    label: 'Trajectories',
    help: 'number of trajectories; where another rule stops, without limit by default',
  },
  maxSeconds: {
    kind: 'number',
    above: 0,
    to: 1e9,
    placeholder: 's',
    help: 'stop in time for this wall time, by whole batches (at least one)',
  },
  targetError: {
    kind: 'number',
    above: 0,
    to: 1e9,
    help: `stop once the standard error is down to x, from ${fewestToJudge} trajectories on`,
  },
  targetObservable: { kind: 'choice', of: observables, default: 'Sz', help: 'whose error' },
  /** length of each, from all atoms in the ground state */
  time: {
    ...time,
    above: 0,
    default: 100,
    identifies: 'ensemble',
    label: 'Time',
    symbol: '*T*',
    help: 'length of each, in the inverse unit of the rates',
  },
  /** what comes before it counts for the series, not for the steady state */
  burnIn: {
    ...time,
    from: 0,
    usually: '60 percent of --time',
    page: '60',
    identifies: 'ensemble',
    label: 'Burn-in',
    help: "time that the steady state's averages leave out",
  },
  /** sample times after t = 0, equally spaced up to `time` */
  samples: {
    kind: 'whole number',
    from: 1,
    // Beyond these the record of one block of trajectories would not fit the smallest devices.
    to: 10_000,
    default: 200,
    identifies: 'ensemble',
    label: 'Samples',
    help: 'sample times in a trajectory',
  },
  unraveling: {
    kind: 'choice',
    of: keysOf(unravelings),
    default: 'dark-port',
    identifies: 'ensemble',
    label: 'Unravelling',
    help: 'how the master equation is unravelled',
  },
  seed: {
    kind: 'whole number',
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
    default: 1,
    identifies: 'range',
    label: 'Seed',
    help: 'the same seed gives the same numbers',
  },
  /** number of the first trajectory among the seed's: ranges of one seed can be walked apart and merged */
  first: {
    kind: 'whole number',
    from: 0,
    // All numbers of trajectories stay exact integers.
    to: 2 ** 52,
    default: 0,
    identifies: 'range',
    help: `number of the first trajectory, a multiple of ${blockSize}`,
  },
  /** longest delay of g2; 0 when g2 is not asked for */
  g2Time: {
    ...time,
    from: 0,
    default: 0,
    page: '',
    identifies: 'ensemble',
    label: 'Longest delay of *g*_2',
    hint: '1/rate, or none',
    help:
      'photodetection: longest delay of g2 of the collective output, at most half the time after the burn-in; without ' +
      'it g2 is not recorded',
  },
  /** equal bins of [0, g2Time]; 0 when g2 is not asked for */
  g2Bins: {
    kind: 'whole number',
    from: 0,
    to: 500,
    default: 0,
    usually: String(defaultG2Bins),
    page: '',
    identifies: 'ensemble',
    label: 'Bins of *g*_2',
    hint: `${defaultG2Bins}, or yours`,
    help: 'equal bins of that delay, 1 to 500',
  },
  /** the first so many trajectories are kept jump by jump */
  records: {
    kind: 'whole number',
    from: 0,
    // Jumps are kept in the first batch, which holds a block at least.
    to: blockSize,
    default: 0,
    page: '',
    identifies: 'range',
    label: 'Jump records',
    hint: 'or none',
    help: `photodetection: keep every jump of the first n trajectories, 0 to ${blockSize}`,
  },
  resume: { kind: 'file', help: 'go on from a JSON result, up to --count in all: the same as one long run' },
  merge: { kind: 'files', help: 'merge JSON results of other seeds or ranges instead of walking' },
} as const satisfies OptionTable;

type Table = typeof trajectoryTable;

/** What trajectories of one ensemble have in common. */
export type EnsembleSetting = keyof {
  [Name in keyof Table as Table[Name] extends { identifies: 'ensemble' } ? Name : never]: Name;
};
type RangeSetting = keyof {
  [Name in keyof Table as Table[Name] extends { identifies: 'range' } ? Name : never]: Name;
};
export const ensembleSettings = settingsThat('ensemble') as EnsembleSetting[];
/** ... and those of one range of them. */
export const rangeSettings = [...ensembleSettings, ...(settingsThat('range') as RangeSetting[])];

/** What an ensemble of one range is, checked. */
export type Settings = {
  readonly [Name in EnsembleSetting | RangeSetting]: NonNullable<Values<Table>[Name]>;
};

function settingsThat(identify: 'ensemble' | 'range') {
  const table: OptionTable = trajectoryTable;
  return Object.keys(table).filter((name) => table[name].identifies === identify);
}
