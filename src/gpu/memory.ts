/** GPU buffers of one program: made together, checked against the device's limits, destroyed together. */
import { type Gpu, GpuMemoryError } from './gpu';

/** What a buffer starts with: so many zero bytes, or these numbers. */
type Contents = number | Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | ArrayBuffer;

export class Memory {
  private readonly buffers: GPUBuffer[] = [];

  constructor(private readonly gpu: Gpu) {}

  /** A storage buffer that shaders read and write, and that can be copied from and to. */
  storage(label: string, contents: Contents): GPUBuffer {
    const { maxStorageBufferBindingSize } = this.gpu.device.limits;
    return this.make(
      label,
      contents,
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
      maxStorageBufferBindingSize,
    );
  }

  /** A uniform buffer, rewritten between submits by `queue.writeBuffer`. */
  uniform(label: string, contents: Contents): GPUBuffer {
    const { maxUniformBufferBindingSize } = this.gpu.device.limits;
    return this.make(label, contents, GPUBufferUsage.UNIFORM, maxUniformBufferBindingSize);
  }

  destroy(): void {
    for (const buffer of this.buffers.splice(0)) buffer.destroy();
  }

  private make(label: string, contents: Contents, usage: GPUBufferUsageFlags, limit: number): GPUBuffer {
    const bytes = typeof contents === 'number' ? contents : contents.byteLength;
    if (bytes > limit) {
      throw new GpuMemoryError(
        `Buffer "${label}" needs ${bytes} bytes, but this device binds at most ${limit}.`,
      );
    }
    const size = Math.max(16, Math.ceil(bytes / 16) * 16);
    const buffer = this.gpu.device.createBuffer({ label, size, usage: usage | GPUBufferUsage.COPY_DST });
    this.buffers.push(buffer);
    if (typeof contents !== 'number') this.gpu.device.queue.writeBuffer(buffer, 0, contents);
    return buffer;
  }
}
