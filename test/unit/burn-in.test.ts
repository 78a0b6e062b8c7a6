import { expect, test } from 'vitest';
import { trajectoryOptions } from '../../src/experiments/trajectories/trajectory-options';
import { systemParameters } from '../../src/parameters/system';

test.each([
  { raw: {}, burnIn: 60 },
  { raw: { time: 5 }, burnIn: 3 },
  { raw: { time: 5, samples: 1 }, burnIn: 0 },
  { raw: { time: 5, samples: 2 }, burnIn: 2.5 },
  { raw: { time: 5, burnIn: 1 }, burnIn: 1 },
])('the burn-in is what was asked for, or follows the time: %o', ({ raw, burnIn }) => {
  expect(trajectoryOptions(raw, systemParameters()).burnIn).toBe(burnIn);
});
