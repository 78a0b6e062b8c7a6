/** A run on the Liouvillian that is cancelled stops at its next pause, of which there is one every few matvecs. */
import { afterEach, expect, test, vi } from 'vitest';
import { runWithoutGpu } from '../run-without-gpu';

afterEach(() => vi.restoreAllMocks());

test.each(['gap', 'metastable', 'steady-state'])('%s', async (command) => {
  // A clock on which every pause is due, and every progress worth a report.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
  const controller = new AbortController();
  const matvecs: number[] = [];
  const system = { atoms: 54, ratio: 15.5, drive: 0.75 };
  const running = runWithoutGpu(
    command,
    system,
    {},
    {
      signal: controller.signal,
      tell: (event) => {
        if (event.kind !== 'progress') return;
        matvecs.push(event.progress.done);
        controller.abort();
      },
    },
  );
  await expect(running).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  // Nothing was done that would have been reported.
  expect(matvecs).toHaveLength(1);
});
