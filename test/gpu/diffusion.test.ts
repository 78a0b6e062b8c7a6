/** Homodyne and heterodyne detection on the GPU: its steps, the currents, and the jumps between. */
import { expect, test } from 'vitest';
import { general } from '../general-twins';
import { expectTwinsOnGpu } from './expect-twins';

/** Largest error of a trajectory's moments, in units of (N/2)^order. */
const pathError = 1e-4;

test.each([
  { unraveling: 'homodyne', system: { atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6 }, time: 6 },
  { unraveling: 'heterodyne', ...general[4], time: 2 },
] as const)('trajectories follow their float64 twins: %o', async ({ unraveling, ...twins }) => {
  const jumps = await expectTwinsOnGpu(unraveling, twins, pathError);
  expect(jumps[0]).toBe(0);
  expect(jumps.filter((taken) => taken > 0).length).toBeGreaterThan(2);
});
