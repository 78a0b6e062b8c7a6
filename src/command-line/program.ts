/** The commands and options, from words to an unchecked request; every mistake becomes one line. */

import { Command as CommanderCommand, CommanderError, Option } from 'commander';
import { version } from '../../package.json';
import type { Command } from '../experiments/experiment';
import { defaultG2Bins, mostG2Bins, mostRecords } from '../experiments/photon-options';
import type { RunRequest } from '../experiments/run';
import { fewestToJudge } from '../experiments/stop-rules';
import { defaultEvolution } from '../experiments/time-evolution';
import { defaultTrajectories, unravelings } from '../experiments/trajectory-options';
import { startStates } from '../liouvillian/evolution';
import { InputError } from '../parameters/errors';
import { blockSize, observables } from '../trajectories/record';

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
}

/** What to print for --help and --version. */
export interface Answer {
  readonly text: string;
}

/** What an option takes is a number, unless it says that it is text. */
type OptionRow = readonly [flags: string, takes: string, kind?: 'text'];

const unravelingNames = Object.keys(unravelings).join(' or ');

const atoms: OptionRow = ['--atoms <N>', 'number of atoms, 1 to 1000; default 18'];
const systemRows: readonly OptionRow[] = [
  ['--gamma1d <A>', 'collective decay rate gamma_1D; default 10'],
  ['--gammaf <B>', 'individual decay rate gamma_F; default 1'],
  ['--ratio <R>', 'instead of both: Gamma/gamma, in units of gamma = gamma_1D + gamma_F'],
  ['--drive <X>', 'drive Omega/Omega_c; default 0.73'],
  ['--omega <W>', 'instead of --drive: Omega itself'],
];

const trajectoryRows: readonly OptionRow[] = [
  [
    '--count <n>',
    `number of trajectories; default ${defaultTrajectories.count}, without limit where another rule stops`,
  ],
  ['--max-seconds <s>', 'stop in time for this wall time, by whole batches (at least one)'],
  ['--target-error <x>', `stop once the standard error is down to x, from ${fewestToJudge} trajectories on`],
  [
    '--target-observable <name>',
    `whose error: ${observables.join(', ')}; default ${defaultTrajectories.targetObservable}`,
    'text',
  ],
  ['--time <t>', `length of each, in the inverse unit of the rates; default ${defaultTrajectories.time}`],
  [
    '--burn-in <t>',
    `time that the steady state's averages leave out; default ${(100 * defaultTrajectories.burnIn) / defaultTrajectories.time} percent of --time`,
  ],
  ['--samples <n>', `sample times in a trajectory; default ${defaultTrajectories.samples}`],
  ['--unraveling <name>', `${unravelingNames}; default ${defaultTrajectories.unraveling}`, 'text'],
  ['--seed <n>', `the same seed gives the same numbers; default ${defaultTrajectories.seed}`],
  [
    '--g2-time <t>',
    'photodetection: longest delay of g2 of the collective output, at most half the time after the burn-in; without ' +
      'it g2 is not recorded',
  ],
  ['--g2-bins <n>', `equal bins of that delay, 1 to ${mostG2Bins}; default ${defaultG2Bins}`],
  [
    '--records <n>',
    `photodetection: keep every jump of the first n trajectories, 0 to ${mostRecords}; default 0`,
  ],
  [
    '--first <n>',
    `number of the first trajectory, a multiple of ${blockSize}; default ${defaultTrajectories.first}`,
  ],
  ['--resume <FILE>', 'go on from a JSON result, up to --count in all: the same as one long run', 'text'],
  ['--merge <FILES...>', 'merge JSON results of other seeds or ranges instead of walking', 'text'],
];

const toleranceRow: OptionRow = ['--tolerance <x>', 'asked error bound relative to lambda_1; default 1e-5'];

interface CommandRow {
  readonly does: string;
  /** options of its own */
  readonly rows: readonly OptionRow[];
  /** the command takes several sizes: --atoms belongs to it, not to one system */
  readonly sizes?: true;
}

const commandRows: Readonly<Record<Command, CommandRow>> = {
  'mean-field': { does: 'branches, stability, bistable interval, squeezing by Eq. (7)', rows: [] },
  'steady-state': { does: 'the steady state: moments, squeezing, P_m, P_j', rows: [] },
  gap: { does: 'lambda_1 and lambda_2, each with an error bar', rows: [toleranceRow] },
  metastable: {
    does: 'the metastable states rho_+-, their weights and switching rates',
    rows: [toleranceRow],
  },
  'gap-scaling': {
    does: 'the minimum of lambda_1 over the drive for several N, with both fits',
    rows: [
      ['--atoms <N,N,...>', 'numbers of atoms, such as 18,24,30', 'text'],
      toleranceRow,
      ['--resume <FILE>', 'JSON document of an earlier run, whose points are kept', 'text'],
    ],
    sizes: true,
  },
  'time-evolution': {
    does: 'the master equation in time: <S_z>(t), squeezing, CRSS fidelity',
    rows: [
      ['--time <t>', `length, in the inverse unit of the rates; default ${defaultEvolution.time}`],
      ['--samples <n>', `sample times after t = 0; default ${defaultEvolution.samples}`],
      ['--start <state>', `${startStates.join(', ')}; default ${defaultEvolution.start}`, 'text'],
    ],
  },
  trajectories: {
    does: 'an ensemble: means with standard errors, P_m, switching rates',
    rows: trajectoryRows,
  },
  adapter: { does: 'what GPU this is, and its float32 self-test against float64', rows: [] },
};

const commandNames = Object.keys(commandRows);

/** A number as typed; what range it must lie in is the model's to say. */
function typedNumber(argument: string) {
  return (text: string): number => {
    const number = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isNaN(number)) throw new InputError(argument, text, 'a number');
    return number;
  };
}

function optionOf([flags, takes, kind]: OptionRow): Option {
  const option = new Option(flags, takes);
  return kind === 'text' ? option : option.argParser(typedNumber(option.name()));
}

/** What is common to all commands, and this command's own options. */
function addOptions(command: CommanderCommand, { rows, sizes }: CommandRow): void {
  const system = sizes ? systemRows : [atoms, ...systemRows];
  for (const row of [...system, ...rows]) command.addOption(optionOf(row));
  command.option('--json', 'print one JSON document instead of a table');
  command.option('--out <DIR>', 'also write the export files (JSON, CSV) to this folder');
}

/** The values of a command's options, parted into the system's and the command's own. */
function asked(name: Command, { rows }: CommandRow, values: Record<string, unknown>): Asked {
  const { json = false, out = null, ...rest } = values;
  const own = new Set(rows.map((row) => optionOf(row).attributeName()));
  const part = (mine: boolean) =>
    Object.fromEntries(Object.entries(rest).filter(([key]) => own.has(key) === mine));
  return {
    request: { command: name, system: part(false), options: part(true) },
    json: json as boolean,
    out: out as string | null,
  };
}

/** One line for a mistake that commander found. */
function usage({ code, message }: CommanderError, command: string, rows: readonly OptionRow[]): UsageError {
  if (code === 'commander.help') {
    return new UsageError(`a command is needed: ${commandNames.join(', ')}; --help tells more`);
  }
  const line = message.replace(/^error: /, '').replaceAll(/\s+/g, ' ');
  const takes = (flags: string) => rows.find(([row]) => row === flags)?.[1] ?? 'a value';
  const missing = /option '([^']+)' argument missing/.exec(line);
  if (missing) {
    const [name] = missing[1].split(' ');
    return new UsageError(`${name} needs a value (${takes(missing[1])}), but got nothing`);
  }
  if (code === 'commander.unknownOption' && !line.includes('Did you mean')) {
    return new UsageError(
      `${line}; ${command} takes ${rows.map(([flags]) => flags.split(' ')[0]).join(', ')}`,
    );
  }
  if (code === 'commander.unknownCommand' && !line.includes('Did you mean')) {
    return new UsageError(`${line}; the commands are ${commandNames.join(', ')}`);
  }
  return new UsageError(line);
}

/**
 * @param words the command line without node and script
 * @throws UsageError for an unknown command or option, or one without its value
 * @throws InputError for a system option that is no number
 */
export function parse(words: readonly string[]): Asked | Answer {
  let text = '';
  let result: Asked | undefined;
  const program = new CommanderCommand('npm run --silent lab --')
    .description('Dicke Bistability Lab, headless')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (words) => (text += words), writeErr: () => {} })
    .allowExcessArguments(false);
  for (const [name, row] of Object.entries(commandRows) as [Command, CommandRow][]) {
    const command = program.command(name).description(row.does).allowExcessArguments(false);
    addOptions(command, row);
    command.action((values) => {
      result = asked(name, row, values);
    });
  }
  try {
    program.parse([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text };
    const name = words.find((word) => word in commandRows) ?? 'lab';
    const command = program.commands.find((candidate) => candidate.name() === name) ?? program;
    throw usage(
      error,
      name,
      command.options.map(({ flags, description }) => [flags, description]),
    );
  }
  // commander either ran the action of a command or threw.
  return result!;
}
