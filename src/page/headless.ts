/** The page without a face: what the command line talks to. */
import type { RunEvent, RunRequest } from '../experiments/run';
import { Client } from './client';
import { toFailure } from './failure';
import type { Outcome } from './messages';

declare global {
  var dicke: {
    /** Errors do not cross the browser's protocol whole: its answer is plain data. */
    run(request: RunRequest): Promise<Outcome>;
    /** Stops the run at its next submit. */
    cancel(): void;
  };
  /** Exposed by the command line before it runs anything. */
  var dickeListener: ((event: RunEvent) => void) | undefined;
}

export function serveHeadless(): void {
  const client = new Client();
  let controller = new AbortController();
  globalThis.dicke = {
    async run(request) {
      controller = new AbortController();
      const { signal } = controller;
      try {
        return { document: await client.run(request, { signal, tell: (event) => dickeListener?.(event) }) };
      } catch (error) {
        return { failure: toFailure(error) };
      }
    },
    cancel: () => controller.abort(),
  };
}
