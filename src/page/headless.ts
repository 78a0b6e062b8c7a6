/** The page without a face: what the command line talks to. */
import type { Progress } from '../experiments/experiment';
import type { DocumentOf } from '../experiments/registry';
import type { RunRequest } from '../experiments/run';
import { Client } from './client';
import { type Failure, toFailure } from './messages';

/** How a run ended. Plain data: errors do not cross the browser's protocol whole. */
export type Outcome = { readonly document: DocumentOf } | { readonly failure: Failure };

/** What the command line lends the page before it runs. */
export interface HeadlessListener {
  (event: 'progress', progress: Progress): void;
  (event: 'partial', document: DocumentOf): void;
  (event: 'warning', sentence: string): void;
}

declare global {
  var dicke: {
    run(request: RunRequest): Promise<Outcome>;
    /** Stops the run at its next submit. */
    cancel(): void;
  };
  /** Exposed by the command line. */
  var dickeListener: HeadlessListener;
}

export function serveHeadless(): void {
  const client = new Client();
  let controller = new AbortController();
  globalThis.dicke = {
    async run(request) {
      controller = new AbortController();
      try {
        const document = await client.run(request, {
          signal: controller.signal,
          onProgress: (progress) => dickeListener('progress', progress),
          onPartial: (document) => dickeListener('partial', document),
          onWarning: (sentence) => dickeListener('warning', sentence),
        });
        return { document };
      } catch (error) {
        return { failure: toFailure(error) };
      }
    },
    cancel: () => controller.abort(),
  };
}
