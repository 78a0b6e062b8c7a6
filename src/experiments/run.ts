/** Checks one request and runs it: the whole way from what a user said to the document that is shown. */
import { version } from '../../package.json';
import { type AdapterDescription, DeviceLostError, type Gpu, NoAdapterError, startUp } from '../gpu/gpu';
import { InputError } from '../parameters/errors';
import {
  inUnit,
  ownUnit,
  type SystemInput,
  type SystemParameters,
  systemParameters,
} from '../parameters/system';
import { computationOf } from './computations';
import type { Computation, Progress, ResultDocument, RunContext } from './experiment';
import { group } from './fields';
import { commands, type DocumentOf, experimentOf, type Listed } from './registry';
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
  const computation: Computation<unknown, unknown> = await startUp.during(computationOf(experiment.command));
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
  const parameters = experiment.parameters?.(system, raw) ?? systemParameters(system);
  const options = experiment.options(raw, parameters);
  const start = (context: Omit<RunContext, 'unit'>) => runInOwnUnit(experiment, parameters, options, context);
  return { command: experiment.command, parameters, start };
}

/** What a run tells its face while it is under way: plain data, the same in the worker, the page and the command line. */
export type RunEvent =
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** the result so far, marked as interrupted */
  | { readonly kind: 'partial'; readonly document: DocumentOf }
  | { readonly kind: 'warning'; readonly sentence: string }
  /** at the end: wall time of the run that went into start-up, s */
  | { readonly kind: 'start-up'; readonly seconds: number };

/** What the faces lend a run. */
export interface RunListeners extends Pick<RunContext, 'gpu' | 'signal'> {
  readonly tell: (event: RunEvent) => void;
}

/**
 * Runs a request to its end, or to the submit after `signal` fires.
 * @throws InputError, NoAdapterError, DeviceLostError, GpuError; the signal's reason when it fired
 *   before anything was finished
 */
export async function run(
  request: RunRequest,
  { gpu: open, signal, tell }: RunListeners,
): Promise<DocumentOf> {
  const { command, parameters, start } = check(request);
  const began = performance.now();
  const startedUp = startUp.seconds;
  const warnings: string[] = [];
  let adapter: AdapterDescription | null = null;

  const warn = (sentence: string) => {
    warnings.push(sentence);
    tell({ kind: 'warning', sentence });
  };
  const gpu = async (): Promise<Gpu> => {
    const opened = await open().catch((cause: unknown) => {
      if (adapter === null || !(cause instanceof NoAdapterError)) throw cause;
      throw new DeviceLostError('no new one is to be had.', { cause });
    });
    if (adapter === null) {
      adapter = opened.adapter;
      if (adapter.fallback) warn(`Software adapter (${adapter.description || adapter.architecture}): slow.`);
    }
    return opened;
  };
  const document = (result: unknown, interrupted: boolean) => {
    const made: ResultDocument = {
      schema: 'dicke-bistability/1',
      command,
      version,
      seconds: (performance.now() - began) / 1000,
      parameters,
      adapter,
      warnings: [...warnings],
      interrupted,
      result,
    };
    // The result is what the experiment of that command returned.
    return made as DocumentOf;
  };

  signal.throwIfAborted();
  const result = await start({
    gpu,
    signal,
    onProgress: (progress) => tell({ kind: 'progress', progress }),
    onPartial: (partial) => tell({ kind: 'partial', document: document(partial, true) }),
    warn,
  });
  tell({ kind: 'start-up', seconds: startUp.seconds - startedUp });
  return document(result, signal.aborted);
}
