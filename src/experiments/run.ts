/** Checks one request and runs it: the whole way from what a user said to the document that is shown. */
import { version } from '../../package.json';
import type { AdapterDescription, Gpu } from '../gpu/gpu';
import { InputError } from '../parameters/errors';
import {
  inUnit,
  ownUnit,
  type SystemInput,
  type SystemParameters,
  systemParameters,
} from '../parameters/system';
import { walk } from '../trajectories/record';
import { computationOf } from './computations';
import type { Computation, ResultDocument, RunContext } from './experiment';
import { group } from './fields';
import { commands, type DocumentOf, experimentOf, type Listed } from './registry';
import { sealOf } from './seal';
import { rescaled, rescaledOptions } from './units';

/** What a user asks for, unchecked. */
export interface RunRequest {
  readonly command: string;
  readonly system: SystemInput;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The one way from a user's unit to that of the computation and back. */
async function runInOwnUnit(
  experiment: Listed,
  parameters: SystemParameters,
  options: unknown,
  context: Omit<RunContext, 'unit'>,
): Promise<unknown> {
  const unit = ownUnit(parameters);
  const inUsers = <Value>(result: Value) => rescaled(group(experiment.fields), result, unit);
  const own = rescaledOptions(experiment.takes, options, 1 / unit);
  const computation: Computation<unknown, unknown> = await computationOf(experiment.command);
  const result = await computation.run(inUnit(parameters, unit), own, {
    ...context,
    unit,
    onPartial: (partial) => context.onPartial(inUsers(partial)),
  });
  return inUsers(result);
}

/**
 * Checks a request without doing any of it.
 * @throws InputError naming what is wrong
 */
export function check({ command, system, options: raw }: RunRequest) {
  const experiment = experimentOf(command);
  if (experiment === undefined) throw new InputError('command', command, `one of ${commands.join(', ')}`);
  const earlier = experiment.earlier?.(raw);
  const parameters = experiment.parameters?.(system, raw, earlier) ?? systemParameters(system);
  const options = experiment.options(raw, parameters, earlier);
  const start = (context: Omit<RunContext, 'unit'>) => runInOwnUnit(experiment, parameters, options, context);
  return { command: experiment.command, parameters, start };
}

/** What the faces lend a run; partial results come as whole documents, marked as interrupted. */
export interface RunListeners extends Pick<RunContext, 'gpu' | 'signal' | 'onProgress' | 'warn'> {
  readonly onPartial: (document: DocumentOf) => void;
}

/**
 * Runs a request to its end, or to the submit after `signal` fires.
 * @throws InputError, NoAdapterError, DeviceLostError, GpuError; the signal's reason when it fired
 *   before anything was finished
 */
export async function run(request: RunRequest, listeners: RunListeners): Promise<DocumentOf> {
  const { command, parameters, start } = check(request);
  const { signal } = listeners;
  const began = performance.now();
  const warnings: string[] = [];
  let adapter: AdapterDescription | null = null;
  let fail: (cause: unknown) => void = () => {};
  // Work that never looks at the device again would otherwise wait for ever.
  const gpuFailed = new Promise<never>((_, reject) => {
    fail = reject;
  });

  const warn = (sentence: string) => {
    warnings.push(sentence);
    listeners.warn(sentence);
  };
  const replaceableGpu = async (): Promise<Gpu> => {
    const opened = await listeners.gpu();
    if (adapter === null) {
      adapter = opened.adapter;
      if (adapter.fallback) warn(`Software adapter (${adapter.description || adapter.architecture}): slow.`);
    }
    return opened;
  };
  const gpu = async (): Promise<Gpu> => {
    const opened = await replaceableGpu();
    opened.failure.catch(fail);
    return opened;
  };
  const document = (result: unknown, interrupted: boolean) => {
    const made: Omit<ResultDocument, 'sha256'> = {
      schema: 'dicke-bistability/1',
      command,
      version,
      walk,
      seconds: (performance.now() - began) / 1000,
      parameters,
      adapter,
      warnings: [...warnings],
      interrupted,
      result,
    };
    // The result is what the experiment of that command returned.
    return { ...made, sha256: sealOf(made) } as DocumentOf;
  };

  signal.throwIfAborted();
  const result = await Promise.race([
    start({
      gpu,
      replaceableGpu,
      signal,
      onProgress: listeners.onProgress,
      onPartial: (partial) => listeners.onPartial(document(partial, true)),
      warn,
    }),
    gpuFailed,
  ]);
  return document(result, signal.aborted);
}
