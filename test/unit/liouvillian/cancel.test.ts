/** A run on the Liouvillian that is cancelled stops at its next pause, of which there is one every few matvecs. */
import { afterEach, expect, test, vi } from 'vitest';
import { run } from '../../../src/experiments/run';
import { NoAdapterError } from '../../../src/gpu/gpu';

afterEach(() => vi.restoreAllMocks());

test.each(['gap', 'metastable', 'steady-state'])('%s', async (command) => {
  // A clock on which every pause is due, and every progress worth a report.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
  const controller = new AbortController();
  const matvecs: number[] = [];
  const running = run(
    { command, system: { atoms: 54, ratio: 15.5, drive: 0.75 }, options: {} },
    {
      gpu: () => Promise.reject(new NoAdapterError('this test lends none')),
      signal: controller.signal,
      onProgress: ({ done }) => {
        matvecs.push(done);
        controller.abort();
      },
      onPartial: () => {},
      warn: () => {},
    },
  );
  await expect(running).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  // Nothing was done that would have been reported.
  expect(matvecs).toHaveLength(1);
});
