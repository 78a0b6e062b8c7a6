/** The first picture of an ensemble comes before its first block is full, and changes nothing of what follows. */
import { expect, test } from 'vitest';
import type { ResultDocument } from '../../../src/experiments/experiment';
import type { TrajectoriesResult } from '../../../src/experiments/trajectories/trajectories-result';
import { throughJson } from '../../documents';
import { runWithoutGpu } from '../run-without-gpu';

const system = { atoms: 3, gamma1d: 2, gammaf: 1, drive: 0.7 };
const options = { count: 600, time: 1, burnIn: 0.5, samples: 4, seed: 9 };
const resultOf = ({ result }: ResultDocument) =>
  throughJson(result as object) as unknown as TrajectoriesResult;

/** A run, stopped at its first partial result or not, and those it gave. */
async function run(asked: object, stopsAtFirst = false) {
  const controller = new AbortController();
  const partial: TrajectoriesResult[] = [];
  const document = await runWithoutGpu('trajectories', asked === options ? system : {}, asked, {
    signal: controller.signal,
    tell: (event) => {
      if (event.kind !== 'partial') return;
      partial.push(resultOf(event.document));
      if (stopsAtFirst) controller.abort();
    },
  });
  return { document, partial };
}

test('sixteen trajectories, with their traces and errors, are seen first; a run stopped there goes on to the same bits', async () => {
  const whole = await run(options);
  const [first, second] = whole.partial;
  expect(first.count).toBe(16);
  expect(second.count).toBeGreaterThanOrEqual(256);
  expect(first.traces).toEqual(resultOf(whole.document).traces);
  expect(first.steady?.Sz?.error).toBeGreaterThan(0);
  const stopped = await run(options, true);
  expect(stopped.document.interrupted).toBe(true);
  expect(resultOf(stopped.document)).toEqual({ ...first, stoppedBy: 'interruption' });
  const resume = { name: 'stopped.json', document: throughJson(stopped.document) };
  const gone = await run({ resume, count: options.count });
  expect(resultOf(gone.document)).toEqual(resultOf(whole.document));
});
