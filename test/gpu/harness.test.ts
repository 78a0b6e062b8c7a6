import { expect, test } from 'vitest';
import { inPage } from './in-page';

const kernels = 'test/gpu/kernels/adding.ts';

test('a kernel runs on the adapter of this machine', async () => {
  expect(await inPage(kernels, 'add', 2, 0.5)).toBe(2.5);
});

test('a GPU validation error fails the test that made it', async () => {
  await expect(inPage(kernels, 'blunder')).rejects.toThrow(/The GPU complained.*usage/is);
});

test('a lost device fails the test that lost it', async () => {
  await expect(inPage(kernels, 'lose')).rejects.toThrow(/lost/);
});
