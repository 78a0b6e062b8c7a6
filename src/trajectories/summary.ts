/** Reduces a finished batch on the GPU and reads back what the statistics need: `shaders/block-statistics.wgsl`. */
import blockStatisticsSource from '../../shaders/block-statistics.wgsl?raw';
import type { Gpu } from '../gpu/gpu';
import { createKernel, type Kernel } from '../gpu/kernel';
import type { Memory } from '../gpu/memory';
import { Readback } from '../gpu/readback';
import type { BatchPlan } from './batches';
import { Density } from './density';
import { blockSize, channels, observables, type RecordLayout } from './record';

/** Mean and M2 of every row of the record over one block of trajectories. */
export interface BlockStatistics {
  readonly count: number;
  readonly mean: Float32Array;
  readonly M2: Float32Array;
}

export interface BatchSummary {
  readonly count: number;
  /** of the unravelling, within its budget */
  readonly alarms: number;
  readonly blocks: readonly BlockStatistics[];
  /** each trajectory's own time averages of the observables, then its jumps by channel */
  readonly perTrajectory: readonly Float32Array[];
  /** samples of the first trajectories, [trajectory][slot * observables + observable] */
  readonly traces: readonly Float32Array[];
  /** [slot * densityBins + bin]: trajectories whose <S_z> was in the bin */
  readonly density: Uint32Array;
}

const bindings = { shape: 'uniform', record: 'read', statistics: 'read_write' } as const;
/** Invocations to a workgroup, as in the shader. */
const workgroupSize = 64;

export class Summary {
  private constructor(
    private readonly gpu: Gpu,
    private readonly layout: RecordLayout,
    private readonly capacity: number,
    private readonly record: GPUBuffer,
    private readonly kernel: Kernel<keyof typeof bindings>,
    private readonly shape: GPUBuffer,
    private readonly statistics: GPUBuffer,
    private readonly density: Density,
  ) {}

  static async make(
    gpu: Gpu,
    memory: Memory,
    atoms: number,
    layout: RecordLayout,
    plan: BatchPlan,
    record: GPUBuffer,
  ): Promise<Summary> {
    const capacity = plan.trajectories;
    const kernel = await createKernel(gpu, {
      label: 'block-statistics',
      sources: [blockStatisticsSource],
      entryPoint: 'summarise',
      bindings,
    });
    const blocks = plan.trajectories / blockSize;
    const shape = memory.uniform('shape', 16);
    const statistics = memory.storage('block statistics', blocks * layout.rows * 8);
    const density = await Density.make(gpu, memory, atoms, layout, capacity, record);
    return new Summary(gpu, layout, capacity, record, kernel, shape, statistics, density);
  }

  /** @param traces how many of the batch's first trajectories to read sample by sample */
  async read(count: number, traces: number, alarms: number): Promise<BatchSummary> {
    const { device } = this.gpu;
    const { rows } = this.layout;
    const blocks = Math.ceil(count / blockSize);
    device.queue.writeBuffer(this.shape, 0, new Uint32Array([rows, count, this.capacity, blocks]));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.kernel.pipeline);
    const { shape, record, statistics } = this;
    pass.setBindGroup(0, this.kernel.bind({ shape, record, statistics }));
    pass.dispatchWorkgroups(Math.ceil(rows / workgroupSize), blocks);
    pass.end();
    this.density.encode(encoder, count);
    const ownRows = observables.length + channels.length;
    const read = [
      this.copy(encoder, statistics, 0, blocks * rows * 8),
      this.copy(encoder, record, this.layout.averages * this.capacity * 4, ownRows * this.capacity * 4),
      this.copyColumns(encoder, traces),
      this.copy(encoder, this.density.counts, 0, this.density.bytes),
    ];
    device.queue.submit([encoder.finish()]);
    const [statisticsRead, ownRead, tracesRead, densityRead] = await Promise.all(
      read.map((finish) => finish()),
    );
    return {
      count,
      alarms,
      blocks: splitBlocks(statisticsRead, rows, count),
      perTrajectory: columns(ownRead, ownRows, this.capacity, count),
      traces: columns(tracesRead, this.layout.averages, traces, traces),
      density: new Uint32Array(densityRead.buffer),
    };
  }

  private copy(encoder: GPUCommandEncoder, source: GPUBuffer, offset: number, bytes: number) {
    const readback = new Readback(this.gpu, 'summary', bytes);
    const finish = readback.copy(encoder, source, offset, bytes);
    return async () => {
      const result = new Float32Array(await finish());
      readback.destroy();
      return result;
    };
  }

  /** The samples of the first `columns` trajectories: one short copy a row. */
  private copyColumns(encoder: GPUCommandEncoder, columns: number) {
    if (columns === 0) return async () => new Float32Array();
    const rows = this.layout.averages;
    const memory = this.gpu.device.createBuffer({
      label: 'traces',
      size: Math.ceil((rows * columns) / 4) * 16,
      usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    for (let row = 0; row < rows; row++) {
      encoder.copyBufferToBuffer(
        this.record,
        row * this.capacity * 4,
        memory,
        row * columns * 4,
        columns * 4,
      );
    }
    const finish = this.copy(encoder, memory, 0, rows * columns * 4);
    return async () => {
      const result = await finish();
      memory.destroy();
      return result;
    };
  }
}

function splitBlocks(statistics: Float32Array, rows: number, count: number): BlockStatistics[] {
  const blocks = Math.ceil(count / blockSize);
  return Array.from({ length: blocks }, (_, b) => {
    const pick = (field: number) =>
      Float32Array.from({ length: rows }, (_, row) => statistics[2 * (b * rows + row) + field]);
    return { count: Math.min(blockSize, count - b * blockSize), mean: pick(0), M2: pick(1) };
  });
}

/** The first `count` columns of a row-major matrix of the given stride. */
function columns(matrix: Float32Array, rows: number, stride: number, count: number): Float32Array[] {
  return Array.from({ length: count }, (_, column) =>
    Float32Array.from({ length: rows }, (_, row) => matrix[row * stride + column]),
  );
}
