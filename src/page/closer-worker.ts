/** Looks closer at single trajectories, beside whatever is computed. */
import type { Closer, CloserRequest } from '../experiments/trajectories/closer-run';
import { type Failure, toFailure } from './failure';
import { pageThreads } from './threads';

export type CloserAnswer = { readonly closer: Closer } | { readonly failure: Failure };

addEventListener('message', async ({ data }: MessageEvent<CloserRequest>) => {
  const { lookCloser } = await import('../experiments/trajectories/closer-run');
  const answer = await lookCloser(data, pageThreads(1)).then(
    (closer): CloserAnswer => ({ closer }),
    (error): CloserAnswer => ({ failure: toFailure(error) }),
  );
  postMessage(answer);
});
