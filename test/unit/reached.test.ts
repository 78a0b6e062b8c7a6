/** Pipelines that the kernels' tests share differ in nothing that an entry point can reach. */
import { expect, test } from 'vitest';
import { reachedFrom } from '../gpu/reached';

const code = `
enable subgroups;
const_assert 2 > 1;
override lanes = 4u;
const half = 0.5;
struct Pair { x: f32, y: f32 }
@group(0) @binding(0) var<storage, read_write> pairs: array<Pair>;
@group(0) @binding(1) var<storage> others: array<f32>;
var<workgroup> sums: array<f32, lanes>;
fn halved(x: f32) -> f32 { if (x > 0.0) { return half * x; } return x; }
fn alone(x: f32) -> f32 { return x; } // half
@compute @workgroup_size(lanes) fn first() { pairs[0].x = halved(pairs[0].y); }
@compute @workgroup_size(1) fn second() { sums[0] = alone(others[0]); }
`;

const reaches = (entryPoint: string, right: string, wrong: string) => {
  expect(code).toContain(right);
  return reachedFrom(entryPoint, code) !== reachedFrom(entryPoint, code.replace(right, wrong));
};

test.each([
  ['enable subgroups', 'enable f16', true, true],
  ['2 > 1', '3 > 1', true, true],
  ['lanes = 4u', 'lanes = 8u', true, true],
  ['half = 0.5', 'half = 0.6', true, false],
  ['y: f32 }', 'y: u32 }', true, false],
  ['binding(0)', 'binding(2)', true, false],
  ['return half * x', 'return -half * x', true, false],
  ['workgroup_size(lanes)', 'workgroup_size(2)', true, false],
  ['array<f32, lanes>', 'array<u32, lanes>', false, true],
  ['return x; } // half', 'return -x; } // half', false, true],
  ['binding(1)', 'binding(2)', false, true],
  ['// half', '// quarter', false, false],
])('%s as %s is reached by the first: %o, by the second: %o', (right, wrong, byFirst, bySecond) => {
  expect([reaches('first', right, wrong), reaches('second', right, wrong)]).toEqual([byFirst, bySecond]);
});

test('an entry point that the module has not is refused', () => {
  expect(() => reachedFrom('third', code)).toThrow('third');
});
