/** Checks one request and runs it: the whole way from what a user said to the document that is shown. */
import { version } from '../../package.json';
import { adapterName, startUp } from '../gpu/gpu';
import { pick } from '../parameters/options';
import { inUnit, ownUnit } from '../parameters/system';
import { quantities } from '../parameters/system-options';
import { type Operators, writeCertificate } from '../proofs/certificate';
import { walk } from '../trajectories/record';
import { check, type RunRequest } from './check';
import { computationOf } from './computations';
import { EngineChoice, type EngineInUse, type Host } from './engine-choice';
import type { Computation, Progress, ResultDocument, RunContext } from './experiment';
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
  const computation: Computation<unknown, unknown> = await startUp.during(computationOf(experiment.command));
  const result = await computation.run(inUnit(parameters, unit), own, {
    ...context,
    unit,
    onPartial: (partial) => context.onPartial(inUsers(partial)),
    onGlimpse: context.onGlimpse && ((glimpse) => context.onGlimpse?.(inUsers(glimpse))),
  });
  return inUsers(result);
}

/** What a run tells its face while it is under way: plain data, the same in the worker, the page and the command line. */
export type RunEvent =
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** the result so far, marked as interrupted */
  | { readonly kind: 'partial'; readonly document: DocumentOf }
  /** a picture of a few, from which no run goes on: to look at, not to keep */
  | { readonly kind: 'glimpse'; readonly document: DocumentOf }
  | { readonly kind: 'warning'; readonly sentence: string }
  /** which engine computes from now on, and why it is not the GPU that might have been one */
  | ({ readonly kind: 'engine'; readonly why: string | null } & EngineInUse)
  /** at the end: wall time of the run that went into start-up, s */
  | { readonly kind: 'start-up'; readonly seconds: number }
  /** at the end, of a run that proved something: what `verify` checks it by */
  | { readonly kind: 'certificate'; readonly bytes: Uint8Array<ArrayBuffer> };

/** What the faces lend a run. */
export interface RunListeners extends Host {
  /** When it fires the run stops at the next submit and returns what it finished. */
  readonly signal: AbortSignal;
  readonly tell: (event: RunEvent) => void;
  /** Whether somebody looks on, for whom a first glimpse is worth a little time. */
  readonly isWatched?: boolean;
}

/**
 * Runs a request to its end, or to the submit after `signal` fires.
 * @throws InputError, NoAdapterError, DeviceLostError, GpuError; the signal's reason when it fired
 *   before anything was finished
 */
export async function run(
  request: RunRequest,
  { signal, tell, isWatched = false, ...host }: RunListeners,
): Promise<DocumentOf> {
  const checked = check(request);
  const { command, experiment, parameters, engine } = checked;
  const began = performance.now();
  const startedUp = startUp.seconds;
  const warnings: string[] = [];

  const warn = (sentence: string) => {
    warnings.push(sentence);
    tell({ kind: 'warning', sentence });
  };
  const choice = new EngineChoice(engine, experiment.engines, host, signal, (use, why) => {
    tell({ kind: 'engine', ...use, why });
    if (use.adapter?.fallback) warn(`Software adapter (${adapterName(use.adapter)}): slow.`);
  });
  if (engine === 'gpu' && experiment.engines === 'cpu')
    warn(`No GPU is asked: ${command} is computed on the CPU alone.`);
  await choice.check();
  const document = (result: unknown, interrupted: boolean) => {
    const made: Omit<ResultDocument, 'sha256'> = {
      schema: 'dicke-bistability/1',
      command,
      version,
      walk,
      seconds: (performance.now() - began) / 1000,
      parameters,
      ...choice.inUse,
      warnings: [...warnings],
      interrupted,
      result,
    };
    // The result is what the experiment of that command returned.
    return { ...made, sha256: sealOf(made) } as DocumentOf;
  };

  signal.throwIfAborted();
  let operators: Operators | null = null;
  const result = await runInOwnUnit(checked, {
    gpu: () => choice.gpu(),
    leaveGpu: () => choice.leaveGpu(),
    threads: host.threads,
    signal,
    onProgress: (progress) => tell({ kind: 'progress', progress }),
    onPartial: (partial) => tell({ kind: 'partial', document: document(partial, true) }),
    onGlimpse: isWatched
      ? (glimpse) => tell({ kind: 'glimpse', document: document(glimpse, true) })
      : undefined,
    warn,
    certify: (proving) => (operators = proving),
  });
  if (operators !== null) {
    const { proven } = result as { readonly proven?: unknown };
    const system = pick(
      parameters,
      quantities.map(({ quantity }) => quantity),
    );
    const said = { version, command, engine: choice.inUse.engine, parameters: system, proven };
    tell({ kind: 'certificate', bytes: writeCertificate(said, operators) });
  }
  if (engine === 'gpu' && experiment.engines === 'either' && choice.inUse.engine === 'cpu')
    warn('No GPU was used: the CPU did all that there was to do.');
  tell({ kind: 'start-up', seconds: startUp.seconds - startedUp });
  return document(result, signal.aborted);
}
