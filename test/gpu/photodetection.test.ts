/** The jumps and the decay of photodetection, (S16), on the GPU. */
import { expect, test } from 'vitest';
import { general } from '../general-twins';
import { ramps } from '../ramp-twins';
import { expectTwinsOnGpu } from './expect-twins';

/**
 * Largest error of a trajectory's moments, in units of (N/2)^order. Ensemble means scatter by about 0.3 N/2, so 10^5
 * trajectories know them to 1e-3 N/2: twenty times what Taylor steps and float32 together may cost any one trajectory.
 */
const pathError = 5e-5;

test.each([
  { system: { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 }, time: 2 },
  { system: { atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6 }, time: 5 },
  { system: { atoms: 7, gamma1d: 1, gammaf: 1, drive: 0.9 }, time: 5 },
  { system: { atoms: 1, gamma1d: 0.5, gammaf: 1, omega: 2 }, time: 5 },
  { system: { atoms: 54, ratio: 15.5, drive: 0.75 }, time: 1 },
])('trajectories follow their float64 twins: %o', async (twins) => {
  const jumps = await expectTwinsOnGpu('photodetection', twins, pathError);
  // The comparison means something only if every channel that the system has was taken: one atom keeps its j.
  const channels = twins.system.atoms === 1 ? jumps.slice(0, 2) : jumps;
  expect(Math.min(...channels)).toBeGreaterThan(0);
});

test.each(ramps)('trajectories follow their float64 twins under a ramp: %o', async (twins) => {
  const jumps = await expectTwinsOnGpu('photodetection', twins, pathError);
  expect(Math.min(...jumps.slice(0, 4))).toBeGreaterThan(0);
});

test.each(general)('trajectories of the general model follow their float64 twins: %o', async (twins) => {
  const jumps = await expectTwinsOnGpu('photodetection', twins, pathError);
  expect(jumps.filter((taken) => taken > 0)).toHaveLength(twins.channels);
});
