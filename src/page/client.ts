/** The worker as the page sees it: a promise for each run, kept whatever happens to the worker. */
import type { DocumentOf } from '../experiments/registry';
import type { RunEvent, RunRequest } from '../experiments/run';
import { toError } from './failure';
import type { FromWorker, ToWorker } from './messages';

export interface RunOptions {
  /** Stops the run at its next submit; what was finished still comes, marked as interrupted. */
  readonly signal?: AbortSignal;
  readonly tell?: (event: RunEvent) => void;
}

interface Call extends RunOptions {
  readonly id: number;
  readonly resolve: (document: DocumentOf) => void;
  readonly reject: (error: Error) => void;
}

export class Client {
  /** opened before it is needed; none once it ended, until the next run */
  #worker: Worker | undefined = this.#open();
  /** the one that the worker has */
  #call: Call | undefined;
  #calls = 0;
  /** Settles when the last of the queue has ended. Two runs at once would spoil each other's measure of a submit. */
  #last = Promise.resolve();

  /**
   * The queue: does work when all that came before has ended. Where the signal fires before that it rejects at once with the
   * signal's reason, and nothing is begun.
   */
  turn<Result>(signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const leave = () => reject(signal?.reason);
      signal?.addEventListener('abort', leave, { once: true });
      this.#last = this.#last.then(async () => {
        signal?.removeEventListener('abort', leave);
        if (!signal?.aborted) await work().then(resolve, reject);
      });
    });
  }

  /**
   * Runs a request in the worker when it is its turn.
   * @throws InputError, NoAdapterError, DeviceLostError, GpuError; an AbortError when cancelled before anything was finished;
   *   Error where the worker ended
   */
  run(request: RunRequest, options: RunOptions = {}): Promise<DocumentOf> {
    return this.turn(options.signal, () => this.runNow(request, options));
  }

  /** The same for who has the turn. */
  async runNow(request: RunRequest, options: RunOptions): Promise<DocumentOf> {
    const { signal } = options;
    const cancel = () => this.#send({ kind: 'cancel' });
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise<DocumentOf>((resolve, reject) => {
        const id = this.#calls++;
        this.#worker ??= this.#open();
        this.#call = { ...options, id, resolve, reject };
        this.#send({ kind: 'run', id, request });
      });
    } finally {
      this.#call = undefined;
      signal?.removeEventListener('abort', cancel);
    }
  }

  #open(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'compute' });
    /** Whatever it was asked will never be answered. */
    const fail = (what: string) => {
      if (this.#worker !== worker) return;
      worker.terminate();
      this.#worker = undefined;
      this.#call?.reject(new Error(`The compute worker ${what}`));
    };
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'alive') void navigator.locks.request(data.lock, () => fail('ended.'));
      else if (this.#worker === worker) this.#receive(data);
    });
    worker.addEventListener('messageerror', () => fail('said what cannot be read.'));
    worker.addEventListener('error', ({ message, filename, lineno }) =>
      fail(`failed: ${message || 'it did not load'} (${filename}:${lineno})`),
    );
    return worker;
  }

  #send(message: ToWorker) {
    this.#worker?.postMessage(message);
  }

  #receive(message: Exclude<FromWorker, { kind: 'alive' }>) {
    const call = this.#call;
    // What a failed run left behind may still report.
    if (call?.id !== message.id) return;
    if (message.kind === 'event') call.tell?.(message.event);
    else if ('document' in message.outcome) call.resolve(message.outcome.document);
    else call.reject(toError(message.outcome.failure));
  }
}
