import { pageThreads } from '../../../src/page/threads';
import { cpuEngine } from '../../../src/trajectories/cpu-engine';
import type { Engine } from '../../../src/trajectories/engine';
import { gpuEngine } from '../../../src/trajectories/ensemble';
import type { PhotonRequest } from '../../../src/trajectories/photon-plan';
import type { BatchSummary } from '../../../src/trajectories/summary';
import { withGpu } from '../with-gpu';
import { type Request, requestOf } from './ensemble';

/** What a batch says of each trajectory, and of all. */
const told = ({
  blocks,
  perTrajectory,
  traces,
  switching,
  histogram,
  photons,
  jumpRecords,
}: BatchSummary) => ({
  blocks: blocks.map(({ count, mean, M2, least, most }) => ({
    count,
    rows: [mean, M2, least, most].map((row) => [...row]),
  })),
  perTrajectory: perTrajectory.map((row) => [...row]),
  traces: traces.map((row) => [...row]),
  switching: switching && [[...switching.committor], [...switching.Sz]],
  histogram: [...histogram],
  photons: photons?.perTrajectory.map((row) => [...row]) ?? null,
  jumpRecords,
});

export type Told = ReturnType<typeof told>;

/** The batches of an ensemble by both engines, the CPU's on the page's workers. */
export function walkOnBoth(request: Request & { photons?: PhotonRequest }) {
  const walk = async (engine: Engine) => {
    const batches: Told[] = [];
    const never = new AbortController().signal;
    for await (const batch of engine.walk(requestOf(request), never, () => {})) batches.push(told(batch));
    return batches;
  };
  return withGpu(async (gpu) => ({
    gpu: await walk(gpuEngine(gpu)),
    cpu: await walk(cpuEngine(pageThreads(2))),
  }));
}
