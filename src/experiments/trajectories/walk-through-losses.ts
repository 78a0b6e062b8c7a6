/** Walks an ensemble on through lost devices: each time on a new one, from the last finished batch. */
import type { AdapterDescription } from '../../gpu/gpu';
import type { EnsembleProgress } from '../../trajectories/engine';
import { walkEnsemble } from '../../trajectories/ensemble';
import type { EnsembleRequest } from '../../trajectories/request';
import type { BatchSummary } from '../../trajectories/summary';
import { DeviceLosses } from '../device-losses';
import type { RunContext } from '../experiment';

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
  const losses = new DeviceLosses(
    context,
    () => ` after ${done} trajectories; the run goes on from there with a new one.`,
  );
  let adapter = begunOn;
  while (done < request.count && !signal.aborted) {
    const gpu = await losses.open();
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
        losses.finished();
        done += next.value.count;
        yield next.value;
      }
    } catch (error) {
      await losses.survive(error, gpu);
    } finally {
      // Frees its buffers. Not waited for: on a lost device it may be stuck for good.
      void batches.return();
    }
  }
}

function nameOf({ vendor, architecture, description }: AdapterDescription): string {
  return description || `${vendor} ${architecture}`;
}
