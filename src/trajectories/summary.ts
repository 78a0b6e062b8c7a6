/** Reduces a finished batch on the GPU and reads back what the statistics need: `shaders/ensemble/block-statistics.wgsl`. */
import type { Gpu } from '../gpu/gpu';
import { createKernel, type Kernel } from '../gpu/kernel';
import type { Memory } from '../gpu/memory';
import { Readback } from '../gpu/readback';
import { constants, f32, Struct, u32 } from '../gpu/struct';
import type { BatchPlan } from './batches';
import { Histogram } from './histogram';
import type { JumpRecord } from './jump-records';
import type { PhotonPlan } from './photon-plan';
import { PhotonWindows } from './photon-windows';
import { blockSize, type Observable, type RecordLayout, sampleRow } from './record';

/** Mean, M2 and the two extremes of every row of the record over one block of trajectories. */
export interface BlockStatistics {
  readonly count: number;
  readonly mean: Float32Array;
  readonly M2: Float32Array;
  readonly least: Float32Array;
  readonly most: Float32Array;
}

/** What is kept of a batch: of filled blocks, or of a single one that is not filled. */
export interface BatchSummary {
  readonly seed: number;
  /** number of its first trajectory; begins a block */
  readonly first: number;
  readonly count: number;
  /** of the unravelling, within its budget */
  readonly alarms: number;
  readonly blocks: readonly BlockStatistics[];
  /** each trajectory's own time averages of the observables, then its jumps by channel */
  readonly perTrajectory: readonly Float32Array[];
  /** samples of the first trajectories, [trajectory][slot * observables + observable] */
  readonly traces: readonly Float32Array[];
  /** every trajectory's samples, [slot][trajectory]; null without a committor */
  readonly switching: { readonly committor: Float32Array; readonly Sz: Float32Array } | null;
  /** [slot * histogramBins + bin]: trajectories whose <S_z> was in the bin */
  readonly histogram: Uint32Array;
  /** each trajectory's photon rows, from the plan's windows on; null where the jumps are not photons */
  readonly photons: { readonly plan: PhotonPlan; readonly perTrajectory: readonly Float32Array[] } | null;
  /** of the first trajectories, in the first batch */
  readonly jumpRecords: readonly JumpRecord[];
}

const bindings = { shape: 'uniform', record: 'read', statistics: 'read_write' } as const;
/** Invocations to a workgroup. */
const workgroupSize = 64;

export const Shape = new Struct('Shape', {
  rows: u32,
  /** recorded in this batch; the last block may be one that is not filled */
  trajectories: u32,
  /** columns of the record */
  capacity: u32,
  blocks: u32,
});

/** Of one row over one block. */
export const Statistics = new Struct('Statistics', { mean: f32, M2: f32, least: f32, most: f32 });

export class Summary {
  private constructor(
    private readonly gpu: Gpu,
    private readonly layout: RecordLayout,
    private readonly capacity: number,
    private readonly record: GPUBuffer,
    private readonly kernel: Kernel<keyof typeof bindings>,
    private readonly shape: GPUBuffer,
    private readonly statistics: GPUBuffer,
    private readonly histogram: Histogram,
    private readonly photons: PhotonPlan | null,
    private readonly windows: PhotonWindows | null,
  ) {}

  static async make(
    gpu: Gpu,
    memory: Memory,
    atoms: number,
    layout: RecordLayout,
    photons: PhotonPlan | null,
    plan: BatchPlan,
    record: GPUBuffer,
  ): Promise<Summary> {
    const capacity = plan.trajectories;
    const kernel = await createKernel(gpu, {
      label: 'block-statistics',
      program: 'ensemble/block-statistics',
      declarations: [Shape.wgsl, Statistics.wgsl, constants({ blockSize, workgroupSize })].join('\n'),
      entryPoint: 'summarise',
      bindings,
    });
    const blocks = plan.trajectories / blockSize;
    const shape = memory.uniform('shape', Shape.size);
    const statistics = memory.storage('block statistics', blocks * layout.rows * Statistics.size);
    const histogram = await Histogram.make(gpu, memory, atoms, layout, capacity, record);
    const windows = photons && (await PhotonWindows.make(gpu, memory, photons, capacity, record));
    return new Summary(gpu, layout, capacity, record, kernel, shape, statistics, histogram, photons, windows);
  }

  /** @param traces how many of the batch's first trajectories to read sample by sample */
  async read(
    count: number,
    traces: number,
    switching: boolean,
  ): Promise<Omit<BatchSummary, 'seed' | 'first' | 'alarms' | 'jumpRecords'>> {
    const { device } = this.gpu;
    const { rows, averages, observables, channels } = this.layout;
    const blocks = Math.ceil(count / blockSize);
    const numbers = { rows, trajectories: count, capacity: this.capacity, blocks };
    device.queue.writeBuffer(this.shape, 0, Shape.pack([numbers]));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.kernel.pipeline);
    const { shape, record, statistics } = this;
    pass.setBindGroup(0, this.kernel.bind({ shape, record, statistics }));
    pass.dispatchWorkgroups(Math.ceil(rows / workgroupSize), blocks);
    pass.end();
    this.histogram.encode(encoder, count);
    this.windows?.encode(encoder, count);
    const photonRows = this.photons ? this.photons.rows - this.photons.windows : 0;
    const ownRows = observables.length + channels;
    const read = [
      this.copy(encoder, statistics, 0, blocks * rows * Statistics.size),
      this.copySection(encoder, averages, ownRows),
      this.copyColumns(encoder, traces),
      this.copy(encoder, this.histogram.counts, 0, this.histogram.bytes),
      switching ? this.copySamples(encoder, 'committor', count) : nothing,
      switching ? this.copySamples(encoder, 'Sz', count) : nothing,
      this.copySection(encoder, this.photons?.windows ?? 0, photonRows),
    ];
    device.queue.submit([encoder.finish()]);
    const [statisticsRead, ownRead, tracesRead, histogramRead, committor, Sz, photonsRead] =
      await Promise.all(read.map((finish) => finish()));
    return {
      count,
      blocks: splitBlocks(statisticsRead.buffer, rows, count),
      perTrajectory: columns(ownRead, ownRows, this.capacity, count),
      traces: columns(tracesRead, averages, traces, traces),
      switching: switching ? { committor, Sz } : null,
      histogram: new Uint32Array(histogramRead.buffer),
      photons: this.photons && {
        plan: this.photons,
        perTrajectory: columns(photonsRead, photonRows, this.capacity, count),
      },
    };
  }

  /** Neighbouring rows of the record, whole. */
  private copySection(encoder: GPUCommandEncoder, first: number, rows: number) {
    if (rows === 0) return nothing;
    return this.copy(encoder, this.record, first * this.capacity * 4, rows * this.capacity * 4);
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

  /** The samples of the first `columns` trajectories. */
  private copyColumns(encoder: GPUCommandEncoder, columns: number) {
    return this.copyRows(
      encoder,
      Array.from({ length: this.layout.averages }, (_, row) => row),
      columns,
    );
  }

  /** One observable's samples of the first `columns` trajectories, [slot][trajectory]. */
  private copySamples(encoder: GPUCommandEncoder, observable: Observable, columns: number) {
    const { slots, observables } = this.layout;
    const rows = Array.from({ length: slots }, (_, slot) => sampleRow(slot, observable, observables));
    return this.copyRows(encoder, rows, columns);
  }

  /** The beginnings of some rows of the record: one short copy a row. */
  private copyRows(encoder: GPUCommandEncoder, rows: readonly number[], columns: number) {
    if (columns === 0) return nothing;
    const memory = this.gpu.device.createBuffer({
      label: 'traces',
      size: Math.ceil((rows.length * columns) / 4) * 16,
      usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    rows.forEach((row, i) => {
      encoder.copyBufferToBuffer(this.record, row * this.capacity * 4, memory, i * columns * 4, columns * 4);
    });
    const finish = this.copy(encoder, memory, 0, rows.length * columns * 4);
    return async () => {
      const result = await finish();
      memory.destroy();
      return result;
    };
  }
}

const nothing = async () => new Float32Array();

function splitBlocks(statistics: ArrayBuffer, rows: number, count: number): BlockStatistics[] {
  const blocks = Math.ceil(count / blockSize);
  return Array.from({ length: blocks }, (_, b) => {
    const pick = (field: keyof typeof Statistics.fields) =>
      Statistics.column(statistics, field, b * rows, rows);
    return {
      count: Math.min(blockSize, count - b * blockSize),
      mean: pick('mean'),
      M2: pick('M2'),
      least: pick('least'),
      most: pick('most'),
    };
  });
}

/** The first `count` columns of a row-major matrix of the given stride. */
function columns(matrix: Float32Array, rows: number, stride: number, count: number): Float32Array[] {
  return Array.from({ length: count }, (_, column) => {
    const values = new Float32Array(rows);
    for (let row = 0; row < rows; row++) values[row] = matrix[row * stride + column];
    return values;
  });
}
