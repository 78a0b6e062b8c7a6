import type { Gpu } from '../gpu/gpu';
import type { Memory } from '../gpu/memory';
import type { Ramp } from '../parameters/ramp';
import type { SystemParameters } from '../parameters/system';
import type { Detection } from './detection';
import type { LinearMemory, Precision } from './linear-memory';
import type { PhotonPlan } from './photon-plan';
import type { Start, UnravelingFacts, UnravelingName } from './unraveling-facts';

/** The buffers of `shaders/ensemble/ensemble.wgsl`, which every unravelling binds first, in this order. */
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
  /** delay bins and jump records of `shaders/photodetection/photon-counting.wgsl`; null where the jumps are not photons */
  readonly photonStore: GPUBuffer | null;
}

/**
 * Invocations to a workgroup of a walk. A software adapter deals workgroups to its cores, and its few walkers are to
 * keep all of them busy; 16 neighbouring float32 are the cache line that no two cores may write in turn.
 */
export const workgroupSizeOf = (gpu: Gpu) => (gpu.adapter.fallback ? 16 : 32);

/** What is recorded where it is asked for, when, and under what drive. */
export interface Recordings {
  /** null where the drive is constant */
  readonly ramp: Ramp | null;
  /** between samples, and how many of them come after the first */
  readonly interval: number;
  readonly samples: number;
  /** packed as a Pyramid's symmetric operator; of a system that is not real its antisymmetric part follows */
  readonly committor: Float64Array | null;
  /** null where the jumps are not photons */
  readonly photons: PhotonPlan | null;
  readonly detection: Detection;
}

/** What a walk on the CPU needs of an unravelling. */
export interface OnCpu extends Pick<UnravelingFacts, 'photons' | 'currents'> {
  /** Of an amplitude: 2 where states are complex. */
  readonly parts: (system: SystemParameters, detection: Detection) => 1 | 2;
  /** The code of `assembly/` that walks amplitudes of so many parts on the CPU. */
  readonly assembly: (
    parts: 1 | 2,
  ) => Readonly<Record<Precision, () => Promise<{ readonly default: Uint8Array<ArrayBuffer> }>>>;
  /** Lays out what this code reads; returns its globals. */
  readonly lay: (
    memory: LinearMemory,
    system: SystemParameters,
    recordings: Recordings,
  ) => Readonly<Record<string, number>>;
}

/** A way to unravel the master equation into jumps and smooth evolution; all give the same ensemble averages. */
export interface Unraveling extends UnravelingFacts, OnCpu {
  readonly name: UnravelingName;
  readonly start: (system: SystemParameters) => Start;
  /**
   * Computes what takes seconds in large systems, for what follows.
   * @param pause is awaited now and then with the steps done and all of them
   */
  readonly setUp?: (
    system: SystemParameters,
    pause: (done: number, all: number) => Promise<void>,
  ) => Promise<void>;
  readonly prepare: (
    gpu: Gpu,
    memory: Memory,
    system: SystemParameters,
    walkers: number,
    shared: SharedBuffers,
    recordings: Recordings,
  ) => Promise<Walk>;
  /**
   * Looks at a batch's alarms, at its end and, should they be many, on the way.
   * @param steps of the whole batch, all trajectories together; on the way, about
   * @throws UnravelingError when there are too many
   */
  readonly judge: (alarms: number, steps: number) => void;
}
