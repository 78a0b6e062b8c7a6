/** Parts of an ensemble: which trajectories they have, what is refused, and that merged they are one run's bits. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../../../src/experiments/run';
import { rangeOf } from '../../../src/experiments/trajectories/shard';
import type { TrajectoriesResult } from '../../../src/experiments/trajectories/trajectories-result';
import { trajectoryOptions } from '../../../src/experiments/trajectories/trajectory-options';
import { InputError } from '../../../src/parameters/errors';
import { systemParameters } from '../../../src/parameters/system';
import { cases } from '../../arbitrary-options';
import { throughJson } from '../../documents';
import { runWithoutGpu } from '../run-without-gpu';

const system = { atoms: 3, gamma1d: 2, gammaf: 1, drive: 0.7 };
const counts = fc.oneof(
  fc.integer({ min: 2, max: 5000 }),
  fc.integer({ min: 2, max: 1e9 }),
  fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(-1, 0, 1, 2)).map(([b, more]) => 256 * b + more),
);

/** The line that refuses a request; null where it is taken. */
function refusal(options: object): string | null {
  try {
    check({ command: 'trajectories', system, options: { ...options } });
    return null;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

const rangeAsked = (shard: string, count: number) => {
  const { first, stop } = trajectoryOptions({ shard, count }, systemParameters(system));
  return { first, count: stop.count };
};

test('parts are whole blocks one after another, of sizes a block apart at most, and every trajectory is in one', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 60 }), (count, of) => {
      const blocks = Math.ceil(count / 256);
      // A block of one trajectory has no error, and is no part by itself.
      if (of > blocks - (count % 256 === 1 ? 1 : 0)) {
        for (const number of [1, of])
          expect(refusal({ shard: `${number}/${of}`, count })).toMatch(
            /^--shard must be one of at most \d+ part/,
          );
        return;
      }
      let end = 0;
      for (let number = 1; number <= of; number++) {
        const range = rangeAsked(`${number}/${of}`, count);
        expect(range).toEqual(rangeOf({ number, of }, count));
        expect(range.first).toBe(end);
        expect(range.first % 256).toBe(0);
        expect(range.count).toBeGreaterThanOrEqual(2);
        expect(Math.abs(Math.ceil(range.count / 256) - blocks / of)).toBeLessThan(1);
        end += range.count;
      }
      expect(end).toBe(count);
    }),
    cases,
  );
});

test.each([
  [{ first: 0 }, '--first must be left out with --shard, but got 0'],
  [{ maxSeconds: 5 }, '--max-seconds must be left out with --shard, but got 5'],
  [{ targetError: 0.1 }, '--target-error must be left out with --shard, but got 0.1'],
  [{ targetObservable: 'Sz' }, '--target-observable must be left out with --shard, but got "Sz"'],
  [
    { shard: '1/9' },
    '--shard must be one of at most 8 parts of 2000 trajectories, in whole blocks of 256, but got "1/9"',
  ],
  [
    { count: 257 },
    '--shard must be one of at most 1 part of 257 trajectories, in whole blocks of 256, but got "1/2"',
  ],
  [{ count: 1 }, '--count must be a whole number from 2 to 1000000000, but got 1'],
  [{ shard: '0/2' }, '--shard must be i/n, the i-th of n parts, i from 1 to n (2/8), but got "0/2"'],
  [{ shard: 1 }, '--shard must be i/n, the i-th of n parts, i from 1 to n (2/8), but got 1'],
  [{ merge: [] }, '--shard must be left out with --merge, but got "1/2"'],
])('refused: %o', (options, line) => {
  expect(refusal({ shard: '1/2', ...options })).toBe(line);
});

const short = { time: 1, burnIn: 0.5, samples: 4 };
const run = async (options: object) =>
  throughJson(await runWithoutGpu('trajectories', system, { ...short, ...options }));
const resultOf = (document: object) => (document as { result: TrajectoriesResult }).result;

test.each([
  [{ count: 1000 }, 3],
  [{ count: 258, seed: 5 }, 2],
  [{ count: 1100, unraveling: 'photodetection', g2Time: 0.2, records: 3 }, 4],
  [{ count: 900, unraveling: 'homodyne', phase: 1, efficiency: 0.5 }, 2],
  [{ count: 700, unraveling: 'photodetection', ramp: '0:0.7,0.5:1,1:0.7' }, 3],
] as const)('%o in %i parts, merged in any order, are the bits of one run', async (options, of) => {
  const whole = resultOf(await run(options));
  const parts = await Promise.all(
    Array.from({ length: of }, (_, i) => run({ ...options, shard: `${i + 1}/${of}` })),
  );
  expect(parts.map((part) => resultOf(part).stoppedBy)).toEqual(parts.map(() => 'count'));
  const merge = parts.reverse().map((document, i) => ({ name: `${i}.json`, document }));
  const merged = throughJson(await runWithoutGpu('trajectories', {}, { merge }));
  expect(merged.result).toEqual({ ...throughJson(whole), stoppedBy: 'merge' });
});

test('a merge says which trajectories lie between its files', async () => {
  const parts = [
    await run({ count: 512, seed: 5, shard: '1/2' }),
    await run({ count: 1024, seed: 5, shard: '2/2' }),
  ];
  const other = await run({ count: 256, seed: 6 });
  const merge = [...parts, other].map((document, i) => ({ name: `${i}.json`, document }));
  const { warnings } = await runWithoutGpu('trajectories', {}, { merge });
  expect(warnings).toContain(
    'Trajectories 256 to 511 of seed 5 are in none of the files: are parts missing, or of different counts?',
  );
  expect(warnings.filter((sentence) => sentence.includes('none of the files'))).toHaveLength(1);
});

test('a part goes on by the same words, and from no other part', async () => {
  const options = { count: 1024, seed: 3 };
  const document = await run({ count: 300, seed: 3, first: 512 });
  const resume = { name: 'a.json', document };
  const resumed = await run({ ...options, shard: '2/2', resume });
  expect(resumed.result).toEqual((await run({ ...options, shard: '2/2' })).result);
  const taken = 'a part that begins at trajectory 512 and has at least the 300 of a.json';
  expect(refusal({ ...options, shard: '1/2', resume })).toBe(`--shard must be ${taken}, but got "1/2"`);
  expect(refusal({ ...options, shard: '3/4', resume })).toBe(`--shard must be ${taken}, but got "3/4"`);
  expect(refusal({ shard: '2/2', resume })).toBe(
    '--count must be a whole number from 300 to 1000000000, but got nothing',
  );
  expect(refusal({ ...options, seed: 4, shard: '2/2', resume })).toBe(
    '--seed must be 3, as in a.json, but got 4',
  );
});
