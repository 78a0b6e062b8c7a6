/** A glimpse of an ensemble comes before its theory and its first block, is of the same trajectories, and changes nothing of what follows. */
import { expect, test } from 'vitest';
import type { ResultDocument } from '../../../src/experiments/experiment';
import type { RunEvent } from '../../../src/experiments/run';
import type { TrajectoriesResult } from '../../../src/experiments/trajectories/trajectories-result';
import { throughJson } from '../../documents';
import { runWithoutGpu } from '../run-without-gpu';

const system = { atoms: 3, gamma1d: 2, gammaf: 1, drive: 0.7 };
const resultOf = ({ result }: ResultDocument) =>
  throughJson(result as object) as unknown as TrajectoriesResult;

/** A run, watched or not, and what it told. */
async function run(options: object, isWatched: boolean) {
  const events: RunEvent[] = [];
  const document = await runWithoutGpu('trajectories', system, options, {
    isWatched,
    tell: (event) => events.push(event),
  });
  const glimpses = events.filter((event) => event.kind === 'glimpse');
  return { result: resultOf(document), events, glimpses: glimpses.map(({ document }) => resultOf(document)) };
}

const short = { count: 600, time: 1, burnIn: 0.5, samples: 4, seed: 9 };

test.each([
  { ...short },
  { ...short, unraveling: 'photodetection', g2Time: 0.25, records: 3 },
  { ...short, unraveling: 'homodyne' },
  { ...short, burnIn: undefined, unraveling: 'photodetection', ramp: '0:0.7,1:1' },
])('sixteen of the same trajectories are glimpsed first: %o', async (options) => {
  const watched = await run(options, true);
  const [glimpse, ...more] = watched.glimpses;
  expect(more).toEqual([]);
  const kinds = watched.events.map(({ kind }) => kind);
  expect(kinds.indexOf('glimpse')).toBeLessThan(kinds.indexOf('partial'));
  expect(glimpse.count).toBe(16);
  const [all] = watched.result.traces;
  expect(glimpse.traces[0].Sz).toEqual(all.Sz);
  expect(glimpse.records).toEqual(watched.result.records);
  expect(glimpse.series?.Sz?.error.at(-1)).toBeGreaterThan(0);
  const unwatched = await run(options, false);
  expect(unwatched.glimpses).toEqual([]);
  expect(watched.result).toEqual(unwatched.result);
});

test('of few trajectories, and of a run that goes on, there is none', async () => {
  const few = await run({ ...short, count: 64 }, true);
  expect(few.glimpses).toEqual([]);
  const document = await runWithoutGpu('trajectories', system, { ...short, count: 300 });
  const resume = { name: 'earlier.json', document: throughJson(document) };
  expect((await run({ resume, count: 600 }, true)).glimpses).toEqual([]);
});
