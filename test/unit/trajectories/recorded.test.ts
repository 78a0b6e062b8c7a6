/** The CPU engine in float64 against the slow twins, draw by draw: all that either unravelling records. */
import { expect, test } from 'vitest';
import { nodeThreads } from '../../../src/command-line/threads';
import { requestOf, walks } from '../../../src/experiments/self-test/trajectories';
import { Comparison } from '../../../src/gpu/check';
import type { SystemParameters } from '../../../src/parameters/system';
import { cpuEngine } from '../../../src/trajectories/cpu-engine';
import { factsOf, observablesOf } from '../../../src/trajectories/observables';
import { channelCount, channels } from '../../../src/trajectories/record';
import type { EnsembleRequest } from '../../../src/trajectories/request';
import type { BatchSummary } from '../../../src/trajectories/summary';
import { darkPortTwin } from '../../twin/dark-port';
import { diffusionTwin } from '../../twin/diffusion';
import { photodetectionTwin, type TwinSample, type TwinTrajectory } from '../../twin/photodetection';

/** By photons twins are sampled so many times as often, so that delay bins, too, end at samples of theirs. */
const finer = 5;
/** What is recorded leaves the engine in float32; of what a number is at most. */
const allowed = 1e-6;

test.each(Object.values(walks))('$name', async (walk) => {
  const request = requestOf(walk);
  const { system, seed, count, time, samples, committor, unraveling } = request;
  const own = [time, unraveling.photons ? finer * samples : samples, committor] as const;
  const twinOf = {
    photodetection: photodetectionTwin,
    'dark-port': darkPortTwin,
    homodyne: (...asked: Parameters<typeof darkPortTwin>) => diffusionTwin(...asked, 1, request.detection),
    heterodyne: (...asked: Parameters<typeof darkPortTwin>) => diffusionTwin(...asked, 2, request.detection),
  }[unraveling.name];
  const twins = Array.from({ length: count }, (_, trajectory) => twinOf(system, seed, trajectory, ...own));
  const engine = cpuEngine(nodeThreads(1), 'float64');
  const [sampled, averaged, counted, kept] = Array.from({ length: 4 }, () => new Comparison());
  const batches: BatchSummary[] = [];
  for await (const batch of engine.walk(request, new AbortController().signal, () => {})) {
    batches.push(batch);
    compareSamples(sampled, request, batch, twins);
    compareAverages(averaged, request, batch, twins);
    if (!unraveling.photons) continue;
    comparePhotons(counted, request, batch, twins);
    compareRecords(kept, batch, twins);
  }
  expect(batches).toHaveLength(1);
  for (const comparison of [sampled, averaged, counted, kept])
    expect(comparison.check('', allowed)).toMatchObject({ passed: true });
});

/** The twin's samples at the walk's own times. */
const ownSamples = ({ samples }: TwinTrajectory, { samples: all }: EnsembleRequest) =>
  samples.filter((_, i) => i % ((samples.length - 1) / all) === 0);

function compareSamples(
  comparison: Comparison,
  request: EnsembleRequest,
  { traces }: BatchSummary,
  twins: readonly TwinTrajectory[],
): void {
  const { system, unraveling } = request;
  const observables = observablesOf(system, unraveling.currents);
  twins.forEach((twin, trajectory) => {
    ownSamples(twin, request).forEach((sample, slot) => {
      observables.forEach((observable, i) => {
        const value = traces[trajectory][slot * observables.length + i];
        comparison.add(value, sample[observable] ?? 0, (system.atoms / 2) ** factsOf(observable).power);
      });
    });
  });
}

/** The rows of the record after the samples, averaged over the trajectories. */
function compareAverages(
  comparison: Comparison,
  request: EnsembleRequest,
  { blocks: [{ mean }] }: BatchSummary,
  twins: readonly TwinTrajectory[],
): void {
  const { system, samples, time, unraveling } = request;
  const { atoms } = system;
  const observables = observablesOf(system, unraveling.currents);
  const late = twins.flatMap((twin) => ownSamples(twin, request).slice(samples / 2));
  const meanOver = <T>(all: readonly T[], value: (one: T) => number) =>
    all.reduce((sum, one) => sum + value(one), 0) / all.length;
  const expected = [
    ...observables.map((name) =>
      meanOver(late, (sample) => (sample[name] ?? 0) / (atoms / 2) ** factsOf(name).power),
    ),
    ...Array.from({ length: channelCount(system) }, (_, channel) =>
      meanOver(
        twins,
        ({ jumps }) => jumps.filter((jump) => jump.t > time / 2 && jump.channel === channel).length,
      ),
    ),
    ...Array.from({ length: atoms + 1 }, (_, i) =>
      meanOver(late, (sample) => weightOf(sample, i - (atoms / 2 - sample.j))),
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
      const ofKind = (channel: number) => channel < channels.length && (channel === 0) === collective;
      const times = late.filter(({ channel }) => ofKind(channel)).map(({ t }) => t - burnIn);
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
      intensity(system, twin.samples[Math.round((burnIn + (bin + 1) * delayBin) / step)]),
    );
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const g2 = [
      sum(intensities),
      sum(emitted.map((jump) => intensity(system, jump))),
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
function intensity({ gamma1D }: SystemParameters, state: Amplitudes): number {
  const { psi } = state;
  return gamma1D * psi.reduce((sum, _, r) => sum + r * (psi.length - r) * weightOf(state, r), 0);
}

type Amplitudes = Pick<TwinSample, 'psi' | 'imaginary'>;
const weightOf = ({ psi, imaginary }: Amplitudes, r: number) =>
  (psi[r] ?? 0) ** 2 + (imaginary?.[r] ?? 0) ** 2;

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
