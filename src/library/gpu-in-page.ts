/** The GPU engine in a page or a worker: `dicke-bistability-lab/gpu`. */
import { pageThreads as threads } from '../page/threads';
import { runOnDevice } from './on-device';

export type { GpuRun, OnDevice } from './on-device';

/**
 * Runs a command of the lab in this thread on a WebGPU device of the caller's; on the CPU what no GPU computes, such as the mean field.
 * @param options of the command, as `OptionsOf` says
 * @param where the device, and what the run is followed and stopped by
 * @returns the document that the command line prints with --json
 * @throws InputError for options that no run can start from, before any work; DeviceLostError where the device is lost; GpuError; the signal's
 *   reason where it fired before anything was finished
 */
export const run = runOnDevice(threads);
