/** Walked trajectories against their float64 twins, which draw the same random numbers. */
import { expect } from 'vitest';
import { type SystemInput, systemParameters } from '../src/parameters/system';
import { factsOf, observables } from '../src/trajectories/observables';
import { someCommittor } from './some-committor';
import { darkPortTwin } from './twin/dark-port';
import { photodetectionTwin } from './twin/photodetection';

export interface TwinCase {
  system: SystemInput;
  time: number;
}

/** Real systems with processes besides emission, and the channels that eight trajectories take. */
export const pumpedAndDephased = [
  {
    system: { atoms: 9, gamma1d: 0.3, gammaf: 0.2, omega: 0, pumping: 1.5, dephasing: 0.5 },
    time: 5,
    channels: [0, 2, 3, 4, 5, 6, 7, 8, 9],
  },
  {
    system: {
      ...{ atoms: 6, gamma1d: 1, gammaf: 0.6, omega: 1.2, pumping: 0.5, dephasing: 0.4 },
      ...{ collectivePumping: 0.2, collectiveDephasing: 0.3 },
    },
    time: 5,
    channels: [0, 2, 3, 4, 5, 6, 7, 8, 9],
  },
  {
    system: { atoms: 23, gamma1d: 0.3, gammaf: 0.6, omega: 2, pumping: 0.5 },
    time: 2,
    channels: [0, 2, 3, 4, 5, 6],
  },
  {
    system: { atoms: 30, ratio: 15.5, drive: 0.75, dephasing: 0.8 },
    time: 2,
    channels: [0, 2, 3, 7, 8, 9],
  },
] as const satisfies readonly (TwinCase & { channels: readonly number[] })[];

/** The channels of which there were jumps. */
export const channelsTaken = (jumps: readonly number[]) =>
  [...jumps.keys()].filter((channel) => jumps[channel] > 0);

const twins = { 'dark-port': darkPortTwin, photodetection: photodetectionTwin };

/** The ensemble of eight trajectories that is compared. */
export const twinRequest = ({ system: input, time }: TwinCase) => {
  const system = systemParameters(input);
  const [seed, samples, count] = [7, 10, 8];
  const committor = someCommittor(system.atoms);
  return { system, seed, first: 0, count, time, samples, burnIn: 0, traces: count, committor };
};

/**
 * Every observable of eight trajectories at all samples within `allowed` (N/2)^order of the twin's.
 * @param traces [trajectory][sample * observables + observable] of `twinRequest`
 * @returns the twins' jumps by channel
 */
export function expectTwins(
  unraveling: keyof typeof twins,
  twinCase: TwinCase,
  traces: readonly ArrayLike<number>[],
  allowed: number,
): number[] {
  const { system, seed, count, time, samples, committor } = twinRequest(twinCase);
  expect(traces).toHaveLength(count);
  const jumps = new Array<number>(10).fill(0);
  traces.forEach((trace, trajectory) => {
    const twin = twins[unraveling](system, seed, trajectory, time, samples, committor);
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
