/** The dedicated worker that owns the GPU, so that the page stays smooth whatever is computed. */
import { run } from '../experiments/run';
import { type Gpu, openGpu } from '../gpu/gpu';
import { type FromWorker, type ToWorker, toFailure } from './messages';

const send = (message: FromWorker) => postMessage(message);

let opened: Promise<Gpu> | undefined;

/** One device for all runs; where it failed or could not be opened, the next run asks anew. */
function gpu(): Promise<Gpu> {
  if (opened === undefined) {
    const opening = openGpu(navigator.gpu);
    const forget = () => {
      if (opened === opening) opened = undefined;
    };
    opening.then(({ device, failure }) => failure.catch(() => device.destroy()).then(forget), forget);
    opened = opening;
  }
  return opened;
}

/** Stops the run under way; the page sends the next when one has ended. */
let controller = new AbortController();

addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'cancel') {
    controller.abort();
    return;
  }
  const { id } = data;
  controller = new AbortController();
  try {
    const document = await run(data.request, {
      gpu,
      signal: controller.signal,
      onProgress: (progress) => send({ id, kind: 'progress', progress }),
      onPartial: (document) => send({ id, kind: 'partial', document }),
      warn: (sentence) => send({ id, kind: 'warning', sentence }),
    });
    send({ id, kind: 'done', document });
  } catch (error) {
    send({ id, kind: 'failed', failure: toFailure(error) });
  }
});
