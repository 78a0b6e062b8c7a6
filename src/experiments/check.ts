/** What a user asks for, checked without doing any of it. */
import { InputError } from '../parameters/errors';
import { checkOptions, flagOf } from '../parameters/options';
import { systemParameters } from '../parameters/system';
import type { SystemInput } from '../parameters/system-options';
import { engineTable } from './engine-choice';
import { commands, experimentOf } from './registry';

/** What a user asks for, unchecked. */
export interface RunRequest {
  readonly command: string;
  readonly system: SystemInput;
  readonly options: Readonly<Record<string, unknown>>;
  /** auto by default */
  readonly engine?: unknown;
}

/** @throws InputError naming what is wrong */
export function check({ command, system, options: raw, engine: asked }: RunRequest) {
  const experiment = experimentOf(command);
  if (experiment === undefined) throw new InputError('command', command, `one of ${commands.join(', ')}`);
  for (const [name, value] of Object.entries(system))
    if (value !== undefined && experiment.ofSystem?.includes(name as keyof SystemInput) === false)
      throw new InputError(flagOf(name), value, `left out: ${command} takes ${takenOf(experiment.ofSystem)}`);
  const { engine } = checkOptions(engineTable, { engine: asked });
  if (engine === 'cpu' && experiment.engines === 'gpu')
    throw new InputError('engine', engine, `auto or gpu: ${command} is of a GPU`);
  const earlier = experiment.earlier?.(raw);
  const parameters = experiment.parameters?.(system, raw, earlier) ?? systemParameters(system);
  const options = experiment.options(raw, parameters, earlier);
  return { command: experiment.command, experiment, parameters, options, engine };
}

export const takenOf = (names: readonly string[]) => names.map((name) => `--${flagOf(name)}`).join(', ');
