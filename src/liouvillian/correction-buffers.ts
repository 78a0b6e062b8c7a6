/** The GPU buffers of one system's correction equations, and its kernels bound to them. */
import type { Gpu } from '../gpu/gpu';
import { Memory } from '../gpu/memory';
import { Readback } from '../gpu/readback';
import {
  correctionKernels,
  finishes,
  type Matvec,
  type MatvecTask,
  passes,
  perInvocation,
  type VectorKernel,
} from './correction-kernels';
import {
  Equation,
  mostDeflations,
  packFactors,
  packOthers,
  packTiles,
  products,
  Scalars,
  Step,
  slot,
  Tile,
  workgroupSize,
} from './gpu-layout';
import type { Liouvillian } from './liouvillian';
import type { Direction } from './stencil';

const mostWorkgroups = 65535;

const matvecs = ['u0 to u1', 'r0 to r1', 'u1 to u2', 'r1 to r2'] as const;
export type MatvecName = (typeof matvecs)[number];
const steps: Readonly<Record<MatvecName, { readonly input: number; readonly output: number }>> = {
  'u0 to u1': { input: slot.u0, output: slot.u1 },
  'r0 to r1': { input: slot.r0, output: slot.r1 },
  'u1 to u2': { input: slot.u1, output: slot.u2 },
  'r1 to r2': { input: slot.r1, output: slot.r2 },
};

/** A kernel with its buffers and the number of its workgroups. */
export interface Bound {
  readonly kernel: { readonly pipeline: GPUComputePipeline };
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: number;
}

export type Recorded = Readonly<Record<VectorKernel | MatvecName, Bound>>;

export class CorrectionBuffers {
  private readonly memory: Memory;
  private readonly readback: Readback;
  private readonly buffers;
  private readonly stepBuffers: Readonly<Record<MatvecName, GPUBuffer>>;
  private readonly tiles: number;
  private readonly passWorkgroups: number;
  private readonly kernels;

  /** @throws GpuMemoryError when the device cannot bind the vectors at once */
  constructor(
    private readonly gpu: Gpu,
    private readonly liouvillian: Liouvillian,
  ) {
    this.kernels = correctionKernels(gpu);
    const { unknowns, stencils } = liouvillian;
    const memory = new Memory(gpu);
    this.memory = memory;
    const bytes = unknowns * 4;
    const tiles = packTiles(liouvillian);
    this.tiles = tiles.byteLength / Tile.size;
    this.passWorkgroups = Math.ceil(unknowns / (workgroupSize * perInvocation));
    this.buffers = {
      equation: memory.uniform('equation', Equation.size),
      vectors: memory.storage('vectors', Object.keys(slot).length * bytes),
      equationVectors: memory.storage('equationVectors', (1 + 2 * mostDeflations) * bytes),
      forward: memory.storage('factors of L', packFactors(stencils.forward)),
      transposed: memory.storage('factors of the transpose', packFactors(stencils.transposed)),
      moreFactors: {
        forward: memory.storage('more factors of L', packOthers(stencils.forward)),
        transposed: memory.storage('more factors of the transpose', packOthers(stencils.transposed)),
      },
      tiles: memory.storage('tiles', tiles),
      scalars: memory.storage('scalars', Scalars.size),
      partials: memory.storage('partial sums', Math.max(this.tiles, this.passWorkgroups) * products * 4),
    };
    this.stepBuffers = Object.fromEntries(
      matvecs.map((name) => [name, memory.uniform(name, Step.pack([steps[name]]))]),
    ) as Record<MatvecName, GPUBuffer>;
    this.readback = new Readback(gpu, 'a vector', Math.max(bytes, Scalars.size));
  }

  destroy(): void {
    this.memory.destroy();
    this.readback.destroy();
  }

  /** theta, sigma and the pole of the preconditioner are rates. */
  setEquation(deflations: number, theta: number, sigma: number, pole: number): void {
    const { unknowns } = this.liouvillian;
    const { passWorkgroups, tiles } = this;
    const numbers = { unknowns, deflations, passWorkgroups, tiles, theta, sigma, pole };
    this.gpu.device.queue.writeBuffer(this.buffers.equation, 0, Equation.pack([numbers]));
  }

  setVector(name: keyof typeof slot, x: Float32Array<ArrayBuffer>): void {
    this.write(this.buffers.vectors, slot[name], x);
  }

  /** The d-th of `deflations`; the functional with the weights of the Hilbert-Schmidt product. */
  setDeflation(
    d: number,
    deflations: number,
    image: Float32Array<ArrayBuffer>,
    functional: Float32Array<ArrayBuffer>,
  ): void {
    this.write(this.buffers.equationVectors, 1 + d, image);
    this.write(this.buffers.equationVectors, 1 + deflations + d, functional);
  }

  /** A start at r0 = b of norm 1, its own shadow residual, all other vectors zero. */
  start(b: Float32Array<ArrayBuffer>): void {
    const { vectors, equationVectors } = this.buffers;
    const { device } = this.gpu;
    const submit = (record: (encoder: GPUCommandEncoder) => void) => {
      const encoder = device.createCommandEncoder();
      record(encoder);
      device.queue.submit([encoder.finish()]);
    };
    submit((encoder) => encoder.clearBuffer(vectors));
    this.setVector('r0', b);
    submit((encoder) =>
      encoder.copyBufferToBuffer(vectors, slot.r0 * b.byteLength, equationVectors, 0, b.byteLength),
    );
    const scalars = new ArrayBuffer(Scalars.size);
    Scalars.write(scalars, { rho: 1, residual: 1 });
    this.gpu.device.queue.writeBuffer(this.buffers.scalars, 0, scalars);
  }

  /** All kernels of an iteration. */
  async record(direction: Direction): Promise<Recorded> {
    const { equation, vectors, equationVectors, scalars, partials } = this.buffers;
    const vector = [...passes, ...finishes].map(async (name) => {
      const kernel = await this.kernels.vector(name);
      const bindGroup = kernel.bind({ equation, vectors, equationVectors, scalars, partials });
      const workgroups = passes.some((pass) => pass === name) ? this.passWorkgroups : 1;
      return [name, { kernel, bindGroup, workgroups }];
    });
    const matvec = matvecs.map(async (name) => [name, await this.recordMatvec(direction, 'correct', name)]);
    return Object.fromEntries(await Promise.all([...vector, ...matvec])) as Recorded;
  }

  async recordMatvec(direction: Direction, task: MatvecTask, name: MatvecName): Promise<Bound> {
    const kernel: Matvec = await this.kernels.matvec(this.liouvillian.stencils[direction], task);
    const { equation, vectors, equationVectors, tiles, scalars, partials } = this.buffers;
    const factors = this.buffers[direction];
    const moreFactors = this.buffers.moreFactors[direction];
    const step = this.stepBuffers[name];
    const bindGroup = kernel.bind({
      equation,
      step,
      vectors,
      equationVectors,
      factors,
      moreFactors,
      tiles,
      scalars,
      partials,
    });
    return { kernel, bindGroup, workgroups: this.tiles };
  }

  /** Submits the kernels in order. */
  submit(kernels: Iterable<Bound>): void {
    this.gpu.device.queue.submit([this.encode(kernels).finish()]);
  }

  /** Submits the kernels in order, and reads |r0|^2 after them. */
  async residualAfter(kernels: Iterable<Bound>): Promise<number> {
    const encoder = this.encode(kernels);
    const read = this.readback.copy(encoder, this.buffers.scalars, 0, Scalars.size);
    this.gpu.device.queue.submit([encoder.finish()]);
    return Scalars.read(await read()).residual;
  }

  /** Submits the kernels in order, and reads a vector after them. */
  async vectorAfter(kernels: Iterable<Bound>, name: keyof typeof slot): Promise<Float32Array> {
    const encoder = this.encode(kernels);
    const bytes = this.liouvillian.unknowns * 4;
    const read = this.readback.copy(encoder, this.buffers.vectors, slot[name] * bytes, bytes);
    this.gpu.device.queue.submit([encoder.finish()]);
    return new Float32Array(await read());
  }

  private encode(kernels: Iterable<Bound>): GPUCommandEncoder {
    const encoder = this.gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const { kernel, bindGroup, workgroups } of kernels) {
      pass.setPipeline(kernel.pipeline);
      pass.setBindGroup(0, bindGroup);
      const y = Math.ceil(workgroups / mostWorkgroups);
      pass.dispatchWorkgroups(Math.ceil(workgroups / y), y);
    }
    pass.end();
    return encoder;
  }

  private write(buffer: GPUBuffer, place: number, x: Float32Array<ArrayBuffer>): void {
    this.gpu.device.queue.writeBuffer(buffer, place * this.liouvillian.unknowns * 4, x);
  }
}
