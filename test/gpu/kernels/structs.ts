/** Structs through a kernel that takes them apart and puts them together again. */
import { createKernel } from '../../../src/gpu/kernel';
import { Memory } from '../../../src/gpu/memory';
import { Readback } from '../../../src/gpu/readback';
import { array, f32, Struct, u32, vec2u } from '../../../src/gpu/struct';
import { sharedStructs } from '../../shared-structs';
import { withGpu } from '../with-gpu';

/** None of the product's fields is out of line: one that has to be moved to its alignment, at either end. */
const Odd = new Struct('Odd', { one: u32, pair: vec2u, value: f32, pairs: array(vec2u, 2), last: u32 });

/** WGSL that does something with each number of a field in the order of the host's list, arrays in loops: a block has thousands. */
function eachNumber(wgsl: string, path: string, say: (leaf: string) => string, depth = 0): string {
  const [, element, length] = /^array<(.*), (\d+)>$/.exec(wgsl) ?? [];
  if (element !== undefined) {
    const k = `n${depth}`;
    const body = eachNumber(element, `${path}[${k}]`, say, depth + 1);
    return `for (var ${k} = 0u; ${k} < ${length}u; ${k}++) { ${body} }`;
  }
  return (wgsl === 'vec2u' ? [`${path}.x`, `${path}.y`] : [path]).map(say).join(' ');
}

/** For each struct: what the host wrote into three of them, what the shader read of it, and the bytes that it wrote. */
export function roundTrips() {
  return withGpu(async (gpu) => {
    const trips = [];
    for (const struct of [...sharedStructs, Odd])
      trips.push({ name: struct.name, ...(await roundTrip(gpu, struct)) });
    return trips;
  });
}

async function roundTrip(gpu: Parameters<typeof createKernel>[0], struct: Struct) {
  const copies = 3;
  const fields = Object.entries(struct.fields);
  let next = 1;
  const values = Array.from({ length: copies }, () =>
    Object.fromEntries(
      fields.map(([name, { count, example }]) => {
        const numbers = Array.from({ length: count }, () => next++);
        return [name, typeof example === 'number' ? numbers[0] : numbers];
      }),
    ),
  );
  const lines = fields.map(([name, { wgsl, kind }]) =>
    eachNumber(wgsl, `[i].${name}`, (leaf) =>
      wgsl.startsWith('atomic')
        ? `seen[k] = atomicLoad(&given${leaf}); atomicStore(&made${leaf}, seen[k]); k++;`
        : `seen[k] = u32(given${leaf}); made${leaf} = ${kind}(seen[k]); k++;`,
    ),
  );
  const kernel = await createKernel(gpu, {
    label: struct.name,
    declarations: [
      struct.wgsl,
      `@group(0) @binding(0) var<storage, read_write> given: array<${struct.name}, ${copies}>;`,
      `@group(0) @binding(1) var<storage, read_write> made: array<${struct.name}, ${copies}>;`,
      '@group(0) @binding(2) var<storage, read_write> seen: array<u32>;',
      '@compute @workgroup_size(1) fn copy() {',
      '  var k = 0u;',
      `  for (var i = 0u; i < ${copies}u; i++) {`,
      ...lines,
      '  }',
      '}',
    ].join('\n'),
    entryPoint: 'copy',
    bindings: { given: 'read_write', made: 'read_write', seen: 'read_write' },
  });
  const memory = new Memory(gpu);
  const packed = struct.pack(values);
  const count = next - 1;
  const buffers = {
    given: memory.storage('given', packed),
    made: memory.storage('made', packed.byteLength),
    seen: memory.storage('seen', 4 * count),
  };
  const encoder = gpu.device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(kernel.pipeline);
  pass.setBindGroup(0, kernel.bind(buffers));
  pass.dispatchWorkgroups(1);
  pass.end();
  const readback = new Readback(gpu, 'structs', Math.max(packed.byteLength, 4 * count));
  const seen = readback.copy(encoder, buffers.seen, 0, 4 * count);
  const made = readback.copy(encoder, buffers.made, 0, packed.byteLength);
  gpu.device.queue.submit([encoder.finish()]);
  const bytes = (buffer: ArrayBuffer) => [...new Uint8Array(buffer)];
  const trip = {
    count,
    seen: [...new Uint32Array(await seen())],
    given: bytes(packed),
    made: bytes(await made()),
  };
  readback.destroy();
  memory.destroy();
  return trip;
}
