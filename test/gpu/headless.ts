/** The page's client and worker without the lab around them: what tests of runs in a browser talk to. */
import type { RunEvent, RunRequest } from '../../src/experiments/run';
import { Client } from '../../src/page/client';
import { toFailure } from '../../src/page/failure';
import type { Outcome } from '../../src/page/messages';

declare global {
  var dicke: {
    /** Errors do not cross the browser's protocol whole: its answer is plain data. */
    run(request: RunRequest): Promise<Outcome>;
    /** Stops the run at its next submit. */
    cancel(): void;
  };
  /** Exposed before anything runs. */
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
