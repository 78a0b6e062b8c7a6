/** The command line: asks, waits, prints. The exit status tells how it ended. */
import type { ResultDocument } from '../experiments/experiment';
import { check } from '../experiments/run';
import { NoAdapterError } from '../gpu/gpu';
import { InputError } from '../parameters/errors';
import { readEarlierRuns, save, saveSoFar } from './files';
import { NoChromiumError } from './find-chromium';
import { type Asked, parse, UsageError } from './program';
import { progressView } from './progress';
import { table } from './table';

const status = { done: 0, failed: 1, badInput: 2, noAdapter: 3, interrupted: 130 } as const;

/** npm passes a Ctrl-C on that the terminal has already sent; only a later one is a second. */
const sameCtrlC = 500; // ms

function statusOf(error: unknown): number {
  if ([InputError, UsageError].some((kind) => error instanceof kind)) return status.badInput;
  if ([NoAdapterError, NoChromiumError].some((kind) => error instanceof kind)) return status.noAdapter;
  return (error as Error | null)?.name === 'AbortError' ? status.interrupted : status.failed;
}

const say = (line: string) => process.stderr.write(`${line}\n`);

/** Fires at the first Ctrl-C or SIGTERM; the second ends the process at once. */
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
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const name of signals) process.on(name, interrupt);
  const release = () => {
    for (const name of signals) process.off(name, interrupt);
  };
  return { signal: controller.signal, release };
}

function print(document: ResultDocument, { json, out }: Asked): void {
  process.stdout.write(json ? `${JSON.stringify(document)}\n` : table(document));
  if (out !== null) save(document, out, say);
}

async function compute(asked: Asked, pageFolder: string): Promise<number> {
  // Loaded only now: a mistake is told without waiting for a browser's driver.
  const { runInBrowser } = await import('./session');
  const { signal, release } = interruption();
  const progress = progressView();
  let partial: ResultDocument | undefined;
  try {
    const document = await runInBrowser(pageFolder, asked.request, {
      signal,
      tell: (event) => {
        if (event.kind === 'progress') progress.show(event.progress);
        else if (event.kind === 'partial') {
          partial = event.document;
          if (asked.out !== null) saveSoFar(event.document, asked.out);
        } else if (event.kind === 'warning') {
          progress.stop();
          say(`Warning: ${event.sentence}`);
        }
      },
    });
    progress.stop();
    print(document, asked);
    return document.interrupted ? status.interrupted : status.done;
  } catch (error) {
    progress.stop();
    // What was finished before a crash is worth keeping, where there is a place to keep it.
    if (partial !== undefined && asked.out !== null) save(partial, asked.out, say);
    throw error;
  } finally {
    release();
  }
}

/**
 * @param words the command line without node and script
 * @param pageFolder where the built page lies
 * @returns the exit status
 */
export async function main(words: readonly string[], pageFolder: string): Promise<number> {
  try {
    const asked = parse(words);
    if ('text' in asked) {
      process.stdout.write(asked.text);
      return status.done;
    }
    const request = readEarlierRuns(asked.request);
    check(request);
    return await compute({ ...asked, request }, pageFolder);
  } catch (error) {
    const { message } = error as Error;
    const code = statusOf(error);
    say(code === status.interrupted ? 'Interrupted before anything was finished.' : message);
    return code;
  }
}
