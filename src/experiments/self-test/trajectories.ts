/** Short trajectories against their float64 twins: all that either unravelling records. */
import { Comparison, type SelfTest } from '../../gpu/check';
import { Pyramid } from '../../operators/pyramid';
import { type SystemInput, type SystemParameters, systemParameters } from '../../parameters/system';
import { darkPort } from '../../trajectories/dark-port';
import { walkEnsemble } from '../../trajectories/ensemble';
import { factsOf } from '../../trajectories/observables';
import { photodetection } from '../../trajectories/photodetection';
import { channels, observables } from '../../trajectories/record';
import type { EnsembleRequest } from '../../trajectories/request';
import type { BatchSummary } from '../../trajectories/summary';
import type { Unraveling } from '../../trajectories/unraveling';
import { UnravelingError } from '../../trajectories/unraveling-facts';
import { darkPortTwin } from '../../twin/dark-port';
import { photodetectionTwin, type TwinTrajectory } from '../../twin/photodetection';

const seed = 1;
/** Twins are sampled so many times as often, so that delay bins, too, end at samples of theirs. */
const finer = 5;

interface Walk {
  readonly name: string;
  readonly unraveling: Unraveling;
  readonly twinOf: typeof darkPortTwin;
  readonly system: SystemInput;
  readonly time: number;
  readonly count: number;
  /** how far float32 may lead its trajectories from their twins, in parts of what a number is at most */
  readonly allowed: number;
}

const byPhotodetection = { unraveling: photodetection, twinOf: photodetectionTwin, allowed: 2e-5 };
/** Four times what a thousand jumps add up to where one invocation sums over all modes. */
const byDarkPort = { unraveling: darkPort, twinOf: darkPortTwin, allowed: 2e-4 };

/** Their jumps take every channel of every block. */
const five = { system: { atoms: 5, gamma1d: 0.5, gammaf: 1, omega: 1.6 }, time: 10, count: 4 };
/** All modes of the dark port's programs of 24 and of 48 come to carry weight: the drive turns the spin all round. */
const twentyThree = { system: { atoms: 23, ratio: 9, drive: 6 }, time: 0.3, count: 1 };
const fortySeven = { system: { atoms: 47, ratio: 15.5, drive: 6 }, time: 0.2, count: 1 };

export const walkChecks = {
  photodetection: checkOf({ name: 'photodetection of 5 atoms', ...byPhotodetection, ...five }),
  darkPort: checkOf({ name: 'dark port of 5 atoms', ...byDarkPort, ...five }),
  darkPort24: checkOf({ name: 'dark port of 23 atoms', ...byDarkPort, ...twentyThree }),
  darkPort48: checkOf({ name: 'dark port of 47 atoms', ...byDarkPort, ...fortySeven }),
} as const;

function checkOf({ name, unraveling, twinOf, system: input, time, count, allowed }: Walk): SelfTest {
  return async (gpu, signal, warn) => {
    const system = systemParameters(input);
    const committor = smoothOperator(system.atoms);
    const samples = 20;
    const photons = { g2Time: (2 * time) / samples, g2Bins: 5, records: count };
    const lengths = { time, samples, burnIn: time / 2 };
    const request = {
      system,
      unraveling,
      seed,
      first: 0,
      count,
      ...lengths,
      committor,
      traces: count,
      photons,
    };
    const twins = Array.from({ length: count }, (_, trajectory) =>
      twinOf(system, seed, trajectory, time, finer * samples, committor),
    );
    const [sampled, averaged, counted, kept] = Array.from({ length: 4 }, () => new Comparison());
    try {
      for await (const batch of walkEnsemble(gpu, request, signal, () => {})) {
        compareSamples(sampled, system, batch, twins);
        compareAverages(averaged, request, batch, twins);
        if (!unraveling.photons) continue;
        comparePhotons(counted, request, batch, twins);
        compareRecords(kept, batch, twins);
      }
    } catch (error) {
      if (!(error instanceof UnravelingError)) throw error;
      warn(`${name}: ${error.message}`);
      sampled.add(Number.NaN, 0);
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

/** A packed symmetric operator with all its elements, in place of a committor. */
function smoothOperator(atoms: number): Float64Array {
  const pyramid = new Pyramid(atoms);
  const x = new Float64Array(pyramid.unknowns);
  pyramid.forEach((index, b, r, c) => {
    x[index] = r === c ? 1 / (1 + b) : 0.1 * Math.cos(r / (1 + atoms)) * Math.exp(c - r);
  });
  return x;
}

/** The twin's samples at the walk's own times. */
const ownSamples = ({ samples }: TwinTrajectory) => samples.filter((_, i) => i % finer === 0);

function compareSamples(
  comparison: Comparison,
  { atoms }: SystemParameters,
  { traces }: BatchSummary,
  twins: readonly TwinTrajectory[],
): void {
  twins.forEach((twin, trajectory) => {
    ownSamples(twin).forEach((sample, slot) => {
      observables.forEach((observable, i) => {
        const value = traces[trajectory][slot * observables.length + i];
        comparison.add(value, sample[observable], (atoms / 2) ** factsOf(observable).power);
      });
    });
  });
}

/** The rows of the record after the samples, averaged over the trajectories. */
function compareAverages(
  comparison: Comparison,
  { system: { atoms }, samples, time }: EnsembleRequest,
  { blocks: [{ mean }] }: BatchSummary,
  twins: readonly TwinTrajectory[],
): void {
  const late = twins.flatMap((twin) => ownSamples(twin).slice(samples / 2));
  const meanOver = <T>(all: readonly T[], value: (one: T) => number) =>
    all.reduce((sum, one) => sum + value(one), 0) / all.length;
  const expected = [
    ...observables.map((name) =>
      meanOver(late, (sample) => sample[name] / (atoms / 2) ** factsOf(name).power),
    ),
    ...channels.map((_, channel) =>
      meanOver(
        twins,
        ({ jumps }) => jumps.filter((jump) => jump.t > time / 2 && jump.channel === channel).length,
      ),
    ),
    ...Array.from({ length: atoms + 1 }, (_, i) =>
      meanOver(late, ({ j, psi }) => (psi[i - (atoms / 2 - j)] ?? 0) ** 2),
    ),
    ...Array.from({ length: Math.floor(atoms / 2) + 1 }, (_, b) =>
      meanOver(late, ({ j }) => (j === atoms / 2 - b ? 1 : 0)),
    ),
  ];
  const rows = mean.subarray((samples + 1) * observables.length);
  expected.forEach((truth, i) => {
    const unit = i < observables.length ? (atoms / 2) ** factsOf(observables[i]).power : 1;
    comparison.add(rows[i] / unit, truth);
  });
}

/** Mean and variance of the counts in windows, and the sums of g2, all from the photons' times and the states. */
function comparePhotons(
  comparison: Comparison,
  { system, samples, time, burnIn }: EnsembleRequest,
  { photons }: BatchSummary,
  twins: readonly TwinTrajectory[],
): void {
  if (photons === null) throw new Error('photodetection has recorded no photons');
  const { plan, perTrajectory } = photons;
  const { intervals, interval, lengths, delayBins, delayBin, windowBins } = plan;
  const step = time / samples / finer;
  twins.forEach((twin, trajectory) => {
    const late = twin.jumps.filter(({ t }) => t > burnIn);
    const windows = [true, false].flatMap((collective) => {
      const times = late.filter(({ channel }) => (channel === 0) === collective).map(({ t }) => t - burnIn);
      return lengths.flatMap((length) => {
        const counts = histogram(times, length * interval, Math.floor(intervals / length));
        const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
        return [mean, counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / counts.length];
      });
    });
    const emitted = late.filter(({ t, channel }) => channel === 0 && t - burnIn < windowBins * delayBin);
    const times = emitted.map(({ t }) => t - burnIn);
    const inBins = histogram(times, delayBin, windowBins);
    const intensities = inBins.map((_, bin) =>
      intensity(system, twin.samples[Math.round((burnIn + (bin + 1) * delayBin) / step)].psi),
    );
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const g2 = [
      sum(intensities),
      sum(emitted.map(({ psi }) => intensity(system, psi))),
      ...Array.from({ length: delayBins }, (_, k) =>
        sum(intensities.map((value, bin) => value * (inBins[bin - k] ?? 0))),
      ),
    ];
    for (const [values, truths] of [
      [perTrajectory[trajectory].subarray(0, windows.length), windows],
      [perTrajectory[trajectory].subarray(windows.length), g2],
    ] as const) {
      comparison.addAll(values, truths, Math.max(...truths));
    }
  });
}

/** How many times are in each of `bins` bins from 0 on. */
function histogram(times: readonly number[], width: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const t of times) if (t < bins * width) counts[Math.floor(t / width)]++;
  return counts;
}

/** gamma_1D <S_+ S_->, the rate of collective photons. */
function intensity({ gamma1D }: SystemParameters, psi: readonly number[]): number {
  return gamma1D * psi.reduce((sum, value, r) => sum + r * (psi.length - r) * value ** 2, 0);
}

function compareRecords(
  comparison: Comparison,
  { jumpRecords }: BatchSummary,
  twins: readonly TwinTrajectory[],
): void {
  twins.forEach(({ jumps }, trajectory) => {
    const { t, channel, missed } = jumpRecords[trajectory];
    comparison.add(missed, 0);
    comparison.addAll(
      t,
      jumps.map((jump) => jump.t),
    );
    comparison.addAll(
      channel,
      jumps.map((jump) => jump.channel),
    );
  });
}
