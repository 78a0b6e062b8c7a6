/** The command line: asks, computes, prints. The exit status tells how it ended. */
import type { ResultDocument } from '../experiments/experiment';
import { check, type RunEvent, type RunRequest, run } from '../experiments/run';
import { NoAdapterError } from '../gpu/gpu';
import { InputError } from '../parameters/errors';
import { certificateWriter, checkCertificate, needProof } from './certificates';
import { dawn } from './dawn';
import { readEarlierRuns } from './files';
import { type OutFolder, openOutFolder } from './out-folder';
import { print, say } from './outlets';
import { type Asked, type AskedFigure, parse, UsageError } from './program';
import { progressView } from './progress';
import { leave, Signals } from './signals.mjs';
import { Stopping } from './stopping';
import { table } from './table';
import { nodeThreads } from './threads';

const status = { done: 0, failed: 1, badInput: 2, noAdapter: 3 } as const;

function statusOf(error: unknown): number {
  if ([InputError, UsageError].some((kind) => error instanceof kind)) return status.badInput;
  return error instanceof NoAdapterError ? status.noAdapter : status.failed;
}

/** Writes the export files. Where they cannot be written it says so: standard output may still take the result. */
function trySave(
  document: ResultDocument,
  folder: OutFolder | null,
  hdf5: Uint8Array | null = null,
): boolean {
  try {
    folder?.save(document, hdf5, say);
    return true;
  } catch (error) {
    say((error as Error).message);
    return false;
  }
}

/** Keeps what a run has finished so far. Where that fails the run goes on, and says so as often as it begins to fail. */
function keeper(folder: OutFolder | null, warn: (sentence: string) => void) {
  let failing = false;
  return (document: ResultDocument) => {
    try {
      folder?.saveSoFar(document);
      failing = false;
    } catch (error) {
      if (!failing) warn(`${(error as Error).message}; the run goes on.`);
      failing = true;
    }
  };
}

async function runAloud(
  request: RunRequest,
  folder: OutFolder | null,
  signal: AbortSignal,
  takeCertificate?: (bytes: Uint8Array) => void,
) {
  const progress = progressView();
  const warn = (sentence: string) => {
    progress.stop();
    say(`Warning: ${sentence}`);
  };
  const keep = keeper(folder, warn);
  let partial: ResultDocument | undefined;
  const tell = (event: RunEvent) => {
    if (event.kind === 'progress') progress.show(event.progress);
    else if (event.kind === 'warning') warn(event.sentence);
    else if (event.kind === 'certificate') takeCertificate?.(event.bytes);
    else if (event.kind === 'engine' && event.why !== null) {
      progress.stop();
      say(`The CPU computes, on ${event.threads} threads. ${event.why}`);
    } else if (event.kind === 'partial') {
      partial = event.document;
      keep(partial);
    }
  };
  try {
    return await run(request, { gpu: dawn, threads: nodeThreads(), signal, tell });
  } catch (error) {
    progress.stop();
    // What was finished before a crash is worth keeping, where there is a place to keep it.
    if (partial !== undefined) trySave(partial, folder);
    throw error;
  } finally {
    progress.stop();
  }
}

/** Its writer takes a moment to load. */
async function hdf5Of(document: ResultDocument): Promise<Uint8Array> {
  const { hdf5 } = await import('../results/hdf5');
  return hdf5([document]);
}

/** @param draws what else is written of the result, beside its files */
async function compute(asked: Asked, signals: Signals, draws: typeof noPictures): Promise<number> {
  const { request, json, out, certificate } = asked;
  const stopping = new Stopping();
  signals.heard = stopping.heard;
  let folder: OutFolder | null = null;
  let document: ResultDocument;
  let saved: boolean;
  try {
    if (out !== null) folder = openOutFolder(out);
    const writer = certificate === undefined ? null : certificateWriter(certificate);
    document = await runAloud(request, folder, stopping.signal, writer?.take);
    saved = trySave(document, folder, asked.hdf5 ? await hdf5Of(document) : null);
    if (writer?.isWritten() === false) saved = false;
    if (saved && folder !== null) saved = await draws(document, folder, stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted || error instanceof InputError) throw error;
    // What fails while it stops may do so because of the signal, which programs that it started hear too.
    if ((error as Error).name !== 'AbortError') say((error as Error).message);
    return stopping.ended(asked, false);
  } finally {
    // Before it is printed: who reads that may let this process wait, or end it.
    folder?.close();
    signals.heard = (name) => {
      say(`${name} while the result was printed.`);
      leave(name);
    };
  }
  await print(json ? `${JSON.stringify(document)}\n` : table(document));
  if (!saved) return status.failed;
  return document.interrupted ? stopping.ended(asked, true) : status.done;
}

const noPictures = async (_document: ResultDocument, _folder: OutFolder, _signal: AbortSignal) => true;

/** The ensemble as figure 4. As `trySave`. */
async function tryDraw(document: ResultDocument, folder: OutFolder, signal: AbortSignal): Promise<boolean> {
  const { drawFigure4 } = await import('./figure-4');
  try {
    await drawFigure4(document, folder, signal);
    return true;
  } catch (error) {
    say((error as Error).message);
    return false;
  }
}

async function draw(asked: AskedFigure, signals: Signals): Promise<number> {
  const { drawFigure } = await import('./figure-command');
  const stopping = new Stopping();
  signals.heard = stopping.heard;
  try {
    const { drawn, isWhole } = await drawFigure(asked, stopping.signal);
    return isWhole ? status.done : stopping.endedFigure(drawn);
  } catch (error) {
    if (!stopping.signal.aborted || (error as Error).name !== 'AbortError') throw error;
    return stopping.endedFigure([]);
  }
}

/** Who calls the command line, where it is not a terminal alone. */
export interface Caller {
  /** how it was called, for --help */
  readonly called?: string;
  /** those that are listened to already; else they are while it computes */
  readonly signals?: Signals;
  /** whether an ensemble is drawn as figure 4, beside its files */
  readonly drawsFigure4?: boolean;
}

/**
 * @param words the command line without node and script
 * @returns the exit status
 */
export async function main(
  words: readonly string[],
  { called, signals, drawsFigure4 = false }: Caller = {},
): Promise<number> {
  try {
    const asked = parse(words, called);
    if ('text' in asked) {
      await print(asked.text);
      return status.done;
    }
    if ('verify' in asked) return await checkCertificate(asked.verify);
    const own = signals ?? new Signals();
    try {
      if ('figure' in asked) return await draw(asked, own);
      if (asked.hdf5 && asked.out === null) throw new InputError('out', undefined, 'given with --hdf5');
      const request = readEarlierRuns(asked.request);
      const { experiment, options } = check(request);
      if (asked.certificate !== undefined)
        needProof(asked.certificate, experiment.certifies?.(options) === true);
      return await compute({ ...asked, request }, own, drawsFigure4 ? tryDraw : noPictures);
    } finally {
      if (signals === undefined) own.close();
    }
  } catch (error) {
    say((error as Error).message);
    return statusOf(error);
  }
}
