import { nodeThreads } from '../../../src/command-line/threads';
import { BlockPool } from '../../../src/trajectories/block-pool';
import { BlockProgram } from '../../../src/trajectories/block-program';
import { cpuEngine } from '../../../src/trajectories/cpu-engine';
import type { Precision } from '../../../src/trajectories/linear-memory';
import type { EnsembleRequest } from '../../../src/trajectories/request';
import type { BatchSummary } from '../../../src/trajectories/summary';
import type { UnravelingName } from '../../../src/trajectories/unraveling-facts';
import { unravelings } from '../../../src/trajectories/unravelings';

export type Asked = Omit<EnsembleRequest, 'unraveling'> & { unraveling: UnravelingName };
export const requestOf = (asked: Asked): EnsembleRequest => ({
  ...asked,
  unraveling: unravelings[asked.unraveling],
});

const never = new AbortController().signal;

/** All batches of an ensemble, on so many threads. */
export async function walkOnCpu(asked: Asked, threads = 2): Promise<BatchSummary[]> {
  const batches: BatchSummary[] = [];
  for await (const batch of cpuEngine(nodeThreads(threads)).walk(requestOf(asked), never, () => {})) {
    batches.push(batch);
  }
  return batches;
}

/** The samples of one block's trajectories in the walk's own precision, [trajectory][sample * observables + observable]. */
export async function tracesOnCpu(asked: Asked, precision: Precision) {
  const program = await BlockProgram.of(requestOf(asked), precision);
  const pool = new BlockPool(nodeThreads(1), program);
  try {
    const { first, count } = asked;
    const job = { first, count, traces: count, records: 0 };
    return program.tracesOf(job, await pool.walk(job, () => {}));
  } finally {
    pool.stop();
  }
}
