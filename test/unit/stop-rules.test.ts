import { expect, test } from 'vitest';
import {
  expectedCount,
  fewestToJudge,
  type StopRules,
  stoppedBy,
} from '../../src/experiments/trajectories/stop-rules';
import type { EnsembleStatistics } from '../../src/statistics/ensemble';
import { Tally } from '../../src/statistics/tally';
import { philox, uniform01 } from '../../src/twin/philox';

const found = (count: number, error: number) =>
  ({ count, sawJumps: true, steady: () => ({ Sz: { value: 0, error } }) }) as unknown as EnsembleStatistics;
const rules: StopRules = { count: 5000, maxSeconds: 60, target: { observable: 'Sz', error: 0.01 } };

test('whichever rule comes first', () => {
  expect(stoppedBy(rules, found(5000, 1), 1, 1)).toBe('count');
  expect(stoppedBy(rules, found(2048, 0.01), 1, 1)).toBe('target-error');
  expect(stoppedBy(rules, found(2048, 0.011), 59.5, 1)).toBe('max-seconds');
  expect(stoppedBy(rules, found(2048, 0.011), 58, 1)).toBeNull();
  expect(stoppedBy({ ...rules, maxSeconds: null, target: null }, found(4999, 0), 1e9, 1)).toBeNull();
});

test('an error is not judged on few trajectories', () => {
  expect(stoppedBy(rules, found(fewestToJudge - 1, 0), 1, 1)).toBeNull();
  expect(stoppedBy(rules, found(fewestToJudge, 0), 1, 1)).toBe('target-error');
  const still = { ...found(2 * fewestToJudge, 0), sawJumps: false } as EnsembleStatistics;
  expect(stoppedBy(rules, still, 1, 1)).toBeNull();
});

test('what is expected follows the rule that will come first', () => {
  const open = { ...rules, maxSeconds: null, target: null };
  expect(expectedCount(open, found(100, 1), 10, 0)).toBe(5000);
  expect(expectedCount({ ...open, maxSeconds: 60 }, found(100, 1), 10, 50)).toBe(650);
  expect(expectedCount({ ...open, target: rules.target }, found(100, 1), 10, 0)).toBe(fewestToJudge);
  expect(expectedCount({ ...open, target: rules.target }, found(2000, 0.015), 10, 0)).toBe(4500);
});

test('stopping at a target error leaves the intervals their coverage', () => {
  // Skewed as <S_z> with rare stays in the other state: 1 with probability 0.06, at targets met between 1024 and 3000.
  const [p, ensembles] = [0.06, 1000];
  let covering = 0;
  for (let seed = 0; seed < ensembles; seed++) {
    const tally = new Tally(1);
    const target = Math.sqrt((p * (1 - p)) / (1100 + (seed % 1900)));
    const sequential = {
      ...rules,
      count: 1e9,
      maxSeconds: null,
      target: { observable: 'Sz', error: target },
    } as const;
    for (let block = 0; ; block++) {
      let ones = 0;
      for (let n = 0; n < 256; n += 4) {
        for (const word of philox([n, block, 0, 0], [seed, 5])) ones += uniform01(word) < p ? 1 : 0;
      }
      tally.merge(256, [ones / 256], [(ones * (256 - ones)) / 256]);
      if (stoppedBy(sequential, found(tally.count, tally.standardError(0)), 0, 0) !== null) break;
    }
    if (Math.abs(tally.mean[0] - p) < 1.96 * tally.standardError(0)) covering++;
  }
  // 95 percent less one for the early stop, within 3 standard deviations of a count of 1000.
  expect(covering).toBeGreaterThan(920);
  expect(covering).toBeLessThan(971);
});
