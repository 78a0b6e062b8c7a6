/** The worker as the page sees it: a promise for each run. */
import type { Progress } from '../experiments/experiment';
import type { DocumentOf } from '../experiments/registry';
import type { RunRequest } from '../experiments/run';
import { type FromWorker, type ToWorker, toError } from './messages';

export interface ClientListeners {
  /** Stops the run at its next submit; what was finished still comes, marked as interrupted. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onPartial?: (document: DocumentOf) => void;
  readonly onWarning?: (sentence: string) => void;
}

interface Waiting extends ClientListeners {
  readonly id: number;
  readonly resolve: (document: DocumentOf) => void;
  readonly reject: (error: Error) => void;
}

export class Client {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'compute' });
  /** the run that the worker has */
  #running: Waiting | undefined;
  #runs = 0;
  /** Settles when the last run of the queue has ended. Two at once would spoil each other's measure of a submit. */
  #turn = Promise.resolve();
  #failure: Error | undefined;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#receive(data));
    // A worker that cannot load or throws outside a run will never answer again.
    this.#worker.addEventListener('error', ({ message, filename, lineno }) => {
      const error = new Error(
        `The compute worker failed: ${message || 'it did not load'} (${filename}:${lineno})`,
      );
      this.#failure = error;
      this.#running?.reject(error);
    });
  }

  /**
   * Runs a request in the worker; several wait for one another, here, so that one cancelled while it waits is
   * never sent and fails at once.
   * @throws InputError, NoAdapterError, DeviceLostError, GpuError; an AbortError when cancelled before
   *   anything was finished
   */
  run(request: RunRequest, listeners: ClientListeners = {}): Promise<DocumentOf> {
    const { signal } = listeners;
    return new Promise<DocumentOf>((resolve, reject) => {
      signal?.throwIfAborted();
      const leave = () => reject(signal?.reason);
      signal?.addEventListener('abort', leave, { once: true });
      this.#turn = this.#turn.then(async () => {
        signal?.removeEventListener('abort', leave);
        if (!signal?.aborted) await this.#runNow(request, listeners).then(resolve, reject);
      });
    });
  }

  async #runNow(request: RunRequest, listeners: ClientListeners): Promise<DocumentOf> {
    if (this.#failure) throw this.#failure;
    const id = this.#runs++;
    const { signal } = listeners;
    const cancel = () => this.#send({ kind: 'cancel' });
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise<DocumentOf>((resolve, reject) => {
        this.#running = { ...listeners, id, resolve, reject };
        this.#send({ kind: 'run', id, request });
      });
    } finally {
      this.#running = undefined;
      signal?.removeEventListener('abort', cancel);
    }
  }

  #send(message: ToWorker) {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker) {
    const run = this.#running;
    // What a failed run left behind may still report.
    if (run?.id !== message.id) return;
    if (message.kind === 'progress') run.onProgress?.(message.progress);
    else if (message.kind === 'partial') run.onPartial?.(message.document);
    else if (message.kind === 'warning') run.onWarning?.(message.sentence);
    else if (message.kind === 'done') run.resolve(message.document);
    else run.reject(toError(message.failure));
  }
}
