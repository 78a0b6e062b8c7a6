/** Walks an ensemble to its end on what engine there is: on through lost devices, each time from the last finished batch. */
import { cpuEngine } from '../../trajectories/cpu-engine';
import type { EnsembleProgress } from '../../trajectories/engine';
import { gpuEngine } from '../../trajectories/ensemble';
import type { EnsembleRequest } from '../../trajectories/request';
import type { BatchSummary } from '../../trajectories/summary';
import { DeviceLosses } from '../device-losses';
import { engineName } from '../engine-choice';
import type { RunContext } from '../experiment';

/**
 * @param begunOn the engines that walked what is already done
 * @returns each batch with the engine that walked it
 * @throws DeviceLostError at the third loss in a row, where no CPU may go on; what the engine throws
 */
export async function* walkThroughLosses(
  context: RunContext,
  request: EnsembleRequest,
  begunOn: readonly string[],
  onProgress: (progress: EnsembleProgress) => void,
): AsyncGenerator<{ readonly batch: BatchSummary; readonly engine: string }, void> {
  const { signal, warn } = context;
  let done = request.done ?? 0;
  const losses = new DeviceLosses(
    context,
    () => ` after ${done} trajectories; the run goes on from there with a new one.`,
  );
  let last = done > 0 ? (begunOn.at(-1) ?? null) : null;
  while (done < request.count && !signal.aborted) {
    const gpu = await losses.open();
    const name = engineName({ adapter: gpu?.adapter ?? null });
    if (last !== null && last !== name)
      warn(`Begun on ${last}, continued on ${name}: another engine's bits may differ.`);
    last = name;
    const engine = gpu ? gpuEngine(gpu) : cpuEngine(context.threads);
    const batches = engine.walk({ ...request, done }, signal, onProgress);
    try {
      for (;;) {
        const next = await Promise.race([batches.next(), ...(gpu ? [gpu.failure] : [])]);
        if (next.done) return;
        losses.finished();
        done += next.value.count;
        yield { batch: next.value, engine: name };
      }
    } catch (error) {
      if (gpu === null) throw error;
      await losses.survive(error, gpu);
    } finally {
      // Frees its buffers or threads. Not waited for: on a lost device it may be stuck for good.
      void batches.return();
    }
  }
}
