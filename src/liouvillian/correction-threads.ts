/** Threads that help with a correction's iteration in a memory that they share: `correction-worker.mjs`, started by whoever lends them. */

/** What a thread is told, once. */
export interface ToCorrectionWorker {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** its number, from 1 */
  readonly thread: number;
}

export interface CorrectionThread {
  postMessage(message: ToCorrectionWorker): void;
  /** ends it at once */
  terminate(): unknown;
}

/** What its owner hears of a thread. */
export interface CorrectionThreadListener {
  /** it waits for work */
  readonly heard: (message: 'ready') => void;
  /** it ended, or never came to life */
  readonly died: () => void;
}

/** What a page that may share memory or Node lends. */
export interface CorrectionThreads {
  /** with the one that asks */
  readonly count: number;
  readonly start: (listener: CorrectionThreadListener) => CorrectionThread;
}

/** Threads beside the first: some come late, and none is waited for. */
export class CorrectionTeam {
  readonly #threads: CorrectionThread[] = [];
  readonly #ready = new Set<number>();
  #isStopped = false;

  constructor(
    lent: CorrectionThreads,
    count: number,
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
  ) {
    for (let number = 1; number < count; number++) {
      const heard = () => {
        if (!this.#isStopped) this.#ready.add(number);
      };
      const thread = lent.start({ heard, died: () => this.stop() });
      this.#threads.push(thread);
      thread.postMessage({ module, memory, thread: number });
    }
  }

  /** How many can be called now, the first included: those that came before a number that is missing. */
  get size(): number {
    let size = 1;
    while (this.#ready.has(size)) size++;
    return size;
  }

  /** Ends them: the first works alone from now on. */
  stop(): void {
    this.#isStopped = true;
    this.#ready.clear();
    for (const thread of this.#threads.splice(0)) thread.terminate();
  }
}
