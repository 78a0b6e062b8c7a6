/**
 * Walks an ensemble on the CPU, in WebAssembly with 128-bit SIMD on as many threads as are lent, which share no memory. A batch
 * is a block of 256 trajectories, whose bits depend on the seed and their numbers alone.
 */
import type { Threads, Walked } from './block-messages';
import { BlockPool } from './block-pool';
import { type BlockJob, BlockProgram } from './block-program';
import type { Engine, EnsembleProgress } from './engine';
import type { Precision } from './linear-memory';
import { blockSize } from './record';
import type { EnsembleRequest } from './request';
import type { BatchSummary } from './summary';

/** So many alarms are worth a look before the block is over. */
const fewAlarms = 64;

export const cpuEngine = (threads: Threads, precision: Precision = 'float32'): Engine => ({
  name: 'cpu',
  walk: (request, signal, onProgress) => walkBlocks(threads, precision, request, signal, onProgress),
});

interface Block {
  readonly job: BlockJob;
  walked: Walked;
  readonly summary: Promise<BatchSummary>;
}

async function* walkBlocks(
  threads: Threads,
  precision: Precision,
  request: EnsembleRequest,
  signal: AbortSignal,
  onProgress: (progress: EnsembleProgress) => void,
): AsyncGenerator<BatchSummary, void> {
  const program = await BlockProgram.of(request, precision);
  const pool = new BlockPool(threads, program);
  const stop = () => pool.stop();
  if (signal.aborted) return;
  signal.addEventListener('abort', stop, { once: true });
  let done = request.done ?? 0;
  let begun = done;
  const underWay: Block[] = [];
  const report = () => {
    const sum = (of: keyof Walked) => underWay.reduce((sum, { walked }) => sum + walked[of], 0);
    const samples = sum('samples') / (request.samples + 1);
    onProgress({ trajectories: done + sum('trajectories'), share: (done + samples) / request.count });
  };
  try {
    while (done < request.count) {
      // Twice as many blocks as threads: none waits while the first is taken in, and memory stays bounded.
      while (begun < request.count && underWay.length < 2 * threads.count) {
        const job = jobAt(request, begun);
        const block: Block = {
          job,
          walked: { trajectories: 0, samples: 0, steps: 0, alarms: 0 },
          summary: pool
            .walk(job, (walked) => {
              block.walked = walked;
              const isDone = walked.trajectories === job.count;
              if (isDone || walked.alarms >= fewAlarms) request.unraveling.judge(walked.alarms, walked.steps);
              report();
            })
            .then((result) => program.summaryOf(job, result)),
        };
        // It is waited for in its turn; should an earlier one fail, nobody waits for it.
        block.summary.catch(() => undefined);
        underWay.push(block);
        begun += job.count;
      }
      const summary = await underWay[0].summary;
      underWay.shift();
      done += summary.count;
      yield summary;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    pool.stop();
  }
}

/** The block that begins after so many trajectories; the last may not be filled. */
function jobAt({ first, count, traces, photons }: EnsembleRequest, begun: number): BlockJob {
  const within = (most: number) => Math.max(0, Math.min(most - begun, size));
  const size = Math.min(blockSize, count - begun);
  return {
    first: first + begun,
    count: size,
    traces: within(traces),
    records: begun === 0 ? within(photons?.records ?? 0) : 0,
  };
}
