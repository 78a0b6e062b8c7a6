/** What `block-worker.mjs` and the pool of its threads tell each other. */
import type { BlockCode, Region } from './block-program';

export type ToBlockWorker =
  | { readonly kind: 'code'; readonly code: BlockCode }
  | {
      readonly kind: 'walk';
      /** of the first trajectory: low and high word */
      readonly first: readonly [number, number];
      readonly count: number;
      readonly records: number;
      readonly regions: readonly Region[];
    };

/** Of the block so far. */
export interface Walked {
  /** trajectories walked to their end */
  readonly trajectories: number;
  readonly samples: number;
  readonly steps: number;
  /** events that broke an invariant of the unravelling */
  readonly alarms: number;
}

export type FromBlockWorker =
  | { readonly kind: 'walked'; readonly walked: Walked }
  | { readonly kind: 'done'; readonly walked: Walked; readonly regions: readonly ArrayBuffer[] };

/** A thread that runs `block-worker.mjs`. */
export interface BlockThread {
  postMessage(message: ToBlockWorker): void;
  /** ends it at once */
  terminate(): unknown;
}

/** What a thread's owner hears of it. */
export interface ThreadListener {
  readonly heard: (message: FromBlockWorker) => void;
  /** it ended, or never came to life, for a reason in words */
  readonly died: (reason: string) => void;
}

/** What a page or Node lends. */
export interface Threads {
  readonly count: number;
  readonly start: (listener: ThreadListener) => BlockThread;
}

/** A thread ended in the middle of a block, or could not be started. */
export class ThreadError extends Error {
  override readonly name = 'ThreadError';
}
