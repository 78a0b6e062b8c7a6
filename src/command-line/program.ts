/** The commands and options, from words to an unchecked request; every mistake becomes one line. */

import { Command as CommanderCommand, CommanderError, Option as CommanderOption } from 'commander';
import { version } from '../../package.json';
import { engineTable } from '../experiments/engine-choice';
import type { Experiment } from '../experiments/experiment';
import { commands, registry } from '../experiments/registry';
import type { RunRequest } from '../experiments/run';
import { figureNames } from '../figures/figure-numbers';
import { excerpt, InputError } from '../parameters/errors';
import { flagOf, numberIn, type Option, pick, type Raw } from '../parameters/options';
import { systemOptions } from '../parameters/system-options';
import { figureCommandTable } from './figure-table';

/** Words that mean no command or option, in one line for a person. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Asked {
  readonly request: RunRequest;
  /** one JSON document on standard output instead of a table */
  readonly json: boolean;
  /** folder for the export files, or null */
  readonly out: string | null;
  /** whether HDF5 is among them */
  readonly hdf5?: boolean;
  /** file for what proves the result, where that is wanted */
  readonly certificate?: string;
}

/** A certificate to check. */
export interface Verification {
  readonly verify: string;
}

/** A figure of the paper, unchecked. */
export interface AskedFigure {
  readonly figure: string;
  /** folder for its files, or null */
  readonly out: string | null;
  readonly options: Raw;
}

/** What to print for --help and --version. */
export interface Answer {
  readonly text: string;
}

/** What else can be asked for: neither runs an experiment by itself. */
const figureCommand = 'figure';
const allCommands: readonly string[] = [...commands, figureCommand, 'verify'];

/** What stands for an option's value. */
const placeholders: Readonly<Record<Option['value']['kind'], string>> = {
  number: 'x',
  'whole number': 'n',
  'whole numbers': 'n,n,...',
  numbers: 'x,x,...',
  ramp: 't:x,t:x,...',
  part: 'i/n',
  choice: 'name',
  choices: 'name,name,...',
  file: 'FILE',
  files: 'FILES...',
};

/** An option's description in the help. */
function describe({ value, help, usually = value.default?.toString() }: Option): string {
  const names = 'of' in value ? `: ${value.of.join(', ')}` : '';
  return `${help}${names}${usually === undefined ? '' : `; default ${usually}`}`;
}

function optionOf(name: string, option: Option): CommanderOption {
  const { placeholder = placeholders[option.value.kind] } = option;
  const flag = flagOf(name);
  const made = new CommanderOption(`--${flag} <${placeholder}>`, describe(option));
  if (option.value.kind !== 'number' && option.value.kind !== 'whole number') return made;
  // What range it must lie in is the model's to say.
  return made.argParser((text: string) => {
    const number = numberIn(text);
    if (Number.isNaN(number)) throw new InputError(flag, text, 'a number');
    return number;
  });
}

/** What is common to all commands, and this command's own options. */
function addOptions(
  command: CommanderCommand,
  { takes, ofSystem, certifies }: Experiment<unknown, unknown>,
): void {
  const ofIts = ofSystem === undefined ? systemOptions : pick(systemOptions, ofSystem);
  for (const [name, option] of Object.entries({ ...ofIts, ...takes, ...engineTable })) {
    command.addOption(optionOf(name, option));
  }
  command.option('--json', 'print one JSON document instead of a table');
  command.option('--out <DIR>', 'also write the export files (JSON, CSV) to this folder');
  command.option('--hdf5', 'with --out, also write HDF5');
  if (certifies)
    command.option('--certificate <FILE>', 'also write what proves the result, for verify to check');
}

/** The values of a command's options, parted into the system's and the command's own. */
function asked({ command, takes }: Experiment<unknown, unknown>, values: Record<string, unknown>): Asked {
  const { json = false, out = null, hdf5, certificate, engine, ...rest } = values;
  const part = (mine: boolean) =>
    Object.fromEntries(Object.entries(rest).filter(([key]) => key in takes === mine));
  return {
    request: { command, system: part(false), options: part(true), engine },
    json: json as boolean,
    out: out as string | null,
    ...(hdf5 === true && { hdf5 }),
    ...(certificate !== undefined && { certificate: certificate as string }),
  };
}

/** One line for a mistake that commander found. */
function usage(
  { code, message }: CommanderError,
  command: string,
  rows: readonly (readonly [flags: string, takes: string])[],
): UsageError {
  if (code === 'commander.help') {
    return new UsageError(`a command is needed: ${allCommands.join(', ')}; --help tells more`);
  }
  const line = message
    .replace(/^error: /, '')
    .replace(/'(.*)'/s, (_, word: string) => `'${excerpt(word)}'`)
    .replaceAll(/\s+/g, ' ');
  const takes = (flags: string) => rows.find(([row]) => row === flags)?.[1] ?? 'a value';
  const missing = /option '([^']+)' argument missing/.exec(line);
  if (missing) {
    const [name] = missing[1].split(' ');
    return new UsageError(`${name} needs a value (${takes(missing[1])}), but got nothing`);
  }
  if (code === 'commander.missingArgument') {
    const needed =
      command === figureCommand ? `a number: ${figureNames.join(', ')}` : 'the FILE of a certificate';
    return new UsageError(`${command} needs ${needed}`);
  }
  if (code === 'commander.unknownOption' && !line.includes('Did you mean')) {
    return new UsageError(
      `${line}; ${command} takes ${rows.map(([flags]) => flags.split(' ')[0]).join(', ')}`,
    );
  }
  if (code === 'commander.unknownCommand' && !line.includes('Did you mean')) {
    return new UsageError(`${line}; the commands are ${allCommands.join(', ')}`);
  }
  return new UsageError(line);
}

/**
 * @param words the command line without node and script
 * @param called how it was called, for --help
 * @throws UsageError for an unknown command or option, or one without its value
 * @throws InputError for a system option that is no number
 */
export function parse(
  words: readonly string[],
  called = 'npm run --silent lab --',
): Asked | AskedFigure | Answer | Verification {
  let text = '';
  let result: Asked | AskedFigure | Verification | undefined;
  /** Whose options are all that is needed: to make those of every command takes five times as long. */
  const own = allCommands.find((command) => command === words[0]);
  const program = new CommanderCommand(called)
    .description('Dicke Bistability Lab, headless')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (words) => (text += words), writeErr: () => {} })
    .allowExcessArguments(false);
  for (const experiment of registry) {
    const command = program.command(experiment.command).description(experiment.does);
    command.allowExcessArguments(false);
    if (own === undefined || own === experiment.command) addOptions(command, experiment);
    command.action((values) => {
      result = asked(experiment, values);
    });
  }
  const figure = program
    .command(figureCommand)
    .description('a figure of the paper as SVG, CSV and JSON, by its number; all of them with an index page')
    .argument('<number>', figureNames.join(', '))
    .allowExcessArguments(false);
  for (const [name, option] of Object.entries(figureCommandTable)) figure.addOption(optionOf(name, option));
  figure.option('--out <DIR>', 'the folder that the files are written to');
  figure.action((number: string, { out = null, ...options }) => {
    result = { figure: number, out, options };
  });
  program
    .command('verify')
    .description('checks a certificate: whether what it claims is proven')
    .argument('<FILE>', 'as --certificate of steady-state, gap or metastable wrote it')
    .allowExcessArguments(false)
    .action((verify: string) => {
      result = { verify };
    });
  try {
    program.parse([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text };
    const name = own ?? allCommands.find((command) => words.includes(command)) ?? 'lab';
    const command = program.commands.find((candidate) => candidate.name() === name) ?? program;
    throw usage(
      error,
      name,
      command.options.map(({ flags, description }) => [flags, description] as const),
    );
  }
  // commander either ran the action of a command or threw.
  return result!;
}
