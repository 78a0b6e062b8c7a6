/** Runs on a device that the caller opened. */
import { check } from '../experiments/check';
import type { LentThreads } from '../experiments/engine-choice';
import type { Command, DocumentOf } from '../experiments/registry';
import { type Gpu, gpuOf, NoAdapterError } from '../gpu/gpu';
import { type OptionsOf, requestOf } from './options';
import { type Following, follow, runHere } from './run';

/** What a run on a GPU is followed and stopped by, and where it is done. */
export interface OnDevice<Name extends Command> extends Following<Name> {
  /** Opened with the limits of its adapter, and where it has it the feature `subgroups`. It stays the caller's, and open. */
  readonly device: GPUDevice;
}

export type GpuRun = <Name extends Command>(
  command: Name,
  options: OptionsOf<Name>,
  where: OnDevice<Name>,
) => Promise<DocumentOf<Name>>;

/** One for all runs on a device, until it fails. */
const lent = new WeakMap<GPUDevice, Gpu>();

function lend(device: GPUDevice): Gpu {
  const gpu = lent.get(device) ?? gpuOf(device, device.adapterInfo);
  lent.set(device, gpu);
  gpu.failure.catch(() => lent.delete(device));
  return gpu;
}

export const runOnDevice =
  (threads: () => LentThreads): GpuRun =>
  async (command, options, { device, ...following }) => {
    const request = { ...requestOf(command, options), engine: 'gpu' };
    check(request);
    let isLost = false;
    void device.lost.then(() => {
      isLost = true;
    });
    const gpu = async () => {
      if (isLost) throw new NoAdapterError('The device that was given is lost.');
      return lend(device);
    };
    return follow(command, request, following, runHere({ gpu, threads: threads() }));
  };
