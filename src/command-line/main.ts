/** The command line: asks, computes, prints. The exit status tells how it ended. */
import type { ResultDocument } from '../experiments/experiment';
import { check, type RunEvent, type RunRequest, run } from '../experiments/run';
import { NoAdapterError } from '../gpu/gpu';
import { InputError } from '../parameters/errors';
import { dawn } from './dawn';
import { readEarlierRuns } from './files';
import { type OutFolder, openOutFolder } from './out-folder';
import { print, say } from './outlets';
import { type Asked, type AskedFigure, parse, UsageError } from './program';
import { progressView } from './progress';
import { table } from './table';
import { nodeThreads } from './threads';

const status = { done: 0, failed: 1, badInput: 2, noAdapter: 3, interrupted: 130 } as const;

/** npm passes a Ctrl-C on that the terminal has already sent; only a later one is a second. */
const sameCtrlC = 500; // ms

function statusOf(error: unknown): number {
  if ([InputError, UsageError].some((kind) => error instanceof kind)) return status.badInput;
  if (error instanceof NoAdapterError) return status.noAdapter;
  return (error as Error | null)?.name === 'AbortError' ? status.interrupted : status.failed;
}

/** Fires at the first Ctrl-C, SIGTERM or hang-up; the second ends the process at once. */
function interruption(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  let first: number | null = null;
  const interrupt = () => {
    const now = performance.now();
    if (first === null) {
      first = now;
      say('\nStopping at the next submit; what is finished is kept. Ctrl-C again quits at once.');
      controller.abort();
    } else if (now - first > sameCtrlC) process.exit(status.interrupted);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, interrupt);
  const release = () => {
    for (const name of signals) process.off(name, interrupt);
  };
  return { signal: controller.signal, release };
}

/** Writes the export files. Where they cannot be written it says so: standard output may still take the result. */
function trySave(document: ResultDocument, folder: OutFolder | null): boolean {
  try {
    folder?.save(document, say);
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

async function runAloud(request: RunRequest, folder: OutFolder | null, signal: AbortSignal) {
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

/** @param draws what else is written of the result, beside its files */
async function compute({ request, json, out }: Asked, draws: typeof noPictures): Promise<number> {
  const { signal, release } = interruption();
  let folder: OutFolder | null = null;
  let document: ResultDocument;
  let saved: boolean;
  try {
    if (out !== null) folder = openOutFolder(out);
    document = await runAloud(request, folder, signal);
    saved = trySave(document, folder);
    if (saved && folder !== null) saved = await draws(document, folder, signal);
  } finally {
    // Before it is printed: who reads that may let this process wait, or end it.
    folder?.close();
    release();
  }
  await print(json ? `${JSON.stringify(document)}\n` : table(document));
  if (!saved) return status.failed;
  return document.interrupted ? status.interrupted : status.done;
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

async function draw(asked: AskedFigure): Promise<number> {
  const { drawFigure } = await import('./figure-command');
  const { signal, release } = interruption();
  try {
    return (await drawFigure(asked, signal)) ? status.done : status.interrupted;
  } finally {
    release();
  }
}

/**
 * @param words the command line without node and script
 * @param called how it was called, for --help
 * @param drawsFigure4 whether an ensemble is drawn as figure 4, beside its files
 * @returns the exit status
 */
export async function main(words: readonly string[], called?: string, drawsFigure4 = false): Promise<number> {
  try {
    const asked = parse(words, called);
    if ('text' in asked) {
      await print(asked.text);
      return status.done;
    }
    if ('figure' in asked) return await draw(asked);
    const request = readEarlierRuns(asked.request);
    check(request);
    return await compute({ ...asked, request }, drawsFigure4 ? tryDraw : noPictures);
  } catch (error) {
    const { message } = error as Error;
    const code = statusOf(error);
    say(code === status.interrupted ? 'Interrupted before anything was finished.' : message);
    return code;
  }
}
