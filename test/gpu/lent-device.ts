/** One device lent to test after test, to each as if it were its own, without compiling a second time what it has compiled. */
import { reachedFrom } from './reached';

/** An object with all that `target` has. What is set on it, it keeps for itself. */
function layerOver<Target extends object>(target: Target, own: Partial<Target>): Target {
  return new Proxy(target, {
    get(_, name) {
      if (name in own) return own[name as keyof Target];
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(_, name, value) {
      own[name as keyof Target] = value;
      return true;
    },
  });
}

/** Pipelines by all that they depend on: what the entry point can reach, the layout, and the constants. */
class Pipelines {
  private readonly compiled = new Map<string, Promise<GPUComputePipeline>>();
  private readonly codes = new WeakMap<GPUShaderModule, string>();
  private readonly layouts = new WeakMap<object, string>();

  constructor(private readonly device: GPUDevice) {}

  /** @param own of the device that is lent: its methods that this keeps track of */
  lend(): Partial<GPUDevice> {
    const { device } = this;
    return {
      createShaderModule: (descriptor) => {
        const module = device.createShaderModule(descriptor);
        this.codes.set(module, descriptor.code);
        return module;
      },
      createBindGroupLayout: (descriptor) => {
        const layout = device.createBindGroupLayout(descriptor);
        this.layouts.set(layout, JSON.stringify([...descriptor.entries]));
        return layout;
      },
      createPipelineLayout: (descriptor) => {
        const layout = device.createPipelineLayout(descriptor);
        const groups = [...descriptor.bindGroupLayouts].map((group) => group && this.layouts.get(group));
        this.layouts.set(layout, groups.join());
        return layout;
      },
      createComputePipelineAsync: (descriptor) => {
        const { layout, compute } = descriptor;
        const { module, entryPoint, constants } = compute;
        const code = this.codes.get(module);
        // The layout of one that has none is its own.
        if (layout === 'auto' || entryPoint === undefined || code === undefined)
          return device.createComputePipelineAsync(descriptor);
        const key = JSON.stringify([
          reachedFrom(entryPoint, code),
          entryPoint,
          this.layouts.get(layout),
          constants,
        ]);
        const pipeline = this.compiled.get(key) ?? device.createComputePipelineAsync(descriptor);
        this.compiled.set(key, pipeline);
        return pipeline;
      },
    };
  }
}

const pipelinesOf = new WeakMap<GPUDevice, Pipelines>();

/** Whoever keeps something by device, or changes a method of it or of its queue, does so for this loan alone. */
export function lentDevice(device: GPUDevice): GPUDevice {
  const pipelines = pipelinesOf.get(device) ?? new Pipelines(device);
  pipelinesOf.set(device, pipelines);
  return layerOver(device, { ...pipelines.lend(), queue: layerOver(device.queue, {}) });
}
