/** Reading results back without stalling: a few staging buffers, reused in turn. */
import type { Gpu } from './gpu';

export class Readback {
  private readonly idle: GPUBuffer[] = [];
  private readonly all: GPUBuffer[] = [];

  /** @param bytes size of the largest read */
  constructor(
    private readonly gpu: Gpu,
    private readonly label: string,
    private readonly bytes: number,
  ) {}

  /**
   * Records a copy into `encoder`; the returned function, called after the submit, resolves to the bytes once the
   * GPU has written them. Several reads may be in flight; each takes a staging buffer of its own.
   */
  copy(
    encoder: GPUCommandEncoder,
    source: GPUBuffer,
    offset: number,
    bytes: number,
  ): () => Promise<ArrayBuffer> {
    const staging = this.idle.pop() ?? this.make();
    encoder.copyBufferToBuffer(source, offset, staging, 0, bytes);
    return async () => {
      await Promise.race([staging.mapAsync(GPUMapMode.READ, 0, bytes), this.gpu.failure]);
      const copy = staging.getMappedRange(0, bytes).slice(0);
      staging.unmap();
      this.idle.push(staging);
      return copy;
    };
  }

  destroy(): void {
    for (const buffer of this.all.splice(0)) buffer.destroy();
  }

  private make(): GPUBuffer {
    const size = Math.ceil(this.bytes / 16) * 16;
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const buffer = this.gpu.device.createBuffer({ label: this.label, size, usage });
    this.all.push(buffer);
    return buffer;
  }
}
