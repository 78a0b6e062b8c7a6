/** Threads that walk one ensemble's blocks: each takes the next when it has finished one. */
import {
  type BlockThread,
  type FromBlockWorker,
  ThreadError,
  type Threads,
  type Walked,
} from './block-messages';
import type { BlockJob, BlockProgram, BlockResult } from './block-program';

/** Threads that may die on one block before it is given up: what it does may be what kills them. */
const mostDeaths = 3;

interface Task {
  readonly job: BlockJob;
  readonly onWalked: (walked: Walked) => void;
  readonly resolve: (result: BlockResult) => void;
  readonly reject: (error: unknown) => void;
  deaths: number;
}

export class BlockPool {
  readonly #waiting: Task[] = [];
  readonly #idle: BlockThread[] = [];
  readonly #busy = new Map<BlockThread, Task>();
  #stopped: Error | undefined;

  constructor(
    private readonly threads: Threads,
    private readonly program: BlockProgram,
  ) {}

  /**
   * Walks a block on the next free thread; again, should the thread die.
   * @param onWalked hears how far it has come; what it throws gives the block up
   * @throws ThreadError once several threads have died on it, or the pool was stopped
   */
  walk(job: BlockJob, onWalked: (walked: Walked) => void): Promise<BlockResult> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) throw this.#stopped;
      this.#waiting.push({ job, onWalked, resolve, reject, deaths: 0 });
      this.#deal();
    });
  }

  /** Ends all threads at once; what they had not finished is rejected. */
  stop(): void {
    this.#stopped ??= new ThreadError('The walk was stopped.');
    const threads = [...this.#idle, ...this.#busy.keys()];
    const tasks = [...this.#busy.values(), ...this.#waiting];
    this.#idle.length = 0;
    this.#waiting.length = 0;
    this.#busy.clear();
    for (const thread of threads) thread.terminate();
    for (const { reject } of tasks) reject(this.#stopped);
  }

  #deal(): void {
    while (this.#waiting.length > 0 && (this.#idle.length > 0 || this.#busy.size < this.threads.count)) {
      const task = this.#waiting.shift()!;
      try {
        const thread = this.#idle.pop() ?? this.#start();
        this.#busy.set(thread, task);
        const { first, count, records } = task.job;
        const regions = this.program.regionsOf(task.job);
        const words = [first >>> 0, Math.floor(first / 2 ** 32)] as const;
        thread.postMessage({ kind: 'walk', first: words, count, records, regions });
      } catch (cause) {
        task.reject(new ThreadError('A thread could not be started.', { cause }));
      }
    }
  }

  #start(): BlockThread {
    const thread: BlockThread = this.threads.start({
      heard: (message) => this.#receive(thread, message),
      died: (reason) => this.#lose(thread, reason),
    });
    thread.postMessage({ kind: 'code', code: this.program.code });
    return thread;
  }

  #receive(thread: BlockThread, message: FromBlockWorker): void {
    const task = this.#busy.get(thread);
    if (task === undefined) return;
    try {
      task.onWalked(message.walked);
    } catch (error) {
      // In the midst of a block that nobody wants any more.
      this.#busy.delete(thread);
      thread.terminate();
      task.reject(error);
      this.#deal();
      return;
    }
    if (message.kind !== 'done') return;
    this.#busy.delete(thread);
    this.#idle.push(thread);
    task.resolve({ alarms: message.walked.alarms, regions: message.regions });
    this.#deal();
  }

  /** A thread's end may be heard of twice, and that of one that was stopped: only one with a block matters. */
  #lose(thread: BlockThread, reason: string): void {
    const task = this.#busy.get(thread);
    this.#busy.delete(thread);
    if (this.#idle.includes(thread)) this.#idle.splice(this.#idle.indexOf(thread), 1);
    thread.terminate();
    if (task === undefined) return;
    task.deaths++;
    if (task.deaths < mostDeaths) this.#waiting.unshift(task);
    else {
      const { first, count } = task.job;
      const which = `trajectories ${first} to ${first + count - 1}`;
      task.reject(new ThreadError(`${mostDeaths} threads ended while they walked ${which}: ${reason}`));
    }
    this.#deal();
  }
}
