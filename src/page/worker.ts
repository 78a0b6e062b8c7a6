/** The dedicated worker that owns the GPU, so that the page stays smooth whatever is computed. */
import { run } from '../experiments/run';
import { oneDevice, openGpu } from '../gpu/gpu';
import { toFailure } from './failure';
import type { FromWorker, Outcome, ToWorker } from './messages';
import { pageThreads } from './threads';

const send = (message: FromWorker) => postMessage(message);

const gpu = oneDevice(() => openGpu(navigator.gpu));

/** Stops the run under way; the page sends the next when one has ended. */
let controller = new AbortController();

addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'cancel') {
    controller.abort();
    return;
  }
  const { id, request } = data;
  controller = new AbortController();
  const { signal } = controller;
  const outcome = await run(request, {
    gpu,
    threads: pageThreads(),
    signal,
    isWatched: true,
    tell: (event) => send({ kind: 'event', id, event }),
  }).then(
    (document): Outcome => ({ document }),
    (error): Outcome => ({ failure: toFailure(error) }),
  );
  send({ kind: 'end', id, outcome });
});

// What cannot be read is no request that could be answered: an error of the worker, which the page hears of.
addEventListener('messageerror', () => {
  throw new Error('it was sent what it cannot read');
});

// A worker that is gone says nothing; its lock tells. Browsers have locks where they have WebGPU, in secure contexts.
const lock = `compute ${Math.random()}`;
void navigator.locks?.request(lock, () => {
  send({ kind: 'alive', lock });
  return new Promise(() => {});
});
