/** Short trajectories against the CPU engine in float64, which draws the same random numbers: all that either unravelling records. */
import { Comparison } from '../../gpu/check';
import { Pyramid } from '../../operators/pyramid';
import { isReal, type SystemParameters, systemParameters } from '../../parameters/system';
import type { SystemInput } from '../../parameters/system-options';
import { cpuEngine } from '../../trajectories/cpu-engine';
import { darkPort } from '../../trajectories/dark-port';
import { heterodyne, homodyne } from '../../trajectories/diffusion';
import { gpuEngine } from '../../trajectories/ensemble';
import { factsOf, observablesOf } from '../../trajectories/observables';
import { photodetection } from '../../trajectories/photodetection';
import type { EnsembleRequest } from '../../trajectories/request';
import type { BatchSummary } from '../../trajectories/summary';
import type { Unraveling } from '../../trajectories/unraveling';
import { UnravelingError } from '../../trajectories/unraveling-facts';
import type { SelfTest } from './part';

const samples = 20;

interface Walk {
  readonly name: string;
  readonly unraveling: Unraveling;
  readonly system: SystemInput;
  readonly time: number;
  readonly count: number;
  /** how far float32 may lead its trajectories from those in float64, in parts of what a number is at most */
  readonly allowed: number;
}

const byPhotodetection = { unraveling: photodetection, allowed: 2e-5 };
/** Noise goes on where float32 has led a state astray. */
const byDetection = { allowed: 2e-4 };
/** Four times what a thousand jumps add up to where one invocation sums over all modes. */
const byDarkPort = { unraveling: darkPort, allowed: 2e-4 };

/** Their jumps take every channel of every block. */
const five = { system: { atoms: 5, gamma1d: 0.5, gammaf: 1, omega: 1.6 }, time: 10, count: 4 };
/** So in the general model, whose amplitudes are complex. */
const six = {
  system: {
    ...{ atoms: 6, gamma1d: 0.9, gammaf: 0.5, omega: 1.3, detuning: 0.4, collectiveShift: 0.2 },
    ...{ pumping: 0.3, dephasing: 0.7, collectivePumping: 0.15, collectiveDephasing: 0.25 },
  },
  ...{ time: 10, count: 4 },
};
/** All modes of the dark port's programs of 24 and of 48 come to carry weight: the drive turns the spin all round. */
const twentyThree = { system: { atoms: 23, ratio: 9, drive: 6 }, time: 0.3, count: 1 };
const fortySeven = { system: { atoms: 47, ratio: 15.5, drive: 6 }, time: 0.2, count: 1 };

export const walks = {
  photodetection: { name: 'photodetection of 5 atoms', ...byPhotodetection, ...five },
  general: {
    name: 'photodetection of 6 atoms off resonance, pumped and dephased',
    ...byPhotodetection,
    ...six,
  },
  homodyne: { name: 'homodyne detection of 5 atoms', ...byDetection, unraveling: homodyne, ...five },
  heterodyne: {
    name: 'heterodyne detection of 6 atoms off resonance, pumped and dephased',
    ...{ ...byDetection, unraveling: heterodyne, ...six },
  },
  darkPort: { name: 'dark port of 5 atoms', ...byDarkPort, ...five },
  darkPortDetuned: { name: 'dark port of 6 atoms off resonance, pumped and dephased', ...byDarkPort, ...six },
  darkPort24: { name: 'dark port of 23 atoms', ...byDarkPort, ...twentyThree },
  darkPort48: { name: 'dark port of 47 atoms', ...byDarkPort, ...fortySeven },
} as const satisfies Record<string, Walk>;

export const walkChecks = {
  photodetection: checkOf(walks.photodetection),
  general: checkOf(walks.general),
  homodyne: checkOf(walks.homodyne),
  heterodyne: checkOf(walks.heterodyne),
  darkPort: checkOf(walks.darkPort),
  darkPortDetuned: checkOf(walks.darkPortDetuned),
  darkPort24: checkOf(walks.darkPort24),
  darkPort48: checkOf(walks.darkPort48),
} as const;

/** A walk of one block, with all that can be recorded. */
export function requestOf({ unraveling, system: input, time, count }: Walk): EnsembleRequest {
  const system = systemParameters(input);
  const lengths = { time, samples, burnIn: time / 2 };
  const photons = { g2Time: (2 * time) / samples, g2Bins: 5, records: count };
  const committor = smoothOperator(system);
  const ofLight = unraveling.currents.length > 0 && { detection: { phase: 0.4, efficiency: 0.6 } };
  const range = { seed: 1, first: 0, count, traces: count };
  return { system, unraveling, ...range, ...lengths, committor, photons, ...ofLight };
}

function checkOf(walk: Walk): SelfTest {
  return async (gpu, { signal, warn, threads }) => {
    const { name, unraveling, allowed } = walk;
    const request = requestOf(walk);
    const oracle = cpuEngine(threads, 'float64').walk(request, signal, () => {});
    const [sampled, averaged, counted, kept] = Array.from({ length: 4 }, () => new Comparison());
    try {
      for await (const batch of gpuEngine(gpu).walk(request, signal, () => {})) {
        const { value: truth } = await oracle.next();
        signal.throwIfAborted();
        if (!truth) throw new Error(`${name}: the CPU engine has walked nothing`);
        compareSamples(sampled, request, batch, truth);
        compareAverages(averaged, request, batch, truth);
        if (!unraveling.photons) continue;
        comparePhotons(counted, batch, truth);
        compareRecords(kept, batch, truth);
      }
    } catch (error) {
      if (!(error instanceof UnravelingError)) throw error;
      warn(`${name}: ${error.message}`);
      sampled.add(Number.NaN, 0);
    } finally {
      await oracle.return();
    }
    const checks = [
      sampled.check(`${name}: samples (over (N/2)^power)`, allowed),
      averaged.check(`${name}: averages, P_m, P_j, jumps (over (N/2)^power)`, allowed),
    ];
    if (!unraveling.photons) return checks;
    return [
      ...checks,
      counted.check(`${name}: photons in windows, g2 (of the largest)`, allowed),
      kept.check(`${name}: times and channels of jumps`, allowed),
    ];
  };
}

/** A packed Hermitian operator with all its elements, in place of a committor. */
function smoothOperator(system: SystemParameters): Float64Array {
  const { atoms } = system;
  const pyramid = new Pyramid(atoms);
  const x = new Float64Array((isReal(system) ? 1 : 2) * pyramid.unknowns);
  pyramid.forEach((index, b, r, c) => {
    x[index] = r === c ? 1 / (1 + b) : 0.1 * Math.cos(r / (1 + atoms)) * Math.exp(c - r);
    if (!isReal(system) && r > c) x[pyramid.unknowns + index] = 0.1 * Math.sin(r + c) * Math.exp(c - r);
  });
  return x;
}

/** What the observables are at most, in the order of their rows. */
const largest = ({ system, unraveling }: EnsembleRequest) =>
  observablesOf(system, unraveling.currents).map((name) => (system.atoms / 2) ** factsOf(name).power);

function compareSamples(
  comparison: Comparison,
  request: EnsembleRequest,
  { traces }: BatchSummary,
  truth: BatchSummary,
): void {
  const most = largest(request);
  truth.traces.forEach((trace, trajectory) => {
    trace.forEach((value, i) => {
      comparison.add(traces[trajectory][i], value, most[i % most.length]);
    });
  });
}

/** The rows of the record after the samples, averaged over the trajectories. */
function compareAverages(
  comparison: Comparison,
  request: EnsembleRequest,
  { blocks: [{ mean }] }: BatchSummary,
  { blocks: [truth] }: BatchSummary,
): void {
  const most = largest(request);
  const first = (samples + 1) * most.length;
  truth.mean.subarray(first).forEach((value, i) => {
    comparison.add(mean[first + i], value, most[i] ?? 1);
  });
}

/** Mean and variance of the counts in windows, and the sums of g2. */
function comparePhotons(comparison: Comparison, { photons }: BatchSummary, truth: BatchSummary): void {
  if (photons === null || truth.photons === null) throw new Error('photodetection has recorded no photons');
  const { plan, perTrajectory } = truth.photons;
  const windows = plan.intensity - plan.windows;
  perTrajectory.forEach((rows, trajectory) => {
    const own = photons.perTrajectory[trajectory];
    for (const part of [
      [0, windows],
      [windows, rows.length],
    ]) {
      const truths = rows.subarray(...part);
      comparison.addAll(own.subarray(...part), truths, Math.max(...truths));
    }
  });
}

function compareRecords(comparison: Comparison, { jumpRecords }: BatchSummary, truth: BatchSummary): void {
  truth.jumpRecords.forEach(({ t, channel, missed }, trajectory) => {
    const own = jumpRecords[trajectory];
    comparison.add(own.missed, missed);
    comparison.addAll(own.t, t);
    comparison.addAll(own.channel, channel);
  });
}
