import { expect, test } from 'vitest';
import type { SlowDynamics } from '../../src/experiments/trajectories/slow-dynamics';
import { warningsOf } from '../../src/experiments/trajectories/trajectory-warnings';
import type { EnsembleStatistics } from '../../src/statistics/ensemble';

const lengths = { time: 100, burnIn: 60, samples: 200 };
const slow = (lambda1: number) => ({ predicted: { lambda1, pPlus: 0.5 } }) as SlowDynamics;
/** All of them start where the committor is 1. */
const found = (error: number, jumps = 1000, sawChangeOfJ = true) =>
  ({
    count: 512,
    jumps,
    sawJumps: jumps >= 10,
    sawChangeOfJ,
    steady: () => ({ committor: { value: 0.5, error } }),
    series: () => ({ committor: { mean: [1] } }),
  }) as unknown as EnsembleStatistics;

test('a burn-in that leaves the start well below the errors is nothing to warn of', () => {
  // exp(-0.129 60) (1 - exp(-0.129 40)) / (0.129 40) / 2 = 4e-5
  expect(warningsOf(lengths, found(1e-3), slow(0.129))).toEqual([]);
  expect(warningsOf(lengths, found(1e-4), slow(0.129))).toHaveLength(1);
});

test('what is left of the start is said in standard errors, and the burn-in that it takes', () => {
  // exp(-0.026 60) (1 - exp(-0.026 40)) / (0.026 40) / 2 = 0.0654, at an error of 0.01
  const [sentence] = warningsOf(lengths, found(0.01), slow(0.026));
  expect(sentence).toContain('burn-in of 60 has not forgotten the start');
  expect(sentence).toContain('up to 6.5 of their standard errors');
  const [, enough] = sentence.match(/With a burn-in of (\d+) /) ?? [];
  const longer = { time: Number(enough) + 40, burnIn: Number(enough), samples: 200 };
  expect(warningsOf(longer, found(0.01), slow(0.026))).toEqual([]);
});

test('without the slow mode the start is not judged', () => {
  expect(warningsOf(lengths, found(1e-9), null)).toEqual([]);
});

test('too few jumps for errors are said first', () => {
  expect(warningsOf(lengths, found(1e-9, 3), slow(0.01))).toEqual([
    expect.stringMatching(/^Only 3 jumps were seen after the burn-in/),
  ]);
});

test('a j that was not seen to change is said, and what was hardly seen by name', () => {
  expect(warningsOf(lengths, found(1e-3, 1000, false), null)).toEqual([
    expect.stringMatching(/^None of the 512 trajectories was seen to change j after the burn-in/),
  ]);
  expect(warningsOf(lengths, found(1e-3, 3, false), null)).toEqual([expect.stringMatching(/^Only 3 jumps/)]);
  const rare = ['P_m at m = 6 to 9', 'the rates by core sets'];
  expect(warningsOf(lengths, found(1e-3), null, rare)).toEqual([
    expect.stringMatching(/: P_m at m = 6 to 9; the rates by core sets\. Take more trajectories/),
  ]);
});
