/** What a run of the library is given: the command line's options by the names of their tables, as one object. */
import { takenOf } from '../experiments/check';
import type { ResultDocument } from '../experiments/experiment';
import { type Command, type Declared, experimentOf } from '../experiments/registry';
import type { RunRequest } from '../experiments/run';
import { InputError } from '../parameters/errors';
import { flagOf, type NamedDocument, type OptionTable } from '../parameters/options';
import { type SystemInput, systemOptions } from '../parameters/system-options';

type ValueOf<Kind> = Kind extends { kind: 'choice'; of: readonly (infer Name)[] }
  ? Name
  : Kind extends { kind: 'choices'; of: readonly (infer Name)[] }
    ? readonly Name[]
    : Kind extends { kind: 'whole numbers' | 'numbers' }
      ? readonly number[]
      : Kind extends { kind: 'ramp' | 'part' }
        ? string
        : Kind extends { kind: 'file' }
          ? ResultDocument
          : Kind extends { kind: 'files' }
            ? readonly ResultDocument[]
            : Kind extends { kind: 'number' | 'whole number' }
              ? number
              : never;

type Said<Table extends OptionTable> = {
  readonly [Name in keyof Table]?: ValueOf<Table[Name]['value']> | undefined;
};

type SystemOf<Experiment> = Experiment extends { ofSystem: readonly (infer Name extends keyof SystemInput)[] }
  ? Pick<SystemInput, Name>
  : SystemInput;

type Both<Experiment extends { takes: OptionTable }> = Omit<SystemOf<Experiment>, keyof Experiment['takes']> &
  Said<Experiment['takes']>;

/**
 * The options of a command: the system's and its own, each by its name on the command line in camel case (`burnIn` is `--burn-in`), what is
 * left out at its default there. Rates are in one unit of the caller's, times in its inverse. Lists are arrays, files documents.
 */
export type OptionsOf<Name extends Command> = {
  readonly [Option in keyof Both<Declared<Name>>]: Both<Declared<Name>>[Option];
};

/** @throws InputError naming the first that is not among those taken, or where they are no object */
export function refuseOthers(given: object, taken: readonly string[], taker: string): void {
  // A caller without types may give anything.
  const unchecked: unknown = given;
  if (typeof unchecked !== 'object' || unchecked === null || Array.isArray(unchecked))
    throw new InputError('options', unchecked, `an object of those that ${taker} takes: ${takenOf(taken)}`);
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && !taken.includes(name))
      throw new InputError(flagOf(name), value, `left out: ${taker} takes ${takenOf(taken)}`);
}

/**
 * The request that the options say, unchecked but for their names.
 * @param more options beside the system's and the command's own
 * @throws InputError naming an option that the command has not
 */
export function requestOf(command: Command, given: object, more: readonly string[] = []): RunRequest {
  const { takes = {}, ofSystem = Object.keys(systemOptions) } = experimentOf(command) ?? {};
  refuseOthers(given, [...new Set([...ofSystem, ...Object.keys(takes), ...more])], command);
  const { engine, ...said }: Record<string, unknown> = { ...given };
  const own = Object.entries(said).filter(([name]) => Object.hasOwn(takes, name));
  const system = Object.entries(said).filter(([name]) => !Object.hasOwn(takes, name));
  return {
    command,
    system: Object.fromEntries(system),
    options: Object.fromEntries(own.map(([name, value]) => [name, named(takes[name], value)])),
    engine,
  };
}

/** Documents with what messages call them. */
function named({ value: { kind } }: OptionTable[string], given: unknown): unknown {
  const document = (document: unknown, name: string): NamedDocument => ({ name, document });
  if (given === undefined) return given;
  if (kind === 'file') return document(given, 'the document given');
  if (kind !== 'files' || !Array.isArray(given)) return given;
  return given.map((one, i) => document(one, `document ${i + 1} of those given`));
}
