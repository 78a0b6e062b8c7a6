import { expect, test } from 'vitest';
import { meanFieldBranches } from '../../src/mean-field/branches';
import { meanFieldOf } from '../../src/mean-field/equations';
import { systemParameters } from '../../src/parameters/system';
import { observables, recordLayout } from '../../src/trajectories/record';
import { darkPortChannels } from '../expect-twins';
import { darkPortGeneral } from '../general-twins';
import { expectTwinsOnGpu } from './expect-twins';
import { inPage } from './in-page';

const kernels = 'test/gpu/kernels/ensemble.ts';
const unraveling = 'dark-port';

interface Walked {
  mean: number[];
  errors: number[];
  alarms: number;
}

const figure4 = { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 };
const figure2b = { atoms: 54, ratio: 15.5, drive: 0.75 };

test.each([
  { system: figure4, time: 2 },
  { system: { atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6 }, time: 5 },
  { system: { atoms: 7, gamma1d: 1, gammaf: 1, drive: 0.9 }, time: 5 },
  { system: { atoms: 1, gamma1d: 0.5, gammaf: 1, omega: 2 }, time: 5 },
  { system: figure2b, time: 10 },
  { system: { atoms: 54, ratio: 15.5, drive: 1.5 }, time: 1 },
  { system: figure4, time: 1, withoutSubgroups: true },
  { system: figure2b, time: 10, withoutSubgroups: true },
  { system: { atoms: 54, ratio: 15.5, drive: 1.5 }, time: 1, withoutSubgroups: true },
])('trajectories follow their float64 twins: %o', async (twins) => {
  const jumps = await expectTwinsOnGpu(unraveling, twins, 1e-4);
  // The comparison means something only if every channel that the system has was taken: one atom keeps its j.
  const taken = twins.system.atoms === 1 ? [jumps[0]] : [jumps[0], jumps[2], jumps[3]];
  expect(Math.min(...taken)).toBeGreaterThan(0);
});

test.each([
  ...darkPortGeneral,
  ...darkPortGeneral.slice(-2).map((twins) => ({ ...twins, withoutSubgroups: true })),
])('... in the general model: %o', async (twins) => {
  const jumps = await expectTwinsOnGpu(unraveling, twins, 1e-4);
  const taken = [...jumps.keys()].filter((channel) => jumps[channel] > 0);
  expect(taken).toEqual(darkPortChannels(systemParameters(twins.system)));
});

test('trajectories of a thousand atoms stay on the lower branch, where the mean field has it', async () => {
  const system = systemParameters({ atoms: 1000, ratio: 15.5, drive: 0.77 });
  const samples = 4;
  const request = {
    unraveling,
    system,
    seed: 1,
    first: 0,
    count: 256,
    time: 20,
    samples,
    burnIn: 15,
    traces: 0,
  };
  const { mean, errors, alarms } = await inPage<Walked>(kernels, 'walk', request);
  const [lower] = meanFieldBranches(meanFieldOf(system));
  const row = recordLayout(system, samples + 1).averages + observables.indexOf('Sz');
  expect(alarms).toBe(0);
  expect(errors[row]).toBeGreaterThan(0);
  // what is left of the start, and fluctuations that the mean field leaves out: some 1/sqrt(N) / 10
  expect(Math.abs(mean[row] / 500 - lower.sz)).toBeLessThan(0.01);
});

test('a system that the kept modes do not hold fails the run', async () => {
  const system = systemParameters({ atoms: 64, ratio: 15.5, drive: 3 });
  const request = {
    unraveling,
    system,
    seed: 1,
    first: 0,
    count: 64,
    time: 1,
    samples: 5,
    burnIn: 0,
    traces: 0,
  };
  await expect(inPage(kernels, 'walk', request)).rejects.toThrow('more modes than it keeps');
});
