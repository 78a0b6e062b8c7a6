/**
 * Correction equations on the GPU in float32: BiCGStab(2) whose scalars never leave it. The host reads the residual once a submit, keeps the best
 * iterate, and restarts from it with its float64 residual when the iteration breaks down or stalls.
 */
import type { Gpu } from '../gpu/gpu';
import { Memory } from '../gpu/memory';
import { Readback } from '../gpu/readback';
import { Slice } from '../gpu/slice';
import type { Correction, CorrectionEquation, CorrectionSolver } from './correction';
import { poleOf, preconditionedOperator } from './correction';
import {
  correctionKernels,
  finishes,
  type Matvec,
  passes,
  perInvocation,
  type VectorKernel,
} from './correction-kernels';
import { packFactors, packTiles } from './gpu-layout';
import type { Liouvillian } from './liouvillian';
import type { Direction } from './stencil';

/** Slots of `vectors`, in the order of bicgstab.wgsl; the last one keeps the best iterate. */
const slot = { x: 0, r0: 1, r1: 2, r2: 3, u0: 4, u1: 5, u2: 6, best: 7 } as const;
const slots = 8;
/** The deflations that `fixed` has room for. */
const mostDeflations = 6;
const scalarBytes = 48;
const residualAt = 5;
const workgroupSize = 64;
const partialStride = 9;
/** Matvecs without progress after which float32 has no more to give. */
const patience = (atoms: number) => 300 + 4 * atoms;
const mostWorkgroups = 65535;
/** Cycles of four matvecs that one submit may hold, so that the host looks at the residual often enough. */
const mostCycles = 16;

const matvecs = ['u0 to u1', 'r0 to r1', 'u1 to u2', 'r1 to r2'] as const;
const steps: Readonly<Record<MatvecName, readonly [number, number]>> = {
  'u0 to u1': [slot.u0, slot.u1],
  'r0 to r1': [slot.r0, slot.r1],
  'u1 to u2': [slot.u1, slot.u2],
  'r1 to r2': [slot.r1, slot.r2],
};

type MatvecName = (typeof matvecs)[number];

/** A kernel with its buffers. */
interface Bound {
  readonly kernel: { readonly pipeline: GPUComputePipeline };
  readonly bindGroup: GPUBindGroup;
}
type Recorded = Readonly<Record<VectorKernel | MatvecName, Bound>>;

/** One system's correction equations on a GPU. Destroy it when done. */
export class GpuCorrectionSolver implements CorrectionSolver {
  private readonly memory: Memory;
  private readonly readback: Readback;
  private readonly buffers;
  private readonly stepBuffers: Readonly<Record<MatvecName, GPUBuffer>>;
  private readonly tiles: number;
  private readonly passWorkgroups: number;
  private readonly slice = new Slice(2, mostCycles);

  private readonly kernels;

  /** @throws GpuMemoryError when the device cannot bind the vectors at once */
  constructor(
    private readonly gpu: Gpu,
    private readonly liouvillian: Liouvillian,
    private readonly signal: AbortSignal,
  ) {
    this.kernels = correctionKernels(gpu);
    const { pyramid, unknowns, stencils } = liouvillian;
    const memory = new Memory(gpu);
    this.memory = memory;
    const bytes = unknowns * 4;
    const tiles = packTiles(pyramid, stencils.forward);
    this.tiles = tiles.length / 8;
    this.passWorkgroups = Math.ceil(unknowns / (workgroupSize * perInvocation));
    this.buffers = {
      equation: memory.uniform('equation', 32),
      vectors: memory.storage('vectors', slots * bytes),
      fixed: memory.storage('fixed', (1 + 2 * mostDeflations) * bytes),
      forward: memory.storage('factors of L', packFactors(stencils.forward)),
      transposed: memory.storage('factors of the transpose', packFactors(stencils.transposed)),
      tiles: memory.storage('tiles', tiles),
      scalars: memory.storage('scalars', scalarBytes),
      partials: memory.storage('partial sums', Math.max(this.tiles, this.passWorkgroups) * partialStride * 4),
    };
    this.stepBuffers = Object.fromEntries(
      matvecs.map((name) => [name, memory.uniform(name, Uint32Array.from([...steps[name], 0, 0]))]),
    ) as Record<MatvecName, GPUBuffer>;
    this.readback = new Readback(gpu, 'a vector', Math.max(bytes, scalarBytes));
  }

  destroy(): void {
    this.memory.destroy();
    this.readback.destroy();
  }

  /** y = L x or L^T x in float32: what the tests, the self-test and the bench look at. */
  async apply(direction: Direction, x: Float32Array<ArrayBuffer>): Promise<Float32Array> {
    this.setEquation(0, 0, 0, 0);
    this.write(this.buffers.vectors, slot.u0, x);
    const kernel = await this.kernels.matvec(direction, 'apply');
    const encoder = this.gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    this.dispatch(pass, { kernel, bindGroup: this.bindMatvec(kernel, direction, 'u0 to u1') }, this.tiles);
    pass.end();
    return this.finish(encoder, slot.u1);
  }

  /** Seconds for `count` matvecs in one submit, the fused ones of an iteration when `fused`. */
  async time(count: number, fused: boolean): Promise<number> {
    const kernel = await this.kernels.matvec('forward', fused ? 'correct' : 'apply');
    const bound = { kernel, bindGroup: this.bindMatvec(kernel, 'forward', 'u0 to u1') };
    const encoder = this.gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let i = 0; i < count; i++) this.dispatch(pass, bound, this.tiles);
    pass.end();
    const began = performance.now();
    this.gpu.device.queue.submit([encoder.finish()]);
    await Promise.race([this.gpu.device.queue.onSubmittedWorkDone(), this.gpu.failure]);
    return (performance.now() - began) / 1000;
  }

  async solve(equation: CorrectionEquation, onMatvecs?: (matvecs: number) => void): Promise<Correction> {
    if (equation.rhs.length > 1) throw new RangeError('The GPU corrects one vector at a time.');
    const { reduction: asked, mostMatvecs, deflations, theta, deflationRate, direction } = equation;
    if (deflations.length > mostDeflations) throw new RangeError(`At most ${mostDeflations} deflations.`);
    const { diagonal, weights } = this.liouvillian;
    const pole = poleOf(diagonal);
    this.setEquation(deflations.length, theta[0], deflationRate, pole);
    deflations.forEach(({ image, functional }, d) => {
      this.write(this.buffers.fixed, 1 + d, Float32Array.from(image));
      this.write(
        this.buffers.fixed,
        1 + deflations.length + d,
        Float32Array.from(functional, (f, i) => f * weights[i]),
      );
    });
    const preconditioned = Float64Array.from(equation.rhs[0], (b, i) => b / (diagonal[i] - theta[0] - pole));
    const size = Math.sqrt(preconditioned.reduce((sum, b) => sum + b * b, 0));
    // The vectors are scaled to 1: float32 then has its whole range above and below.
    const rhs = preconditioned.map((b) => b / size);
    const total = new Float64Array(rhs.length);
    const operate = preconditionedOperator(this.liouvillian, equation);
    let reached = 1;
    let done = 0;
    let remaining: Float64Array = rhs;
    while (done < mostMatvecs && reached > asked) {
      const scaleOf = reached;
      const part = await this.iterate(remaining, direction, asked / scaleOf, mostMatvecs - done, (within) =>
        onMatvecs?.(done + within),
      );
      done += part.matvecs;
      if (!(part.reduction < 0.9)) break;
      for (let i = 0; i < total.length; i++) total[i] += part.x[i] * scaleOf * size;
      reached *= part.reduction;
      if (reached <= asked) break;
      remaining = new Float64Array(rhs.length);
      operate(total, remaining);
      for (let i = 0; i < rhs.length; i++) remaining[i] = rhs[i] - remaining[i] / size;
      reached = Math.sqrt(remaining.reduce((sum, r) => sum + r * r, 0));
      for (let i = 0; i < remaining.length; i++) remaining[i] /= reached;
    }
    return { x: [total], reduction: reached, matvecs: done };
  }

  /** BiCGStab(2) from zero for a right-hand side of norm 1, until `asked`, a breakdown or a stall; returns its best iterate. */
  private async iterate(
    rhs: Float64Array,
    direction: Direction,
    asked: number,
    mostMatvecs: number,
    onMatvecs: (matvecs: number) => void,
  ) {
    const { queue } = this.gpu.device;
    const { vectors, fixed, scalars } = this.buffers;
    const zero = new Float32Array(rhs.length);
    for (const name of ['x', 'r1', 'r2', 'u0', 'u1', 'u2', 'best'] as const)
      this.write(vectors, slot[name], zero);
    const start = Float32Array.from(rhs);
    this.write(vectors, slot.r0, start);
    this.write(fixed, 0, start);
    queue.writeBuffer(scalars, 0, Float32Array.from([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
    const recorded = await this.bindAll(direction);
    const most = patience(this.liouvillian.system.atoms);
    let best = 1;
    let done = 0;
    let lastProgress = 0;
    while (done < mostMatvecs && done - lastProgress < most) {
      this.signal.throwIfAborted();
      const { steps: cycles } = this.slice;
      const began = performance.now();
      const encoder = this.gpu.device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      for (let cycle = 0; cycle < cycles; cycle++) this.recordCycle(pass, recorded);
      pass.end();
      const read = this.readback.copy(encoder, scalars, 0, scalarBytes);
      queue.submit([encoder.finish()]);
      const residual = Math.sqrt(new Float32Array(await read())[residualAt]);
      this.slice.took(cycles, performance.now() - began);
      done += 4 * cycles;
      onMatvecs(done);
      if (!(residual < 1e3)) break;
      if (residual < best) {
        if (residual < 0.9 * best) lastProgress = done;
        best = residual;
        this.keepBest(recorded);
      }
      if (residual <= asked) break;
    }
    const encoder = this.gpu.device.createCommandEncoder();
    const x = await this.finish(encoder, slot.best);
    return { x, reduction: best, matvecs: done };
  }

  /** The iterate as it will be after `close`, which the residual already speaks of. */
  private keepBest({ keep }: Recorded): void {
    const encoder = this.gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    this.dispatch(pass, keep, this.passWorkgroups);
    pass.end();
    this.gpu.device.queue.submit([encoder.finish()]);
  }

  private recordCycle(pass: GPUComputePassEncoder, recorded: Recorded): void {
    const vectorPass = (name: VectorKernel) => this.dispatch(pass, recorded[name], this.passWorkgroups);
    const finish = (name: VectorKernel) => this.dispatch(pass, recorded[name], 1);
    const matvec = (name: MatvecName) => this.dispatch(pass, recorded[name], this.tiles);
    vectorPass('close');
    finish('finishOverlaps');
    matvec('u0 to u1');
    finish('finishAlpha');
    vectorPass('first');
    finish('finishOverlaps');
    matvec('r0 to r1');
    finish('finishBeta');
    vectorPass('second');
    finish('finishOverlaps');
    matvec('u1 to u2');
    finish('finishAlpha');
    vectorPass('third');
    finish('finishOverlaps');
    matvec('r1 to r2');
    vectorPass('gram');
    finish('finishGram');
  }

  private async bindAll(direction: Direction): Promise<Recorded> {
    const { equation, vectors, fixed, scalars, partials } = this.buffers;
    const vector = [...passes, ...finishes].map(async (name) => {
      const kernel = await this.kernels.vector(name);
      return [name, { kernel, bindGroup: kernel.bind({ equation, vectors, fixed, scalars, partials }) }];
    });
    const kernel = await this.kernels.matvec(direction, 'correct');
    const matvec = matvecs.map((name) => [
      name,
      { kernel, bindGroup: this.bindMatvec(kernel, direction, name) },
    ]);
    return Object.fromEntries([...(await Promise.all(vector)), ...matvec]) as Recorded;
  }

  private bindMatvec(kernel: Matvec, direction: Direction, name: MatvecName): GPUBindGroup {
    const { equation, vectors, fixed, tiles, scalars, partials } = this.buffers;
    const factors = this.buffers[direction];
    return kernel.bind({
      equation,
      step: this.stepBuffers[name],
      vectors,
      fixed,
      factors,
      tiles,
      scalars,
      partials,
    });
  }

  private dispatch(pass: GPUComputePassEncoder, { kernel, bindGroup }: Bound, workgroups: number): void {
    pass.setPipeline(kernel.pipeline);
    pass.setBindGroup(0, bindGroup);
    const y = Math.ceil(workgroups / mostWorkgroups);
    pass.dispatchWorkgroups(Math.ceil(workgroups / y), y);
  }

  private setEquation(deflations: number, theta: number, sigma: number, pole: number): void {
    const numbers = new ArrayBuffer(32);
    new Uint32Array(numbers).set([this.liouvillian.unknowns, deflations, this.passWorkgroups, this.tiles]);
    new Float32Array(numbers).set([theta, sigma, pole], 4);
    this.gpu.device.queue.writeBuffer(this.buffers.equation, 0, numbers);
  }

  private write(buffer: GPUBuffer, place: number, x: Float32Array<ArrayBuffer>): void {
    this.gpu.device.queue.writeBuffer(buffer, place * this.liouvillian.unknowns * 4, x);
  }

  /** Submits, and reads one slot back. */
  private async finish(encoder: GPUCommandEncoder, place: number): Promise<Float32Array> {
    const bytes = this.liouvillian.unknowns * 4;
    const read = this.readback.copy(encoder, this.buffers.vectors, place * bytes, bytes);
    this.gpu.device.queue.submit([encoder.finish()]);
    return new Float32Array(await read());
  }
}
