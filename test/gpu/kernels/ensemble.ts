import type { Gpu } from '../../../src/gpu/gpu';
import type { SystemParameters } from '../../../src/parameters/system';
import { Extremes } from '../../../src/statistics/extremes';
import { PhotonStatistics } from '../../../src/statistics/photons';
import { Tally } from '../../../src/statistics/tally';
import type { BatchPlan } from '../../../src/trajectories/batches';
import type { Detection } from '../../../src/trajectories/detection';
import type { EnsembleProgress } from '../../../src/trajectories/engine';
import { walkEnsemble } from '../../../src/trajectories/ensemble';
import type { JumpRecord } from '../../../src/trajectories/jump-records';
import { type PhotonRequest, photonPlan } from '../../../src/trajectories/photon-plan';
import { recordLayout } from '../../../src/trajectories/record';
import type { UnravelingName } from '../../../src/trajectories/unraveling-facts';
import { unravelings } from '../../../src/trajectories/unravelings';
import { withGpu } from '../with-gpu';

export interface Request {
  /** photodetection where it is left out */
  unraveling?: UnravelingName;
  detection?: Detection;
  /** packed */
  committor?: number[];
  /** as on an adapter without subgroup operations */
  withoutSubgroups?: boolean;
  system: SystemParameters;
  seed: number;
  first: number;
  count: number;
  time: number;
  samples: number;
  burnIn: number;
  traces: number;
}

export const requestOf = (request: Request) => ({
  ...request,
  unraveling: unravelings[request.unraveling ?? 'photodetection'],
  committor: request.committor ? Float64Array.from(request.committor) : null,
});

const never = new AbortController().signal;

/** Walks an ensemble; every row's mean, standard error and extremes, the first traces, and the most memory held at once. */
export function walk(request: Request, plan?: BatchPlan) {
  return withGpu(async (gpu) => {
    const memory = meterOf(gpu);
    const lent = request.withoutSubgroups ? { ...gpu, subgroups: false } : gpu;
    let tally: Tally | undefined;
    let extremes: Extremes | undefined;
    const traces: number[][] = [];
    let histogram: number[] = [];
    let alarms = 0;
    for await (const batch of walkEnsemble(lent, requestOf(request), never, () => {}, plan)) {
      for (const { count, mean, M2, least, most } of batch.blocks) {
        tally ??= new Tally(mean.length);
        tally.merge(count, mean, M2);
        extremes ??= new Extremes(mean.length);
        extremes.merge(least, most);
      }
      alarms += batch.alarms;
      traces.push(...batch.traces.map((trace) => [...trace]));
      histogram = Array.from(batch.histogram, (trajectories, i) => trajectories + (histogram[i] ?? 0));
    }
    if (tally === undefined || extremes === undefined) throw new Error('No batch was walked.');
    const { count, mean } = tally;
    const errors = Array.from(mean, (_, q) => (tally as Tally).standardError(q));
    const [least, most] = [[...extremes.least], [...extremes.most]];
    return { count, mean: [...mean], errors, least, most, traces, histogram, alarms, peakBytes: memory.peak };
  });
}

/** Counts an ensemble's photons. */
export function walkPhotons(request: Request & { photons: PhotonRequest }, plan?: BatchPlan) {
  return withGpu(async (gpu) => {
    const photons = photonPlan(recordLayout(request.system, request.samples + 1), request, request.photons);
    const statistics = new PhotonStatistics(photons);
    const jumpRecords: JumpRecord[] = [];
    for await (const batch of walkEnsemble(gpu, requestOf(request), never, () => {}, plan)) {
      for (const trajectory of batch.photons?.perTrajectory ?? []) statistics.add(trajectory);
      jumpRecords.push(...batch.jumpRecords);
    }
    const { lengths, interval } = photons;
    const fano = lengths.map((length) => ({
      window: length * interval,
      collective: statistics.fano('collective', length),
      individual: statistics.fano('individual', length),
    }));
    return { fano, g2: photons.delayBins > 0 ? statistics.g2() : null, jumpRecords };
  });
}

/** Cancels in the middle of the second batch; trajectories kept, those of the first batch, and submits after the cancel. */
export function walkAndCancel(request: Request, plan: BatchPlan) {
  return withGpu(async (gpu) => {
    const controller = new AbortController();
    const { signal } = controller;
    const { queue } = gpu.device;
    const submit = queue.submit.bind(queue);
    let submits = 0;
    queue.submit = (buffers) => {
      if (signal.aborted) submits += 1;
      return submit(buffers);
    };
    let [count, first] = [0, 0];
    const cancel = ({ trajectories }: EnsembleProgress) => {
      if (count > 0 && trajectories < count + first) controller.abort();
    };
    const batches = walkEnsemble(gpu, requestOf(request), signal, cancel, plan);
    for await (const batch of batches) {
      if (count === 0) first = batch.count;
      count += batch.count;
    }
    return { count, first, submits };
  });
}

/** Follows the bytes of all buffers alive on the device. */
function meterOf({ device }: Gpu) {
  const meter = { now: 0, peak: 0 };
  const create = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    meter.now += buffer.size;
    meter.peak = Math.max(meter.peak, meter.now);
    const destroy = buffer.destroy.bind(buffer);
    buffer.destroy = () => {
      meter.now -= buffer.size;
      return destroy();
    };
    return buffer;
  };
  return meter;
}
