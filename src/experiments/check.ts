/** What a user asks for, checked without doing any of it. */
import { InputError } from '../parameters/errors';
import { type SystemInput, systemParameters } from '../parameters/system';
import { commands, experimentOf } from './registry';

/** What a user asks for, unchecked. */
export interface RunRequest {
  readonly command: string;
  readonly system: SystemInput;
  readonly options: Readonly<Record<string, unknown>>;
}

/** @throws InputError naming what is wrong */
export function check({ command, system, options: raw }: RunRequest) {
  const experiment = experimentOf(command);
  if (experiment === undefined) throw new InputError('command', command, `one of ${commands.join(', ')}`);
  const earlier = experiment.earlier?.(raw);
  const parameters = experiment.parameters?.(system, raw, earlier) ?? systemParameters(system);
  const options = experiment.options(raw, parameters, earlier);
  return { command: experiment.command, experiment, parameters, options };
}
