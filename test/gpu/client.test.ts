import { expect, test } from 'vitest';
import { inPage } from './in-page';

const client = 'test/gpu/kernels/client.ts';
const meanField = { command: 'mean-field', system: {}, options: {} };

test('a run in the worker gives the document', async () => {
  expect(await inPage(client, 'run', meanField)).toMatchObject({
    schema: 'dicke-bistability/1',
    command: 'mean-field',
    parameters: { atoms: 18, gamma1D: 10, gammaF: 1, driveOverCritical: 0.73 },
    adapter: null,
    interrupted: false,
    result: { branches: [{ stable: true }, { stable: false }, { stable: true }] },
  });
});

test('an error keeps its class and what it names on the way out of the worker', async () => {
  expect(await inPage(client, 'failing', { ...meanField, system: { drive: -1 } })).toMatchObject({
    kind: 'InputError',
    argument: 'drive',
    got: -1,
    message: expect.stringContaining('--drive must be'),
  });
  expect(await inPage(client, 'failing', { ...meanField, command: 'dance' })).toMatchObject({
    kind: 'InputError',
    argument: 'command',
    takes: expect.stringContaining('mean-field'),
  });
});

test('runs take turns', async () => {
  expect(await inPage(client, 'turns')).toEqual(['steady-state', 'mean-field']);
});

test('a run cancelled in the queue never starts, and need not wait for those before it', async () => {
  const steady = { ...meanField, command: 'steady-state' };
  expect(await inPage(client, 'cancelledInTheQueue', steady, meanField)).toEqual({
    outcome: 'AbortError',
    endedBefore: false,
  });
  expect(await inPage(client, 'cancelledInTheQueue', meanField, steady)).toMatchObject({
    outcome: 'AbortError',
  });
});

test('a run cancelled before it is asked for never starts', async () => {
  expect(await inPage(client, 'cancelledBefore', meanField)).toBe('AbortError');
  // The queue goes on behind it.
  expect(await inPage(client, 'run', meanField)).toMatchObject({ command: 'mean-field' });
});
