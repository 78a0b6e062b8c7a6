/** Walked trajectories against their float64 twins, which draw the same random numbers. */
import { expect } from 'vitest';
import { processes } from '../src/operators/ladder';
import { rampOf } from '../src/parameters/ramp';
import { isReal, type SystemParameters, systemParameters } from '../src/parameters/system';
import type { SystemInput } from '../src/parameters/system-options';
import type { Detection } from '../src/trajectories/detection';
import { factsOf, observablesOf, type Recorded } from '../src/trajectories/observables';
import { channelCount } from '../src/trajectories/record';
import { type UnravelingName, unravelingFacts } from '../src/trajectories/unraveling-facts';
import { someCommittor } from './some-committor';
import { darkPortTwin } from './twin/dark-port';
import { diffusionTwin } from './twin/diffusion';
import { photodetectionTwin } from './twin/photodetection';

export interface TwinCase {
  system: SystemInput;
  time: number;
  /** of photodetection */
  ramp?: string;
  /** of homodyne detection */
  phase?: number;
}

type Twin = (
  ...own: [...Required<Parameters<typeof photodetectionTwin>>, detection: Detection]
) => ReturnType<typeof darkPortTwin | typeof photodetectionTwin>;
/** Of no symmetry, if no other is asked for. */
const twinPhase = 0.4;
const twins: Readonly<Record<UnravelingName, Twin>> = {
  'dark-port': darkPortTwin,
  photodetection: photodetectionTwin,
  homodyne: (system, seed, trajectory, time, samples, committor, _, detection) =>
    diffusionTwin(system, seed, trajectory, time, samples, committor, 1, detection),
  heterodyne: (system, seed, trajectory, time, samples, committor, _, detection) =>
    diffusionTwin(system, seed, trajectory, time, samples, committor, 2, detection),
};

/** By case and trajectory: all that walk a case are held to the same twins. */
const walked = new Map<string, ReturnType<Twin>>();

/** The ensemble of eight trajectories that is compared. */
export const twinRequest = ({ system: input, time, ramp: text, phase = twinPhase }: TwinCase) => {
  const system = systemParameters(input);
  const ramp = text === undefined ? undefined : rampOf(text);
  const [seed, samples, count] = [7, 10, 8];
  const committor = someCommittor(system.atoms, isReal(system));
  return {
    system,
    seed,
    first: 0,
    count,
    time,
    samples,
    burnIn: 0,
    traces: count,
    committor,
    ramp,
    detection: { phase, efficiency: 0.6 },
  };
};

/**
 * Every observable of eight trajectories at all samples within `allowed` (N/2)^order of the twin's.
 * @param traces [trajectory][sample * observables + observable] of `twinRequest`
 * @returns the twins' jumps by channel
 */
export function expectTwins(
  unraveling: UnravelingName,
  twinCase: TwinCase,
  traces: readonly ArrayLike<number>[],
  allowed: number,
): number[] {
  const { system, seed, count, time, samples, committor, ramp = null, detection } = twinRequest(twinCase);
  expect(traces).toHaveLength(count);
  const observables = observablesOf(system, unravelingFacts[unraveling].currents);
  const jumps = new Array<number>(channelCount(system)).fill(0);
  const off: string[] = [];
  traces.forEach((trace, trajectory) => {
    const key = JSON.stringify([unraveling, twinCase, trajectory]);
    const twin =
      walked.get(key) ??
      twins[unraveling](system, seed, trajectory, time, samples, committor, ramp, detection);
    walked.set(key, twin);
    for (const { channel } of twin.jumps) jumps[channel]++;
    twin.samples.forEach((sample, slot) => {
      observables.forEach((observable, i) => {
        const scale = (system.atoms / 2) ** factsOf(observable).power;
        const difference = Math.abs(trace[slot * observables.length + i] - of(sample, observable));
        if (difference < allowed * scale) return;
        off.push(`${observable}, trajectory ${trajectory}, t = ${sample.t}: off by ${difference}`);
      });
    });
  });
  expect(off).toEqual([]);
  return jumps;
}

/** Of a sample whose state is real what vanishes is not kept. */
const of = (sample: Readonly<Partial<Record<Recorded, number>>>, observable: Recorded) =>
  sample[observable] ?? 0;

/** The channels that the dark port has of a system, those within a block as one. */
export const darkPortChannels = (system: SystemParameters) =>
  processes.flatMap(({ individual, collective }, process) => {
    const [leaves, stays] = [
      system[individual] > 0 && system.atoms > 1,
      system[individual] + system[collective] > 0,
    ];
    return [...(stays ? [0] : []), ...(leaves ? [2, 3] : [])].map((channel) => 4 * process + channel);
  });
