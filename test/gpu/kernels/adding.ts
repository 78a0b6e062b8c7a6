/** The least a GPU test can do: one addition, and one mistake that must be caught. */
import { withGpu } from '../with-gpu';

const source = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> values: array<f32>;
@compute @workgroup_size(1) fn add() { values[2] = values[0] + values[1]; }
`;

/** a + b, by the GPU */
export function add(a: number, b: number): Promise<number> {
  return withGpu(async ({ device }) => {
    const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const values = device.createBuffer({ size: 12, usage: storage });
    const copy = device.createBuffer({ size: 12, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    device.queue.writeBuffer(values, 0, new Float32Array([a, b, 0]));
    const pipeline = await device.createComputePipelineAsync({
      layout: 'auto',
      compute: { module: device.createShaderModule({ code: source }) },
    });
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(
      0,
      device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [{ binding: 0, resource: values }],
      }),
    );
    pass.dispatchWorkgroups(1);
    pass.end();
    encoder.copyBufferToBuffer(values, 0, copy, 0, 12);
    device.queue.submit([encoder.finish()]);
    await copy.mapAsync(GPUMapMode.READ);
    return new Float32Array(copy.getMappedRange())[2];
  });
}

/** Asks for a buffer usage that cannot be. */
export function blunder(): Promise<void> {
  return withGpu(async ({ device }) => {
    device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE });
  });
}

/** Loses the device in the middle of the work. */
export function lose(): Promise<void> {
  return withGpu(({ device }) => {
    device.destroy();
    return new Promise(() => {});
  });
}
