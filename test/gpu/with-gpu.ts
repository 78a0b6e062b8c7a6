/** Runs inside the page: lends a fresh device to one test and fails on everything the device complains of. */
import { type Gpu, openGpu } from '../../src/gpu/gpu';

const filters = ['validation', 'out-of-memory', 'internal'] as const;

/** Opens the device, works, and closes it. Rejects on a missing adapter, a GPU error or a lost device. */
export async function withGpu<Result>(work: (gpu: Gpu) => Promise<Result>): Promise<Result> {
  const gpu = await openGpu(navigator.gpu);
  const { device } = gpu;
  const complaints: string[] = [];
  device.addEventListener('uncapturederror', ({ error }) => complaints.push(error.message));
  for (const filter of filters) device.pushErrorScope(filter);
  try {
    const result = await Promise.race([work(gpu), gpu.failure]);
    for (const filter of [...filters].reverse()) {
      const error = await Promise.race([device.popErrorScope(), gpu.failure]);
      if (error) complaints.push(`${filter}: ${error.message}`);
    }
    if (complaints.length > 0) throw new Error(`The GPU complained: ${complaints.join('; ')}`);
    return result;
  } finally {
    device.destroy();
  }
}
