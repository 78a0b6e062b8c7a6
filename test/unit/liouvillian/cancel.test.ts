/** A run on the Liouvillian tells what it has done, and stops at its next pause when cancelled, of which there is one every few matvecs. */
import { afterEach, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../../src/experiments/run';
import { runWithoutGpu } from '../run-without-gpu';

afterEach(() => vi.restoreAllMocks());

/** A clock on which every pause is due, and every progress worth a report. */
function hurry(): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
}

const system = { atoms: 54, ratio: 15.5, drive: 0.75 };

test.each(['gap', 'metastable', 'steady-state'])('%s is cancelled', async (command) => {
  hurry();
  const controller = new AbortController();
  const matvecs: number[] = [];
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

test('the matvecs of a gap are counted on from sector to sector', async () => {
  hurry();
  const matvecs: number[] = [];
  const tell = (event: RunEvent) => {
    if (event.kind === 'progress') matvecs.push(event.progress.done);
  };
  const { result } = await runWithoutGpu('gap', system, {}, { tell });
  expect(matvecs).toEqual(matvecs.toSorted((a, b) => a - b));
  expect(result).toHaveProperty('matvecs', matvecs.at(-1));
});
