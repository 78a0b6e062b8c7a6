/**
 * What earlier runs finished, read from their documents, so that a run can go on from there or merge them. Every result
 * document of trajectories can serve: its checkpoint holds the sums, its other fields how they came about.
 */
import { version } from '../../package.json';
import type { AdapterDescription } from '../gpu/gpu';
import { InputError } from '../parameters/errors';
import { type SystemInput, type SystemParameters, systemParameters } from '../parameters/system';
import { sumsIn } from '../statistics/checkpoint';
import { mergeSums, OverlapError, rangesOf, type Sums } from '../statistics/sums';
import type { JumpRecord } from '../trajectories/jump-records';
import type { ResultDocument } from './experiment';
import type { TrajectoriesResult } from './trajectories-result';
import type { Trace } from './trajectory-trace';

/** A document and where it came from, for messages. */
export interface NamedDocument {
  readonly name: string;
  readonly document: unknown;
}

/** What must be the same for trajectories to belong to one ensemble, by the names of their options. */
const settingNames = {
  time: 'time',
  burnIn: 'burn-in',
  samples: 'samples',
  unraveling: 'unraveling',
  g2Time: 'g2-time',
  g2Bins: 'g2-bins',
} as const;
/** ... and to one range of them. */
const rangeNames = { ...settingNames, seed: 'seed', first: 'first', records: 'records' } as const;

type Settings = Pick<TrajectoriesResult, keyof typeof settingNames>;

export interface EarlierRuns {
  readonly name: string;
  readonly parameters: SystemParameters;
  /** of a run to go on from, seed and first trajectory too */
  readonly settings: Settings & Partial<Pick<TrajectoriesResult, 'seed' | 'first'> & { records: number }>;
  readonly sums: Sums;
  readonly traces: readonly Trace[];
  readonly records: readonly JumpRecord[];
  readonly adapter: AdapterDescription | null;
}

type Raw = Readonly<Record<string, unknown>>;

/** Options that say what to walk or when to stop: merging walks nothing. */
const notMerging = {
  resume: 'resume',
  count: 'count',
  seed: 'seed',
  first: 'first',
  maxSeconds: 'max-seconds',
  targetError: 'target-error',
  targetObservable: 'target-observable',
  records: 'records',
};

/**
 * The runs that the options `resume` (a NamedDocument) or `merge` (several) name; null without either.
 * @throws InputError naming what differs
 */
export function earlierRuns(raw: Raw): EarlierRuns | null {
  if (raw.merge !== undefined) return merged(raw);
  if (raw.resume === undefined) return null;
  const { result, ...run } = read('resume', raw.resume as NamedDocument);
  const [range, ...more] = rangesOf(run.sums);
  const { seed, first } = result;
  if (more.length > 0 || seed === null || first === null) {
    throw new InputError(
      'resume',
      run.name,
      'a result of one seed without gaps (a merge of several has no next)',
    );
  }
  if (range !== undefined && (range.seed !== seed || range.first !== first))
    throw damaged('resume', run.name);
  return { ...run, settings: { ...run.settings, seed, first, records: run.records.length } };
}

/**
 * The system of earlier runs, if what the user says of it does not contradict.
 * @throws InputError naming what differs
 */
export function systemOf({ parameters, name }: EarlierRuns, said: SystemInput): SystemParameters {
  const { atoms, gamma1D, gammaF, omega } = parameters;
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const rates = 'ratio' in given ? {} : { gamma1d: gamma1D, gammaf: gammaF };
  const drive = 'drive' in given ? {} : { omega };
  const asked = systemParameters({ atoms, ...rates, ...drive, ...given });
  const different = (['atoms', 'gamma1D', 'gammaF', 'omega'] as const).find(
    (key) => asked[key] !== parameters[key],
  );
  if (different === undefined) return parameters;
  const sayings = {
    atoms: ['atoms'],
    gamma1D: ['gamma1d', 'ratio'],
    gammaF: ['gammaf', 'ratio'],
    omega: ['omega', 'drive'],
  };
  const option = sayings[different].find((option) => option in given) as keyof SystemInput;
  const same = option === 'drive' ? parameters.driveOverCritical : parameters[different];
  const takes = option === 'ratio' ? `one that gives ${different} = ${same}` : `${same}`;
  throw new InputError(option, given[option], `${takes}, as in ${name}`);
}

/** @throws InputError naming the first of these options that is not as it was */
export function requireSame(
  { settings, name }: EarlierRuns,
  checked: Readonly<Record<string, unknown>>,
): void {
  for (const [key, option] of Object.entries(rangeNames)) {
    const same = settings[key as keyof typeof rangeNames];
    if (same !== undefined && checked[key] !== same) {
      throw new InputError(option, checked[key], `${same}, as in ${name}`);
    }
  }
}

function merged(raw: Raw): EarlierRuns {
  for (const [key, option] of Object.entries(notMerging)) {
    if (raw[key] !== undefined) throw new InputError(option, raw[key], 'left out with --merge');
  }
  const documents = raw.merge as readonly NamedDocument[];
  if (documents.length < 2) throw new InputError('merge', documents[0]?.name, 'at least two files');
  const runs = documents.map((document) => read('merge', document));
  for (const run of runs.slice(1)) requireOneEnsemble(runs[0], run);
  const name = runs.map(({ name }) => name).join(', ');
  try {
    const sums = mergeSums(...runs.map(({ sums }) => sums));
    // The first trajectories are kept sample by sample: those of the earliest range.
    const [earliest] = rangesOf(sums);
    const begins = ({ sums }: EarlierRuns) =>
      sums.counts.some(({ seed, first }) => seed === earliest?.seed && first === earliest.first);
    const { parameters, settings, traces, records } = runs.find(begins) ?? runs[0];
    return { name, parameters, settings, sums, traces, records, adapter: null };
  } catch (error) {
    if (!(error instanceof OverlapError)) throw error;
    throw new InputError('merge', error.message, 'files without common trajectories');
  }
}

function requireOneEnsemble(a: EarlierRuns, b: EarlierRuns): void {
  const settings = Object.entries(settingNames).map(([key, option]) => {
    const values = [a, b].map((run) => run.settings[key as keyof Settings]);
    return [option, ...values] as const;
  });
  const system = (['atoms', 'gamma1D', 'gammaF', 'omega'] as const).map(
    (key) => [key, a.parameters[key], b.parameters[key]] as const,
  );
  for (const [what, one, other] of [...system, ...settings]) {
    if (one === other) continue;
    throw new InputError(
      'merge',
      `${one} in ${a.name}, ${other} in ${b.name}`,
      `files with the same ${what}`,
    );
  }
}

/** @throws InputError where the document is no result of trajectories, of another version, or damaged */
export function read(option: 'resume' | 'merge', { name, document }: NamedDocument) {
  const { schema, command, result, ...origin } = (document ?? {}) as Partial<
    ResultDocument<TrajectoriesResult>
  >;
  if (schema !== 'dicke-bistability/1' || command !== 'trajectories' || !result?.checkpoint) {
    throw new InputError(
      option,
      name,
      'a JSON result of trajectories (dicke-bistability/1) with its checkpoint',
    );
  }
  if (origin.version !== version) {
    throw new InputError(option, `${name} of ${origin.version}`, `a result of this version, ${version}`);
  }
  const { time, burnIn, samples, unraveling, g2Time, g2Bins, traces, records } = result;
  const parameters = checkedSystem(origin.parameters);
  const sums = parameters && sumsIn(result.checkpoint, parameters.atoms, samples);
  if (parameters === null || sums === null || !Array.isArray(traces) || !Array.isArray(records)) {
    throw damaged(option, name);
  }
  const settings: Settings = { time, burnIn, samples, unraveling, g2Time, g2Bins };
  return { name, parameters, settings, sums, traces, records, adapter: origin.adapter ?? null, result };
}

function damaged(option: string, name: string): InputError {
  return new InputError(option, name, 'a result of trajectories as it was written: this one was changed');
}

/** The parameters, if they are a system's. */
function checkedSystem(parameters: SystemParameters | undefined): SystemParameters | null {
  try {
    const { atoms, gamma1D, gammaF, omega } = parameters as SystemParameters;
    systemParameters({ atoms, gamma1d: gamma1D, gammaf: gammaF, omega });
    return parameters as SystemParameters;
  } catch {
    return null;
  }
}
