/** Runs on the CPU, wherever they are computed. */
import { check } from '../experiments/check';
import { type Command, type Declared, type DocumentOf, experimentOf } from '../experiments/registry';
import { InputError } from '../parameters/errors';
import { type OptionsOf, requestOf } from './options';
import { type Following, follow, type Runner } from './run';

/** The commands that need no GPU. */
export type CpuCommand = {
  [Name in Command]: Declared<Name>['engines'] extends 'gpu' ? never : Name;
}[Command];

export type CpuRun = <Name extends CpuCommand>(
  command: Name,
  options?: OptionsOf<Name>,
  following?: Following<Name>,
) => Promise<DocumentOf<Name>>;

export const runOnCpu =
  (runner: Runner): CpuRun =>
  async (command, options = {} as never, following = {}) => {
    if (experimentOf(command)?.engines === 'gpu') {
      const takes = 'one that the CPU computes (dicke-bistability-lab/gpu and /node have the others)';
      throw new InputError('command', command, takes);
    }
    const request = { ...requestOf(command, options), engine: 'cpu' };
    check(request);
    return follow(command, request, following, runner);
  };
