/** Counts a finished batch into bins of <S_z>, time by time: the host's side of `shaders/ensemble/histogram.wgsl`. */
import type { Gpu } from '../gpu/gpu';
import { createKernel, type Kernel } from '../gpu/kernel';
import type { Memory } from '../gpu/memory';
import { constants, Struct, u32 } from '../gpu/struct';
import { histogramBins, type RecordLayout, sampleRow } from './record';

export const Shape = new Struct('Shape', {
  /** recorded in this batch */
  trajectories: u32,
  /** columns of the record */
  capacity: u32,
  /** rows from one sample to the next */
  stride: u32,
  /** of <S_z> in the first sample */
  row: u32,
});

const bindings = { shape: 'uniform', record: 'read', histogram: 'read_write' } as const;

export class Histogram {
  /** [slot][bin], trajectories of the batch */
  readonly counts: GPUBuffer;
  readonly bytes: number;
  private readonly shape: GPUBuffer;

  private constructor(
    private readonly gpu: Gpu,
    memory: Memory,
    private readonly layout: RecordLayout,
    private readonly capacity: number,
    private readonly record: GPUBuffer,
    private readonly kernel: Kernel<keyof typeof bindings>,
  ) {
    this.bytes = layout.slots * histogramBins * Uint32Array.BYTES_PER_ELEMENT;
    this.counts = memory.storage('histogram', this.bytes);
    this.shape = memory.uniform('histogram shape', Shape.size);
  }

  static async make(
    gpu: Gpu,
    memory: Memory,
    atoms: number,
    layout: RecordLayout,
    capacity: number,
    record: GPUBuffer,
  ): Promise<Histogram> {
    const kernel = await createKernel(gpu, {
      label: 'histogram',
      program: 'ensemble/histogram',
      declarations: [Shape.wgsl, constants({ bins: histogramBins })].join('\n'),
      entryPoint: 'count',
      bindings,
      constants: { atoms },
    });
    return new Histogram(gpu, memory, layout, capacity, record, kernel);
  }

  /** Writes `counts` for the batch's first `count` trajectories. */
  encode(encoder: GPUCommandEncoder, count: number): void {
    const { shape, record, counts: histogram } = this;
    const numbers = {
      trajectories: count,
      capacity: this.capacity,
      stride: this.layout.observables.length,
      row: sampleRow(0, 'Sz', this.layout.observables),
    };
    this.gpu.device.queue.writeBuffer(shape, 0, Shape.pack([numbers]));
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.kernel.pipeline);
    pass.setBindGroup(0, this.kernel.bind({ shape, record, histogram }));
    pass.dispatchWorkgroups(this.layout.slots);
    pass.end();
  }
}
