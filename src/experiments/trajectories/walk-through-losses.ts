/** Walks an ensemble on through lost devices: each time on a new one, from the last finished batch. */
import type { AdapterDescription, Gpu } from '../../gpu/gpu';
import { DeviceLostError } from '../../gpu/gpu';
import type { EnsembleProgress } from '../../trajectories/engine';
import { walkEnsemble } from '../../trajectories/ensemble';
import type { EnsembleRequest } from '../../trajectories/request';
import type { BatchSummary } from '../../trajectories/summary';
import type { RunContext } from '../experiment';

/** Losses without a batch finished in between after which the run gives up: what it does may be what loses devices. */
const mostLosses = 3;
/** Pause before a new device is asked for, ms: a driver that has been reset needs a moment. */
const pause = 1000;
/** How long after another error a device's loss, its cause, may become known, ms. */
const afterthought = 200;

/**
 * @param begunOn the adapter that walked what is already done; null where nothing is
 * @throws DeviceLostError at the third loss in a row; what `walkEnsemble` throws
 */
export async function* walkThroughLosses(
  context: RunContext,
  request: EnsembleRequest,
  begunOn: AdapterDescription | null,
  onProgress: (progress: EnsembleProgress) => void,
): AsyncGenerator<BatchSummary, void> {
  const { signal, warn } = context;
  let done = request.done ?? 0;
  let losses = 0;
  let adapter = begunOn;
  while (done < request.count && !signal.aborted) {
    const gpu = await context.replaceableGpu().catch(async (error: unknown) => {
      if (losses === 0) throw error;
      if (++losses === mostLosses) {
        throw new DeviceLostError('The GPU device was lost, and no new one is to be had.', { cause: error });
      }
      await rest();
      return null;
    });
    if (gpu === null) continue;
    if (adapter !== null && nameOf(adapter) !== nameOf(gpu.adapter)) {
      warn(
        `Begun on ${nameOf(adapter)}, continued on ${nameOf(gpu.adapter)}: one adapter's bits may differ.`,
      );
    }
    adapter = gpu.adapter;
    const batches = walkEnsemble(gpu, { ...request, done }, signal, onProgress);
    try {
      for (;;) {
        const next = await Promise.race([batches.next(), gpu.failure]);
        if (next.done) return;
        losses = 0;
        done += next.value.count;
        yield next.value;
      }
    } catch (error) {
      const cause = await causeOf(error, gpu);
      if (!(cause instanceof DeviceLostError) || ++losses === mostLosses) throw cause;
      warn(`The GPU device was lost after ${done} trajectories; the run goes on from there with a new one.`);
      await rest();
    } finally {
      // Frees its buffers. Not waited for: on a lost device it may be stuck for good.
      void batches.return();
    }
  }
}

const rest = () => new Promise((resolve) => setTimeout(resolve, pause));

/** A lost device cuts work off in ways of its own; its loss is what counts. */
function causeOf(error: unknown, { failure }: Gpu): Promise<unknown> {
  const otherwise = new Promise((resolve) => setTimeout(resolve, afterthought, error));
  return Promise.race([failure.catch((loss: unknown) => loss), otherwise]);
}

function nameOf({ vendor, architecture, description }: AdapterDescription): string {
  return description || `${vendor} ${architecture}`;
}
