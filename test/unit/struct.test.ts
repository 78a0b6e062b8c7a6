import { expect, test } from 'vitest';
import { array, constants, f32, Struct, u32, vec2u } from '../../src/gpu/struct';

const Sample = new Struct('Sample', { one: u32, pair: vec2u, value: f32, list: array(array(u32, 2), 3) });

test('a struct is written in WGSL and laid out by its rules', () => {
  expect(Sample.wgsl).toBe(
    'struct Sample {\n  one: u32,\n  pair: vec2u,\n  value: f32,\n  list: array<array<u32, 2>, 3>,\n}',
  );
  // pair is aligned to 8 bytes, and so is the struct
  expect(Sample.size).toBe(48);
});

test('what is packed is read back, field by field', () => {
  const values = [1, 2].map((n) => ({
    one: n,
    pair: [3 * n, 4 * n],
    value: n / 2,
    list: [1, 2, 3, 4, 5, 6],
  }));
  const bytes = Sample.pack(values);
  expect([...new Uint32Array(bytes, 0, 4)]).toEqual([1, 0, 3, 4]);
  expect([...new Uint32Array(bytes, 20, 6)]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(Sample.column(bytes, 'one', 0, 2)).toEqual(Uint32Array.of(1, 2));
  expect(Sample.column(bytes, 'value', 1, 1)).toEqual(Float32Array.of(1));
  expect(Sample.read(bytes)).toEqual({ one: 1, value: 0.5 });
});

test('some fields of one struct can be rewritten; another count of numbers is refused', () => {
  const bytes = new ArrayBuffer(2 * Sample.size);
  Sample.write(bytes, { value: 7 }, 1);
  expect(Sample.column(bytes, 'value', 0, 2)).toEqual(Float32Array.of(0, 7));
  expect(() => Sample.write(bytes, { pair: [1] })).toThrow('Sample.pair takes 2 numbers, not 1.');
});

test('constants are u32', () => {
  expect(constants({ first: 1, second: 0xffffffff })).toBe('const first = 1u;\nconst second = 4294967295u;');
});
