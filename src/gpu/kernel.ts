/**
 * Compute kernels. A kernel is one entry point of a program in `shaders/` and a table of its bindings, one line
 * each; the table's order is the order of `@binding` numbers in the program, and buffers are bound by name.
 */
import { type Gpu, ShaderError, startUp } from './gpu';
import { codeOf, describe, link } from './link';
import { shaders } from './shaders';

/** How a kernel sees a buffer: WGSL's `var<uniform>`, `var<storage, read>`, `var<storage, read_write>`. */
export type Access = 'uniform' | 'read' | 'read_write';

export interface KernelDescription<Name extends string> {
  readonly label: string;
  /** its files below `shaders/`, without the ending; what they import comes with them. Left out where the host writes all */
  readonly program?: string | readonly string[];
  /** WGSL that the host writes */
  readonly declarations?: string;
  readonly entryPoint: string;
  /** name -> access, in the order of @group(0) @binding(0), @binding(1), ... */
  readonly bindings: Readonly<Record<Name, Access>>;
  /** values of the program's `override` constants */
  readonly constants?: Readonly<Record<string, number>>;
}

export interface Kernel<Name extends string> {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly bind: (buffers: Readonly<Record<Name, GPUBuffer>>) => GPUBindGroup;
}

const bufferTypes = {
  uniform: 'uniform',
  read: 'read-only-storage',
  read_write: 'storage',
} as const satisfies Record<Access, GPUBufferBindingType>;

/** Compiles a kernel off the calling thread. @throws ShaderError */
export const createKernel = <Name extends string>(gpu: Gpu, description: KernelDescription<Name>) =>
  startUp.during(compile(gpu, description));

async function compile<Name extends string>(
  gpu: Gpu,
  {
    label,
    program: files = [],
    declarations = '',
    entryPoint,
    bindings,
    constants = {},
  }: KernelDescription<Name>,
): Promise<Kernel<Name>> {
  const { device } = gpu;
  const program = link(files, declarations, (file) => shaders.get(file));
  const names = Object.keys(bindings) as Name[];
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label, code: codeOf(program) });
  const layout = device.createBindGroupLayout({
    label,
    entries: names.map((name, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: bufferTypes[bindings[name]] },
    })),
  });
  const pipelineLayout = device.createPipelineLayout({ label, bindGroupLayouts: [layout] });
  // Waited for together: a device that is lost now rejects both.
  const [{ messages }, invalid] = await Promise.all([module.getCompilationInfo(), device.popErrorScope()]);
  const errors = messages.filter(({ type }) => type === 'error');
  if (errors.length > 0) {
    throw new ShaderError(`Kernel "${label}" does not compile.\n${describe(program, errors)}`);
  }
  if (invalid) throw new ShaderError(`Kernel "${label}": ${invalid.message}`);
  const pipeline = await device
    .createComputePipelineAsync({ label, layout: pipelineLayout, compute: { module, entryPoint, constants } })
    .catch((cause: unknown) => {
      throw new ShaderError(`Kernel "${label}" has no pipeline: ${(cause as Error).message}`, { cause });
    });
  const bind = (buffers: Readonly<Record<Name, GPUBuffer>>) =>
    device.createBindGroup({
      label,
      layout,
      entries: names.map((name, binding) => ({ binding, resource: { buffer: buffers[name] } })),
    });
  return { label, pipeline, bind };
}
