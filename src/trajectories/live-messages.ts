/** What `live-worker.ts` and the page that watches its trajectory tell each other. */
import type { SystemParameters } from '../parameters/system';
import type { Stretch } from './live-walk';

export interface ToLiveWorker {
  /** what is walked from here on, where that has changed: as in `LiveWalk.follow` */
  readonly follow: {
    readonly system: SystemParameters;
    readonly interval: number;
    readonly committor: Float64Array | null;
  } | null;
  /** from the ground state */
  readonly restart: boolean;
  /** how many are wanted ... */
  readonly samples: number;
  /** ... and how long that may take, ms: then what there is is sent */
  readonly patience: number;
}

/** Each message has its answer. */
export type FromLiveWorker = { readonly stretches: readonly Stretch[] } | { readonly failure: string };
