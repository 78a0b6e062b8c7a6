/** What an ensemble of trajectories is asked for by. */
import { keysOf, type OptionTable, type Values } from '../../parameters/options';
import { blockSize, observables } from '../../trajectories/record';
import { unravelingFacts } from '../../trajectories/unraveling-facts';
import { rampOption } from '../ramps/ramp-option';
import { fewestToJudge } from './stop-rules';

const time = { kind: 'number', to: 1e9, unit: '1/rate' } as const;
const positive = { kind: 'number', above: 0, to: 1e9 } as const;
export const defaultG2Bins = 50;

/**
 * Times in the inverse unit of the rates. Figure 4's system forgets its start as exp(-0.129 t): a burn-in of 60 leaves
 * 2e-4 of it, below the error of the means of 10^5 trajectories.
 */
export const trajectoryTable = {
  count: {
    value: { kind: 'whole number', from: 2, to: 1e9, default: 2000 },
    // On the page a first look in seconds.
    page: { label: 'Trajectories', first: '500' },
    help: 'number of trajectories; where another rule stops, without limit by default',
  },
  maxSeconds: {
    value: positive,
    placeholder: 's',
    help: 'stop in time for this wall time, by whole batches (at least one)',
  },
  targetError: {
    value: positive,
    help: `stop once the standard error is down to x, from ${fewestToJudge} trajectories on`,
  },
  targetObservable: { value: { kind: 'choice', of: observables, default: 'Sz' }, help: 'whose error' },
  ...rampOption,
  /** length of each, from all atoms in the ground state */
  time: {
    value: { ...time, above: 0, default: 100 },
    identifies: 'ensemble',
    page: { label: 'Time', symbol: '*T*' },
    placeholder: 't',
    help: 'length of each, in the inverse unit of the rates; with a ramp by default as long as it',
  },
  /** what comes before it counts for the series, not for the steady state */
  burnIn: {
    value: { ...time, from: 0 },
    identifies: 'ensemble',
    usually: '60 percent of --time',
    page: { label: 'Burn-in', first: '60' },
    placeholder: 't',
    help: "time that the steady state's averages leave out",
  },
  /** sample times after t = 0, equally spaced up to `time` */
  samples: {
    // Beyond these the record of one block of trajectories would not fit the smallest devices.
    value: { kind: 'whole number', from: 1, to: 10_000, default: 200 },
    identifies: 'ensemble',
    page: { label: 'Samples' },
    help: 'sample times in a trajectory',
  },
  unraveling: {
    value: { kind: 'choice', of: keysOf(unravelingFacts), default: 'dark-port' },
    identifies: 'ensemble',
    page: { label: 'Unravelling' },
    help: 'how the master equation is unravelled',
  },
  /** of the local oscillator, in radians; 0 where there is none */
  phase: {
    value: { kind: 'number', from: -10, to: 10, default: 0, means: 'radians' },
    identifies: 'ensemble',
    page: { label: 'Phase', hint: '0, or yours', first: '' },
    help: "homodyne: phase p of the local oscillator, X = exp(-i p) S_- + h.c. is recorded; pi/2 is the mean field's on resonance",
  },
  efficiency: {
    value: { kind: 'number', above: 0, to: 1, default: 1 },
    identifies: 'ensemble',
    page: { label: 'Efficiency', hint: '1, or yours', first: '' },
    help: 'share of the collective output that is detected; the averages are the same for any',
  },
  seed: {
    value: { kind: 'whole number', from: 0, to: Number.MAX_SAFE_INTEGER, default: 1 },
    identifies: 'range',
    page: { label: 'Seed' },
    help: 'the same seed gives the same numbers',
  },
  /** number of the first trajectory among the seed's: ranges of one seed can be walked apart and merged */
  first: {
    // All numbers of trajectories stay exact integers.
    value: { kind: 'whole number', from: 0, to: 2 ** 52, default: 0 },
    identifies: 'range',
    help: `number of the first trajectory, a multiple of ${blockSize}`,
  },
  shard: {
    value: { kind: 'part' },
    help: `walk the i-th of n parts of --count, i = 1 ... n, of whole blocks of ${blockSize}; --merge puts all of them together`,
  },
  /** longest delay of g2; 0 when g2 is not asked for */
  g2Time: {
    value: { ...time, from: 0, default: 0 },
    identifies: 'ensemble',
    usually: 'no g2',
    page: { label: 'Longest delay of *g*_2', hint: '1/rate, or none', first: '' },
    placeholder: 't',
    help: 'photodetection: longest delay of g2 of the collective output, at most half the time after the burn-in',
  },
  /** equal bins of [0, g2Time]; 0 when g2 is not asked for */
  g2Bins: {
    value: { kind: 'whole number', from: 0, to: 500, default: 0 },
    identifies: 'ensemble',
    usually: String(defaultG2Bins),
    page: { label: 'Bins of *g*_2', hint: `${defaultG2Bins}, or yours`, first: '' },
    help: 'equal bins of that delay, 1 to 500',
  },
  /** the first so many trajectories are kept jump by jump */
  records: {
    // Jumps are kept in the first batch, which holds a block at least.
    value: { kind: 'whole number', from: 0, to: blockSize, default: 0 },
    identifies: 'range',
    page: { label: 'Jump records', hint: 'or none', first: '' },
    help: `photodetection: keep every jump of the first n trajectories, 0 to ${blockSize}`,
  },
  resume: {
    value: { kind: 'file' },
    help: 'go on from a JSON result, up to --count in all: the same as one long run',
  },
  merge: {
    value: { kind: 'files' },
    help: 'merge JSON results of other seeds or ranges instead of walking',
  },
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
  readonly [Name in Exclude<EnsembleSetting | RangeSetting, 'ramp'>]: NonNullable<Values<Table>[Name]>;
} & { readonly ramp?: string };

/** What a document of a release without detectors leaves unsaid: all light is detected. */
export const detectionOf = ({ phase = 0, efficiency = 1 }: { phase?: number; efficiency?: number }) => ({
  phase,
  efficiency,
});

function settingsThat(identify: 'ensemble' | 'range') {
  const table: OptionTable = trajectoryTable;
  return Object.keys(table).filter((name) => table[name].identifies === identify);
}
