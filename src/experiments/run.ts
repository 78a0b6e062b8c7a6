/** Checks one request and runs it: the whole way from what a user said to the document that is shown. */
import { version } from '../../package.json';
import type { AdapterDescription, Gpu } from '../gpu/gpu';
import { InputError } from '../parameters/errors';
import { type SystemInput, type SystemParameters, systemParameters } from '../parameters/system';
import { inUnit, ownUnit } from '../parameters/unit';
import { adapter as adapterExperiment } from './adapter';
import { type Command, commands, type Experiment, type ResultDocument, type RunContext } from './experiment';
import { gap } from './gap';
import { gapScaling } from './gap-scaling';
import { meanField } from './mean-field';
import { metastable } from './metastable';
import { steadyState } from './steady-state';
import { timeEvolution } from './time-evolution';
import { trajectories } from './trajectories';
import { rescaled } from './units';

/** What a user asks for, unchecked. */
export interface RunRequest {
  readonly command: string;
  readonly system: SystemInput;
  readonly options: Readonly<Record<string, unknown>>;
}

/** An experiment with its system and options checked. */
interface Prepared {
  readonly parameters: SystemParameters;
  readonly start: (context: Omit<RunContext, 'unit'>) => Promise<unknown>;
}

type Prepare = (request: RunRequest) => Prepared;

const prepare =
  <Options, Result>(experiment: Experiment<Options, Result>): Prepare =>
  ({ system, options: raw }) => {
    const parameters = experiment.parameters?.(system, raw) ?? systemParameters(system);
    const options = experiment.options(raw, parameters);
    return { parameters, start: (context) => runInOwnUnit(experiment, parameters, options, context) };
  };

/** The one way from a user's unit to that of the computation and back. */
async function runInOwnUnit<Options, Result>(
  { run, units }: Experiment<Options, Result>,
  parameters: SystemParameters,
  options: Options,
  context: Omit<RunContext, 'unit'>,
): Promise<Result> {
  const unit = ownUnit(parameters);
  const inUsers = (result: Result) => rescaled(result, units.result, unit);
  const result = await run(inUnit(parameters, unit), rescaled(options, units.options, 1 / unit), {
    ...context,
    unit,
    onPartial: (partial) => context.onPartial(inUsers(partial as Result)),
  });
  return inUsers(result);
}

const experiments: Readonly<Record<Command, Prepare>> = {
  'mean-field': prepare(meanField),
  'steady-state': prepare(steadyState),
  gap: prepare(gap),
  metastable: prepare(metastable),
  'gap-scaling': prepare(gapScaling),
  'time-evolution': prepare(timeEvolution),
  trajectories: prepare(trajectories),
  adapter: prepare(adapterExperiment),
};

/**
 * Checks a request without doing any of it.
 * @throws InputError naming what is wrong
 */
export function check(request: RunRequest) {
  const { command } = request;
  const known = commands.find((name) => name === command);
  if (known === undefined) throw new InputError('command', command, `one of ${commands.join(', ')}`);
  return { command: known, ...experiments[known](request) };
}

/** What the faces lend a run; partial results come as whole documents, marked as interrupted. */
export interface RunListeners extends Pick<RunContext, 'gpu' | 'signal' | 'onProgress' | 'warn'> {
  readonly onPartial: (document: ResultDocument) => void;
}

/**
 * Runs a request to its end, or to the submit after `signal` fires.
 * @throws InputError, NoAdapterError, DeviceLostError, GpuError; the signal's reason when it fired
 *   before anything was finished
 */
export async function run(request: RunRequest, listeners: RunListeners): Promise<ResultDocument> {
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
  const document = (result: unknown, interrupted: boolean): ResultDocument => ({
    schema: 'dicke-bistability/1',
    command,
    version,
    seconds: (performance.now() - began) / 1000,
    parameters,
    adapter,
    warnings: [...warnings],
    interrupted,
    result,
  });

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
