/**
 * Correction equations on the GPU in float32: BiCGStab(2) whose scalars never leave it. The host reads the residual once a submit, keeps the best
 * iterate, and restarts from it with its float64 residual when the iteration breaks down or stalls.
 */
import type { Gpu } from '../gpu/gpu';
import { Slice } from '../gpu/slice';
import {
  type Correction,
  type CorrectionEquation,
  type CorrectionSolver,
  type Operator,
  patience,
  poleOf,
  preconditionedOperator,
  preconditioner,
} from './correction';
import { type Bound, CorrectionBuffers, type Recorded } from './correction-buffers';
import { mostDeflations } from './gpu-layout';
import type { Liouvillian } from './liouvillian';
import type { Direction } from './stencil';
import { axpy, norm, product, scale } from './vectors';

/** Cycles of four matvecs that one submit may hold, so that the host looks at the residual often enough. */
const mostCycles = 16;
/** A residual that has grown by this much comes from a division by next to nothing. */
const broken = 1e3;

/** One cycle of BiCGStab(2): the kernels of bicgstab.wgsl around four matvecs. */
const cycle = [
  'close',
  'finishOverlaps',
  'u0 to u1',
  'finishAlpha',
  'first',
  'finishOverlaps',
  'r0 to r1',
  'finishBeta',
  'second',
  'finishOverlaps',
  'u1 to u2',
  'finishAlpha',
  'third',
  'finishOverlaps',
  'r1 to r2',
  'gram',
  'finishGram',
] as const satisfies (keyof Recorded)[];

/** One system's correction equations on a GPU. Destroy it when done. */
export class GpuCorrectionSolver implements CorrectionSolver {
  private readonly buffers: CorrectionBuffers;
  private readonly slice = new Slice(2, mostCycles);

  /** @throws GpuMemoryError when the device cannot bind the vectors at once */
  constructor(
    private readonly gpu: Gpu,
    private readonly liouvillian: Liouvillian,
    private readonly signal: AbortSignal,
  ) {
    this.buffers = new CorrectionBuffers(gpu, liouvillian);
  }

  destroy(): void {
    this.buffers.destroy();
  }

  /** y = L x or L^T x in float32: what the tests, the self-test and the bench look at. */
  async apply(direction: Direction, x: Float32Array<ArrayBuffer>): Promise<Float32Array> {
    this.buffers.setEquation(0, 0, 0, 0);
    this.buffers.setVector('u0', x);
    const matvec = await this.buffers.recordMatvec(direction, 'apply', 'u0 to u1');
    return this.buffers.vectorAfter([matvec], 'u1');
  }

  /** Seconds for `count` matvecs in one submit, the fused ones of an iteration when `fused`. */
  async time(count: number, fused: boolean): Promise<number> {
    const matvec = await this.buffers.recordMatvec('forward', fused ? 'correct' : 'apply', 'u0 to u1');
    const began = performance.now();
    this.buffers.submit(Array<Bound>(count).fill(matvec));
    await Promise.race([this.gpu.device.queue.onSubmittedWorkDone(), this.gpu.failure]);
    return (performance.now() - began) / 1000;
  }

  async solve(equation: CorrectionEquation, onMatvecs?: (matvecs: number) => void): Promise<Correction> {
    if (equation.rhs.length > 1) throw new RangeError('The GPU corrects one vector at a time.');
    const { reduction: asked, mostMatvecs, deflations, theta, deflationRate, direction } = equation;
    if (deflations.length > mostDeflations) throw new RangeError(`At most ${mostDeflations} deflations.`);
    const { diagonal, weights } = this.liouvillian;
    this.buffers.setEquation(deflations.length, theta[0], deflationRate, poleOf(diagonal));
    deflations.forEach(({ image, functional }, d) => {
      const weighted = new Float32Array(functional.length);
      for (let i = 0; i < weighted.length; i++) weighted[i] = functional[i] * weights[i];
      this.buffers.setDeflation(d, deflations.length, new Float32Array(image), weighted);
    });
    const rhs = product(preconditioner(this.liouvillian, theta[0]), equation.rhs[0]);
    const size = norm(rhs);
    // The vectors are scaled to 1: float32 then has its whole range above and below.
    scale(rhs, 1 / size);
    const total = new Float64Array(rhs.length);
    let operate: Operator | undefined;
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
      axpy(scaleOf * size, part.x, total);
      reached *= part.reduction;
      if (reached <= asked) break;
      remaining = new Float64Array(rhs.length);
      operate ??= preconditionedOperator(this.liouvillian, equation);
      operate(total, remaining);
      for (let i = 0; i < rhs.length; i++) remaining[i] = rhs[i] - remaining[i] / size;
      reached = norm(remaining);
      scale(remaining, 1 / reached);
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
    const { buffers } = this;
    buffers.start(new Float32Array(rhs));
    const recorded = await buffers.record(direction);
    const oneCycle = cycle.map((name) => recorded[name]);
    const most = patience(this.liouvillian.system.atoms);
    let best = 1;
    let done = 0;
    let lastProgress = 0;
    while (done < mostMatvecs && done - lastProgress < most) {
      this.signal.throwIfAborted();
      const { steps: cycles } = this.slice;
      const began = performance.now();
      const kernels = Array.from({ length: cycles }, () => oneCycle).flat();
      const residual = Math.sqrt(await buffers.residualAfter(kernels));
      this.slice.took(cycles, performance.now() - began);
      done += 4 * cycles;
      onMatvecs(done);
      if (!(residual < broken)) break;
      if (residual < best) {
        if (residual < 0.9 * best) lastProgress = done;
        best = residual;
        // The iterate as it will be after `close`, which the residual already speaks of.
        buffers.submit([recorded.keep]);
      }
      if (residual <= asked) break;
    }
    return { x: new Float64Array(await buffers.vectorAfter([], 'best')), reduction: best, matvecs: done };
  }
}
