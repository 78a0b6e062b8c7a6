/** The worker as the page sees it: a promise for each run. */
import type { Progress, ResultDocument } from '../experiments/experiment';
import type { RunRequest } from '../experiments/run';
import { type FromWorker, type ToWorker, toError } from './messages';

export interface ClientListeners {
  /** Stops the run at its next submit; what was finished still comes, marked as interrupted. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onPartial?: (document: ResultDocument) => void;
  readonly onWarning?: (sentence: string) => void;
}

interface Waiting extends ClientListeners {
  readonly resolve: (document: ResultDocument) => void;
  readonly reject: (error: Error) => void;
}

export class Client {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'compute' });
  readonly #waiting = new Map<number, Waiting>();
  #runs = 0;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#receive(data));
    // A worker that cannot load or throws outside a run will never answer again.
    this.#worker.addEventListener('error', ({ message, filename, lineno }) => {
      const error = new Error(
        `The compute worker failed: ${message || 'it did not load'} (${filename}:${lineno})`,
      );
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
  }

  /**
   * Runs a request in the worker; several wait for one another.
   * @throws InputError, NoAdapterError, DeviceLostError, GpuError; an AbortError when cancelled before
   *   anything was finished
   */
  run(request: RunRequest, listeners: ClientListeners = {}): Promise<ResultDocument> {
    const id = this.#runs++;
    const { signal } = listeners;
    return new Promise<ResultDocument>((resolve, reject) => {
      this.#waiting.set(id, { ...listeners, resolve, reject });
      this.#send({ kind: 'run', id, request });
      const cancel = () => this.#send({ kind: 'cancel', id });
      if (signal?.aborted) cancel();
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  #send(message: ToWorker) {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker) {
    const run = this.#waiting.get(message.id);
    if (run === undefined) return;
    if (message.kind === 'progress') run.onProgress?.(message.progress);
    else if (message.kind === 'partial') run.onPartial?.(message.document);
    else if (message.kind === 'warning') run.onWarning?.(message.sentence);
    else {
      this.#waiting.delete(message.id);
      if (message.kind === 'done') run.resolve(message.document);
      else run.reject(toError(message.failure));
    }
  }
}
