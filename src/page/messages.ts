/** What the page and its worker say to one another. */
import type { DocumentOf } from '../experiments/registry';
import type { RunEvent, RunRequest } from '../experiments/run';
import type { Failure } from './failure';

/** How a run ended, as plain data. */
export type Outcome = { readonly document: DocumentOf } | { readonly failure: Failure };

/** `id` tells runs apart; the page counts them. */
export type ToWorker =
  | { readonly kind: 'run'; readonly id: number; readonly request: RunRequest }
  | { readonly kind: 'cancel' };

export type FromWorker =
  | { readonly kind: 'event'; readonly id: number; readonly event: RunEvent }
  | { readonly kind: 'end'; readonly id: number; readonly outcome: Outcome }
  /** the name of a lock that is the worker's as long as it lives */
  | { readonly kind: 'alive'; readonly lock: string };
