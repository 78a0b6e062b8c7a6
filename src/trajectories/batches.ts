import type { Gpu } from '../gpu/gpu';
import { blockSize } from './record';

/** How an ensemble is cut to a device. */
export interface BatchPlan {
  /** trajectories of a batch: whole blocks */
  readonly trajectories: number;
  /** invocations that walk them; each claims a new trajectory when it has finished one */
  readonly walkers: number;
}

/** Bytes that the record of one batch may take: a small part of a GPU's memory, and soon read back. */
const recordBudget = 512 * 2 ** 20;

/**
 * A GPU hides its latency behind tens of thousands of walkers. A software adapter has a handful of lanes: more
 * walkers than that only lengthen the end of a batch, where the slowest trajectories walk alone (SwiftShader, 2
 * cores: 32 to 128 walkers are equally fast, where they make a workgroup for every core). Its batches are single
 * blocks, so that results show in seconds.
 */
const mostWalkers = { hardware: 2 ** 17, software: 64 };
const mostTrajectories = { hardware: 2 ** 18, software: blockSize };

/** @param rows numbers recorded for each trajectory */
export function planBatches(gpu: Gpu, rows: number, count: number): BatchPlan {
  const kind = gpu.adapter.fallback ? 'software' : 'hardware';
  const bytes = Math.min(recordBudget, gpu.device.limits.maxStorageBufferBindingSize);
  const fitting = Math.floor(bytes / (4 * rows));
  const wanted = Math.min(mostTrajectories[kind], fitting, roundUp(count));
  const trajectories = Math.max(blockSize, Math.floor(wanted / blockSize) * blockSize);
  return { trajectories, walkers: Math.min(mostWalkers[kind], trajectories) };
}

function roundUp(count: number): number {
  return Math.ceil(count / blockSize) * blockSize;
}
