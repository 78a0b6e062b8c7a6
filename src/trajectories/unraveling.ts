import type { Gpu } from '../gpu/gpu';
import type { Memory } from '../gpu/memory';
import type { SystemParameters } from '../parameters/system';

/** The buffers of `shaders/ensemble.wgsl`, which every unravelling binds first, in this order. */
export interface SharedBuffers {
  readonly ensemble: GPUBuffer;
  readonly queue: GPUBuffer;
  readonly walkers: GPUBuffer;
  readonly record: GPUBuffer;
}

export const sharedBindings = {
  ensemble: 'uniform',
  queue: 'read_write',
  walkers: 'read_write',
  record: 'read_write',
} as const;

/** A walk ready to be dispatched: each dispatch takes every walker some steps on. */
export interface Walk {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: number;
}

/** A way to unravel Eq. (1) into jumps and smooth evolution; all give the same ensemble averages. */
export interface Unraveling {
  readonly name: 'photodetection' | 'dark-port';
  readonly prepare: (
    gpu: Gpu,
    memory: Memory,
    system: SystemParameters,
    walkers: number,
    shared: SharedBuffers,
  ) => Promise<Walk>;
}
