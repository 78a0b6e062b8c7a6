/** Trajectories on the GPU against their float64 twins, which draw the same random numbers. */
import { expect } from 'vitest';
import { type SystemInput, systemParameters } from '../../src/parameters/system';
import { factsOf, observables } from '../../src/trajectories/observables';
import type { darkPortTwin } from '../../src/twin/dark-port';
import { inPage } from './in-page';
import { someCommittor } from './some-committor';

export interface TwinCase {
  system: SystemInput;
  time: number;
  /** as on an adapter without subgroup operations */
  withoutSubgroups?: boolean;
}

/**
 * Every observable of eight trajectories at all samples within `allowed` (N/2)^order of the twin's.
 * @returns the twins' jumps by channel
 */
export async function expectTwins(
  unraveling: 'dark-port' | 'photodetection',
  twinOf: typeof darkPortTwin,
  { system: input, time, withoutSubgroups }: TwinCase,
  allowed: number,
): Promise<number[]> {
  const system = systemParameters(input);
  const committor = someCommittor(system.atoms);
  const [seed, samples, count] = [7, 10, 8];
  const { traces } = await inPage<{ traces: number[][] }>('test/gpu/kernels/ensemble.ts', 'walk', {
    withoutSubgroups,
    unraveling,
    system,
    seed,
    first: 0,
    count,
    time,
    samples,
    burnIn: 0,
    traces: count,
    committor: [...committor],
  });
  expect(traces).toHaveLength(count);
  const jumps = [0, 0, 0, 0];
  traces.forEach((trace, trajectory) => {
    const twin = twinOf(system, seed, trajectory, time, samples, committor);
    for (const { channel } of twin.jumps) jumps[channel]++;
    twin.samples.forEach((sample, slot) => {
      observables.forEach((observable, i) => {
        const scale = (system.atoms / 2) ** factsOf(observable).power;
        const difference = Math.abs(trace[slot * observables.length + i] - sample[observable]);
        const where = `${observable}, trajectory ${trajectory}, t = ${sample.t}`;
        expect(difference, where).toBeLessThan(allowed * scale);
      });
    });
  });
  return jumps;
}
