/**
 * What earlier runs finished, read from their documents, so that a run can go on from there or merge them. Every result
 * document of trajectories can serve: its checkpoint holds the sums, its other fields how they came about.
 */
import { InputError } from '../../parameters/errors';
import {
  checkOptions,
  flagOf,
  keysOf,
  type NamedDocument,
  type OptionTable,
  pick,
  type Raw,
} from '../../parameters/options';
import { inputOf, type SystemParameters, systemParameters } from '../../parameters/system';
import { quantities, type SystemInput, systemOptions } from '../../parameters/system-options';
import { sumsIn } from '../../statistics/checkpoint';
import { mergeSums, OverlapError, rangesOf, type Sums } from '../../statistics/sums';
import type { JumpRecord } from '../../trajectories/jump-records';
import { walk } from '../../trajectories/record';
import { changed, readDocument } from '../read-document';
import { type Trace, type TrajectoriesResult, trajectoryFields } from './trajectories-result';
import {
  detectionOf,
  type EnsembleSetting,
  ensembleSettings,
  rangeSettings,
  type Settings,
  trajectoryTable,
} from './trajectory-table';

const command = 'trajectories';

export interface EarlierRuns {
  readonly name: string;
  readonly parameters: SystemParameters;
  /** of a run to go on from, those of its range too */
  readonly settings: Pick<Settings, EnsembleSetting> & Partial<Settings>;
  readonly sums: Sums;
  readonly traces: readonly Trace[];
  readonly records: readonly JumpRecord[];
  readonly longerSteps: TrajectoriesResult['longerSteps'];
  /** what walked them, for a person; one for each that differs */
  readonly engines: readonly string[];
}

/**
 * The runs that the options `resume` (a NamedDocument) or `merge` (several) name; null without either.
 * @throws InputError naming what differs
 */
export function earlierRuns(raw: Raw): EarlierRuns | null {
  const { merge, resume } = checkOptions(pick(trajectoryTable, ['merge', 'resume']), raw);
  if (merge !== undefined) return merged(raw, merge);
  if (resume === undefined) return null;
  const { result, ...run } = read('resume', resume);
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
    throw changed('resume', run.name, command, 'result.checkpoint is of other trajectories');
  return { ...run, settings: { ...run.settings, seed, first, records: run.records.length } };
}

/**
 * The system of earlier runs, if what the user says of it does not contradict.
 * @throws InputError naming what differs
 */
export function systemOf({ parameters, name }: EarlierRuns, said: SystemInput): SystemParameters {
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const options: OptionTable & Record<string, { insteadOf?: readonly string[] }> = systemOptions;
  const replaced = Object.keys(given).flatMap((name) => options[name].insteadOf ?? []);
  const rest = Object.entries(inputOf(parameters)).filter(([name]) => !replaced.includes(name));
  const asked = systemParameters({ ...Object.fromEntries(rest), ...given });
  const different = quantities.find(({ quantity }) => asked[quantity] !== parameters[quantity]);
  if (different === undefined) return parameters;
  const { quantity, name: own } = different;
  const option =
    Object.keys(given).find((name) => name === own || options[name].insteadOf?.includes(own)) ?? own;
  const same = option === 'drive' ? parameters.driveOverCritical : parameters[quantity];
  const takes = option === 'ratio' ? `one that gives ${quantity} = ${same}` : `${same}`;
  throw new InputError(flagOf(option), given[option], `${takes}, as in ${name}`);
}

/** @throws InputError naming the first of these options that is not as it was */
export function requireSame({ settings, name }: EarlierRuns, asked: Settings): void {
  for (const setting of rangeSettings) {
    const same = settings[setting];
    // Of those of a range a merge has none; of an ensemble's what is not there was not asked for.
    const isKnown = same !== undefined || setting === 'ramp';
    if (isKnown && asked[setting] !== same)
      throw new InputError(flagOf(setting), asked[setting], `${same ?? 'left out'}, as in ${name}`);
  }
}

function merged(raw: Raw, documents: readonly NamedDocument[]): EarlierRuns {
  // The others say what to walk or when to stop: merging walks nothing.
  const taken: readonly string[] = [...ensembleSettings, 'merge'];
  for (const name of keysOf(trajectoryTable).filter((name) => !taken.includes(name))) {
    if (raw[name] !== undefined) throw new InputError(flagOf(name), raw[name], 'left out with --merge');
  }
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
    const { parameters, settings, traces, records, longerSteps } = runs.find(begins) ?? runs[0];
    const engines = [...new Set(runs.flatMap(({ engines }) => engines))];
    return { name, parameters, settings, sums, traces, records, longerSteps, engines };
  } catch (error) {
    if (!(error instanceof OverlapError)) throw error;
    throw new InputError('merge', error.message, 'files without common trajectories');
  }
}

function requireOneEnsemble(a: EarlierRuns, b: EarlierRuns): void {
  const settings = ensembleSettings.map((name) => [flagOf(name), a.settings[name], b.settings[name]]);
  const system = quantities.map(({ quantity }) => [quantity, a.parameters[quantity], b.parameters[quantity]]);
  for (const [what, one, other] of [...system, ...settings]) {
    if (one === other) continue;
    throw new InputError(
      'merge',
      `${one ?? 'none'} in ${a.name}, ${other ?? 'none'} in ${b.name}`,
      `files with the same ${what}`,
    );
  }
}

/** @throws InputError where the document is no result of trajectories, of another walk, or damaged */
function read(option: 'resume' | 'merge', named: NamedDocument) {
  const { name } = named;
  const document = readDocument(option, named, { command, fields: trajectoryFields });
  const { parameters, result } = document;
  if (document.walk !== walk) {
    const takes = `a result of the same trajectories: those of walk ${walk}`;
    throw new InputError(option, `${name} of walk ${document.walk} (release ${document.version})`, takes);
  }
  const sums = sumsIn(result.checkpoint, parameters, result.samples, result.unraveling);
  if (sums === null) throw changed(option, name, command, 'result.checkpoint is not of its trajectories');
  const { traces, records, longerSteps, engines } = result;
  return {
    name,
    parameters,
    settings: { ...pick(result, ensembleSettings), ...detectionOf(result) },
    sums,
    traces,
    records,
    longerSteps,
    engines,
    result,
  };
}
