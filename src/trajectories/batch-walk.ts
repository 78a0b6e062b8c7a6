/** Walks one batch after another on the same buffers: the host's side of `shaders/ensemble/ensemble.wgsl`. */
import type { Gpu } from '../gpu/gpu';
import type { Memory } from '../gpu/memory';
import { Readback } from '../gpu/readback';
import { Slice } from '../gpu/slice';
import { seedWords } from '../parameters/seed';
import type { BatchPlan } from './batches';
import { idealDetection } from './detection';
import { Ensemble, Queue, unassigned, Walker } from './ensemble-structs';
import { type JumpRecord, readJumpRecords } from './jump-records';
import type { PhotonPlan } from './photon-plan';
import { burnInSlots, type RecordLayout } from './record';
import type { EnsembleRequest } from './request';
import type { SharedBuffers, Walk } from './unraveling';

/** So many alarms are worth a look before the batch is over. */
const fewAlarms = 64;

/** Submits under way at once: the GPU works on one while the host reads the other's queue. */
const depth = 2;

export class BatchWalk {
  private readonly header = new ArrayBuffer(Ensemble.size);
  private readonly readback: Readback;
  private readonly slice = new Slice(8, 2 ** 20);
  private readonly fresh: ArrayBuffer;

  private constructor(
    private readonly gpu: Gpu,
    private readonly walk: Walk,
    readonly buffers: SharedBuffers,
    private readonly photons: PhotonPlan | null,
    private readonly plan: BatchPlan,
    private readonly layout: RecordLayout,
    private readonly request: EnsembleRequest,
  ) {
    this.readback = new Readback(gpu, 'queue', Queue.size);
    this.fresh = new ArrayBuffer(plan.walkers * Walker.size);
    for (let w = 0; w < plan.walkers; w++) Walker.write(this.fresh, { trajectory: unassigned }, w);
    Ensemble.write(this.header, {
      seed: seedWords(request.seed),
      capacity: plan.trajectories,
      slots: layout.slots,
      burnInSlots: burnInSlots(request.burnIn, request.time, request.samples),
      interval: request.time / request.samples,
      rowOfAverages: layout.averages,
      rowOfJumps: layout.jumps,
      rowOfPm: layout.Pm,
      rowOfPj: layout.Pj,
      ...(photons && { rowOfCounts: photons.counts, rowOfIntensity: photons.intensity }),
    });
  }

  static async make(
    gpu: Gpu,
    memory: Memory,
    request: EnsembleRequest,
    layout: RecordLayout,
    photons: PhotonPlan | null,
    plan: BatchPlan,
  ): Promise<BatchWalk> {
    const buffers = {
      ensemble: memory.uniform('ensemble', Ensemble.size),
      queue: memory.storage('queue', Queue.size),
      walkers: memory.storage('walkers', plan.walkers * Walker.size),
      record: memory.storage('record', (photons ?? layout).rows * plan.trajectories * 4),
    };
    const {
      system,
      unraveling,
      ramp = null,
      committor = null,
      detection = idealDetection,
      samples,
    } = request;
    const recordings = { committor, photons, detection, ramp, samples, interval: request.time / samples };
    const walk = await unraveling.prepare(gpu, memory, system, plan.walkers, buffers, recordings);
    return new BatchWalk(gpu, walk, buffers, photons, plan, layout, request);
  }

  /**
   * Walks trajectories first ... first + count - 1 to their end, in submits of some tens of milliseconds.
   * @returns the unravelling's alarms, or null when the signal fired before the end
   * @throws UnravelingError, DeviceLostError
   */
  async run(
    first: number,
    count: number,
    signal: AbortSignal,
    onQueue: (finished: number, samples: number) => void,
  ): Promise<number | null> {
    this.begin(first, count);
    const inFlight: ReturnType<BatchWalk['submit']>[] = [];
    let finished = 0;
    let alarms = 0;
    let judgeAt = fewAlarms;
    while (finished < count) {
      if (signal.aborted) {
        await Promise.all(inFlight);
        return null;
      }
      while (inFlight.length < depth) {
        const submitted = this.submit();
        // Where an earlier one fails, as on a lost device, nobody waits for this one.
        submitted.catch(() => undefined);
        inFlight.push(submitted);
      }
      const { finished: reached, samples, alarms: raised } = await inFlight.shift()!;
      alarms = raised;
      if (alarms >= judgeAt) {
        // Early on most trajectories are near their start, where alarms may be many: all the batch's steps are to come.
        const walked = samples / (count * this.layout.slots);
        this.request.unraveling.judge(alarms, Math.round((await this.steps()) / walked));
        judgeAt = 2 * alarms;
      }
      finished = reached;
      onQueue(finished, samples);
    }
    await Promise.all(inFlight);
    this.request.unraveling.judge(alarms, await this.steps());
    return alarms;
  }

  /** Every jump of the first trajectories, once the first batch, of `count`, is walked. */
  async jumpRecords(count: number): Promise<JumpRecord[]> {
    const { photonStore } = this.walk;
    const records = this.recordsOf(count);
    if (this.photons === null || photonStore === null || records === 0) return [];
    const photons = { ...this.photons, records };
    return readJumpRecords(this.gpu, photons, photonStore, this.plan.walkers, this.request.first);
  }

  /** Of the first batch's `count` trajectories, those whose jumps are kept. */
  private recordsOf(count: number): number {
    return Math.min(this.photons?.records ?? 0, count);
  }

  destroy(): void {
    this.readback.destroy();
  }

  private begin(first: number, count: number): void {
    const { queue } = this.gpu.device;
    Ensemble.write(this.header, {
      first: [first >>> 0, Math.floor(first / 2 ** 32)],
      trajectories: count,
      recorded: first === this.request.first ? this.recordsOf(count) : 0,
    });
    queue.writeBuffer(this.buffers.walkers, 0, this.fresh);
    queue.writeBuffer(this.buffers.queue, 0, new ArrayBuffer(Queue.size));
    const encoder = this.gpu.device.createCommandEncoder();
    encoder.clearBuffer(this.buffers.record);
    queue.submit([encoder.finish()]);
  }

  /** Steps that all walkers have taken in this batch. */
  private async steps(): Promise<number> {
    const encoder = this.gpu.device.createCommandEncoder();
    const walkers = new Readback(this.gpu, 'walkers', this.fresh.byteLength);
    const read = walkers.copy(encoder, this.buffers.walkers, 0, this.fresh.byteLength);
    this.gpu.device.queue.submit([encoder.finish()]);
    const steps = Walker.column(await read(), 'steps', 0, this.plan.walkers);
    walkers.destroy();
    return steps.reduce((sum, ofWalker) => sum + ofWalker, 0);
  }

  /** One dispatch of as many steps as measured time allows; resolves to the queue's counters after it. */
  private async submit() {
    const { device } = this.gpu;
    const steps = this.slice.steps;
    Ensemble.write(this.header, { steps });
    device.queue.writeBuffer(this.buffers.ensemble, 0, this.header);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.walk.pipeline);
    pass.setBindGroup(0, this.walk.bindGroup);
    pass.dispatchWorkgroups(this.walk.workgroups);
    pass.end();
    const read = this.readback.copy(encoder, this.buffers.queue, 0, Queue.size);
    device.queue.submit([encoder.finish()]);
    const began = performance.now();
    const queue = Queue.read(await read());
    this.slice.took(steps, (performance.now() - began) / depth);
    return queue;
  }
}
