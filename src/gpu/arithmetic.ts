/** Is this adapter's float32 what WGSL promises? The host's side of `shaders/arithmetic.wgsl`. */
import { philox } from '../twin/philox';
import { type Check, Comparison } from './check';
import type { Gpu } from './gpu';
import { createKernel } from './kernel';
import { Memory } from './memory';
import { Readback } from './readback';

/** An operation, its float64 truth, and the errors that WGSL's accuracy table allows, in units in the last place. */
interface Operation {
  readonly name: string;
  readonly truth: (x: number, y: number) => number;
  readonly allowed: number;
}

/** Arguments lie in (0, 16], so that exp(-x) may miss by 3 + 2 |x| <= 35 units; log near 1 is judged apart. */
const largest = 16;
const operations: readonly Operation[] = [
  { name: 'addition (ulp)', truth: (x, y) => x + y, allowed: 0.5 },
  { name: 'multiplication (ulp)', truth: (x, y) => x * y, allowed: 0.5 },
  { name: 'division (ulp)', truth: (x, y) => x / y, allowed: 2.5 },
  // sqrt(x) may be 1 / inverseSqrt(x): two units there, then a division.
  { name: 'sqrt (ulp)', truth: (x) => Math.sqrt(x), allowed: 4.5 },
  { name: 'inverseSqrt (ulp)', truth: (x) => 1 / Math.sqrt(x), allowed: 2 },
  { name: 'exp (ulp)', truth: (x) => Math.exp(-x), allowed: 3 + 2 * largest },
  { name: 'log (2^-21, or 3 ulp outside 0.5 to 2)', truth: (x) => Math.log(x), allowed: 1 },
];

const pairs = 4096;
/** A correctly rounded float32 misses by half a unit and float64's own rounding. */
const slack = 1e-6;

/** Compares the adapter's operations with float64, and its Philox with the twin. */
export async function checkArithmetic(gpu: Gpu): Promise<Check[]> {
  const memory = new Memory(gpu);
  try {
    const kernel = await createKernel(gpu, {
      label: 'arithmetic',
      program: 'arithmetic',
      entryPoint: 'operate',
      bindings: { arguments: 'read', results: 'read_write', counters: 'read', blocks: 'read_write' },
      constants: { pairs },
    });
    const input = argumentPairs();
    const counters = Array.from({ length: 64 }, (_, i) => philox([i, 1, 2, 3], [4, 5]));
    const packed = counters.flatMap((counter, i) => [...counter, ...counters[(i + 1) % counters.length]]);
    const results = memory.storage('results', operations.length * pairs * 4);
    const blocks = memory.storage('Philox blocks', counters.length * 16);
    const buffers = {
      arguments: memory.storage('arguments', input),
      results,
      counters: memory.storage('Philox counters', new Uint32Array(packed)),
      blocks,
    };
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(kernel.pipeline);
    pass.setBindGroup(0, kernel.bind(buffers));
    pass.dispatchWorkgroups(pairs / 64);
    pass.end();
    const readback = new Readback(gpu, 'arithmetic', results.size);
    const reads = [
      readback.copy(encoder, results, 0, operations.length * pairs * 4),
      readback.copy(encoder, blocks, 0, counters.length * 16),
    ];
    gpu.device.queue.submit([encoder.finish()]);
    const [values, drawn] = await Promise.all(reads.map((read) => read()));
    readback.destroy();
    const words = new Uint32Array(drawn);
    const wrong = counters.flatMap((counter, i) => {
      const key = counters[(i + 1) % counters.length].slice(0, 2);
      return philox(counter, key).filter((word, k) => word !== words[4 * i + k]);
    });
    const generator = new Comparison();
    generator.add(wrong.length, 0);
    return [
      ...operations.map((operation, o) =>
        judge(operation, input, new Float32Array(values).subarray(o * pairs, (o + 1) * pairs)),
      ),
      generator.check('Philox4x32-10 (wrong words)', 0),
    ];
  } finally {
    memory.destroy();
  }
}

/** Pairs over many binary orders in (0, 16], from the generator that is itself under test on the host only. */
function argumentPairs(): Float32Array<ArrayBuffer> {
  const values = new Float32Array(2 * pairs);
  for (let i = 0; i < pairs; i++) {
    const [a, b, c, d] = philox([i, 0, 0, 0], [0, 0]);
    values[2 * i] = largest * (1 - a * 2 ** -32) * 2 ** -(b % 24);
    values[2 * i + 1] = largest * (1 - c * 2 ** -32) * 2 ** -(d % 24);
  }
  return values;
}

function judge({ name, truth, allowed }: Operation, input: Float32Array, results: Float32Array): Check {
  const comparison = new Comparison();
  results.forEach((result, i) => {
    const x = input[2 * i];
    const exact = truth(x, input[2 * i + 1]);
    const isLog = name.startsWith('log');
    const unit = isLog ? (x > 0.5 && x < 2 ? 2 ** -21 : 3 * ulp(exact)) : ulp(exact);
    comparison.add(result, exact, unit);
  });
  const check = comparison.check(name, allowed + slack);
  return { ...check, allowed };
}

/** The distance of neighbouring float32 numbers at x. */
function ulp(x: number): number {
  return 2 ** (Math.floor(Math.log2(Math.max(Math.abs(x), 2 ** -126))) - 23);
}
