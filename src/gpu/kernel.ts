/**
 * Compute kernels. A kernel is one entry point of a WGSL source and a table of its bindings, one line each; the
 * table's order is the order of `@binding` numbers in the source, and buffers are bound by name.
 */
import type { Gpu } from './gpu';

/** How a kernel sees a buffer: WGSL's `var<uniform>`, `var<storage, read>`, `var<storage, read_write>`. */
export type Access = 'uniform' | 'read' | 'read_write';

export interface KernelDescription<Name extends string> {
  readonly label: string;
  /** WGSL files in the order in which they are joined. */
  readonly sources: readonly string[];
  readonly entryPoint: string;
  /** name -> access, in the order of @group(0) @binding(0), @binding(1), ... */
  readonly bindings: Readonly<Record<Name, Access>>;
  /** values of the source's `override` constants */
  readonly constants?: Readonly<Record<string, number>>;
}

export interface Kernel<Name extends string> {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly bind: (buffers: Readonly<Record<Name, GPUBuffer>>) => GPUBindGroup;
}

/** A shader that does not compile, with the lines at fault. */
export class ShaderError extends Error {
  override readonly name = 'ShaderError';
}

const bufferTypes = {
  uniform: 'uniform',
  read: 'read-only-storage',
  read_write: 'storage',
} as const satisfies Record<Access, GPUBufferBindingType>;

/** Compiles a kernel off the calling thread. @throws ShaderError */
export async function createKernel<Name extends string>(
  gpu: Gpu,
  { label, sources, entryPoint, bindings, constants = {} }: KernelDescription<Name>,
): Promise<Kernel<Name>> {
  const { device } = gpu;
  const code = sources.join('\n');
  const names = Object.keys(bindings) as Name[];
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label, code });
  const layout = device.createBindGroupLayout({
    label,
    entries: names.map((name, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: bufferTypes[bindings[name]] },
    })),
  });
  const pipelineLayout = device.createPipelineLayout({ label, bindGroupLayouts: [layout] });
  const scope = device.popErrorScope();
  const { messages } = await module.getCompilationInfo();
  const errors = messages.filter(({ type }) => type === 'error');
  if (errors.length > 0) throw new ShaderError(describe(label, code, errors));
  const invalid = await scope;
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

/** Each error under its source line, with a caret, as a compiler would print it. */
function describe(label: string, code: string, errors: readonly GPUCompilationMessage[]): string {
  const lines = code.split('\n');
  const reports = errors.map(({ lineNum, linePos, message }) => {
    const caret = `${' '.repeat(Math.max(0, linePos - 1))}^`;
    return `${label}:${lineNum}:${linePos}: ${message}\n  ${lines[lineNum - 1] ?? ''}\n  ${caret}`;
  });
  return `Kernel "${label}" does not compile.\n${reports.join('\n')}`;
}
