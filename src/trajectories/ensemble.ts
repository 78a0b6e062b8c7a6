/**
 * Walks an ensemble of trajectories on the GPU, batch by batch: memory is bounded by the batch, never by the count.
 * What comes out, block by block of 256 trajectories, depends on the seed and the trajectories' numbers alone.
 */
import type { Gpu } from '../gpu/gpu';
import { Memory } from '../gpu/memory';
import { BatchWalk } from './batch-walk';
import { type BatchPlan, planBatches } from './batches';
import type { Engine, EnsembleProgress } from './engine';
import { photonsOf } from './photon-plan';
import { blockSize, recordLayout } from './record';
import { type EnsembleRequest, isReadBack } from './request';
import { type BatchSummary, Summary } from './summary';

/** A device as the engine that walks an ensemble. */
export const gpuEngine = (gpu: Gpu): Engine => ({
  name: 'gpu',
  walk: (request, signal, onProgress) => walkEnsemble(gpu, request, signal, onProgress),
});

/**
 * Yields each batch as it finishes. Ends early, between submits, when the signal fires; the batch under way is then
 * dropped whole, since keeping its early finishers would favour the trajectories that jump less.
 * @throws UnravelingError, ShaderError, GpuMemoryError, DeviceLostError
 */
export async function* walkEnsemble(
  gpu: Gpu,
  request: EnsembleRequest,
  signal: AbortSignal,
  onProgress: (progress: EnsembleProgress) => void,
  plan?: BatchPlan,
): AsyncGenerator<BatchSummary, void> {
  const layout = recordLayout(request.system, request.samples + 1, request.unraveling.currents);
  const photons = photonsOf(layout, request);
  const cut = plan ?? planBatches(gpu, (photons ?? layout).rows, request.count);
  const memory = new Memory(gpu);
  let walk: BatchWalk | undefined;
  try {
    walk = await BatchWalk.make(gpu, memory, request, layout, photons, cut);
    const summary = await Summary.make(
      gpu,
      memory,
      request.system.atoms,
      layout,
      photons,
      cut,
      walk.buffers.record,
    );
    let done = request.done ?? 0;
    while (done < request.count) {
      const count = nextBatch(done, request.count, cut);
      const first = request.first + done;
      const alarms = await walk.run(first, count, signal, (trajectories, samples) =>
        onProgress({
          trajectories: done + trajectories,
          share: (done + samples / layout.slots) / request.count,
        }),
      );
      if (alarms === null) return;
      const traces = Math.min(Math.max(0, request.traces - done), count);
      const jumpRecords = done === 0 ? await walk.jumpRecords(count) : [];
      const reduced = await summary.read(count, traces, isReadBack(request));
      done += count;
      yield { seed: request.seed, first, alarms, ...reduced, jumpRecords };
    }
  } finally {
    walk?.destroy();
    memory.destroy();
  }
}

/**
 * Trajectories of the next batch. Batches end where they would have, had all been walked in one go: these are the
 * places where a run may stop. A last block that is not filled is a batch of its own, so that it can be walked
 * again, whole, when more trajectories are asked for.
 */
function nextBatch(done: number, count: number, { trajectories }: BatchPlan): number {
  const whole = Math.floor((count - done) / blockSize) * blockSize;
  return whole === 0 ? count - done : Math.min(trajectories - (done % trajectories), whole);
}
