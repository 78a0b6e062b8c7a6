/** Where numbers come from, in words: the head of every file that holds some. */
import { version } from '../../package.json';
import type { ResultDocument } from '../experiments/experiment';
import type { Fields, Unit } from '../experiments/fields';
import { experimentOf } from '../experiments/registry';
import type { RunRequest } from '../experiments/run';
import { pick } from '../parameters/options';
import { inputOf, type SystemParameters, tellingQuantities } from '../parameters/system';

/** All of a document but how long it took, and what its files are checked by. */
export type Origin = Omit<ResultDocument, 'seconds' | 'walk' | 'sha256'>;

/**
 * What a run was asked for, by its options' names: which trajectories first, then what kind. Options that a result does
 * not tell of, files and rules to stop by, leave no trace in its numbers.
 */
export function settingsOf({ command, result }: Origin): Readonly<Record<string, unknown>> {
  const experiment = experimentOf(command);
  if (experiment === undefined || typeof result !== 'object' || result === null) return {};
  const told: Record<string, unknown> = { ...result, ...experiment.told?.(result) };
  const { takes } = experiment;
  const [ofRange, others] = [true, false].map((range) =>
    Object.keys(takes).filter((name) => (takes[name].identifies === 'range') === range),
  );
  const names = [...ofRange, ...others, 'start'].filter(
    (name) => told[name] === null || !['object', 'undefined'].includes(typeof told[name]),
  );
  return Object.fromEntries(names.map((name) => [name, told[name]]));
}

/** What a run of the same numbers is asked for by. */
export function requestOf(document: Origin): RunRequest {
  const { command, parameters } = document;
  const { takes = {}, ofSystem } = experimentOf(command) ?? {};
  const system = inputOf(parameters);
  const options = Object.entries(settingsOf(document)).filter(([name]) => name in takes);
  return {
    command,
    system: ofSystem === undefined ? system : pick(system, ofSystem),
    options: Object.fromEntries(options),
  };
}

/** Of the rates, and of what a command's results hold in another unit. */
export function unitsOf(command: string): string {
  const inGammaF = [...new Set(namesOf(experimentOf(command)?.fields ?? {}, 'gammaF'))];
  return [
    'rates in the unit of gamma1D and gammaF, times in its inverse, hbar=1',
    ...(inGammaF.length > 0 ? [`${inGammaF.join(' and ')} in units of gammaF`] : []),
  ].join('; ');
}
export const errors = 'one standard error (ensembles) or an error bound (eigenvalues)';

/** The names of the fields of that unit, at any depth. */
function namesOf(fields: Fields, unit: Unit): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const inner = field.kind === 'list' ? field.of : field;
    if ('fields' in inner) return namesOf(inner.fields, unit);
    return 'unit' in inner && inner.unit === unit ? [name] : [];
  });
}

/** The systems that a document is of: its own, or those that its experiment went through. */
export const systemsOf = ({ command, parameters, result }: Origin): readonly SystemParameters[] =>
  experimentOf(command)?.systems?.(result, parameters) ?? [parameters];

/**
 * A line each; where documents differ, as the points of a sweep do, each value once or both ends of them. Without a
 * document, for curves that no system stands behind, the version.
 */
export function originLines(documents: readonly Origin[]): string[] {
  if (documents.length === 0) return [`Dicke Bistability Lab ${version}`];
  const lines = (of: (origin: Origin) => readonly string[]) => [...new Set(documents.flatMap(of))];
  const systems = documents.flatMap(systemsOf);
  const parameters = tellingQuantities(systems).map(
    (name) => `${name}=${together(systems.map((system) => system[name]))}`,
  );
  return [
    ...lines(({ version, command, schema }) => [`Dicke Bistability Lab ${version}, ${command} (${schema})`]),
    parameters.join(' '),
    ...lines(({ command }) => [`units: ${unitsOf(command)}; error: ${errors}`]),
    ...lines((origin) => {
      const settings = Object.entries(settingsOf(origin)).map(([name, value]) => `${name}=${value}`);
      return settings.length > 0 ? [settings.join(' ')] : [];
    }),
    ...lines(({ engine, threads }) => [
      `engine: ${engine}${threads === null ? '' : `, ${threads} thread${threads === 1 ? '' : 's'}`}`,
    ]),
    ...lines(({ adapter }) => [
      adapter
        ? `adapter: ${adapter.vendor} ${adapter.architecture} ${adapter.description}`
        : 'adapter: none used',
    ]),
    ...lines(({ interrupted }) => (interrupted ? ['interrupted: holds what was finished'] : [])),
    ...lines(({ warnings }) => warnings.map((sentence) => `warning: ${sentence}`)),
  ].map((line) => line.replaceAll(/\s+/g, ' ').trim());
}

function together(values: readonly (number | null)[]): string {
  const different = [...new Set(values)];
  if (different.length <= 6) return different.join(',');
  const numbers = different.filter((value) => value !== null);
  return `${Math.min(...numbers)}..${Math.max(...numbers)} (${different.length} values)`;
}

/** The origin of curves that need no run: the mean field of a system. */
export const meanFieldOrigin = (parameters: SystemParameters): readonly Origin[] => [
  {
    schema: 'dicke-bistability/1',
    command: 'mean-field',
    version,
    parameters,
    ...{ engine: 'cpu', adapter: null, threads: 1 },
    warnings: [],
    interrupted: false,
    result: {},
  },
];
