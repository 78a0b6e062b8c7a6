/** Checks one request and runs it: the whole way from what a user said to the document that is shown. */
import { version } from '../../package.json';
import type { AdapterDescription, Gpu } from '../gpu/gpu';
import { inUnit, ownUnit } from '../parameters/system';
import { walk } from '../trajectories/record';
import { check, type RunRequest } from './check';
import { computationOf } from './computations';
import type { Computation, ResultDocument, RunContext } from './experiment';
import { group } from './fields';
import type { DocumentOf } from './registry';
import { sealOf } from './seal';
import { rescaled, rescaledOptions } from './units';

export { check, type RunRequest } from './check';

/** The one way from a user's unit to that of the computation and back. */
async function runInOwnUnit(
  { experiment, parameters, options }: ReturnType<typeof check>,
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
  const checked = check(request);
  const { command, parameters } = checked;
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
    runInOwnUnit(checked, {
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
