/**
 * The one place that asks for a GPU device. Everything else takes the `Gpu` made here, whether it came from
 * a page's or a worker's `navigator.gpu` or from Dawn in Node.
 */
/** Who computes. As in the result document's `adapter`. */
export interface AdapterDescription {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** true for a software adapter: right, but slow */
  readonly fallback: boolean;
}

export interface Gpu {
  readonly device: GPUDevice;
  readonly adapter: AdapterDescription;
  /** whether shaders may use subgroup operations */
  readonly subgroups: boolean;
  /**
   * Rejects with DeviceLostError when the device is lost, or with GpuError at the first error that no scope
   * caught; never settles otherwise. Whoever waits for the GPU races against it, so that nothing hangs.
   */
  readonly failure: Promise<never>;
}

/** No adapter: the message says what to switch on or install. */
export class NoAdapterError extends Error {
  override readonly name = 'NoAdapterError';
}

/** The device is gone: everything on it must be rebuilt from what was read back. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
}

/** The device refused a command: a defect of ours, or memory that ran out. */
export class GpuError extends Error {
  override readonly name = 'GpuError';
}

/** A program that cannot be put together, or does not compile, with the file and line at fault. */
export class ShaderError extends Error {
  override readonly name = 'ShaderError';
}

/** A request that this device cannot hold; names the buffer, its size and the limit. */
export class GpuMemoryError extends Error {
  override readonly name = 'GpuMemoryError';
}

const noAdapter =
  'No usable WebGPU adapter. In a browser: use a current Chrome, Edge, Firefox or Safari, open the page over ' +
  'https or localhost, and switch hardware acceleration on. On a server: install the Vulkan driver of its card ' +
  'and libvulkan1.';

/** An adapter's name for a person. */
export const adapterName = ({ vendor, architecture, description }: AdapterDescription): string =>
  description || `${vendor} ${architecture}`.trim();

/** What of a machine's adapters will do. */
export type AdapterNeed = 'any' | 'hardware';

/** @throws NoAdapterError where a software adapter will not do */
export function requireAdapter(adapter: AdapterDescription, need: AdapterNeed): void {
  if (need === 'hardware' && adapter.fallback)
    throw new NoAdapterError(`The only adapter is in software (${adapterName(adapter)}).`);
}

/** Software rasterisers say who they are; not all of them set the fallback flag. */
const softwareArchitecture = /swiftshader|llvmpipe|lavapipe|warp|basic render/i;

/** Wall time in which at least one of several things was under way. */
class Stopwatch {
  seconds = 0;
  private underWay = 0;
  private since = 0;

  async during<Value>(work: Promise<Value>): Promise<Value> {
    if (this.underWay === 0) this.since = performance.now();
    this.underWay += 1;
    try {
      return await work;
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) this.seconds += (performance.now() - this.since) / 1000;
    }
  }
}

/** What has to be there before anything is computed: code, device, kernels. Later runs find most of it done. */
export const startUp = new Stopwatch();

/**
 * Opens the device with the largest limits that this adapter has: an ensemble's batch and a Liouvillian's
 * vectors are cut to those, not to the default of 128 MiB a binding.
 * @param api `navigator.gpu`, or the one that Dawn makes in Node; undefined where there is no WebGPU
 * @throws NoAdapterError; DeviceLostError where the device is lost while it opens
 */
export const openGpu = (api: GPU | undefined): Promise<Gpu> => startUp.during(open(api));

async function open(api: GPU | undefined): Promise<Gpu> {
  const ask = () => api?.requestAdapter({ powerPreference: 'high-performance' });
  // Where the GPU process crashes while it is asked, the answer is that there is none; the next one waits for its successor.
  const adapter = (await ask()) ?? (await ask());
  if (!adapter) throw new NoAdapterError(noAdapter);
  const { limits, info } = adapter;
  const subgroups = adapter.features.has('subgroups');
  const device = await adapter
    .requestDevice({
      requiredFeatures: subgroups ? ['subgroups'] : [],
      requiredLimits: {
        maxBufferSize: limits.maxBufferSize,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      },
    })
    .catch((cause: unknown) => {
      const [why] = (cause as Error).message.split('\n');
      throw new DeviceLostError(`The GPU device could not be opened: ${why}`, { cause });
    });
  return gpuOf(device, info);
}

/** A device that is open, and what becomes of it. */
export function gpuOf(device: GPUDevice, info: AdapterInfo): Gpu {
  const failure = new Promise<never>((_, reject) => {
    device.lost.then(({ reason, message }) =>
      reject(new DeviceLostError(`The GPU device was lost (${reason}): ${message}`)),
    );
    device.addEventListener('uncapturederror', ({ error }) =>
      reject(new GpuError(`${error.constructor.name}: ${error.message}`)),
    );
  });
  // While nobody waits for the GPU, its failure is not an unhandled rejection.
  failure.catch(() => undefined);
  return { device, adapter: describeAdapter(info), subgroups: device.features.has('subgroups'), failure };
}

/**
 * One device for all who ask for one: where it failed or could not be opened, the next to ask gets a new one.
 * @returns rejects as `open` does, and with NoAdapterError for an adapter that will not do
 */
export function oneDevice(open: (need: AdapterNeed) => Promise<Gpu>): (need: AdapterNeed) => Promise<Gpu> {
  let opened: Promise<Gpu> | undefined;
  return async (need) => {
    if (opened === undefined) {
      const opening = open(need);
      const forget = () => {
        if (opened === opening) opened = undefined;
      };
      opening.then(({ device, failure }) => failure.catch(() => device.destroy()).then(forget), forget);
      opened = opening;
    }
    const gpu = await opened;
    requireAdapter(gpu.adapter, need);
    return gpu;
  };
}

/** What an adapter says of itself, as far as it is told. */
export type AdapterInfo = Pick<
  GPUAdapterInfo,
  'vendor' | 'architecture' | 'device' | 'description' | 'isFallbackAdapter'
>;

/** Who an adapter is, in the document's words. */
export function describeAdapter(info: AdapterInfo): AdapterDescription {
  const description = info.description || info.device;
  return {
    vendor: info.vendor,
    architecture: info.architecture,
    description,
    fallback: info.isFallbackAdapter || softwareArchitecture.test(`${info.architecture} ${description}`),
  };
}
