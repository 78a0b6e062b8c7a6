import { expect, test } from 'vitest';
import { systemParameters } from '../../src/parameters/system';
import { observables } from '../../src/trajectories/record';
import { photodetectionTwin } from '../../src/twin/photodetection';
import { inPage } from './in-page';
import { powersOfSpin } from './powers-of-spin';
import { someCommittor } from './some-committor';

const kernels = 'test/gpu/kernels/ensemble.ts';

interface Walked {
  count: number;
  mean: number[];
  errors: number[];
  traces: number[][];
}

const systems = [
  { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73, time: 2 },
  { atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6, time: 5 },
  { atoms: 7, gamma1d: 1, gammaf: 1, drive: 0.9, time: 5 },
  { atoms: 1, gamma1d: 0.5, gammaf: 1, omega: 2, time: 5 },
  { atoms: 54, ratio: 15.5, drive: 0.75, time: 1 },
];

/**
 * Largest error of a trajectory's moments, in units of (N/2)^order. Ensemble means scatter by about 0.3 N/2, so 10^5
 * trajectories know them to 1e-3 N/2: twenty times what Taylor steps and float32 together may cost any one trajectory.
 */
const pathError = 5e-5;

test.each(systems)('trajectories follow their float64 twins: %o', async ({ time, ...input }) => {
  const system = systemParameters(input);
  const p = someCommittor(system.atoms);
  const request = {
    system,
    seed: 7,
    first: 0,
    count: 8,
    time,
    samples: 10,
    burnIn: 0,
    traces: 8,
    committor: [...p],
  };
  const { traces } = await inPage<Walked>(kernels, 'walk', request);
  const jumps = [0, 0, 0, 0];
  traces.forEach((trace, trajectory) => {
    const twin = photodetectionTwin(system, request.seed, trajectory, time, request.samples, p);
    for (const { channel } of twin.jumps) jumps[channel]++;
    twin.samples.forEach((sample, slot) => {
      observables.forEach((observable, i) => {
        const scale = (system.atoms / 2) ** powersOfSpin(observable);
        const difference = Math.abs(trace[slot * observables.length + i] - sample[observable]);
        expect(difference, `${observable}, trajectory ${trajectory}, t = ${sample.t}`).toBeLessThan(
          pathError * scale,
        );
      });
    });
  });
  // The comparison means something only if every channel that the system has was taken: one atom keeps its j.
  const channels = system.atoms === 1 ? jumps.slice(0, 2) : jumps;
  expect(Math.min(...channels)).toBeGreaterThan(0);
});
