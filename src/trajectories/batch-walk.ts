/** Walks one batch after another on the same buffers: the host's side of `shaders/ensemble.wgsl`. */
import type { Gpu } from '../gpu/gpu';
import type { Memory } from '../gpu/memory';
import { Readback } from '../gpu/readback';
import { Slice } from '../gpu/slice';
import { seedWords } from '../parameters/seed';
import type { BatchPlan } from './batches';
import { type JumpRecord, readJumpRecords } from './jump-records';
import type { PhotonPlan } from './photon-plan';
import { burnInSlots, type RecordLayout } from './record';
import type { EnsembleRequest } from './request';
import type { SharedBuffers, Walk } from './unraveling';

/** Bytes of the shader's Ensemble, Walker and Queue. */
const ensembleBytes = 48;
const walkerBytes = 32;
const queueBytes = 16;
/** A walker that has claimed no trajectory yet. */
const unassigned = 0xffffffff;

/** So many alarms are worth a look before the batch is over. */
const fewAlarms = 64;

/** Submits under way at once: the GPU works on one while the host reads the other's queue. */
const depth = 2;

export class BatchWalk {
  private readonly header = new DataView(new ArrayBuffer(ensembleBytes));
  private readonly readback: Readback;
  private readonly slice = new Slice(8, 2 ** 20);
  private readonly fresh: Uint32Array<ArrayBuffer>;

  private constructor(
    private readonly gpu: Gpu,
    private readonly walk: Walk,
    readonly buffers: SharedBuffers,
    private readonly photons: PhotonPlan | null,
    private readonly plan: BatchPlan,
    private readonly layout: RecordLayout,
    private readonly request: EnsembleRequest,
  ) {
    this.readback = new Readback(gpu, 'queue', queueBytes);
    this.fresh = new Uint32Array((plan.walkers * walkerBytes) / 4);
    for (let w = 0; w < plan.walkers; w++) this.fresh[(w * walkerBytes) / 4] = unassigned;
    const { header } = this;
    const [low, high] = seedWords(request.seed);
    header.setUint32(0, low, true);
    header.setUint32(4, high, true);
    header.setUint32(20, plan.trajectories, true);
    header.setUint32(28, layout.slots, true);
    header.setUint32(32, burnInSlots(request.burnIn, request.time, request.samples), true);
    header.setFloat32(36, request.time / request.samples, true);
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
      ensemble: memory.uniform('ensemble', ensembleBytes),
      queue: memory.storage('queue', queueBytes),
      walkers: memory.storage('walkers', plan.walkers * walkerBytes),
      record: memory.storage('record', (photons ?? layout).rows * plan.trajectories * 4),
    };
    const { system, unraveling, committor = null } = request;
    const recordings = { committor, photons };
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
    const inFlight: Promise<Uint32Array>[] = [];
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
      const [, reached, samples, raised] = (await inFlight.shift()) as Uint32Array;
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
    this.header.setUint32(8, first >>> 0, true);
    this.header.setUint32(12, Math.floor(first / 2 ** 32), true);
    this.header.setUint32(16, count, true);
    this.header.setUint32(40, first === this.request.first ? this.recordsOf(count) : 0, true);
    queue.writeBuffer(this.buffers.walkers, 0, this.fresh);
    queue.writeBuffer(this.buffers.queue, 0, new Uint32Array(queueBytes / 4));
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
    const words = new Uint32Array(await read());
    walkers.destroy();
    const width = walkerBytes / 4;
    return words.reduce((sum, word, i) => (i % width === width - 1 ? sum + word : sum), 0);
  }

  /** One dispatch of as many steps as measured time allows; resolves to the queue's counters after it. */
  private async submit(): Promise<Uint32Array> {
    const { device } = this.gpu;
    const steps = this.slice.steps;
    this.header.setUint32(24, steps, true);
    device.queue.writeBuffer(this.buffers.ensemble, 0, this.header.buffer);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.walk.pipeline);
    pass.setBindGroup(0, this.walk.bindGroup);
    pass.dispatchWorkgroups(this.walk.workgroups);
    pass.end();
    const read = this.readback.copy(encoder, this.buffers.queue, 0, queueBytes);
    device.queue.submit([encoder.finish()]);
    const began = performance.now();
    const counters = new Uint32Array(await read());
    this.slice.took(steps, (performance.now() - began) / depth);
    return counters;
  }
}
