/** Runs inside the page: lends the page's device to one test after another and fails on everything the device complains of. */
import { type Gpu, openGpu } from '../../src/gpu/gpu';
import { lentDevice } from './lent-device';

const filters = ['validation', 'out-of-memory', 'internal'] as const;

let opened: Gpu | undefined;
let lastTurn: Promise<unknown> = Promise.resolve();

/** Works with the device once those before are done with it. Rejects on a missing adapter, a GPU error or a lost device. */
export function withGpu<Result>(work: (gpu: Gpu) => Promise<Result>): Promise<Result> {
  const turn = lastTurn.then(() => workWith(work));
  lastTurn = turn.catch(() => undefined);
  return turn;
}

async function workWith<Result>(work: (gpu: Gpu) => Promise<Result>): Promise<Result> {
  opened ??= await openGpu(navigator.gpu);
  const gpu = opened;
  const { device } = gpu;
  const complaints: string[] = [];
  const hear = ({ error }: GPUUncapturedErrorEvent) => complaints.push(error.message);
  device.addEventListener('uncapturederror', hear);
  for (const filter of filters) device.pushErrorScope(filter);
  try {
    const result = await Promise.race([work({ ...gpu, device: lentDevice(device) }), gpu.failure]);
    for (const filter of [...filters].reverse()) {
      const error = await Promise.race([device.popErrorScope(), gpu.failure]);
      if (error) complaints.push(`${filter}: ${error.message}`);
    }
    if (complaints.length > 0) throw new Error(`The GPU complained: ${complaints.join('; ')}`);
    return result;
  } catch (error) {
    // In what state that left it nobody knows: the next one gets another.
    opened = undefined;
    device.destroy();
    throw error;
  } finally {
    device.removeEventListener('uncapturederror', hear);
  }
}
