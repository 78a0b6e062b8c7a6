/** What this device can do in float32, by multiply-adds that nothing holds up. */
import type { Gpu } from '../../src/gpu/gpu';
import { createKernel } from '../../src/gpu/kernel';
import { Memory } from '../../src/gpu/memory';
import { timed } from './bench';

const workgroups = 1024;
const workgroupSize = 64;
/** Eight vectors of four, each independent of the others: more than any device's pipelines are deep. */
const perRound = 8 * 4 * 2;

const source = `
override rounds: u32 = 1u;
@group(0) @binding(0) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(${workgroupSize})
fn multiplyAdd(@builtin(global_invocation_id) id: vec3u) {
  let b = vec4f(0.5, 0.25, 0.125, f32(id.x) * 1e-9);
  var x0 = b; var x1 = b.yzwx; var x2 = b.zwxy; var x3 = b.wxyz; var x4 = -x0; var x5 = -x1; var x6 = -x2; var x7 = -x3;
  for (var i = 0u; i < rounds; i++) {
    x0 = fma(x0, b, b); x1 = fma(x1, b, b); x2 = fma(x2, b, b); x3 = fma(x3, b, b);
    x4 = fma(x4, b, b); x5 = fma(x5, b, b); x6 = fma(x6, b, b); x7 = fma(x7, b, b);
  }
  let x = x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7;
  result[id.x] = x.x + x.y + x.z + x.w;
}`;

/** Float32 operations per second at best, a multiply-add counted as two. */
export async function peakFloat32(gpu: Gpu): Promise<number> {
  const memory = new Memory(gpu);
  const result = memory.storage('result', 4 * workgroups * workgroupSize);
  const run = async (rounds: number) => {
    const kernel = await createKernel(gpu, {
      label: 'multiply-add',
      declarations: source,
      entryPoint: 'multiplyAdd',
      bindings: { result: 'read_write' },
      constants: { rounds },
    });
    const group = kernel.bind({ result });
    const submit = async () => {
      const encoder = gpu.device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(kernel.pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(workgroups);
      pass.end();
      gpu.device.queue.submit([encoder.finish()]);
      await gpu.device.queue.onSubmittedWorkDone();
    };
    await submit();
    const seconds = [await timed(submit), await timed(submit), await timed(submit)];
    return Math.min(...seconds);
  };
  try {
    let rounds = 64;
    let seconds = await run(rounds);
    // Long beside what a submit costs, short of what a browser would stop.
    while (seconds < 0.05) {
      rounds *= 4;
      seconds = await run(rounds);
    }
    return (perRound * rounds * workgroups * workgroupSize) / seconds;
  } finally {
    memory.destroy();
  }
}
