/** Joins a finished batch's photon counts into windows: the host's side of `shaders/photodetection/photon-windows.wgsl`. */
import type { Gpu } from '../gpu/gpu';
import { createKernel, type Kernel } from '../gpu/kernel';
import type { Memory } from '../gpu/memory';
import { constants, Struct, u32 } from '../gpu/struct';
import type { PhotonPlan } from './photon-plan';

const bindings = { shape: 'uniform', lengths: 'read', record: 'read_write' } as const;
/** Invocations to a workgroup. */
const workgroupSize = 64;

export const Shape = new Struct('Shape', {
  /** recorded in this batch */
  trajectories: u32,
  /** columns of the record */
  capacity: u32,
  /** counted: those after the burn-in */
  intervals: u32,
  /** of windows */
  lengths: u32,
  /** first row of the counts [kind][interval]; kind 0 collective, 1 individual */
  counts: u32,
  /** first row of the results [kind][length][mean, variance] */
  windows: u32,
});

export class PhotonWindows {
  private constructor(
    private readonly gpu: Gpu,
    private readonly plan: PhotonPlan,
    private readonly capacity: number,
    private readonly kernel: Kernel<keyof typeof bindings>,
    private readonly buffers: Record<keyof typeof bindings, GPUBuffer>,
  ) {}

  static async make(
    gpu: Gpu,
    memory: Memory,
    plan: PhotonPlan,
    capacity: number,
    record: GPUBuffer,
  ): Promise<PhotonWindows> {
    const kernel = await createKernel(gpu, {
      label: 'photon-windows',
      program: 'photodetection/photon-windows',
      declarations: [Shape.wgsl, constants({ workgroupSize })].join('\n'),
      entryPoint: 'meanAndVariance',
      bindings,
    });
    const shape = memory.uniform('photon windows shape', Shape.size);
    const lengths = memory.storage('window lengths', Uint32Array.from(plan.lengths));
    return new PhotonWindows(gpu, plan, capacity, kernel, { shape, lengths, record });
  }

  /** Fills the record's window rows for the batch's first `count` trajectories. */
  encode(encoder: GPUCommandEncoder, count: number): void {
    const { intervals, lengths, counts, windows } = this.plan;
    const { capacity } = this;
    const numbers = { trajectories: count, capacity, intervals, lengths: lengths.length, counts, windows };
    this.gpu.device.queue.writeBuffer(this.buffers.shape, 0, Shape.pack([numbers]));
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.kernel.pipeline);
    pass.setBindGroup(0, this.kernel.bind(this.buffers));
    pass.dispatchWorkgroups(Math.ceil(count / workgroupSize), lengths.length, 2);
    pass.end();
  }
}
