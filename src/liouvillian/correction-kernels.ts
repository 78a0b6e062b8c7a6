/** The kernels of the correction equation, each compiled when it is first asked for, once a device. */
import type { Gpu } from '../gpu/gpu';
import { createKernel, type Kernel } from '../gpu/kernel';
import { liouvillianDeclarations, tileColumns } from './gpu-layout';
import type { Stencil } from './stencil';

/** Elements of a vector that one invocation of a pass goes through. */
export const perInvocation = 16;

/**
 * Invocations to the one workgroup that adds what all others have left, while a card waits: as many as any takes. In software each costs more
 * than what it adds: at N = 24 a matvec took 9 ms with 256, 2.5 ms with 64.
 */
const strandCount = ({ adapter }: Gpu) => (adapter.fallback ? 64 : 256);

export const passes = ['close', 'first', 'second', 'third', 'gram', 'keep'] as const;
export const finishes = ['finishOverlaps', 'finishAlpha', 'finishBeta', 'finishGram'] as const;
export type VectorKernel = (typeof passes)[number] | (typeof finishes)[number];
const matvecBindings = {
  equation: 'uniform',
  step: 'uniform',
  vectors: 'read_write',
  equationVectors: 'read',
  factors: 'read',
  moreFactors: 'read',
  tiles: 'read',
  scalars: 'read',
  partials: 'read_write',
} as const;
const vectorBindings = {
  equation: 'uniform',
  vectors: 'read_write',
  equationVectors: 'read',
  scalars: 'read_write',
  partials: 'read_write',
} as const;

export type Matvec = Kernel<keyof typeof matvecBindings>;
type Pass = Kernel<keyof typeof vectorBindings>;

export type MatvecTask = 'apply' | 'correct';

class CorrectionKernels {
  private readonly compiled = new Map<string, Promise<Matvec | Pass>>();

  constructor(private readonly gpu: Gpu) {}

  /** Of the stencil's direction, processes and parts. */
  matvec({ direction, jumps, level }: Stencil, task: MatvecTask): Promise<Matvec> {
    const [emission, first = 0, second = 0] = jumps.map(({ shift }) => shift);
    const others = jumps.length - 1;
    const kind = [others > 0 ? `shifts ${[first, second].slice(0, others)}` : '', level ? 'both parts' : ''];
    const label = ['liouvillian', direction, ...kind.filter((word) => word !== ''), task].join(', ');
    return this.once(label, () =>
      createKernel(this.gpu, {
        label,
        program: 'liouvillian/liouvillian',
        declarations: liouvillianDeclarations,
        entryPoint: 'apply',
        bindings: matvecBindings,
        constants: {
          columns: tileColumns,
          task: task === 'apply' ? 0 : 1,
          emissionShift: emission,
          others,
          firstShift: first,
          secondShift: second,
          coupled: level === null ? 0 : 1,
        },
      }),
    );
  }

  vector(entryPoint: VectorKernel): Promise<Pass> {
    const label = `bicgstab, ${entryPoint}`;
    const isPass = passes.some((name) => name === entryPoint);
    return this.once(label, () =>
      createKernel(this.gpu, {
        label,
        program: isPass ? 'liouvillian/bicgstab' : 'liouvillian/bicgstab-scalars',
        declarations: liouvillianDeclarations,
        entryPoint,
        bindings: vectorBindings,
        constants: isPass ? { perInvocation } : { strandCount: strandCount(this.gpu) },
      }),
    );
  }

  private once<K extends Matvec | Pass>(label: string, compile: () => Promise<K>): Promise<K> {
    const kernel = this.compiled.get(label) ?? compile();
    this.compiled.set(label, kernel);
    return kernel as Promise<K>;
  }
}

const kernelsOf = new WeakMap<GPUDevice, CorrectionKernels>();

/** A device's kernels. */
export function correctionKernels(gpu: Gpu): CorrectionKernels {
  const kernels = kernelsOf.get(gpu.device) ?? new CorrectionKernels(gpu);
  kernelsOf.set(gpu.device, kernels);
  return kernels;
}
