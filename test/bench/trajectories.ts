/** Units of trajectory time per second in the steady state, sampled as by default. */
import type { Gpu } from '../../src/gpu/gpu';
import { momentsOfRho } from '../../src/operators/moments';
import { Pyramid } from '../../src/operators/pyramid';
import { type SystemParameters, systemParameters } from '../../src/parameters/system';
import { EnsembleStatistics } from '../../src/statistics/ensemble';
import type { Threads } from '../../src/trajectories/block-messages';
import { cpuEngine } from '../../src/trajectories/cpu-engine';
import { darkPort } from '../../src/trajectories/dark-port';
import type { Engine } from '../../src/trajectories/engine';
import { gpuEngine } from '../../src/trajectories/ensemble';
import { photodetection } from '../../src/trajectories/photodetection';
import type { Unraveling } from '../../src/trajectories/unraveling';
import { steadyState } from '../../src/twin/steady-state';
import { type Benchmark, type Row, timed } from './bench';
import { darkPortOperations, photodetectionOperations } from './operations';
import { peakFloat32 } from './peak';

const ratio = 15.5;
/** `time` in 1/gamma_F: several 1/lambda_1 where that is in reach, so that what is timed is the steady state. */
const systems = [
  { name: 'figure 4, N = 18', system: systemParameters(), time: 100 },
  {
    name: 'N = 54, R = 15.5, drive 0.75',
    system: systemParameters({ atoms: 54, ratio, drive: 0.75 }),
    time: 300,
  },
  {
    name: 'N = 200, R = 15.5, drive 0.765, on the lower branch',
    system: systemParameters({ atoms: 200, ratio, drive: 0.765 }),
    time: 100,
  },
];

const unravelings: readonly Unraveling[] = [photodetection, darkPort];

/** About how long the timed part of one benchmark is to take, s. */
const aim = 20;
/** Trajectories of one batch on a software adapter. */
const fewest = 256;
/** Samples to a unit of time, as by default; photodetection, at some hundred units a second, walks shorter ones. */
const samplesPerTime = 2;
const lengthOf = (unraveling: Unraveling, time: number) => (unraveling.photons ? time / 20 : time);

export const trajectoryBenchmarks: readonly Benchmark[] = unravelings.flatMap((unraveling) =>
  systems.map(({ name, system, time }) => ({
    name: `${unraveling.name}, ${name}`,
    run: async (gpu: Gpu, threads: Threads) => {
      const length = lengthOf(unraveling, time);
      const setUp = await timed(async () => unraveling.start(system));
      const onCpu = await measure(cpuEngine(threads), unraveling, system, length, fewest * threads.count);
      const { count, seconds, statistics } = await measure(
        gpuEngine(gpu),
        unraveling,
        system,
        length,
        fewest,
      );
      const rateOnCpu = (onCpu.count * length) / onCpu.seconds;
      const perTime = statistics.jumps / (count * length * (1 - burnInShare));
      const rows = [
        { what: 'trajectory time per second', value: (count * length) / seconds, unit: '1/gamma_F per s' },
        { what: 'on the CPU engine, in the same run', value: rateOnCpu, unit: '1/gamma_F per s' },
        { what: 'times as fast', value: (rateOnCpu * seconds) / (count * length), unit: '' },
        { what: 'threads', value: threads.count, unit: '' },
        { what: 'trajectories', value: count, unit: `of ${length}/gamma_F` },
        { what: 'jumps', value: perTime, unit: 'per 1/gamma_F after the burn-in' },
        { what: 'jumps per second', value: (perTime * count * length) / seconds, unit: 'per s' },
        { what: 'modes and tables', value: setUp, unit: 's' },
      ];
      const perUnit = unraveling.photons
        ? photodetectionOperations(system, pj(statistics)) / system.gammaF
        : darkPortOperationsPerUnit(system, length, perTime);
      return [...rows, ...(await shareOfPeak(gpu, perUnit, (count * length) / seconds))];
    },
  })),
);

/**
 * Checks an engine, and times whole batches of it for about as long as a benchmark is to take. How many those are is found by walking
 * ever more: a GPU has room for ten thousands before they take longer.
 */
async function measure(
  engine: Engine,
  unraveling: Unraveling,
  system: SystemParameters,
  length: number,
  fewest: number,
) {
  await check(engine, unraveling);
  for (let count = fewest; ; ) {
    const walked = await walk(engine, unraveling, system, count, length);
    if (walked.seconds > aim / 3) return { count, ...walked };
    count *= Math.min(16, Math.max(2, Math.round(aim / walked.seconds)));
  }
}

/** Jumps along which operations are counted: of several dozen trajectories, whose rates are as different as the two states. */
const countedJumps = 400_000;

const pj = (statistics: EnsembleStatistics) => statistics.Pj().map(({ value }) => value);

/**
 * @param length of a trajectory, in 1/gamma_F
 * @param perTime the ensemble's jumps per 1/gamma_F, which those counted are to be like
 */
function darkPortOperationsPerUnit(system: SystemParameters, length: number, perTime: number): number {
  const { perJump, perSample, jumpsPerTime } = darkPortOperations(
    system,
    length / system.gammaF,
    countedJumps,
  );
  const counted = jumpsPerTime / system.gammaF;
  if (!(Math.abs(Math.log(counted / perTime)) < Math.log(1.2))) {
    throw new Error(
      `Operations were counted at ${counted} jumps per 1/gamma_F, the ensemble has ${perTime}.`,
    );
  }
  return perJump * perTime + perSample * samplesPerTime;
}

/**
 * @param perUnit operations per 1/gamma_F of a trajectory
 * @param speed 1/gamma_F per second
 */
async function shareOfPeak(gpu: Gpu, perUnit: number, speed: number): Promise<Row[]> {
  const peak = await peakFloat32(gpu);
  return [
    { what: 'operations, counted', value: perUnit, unit: 'a 1/gamma_F' },
    { what: 'operations per second', value: (perUnit * speed) / 1e9, unit: 'Gop/s' },
    { what: 'multiply-adds at best', value: peak / 1e9, unit: 'Gop/s' },
    { what: 'share of that', value: (perUnit * speed) / peak, unit: '' },
  ];
}

/** Of a trajectory, before the averages. */
const burnInShare = 1 / 2;

/** @param length in 1/gamma_F */
async function walk(
  engine: Engine,
  unraveling: Unraveling,
  system: SystemParameters,
  count: number,
  length: number,
) {
  const time = length / system.gammaF;
  const samples = Math.ceil(samplesPerTime * length);
  const request = {
    system,
    unraveling,
    seed: 1,
    first: 0,
    count,
    time,
    samples,
    burnIn: burnInShare * time,
    traces: 0,
    // Any will do: that of a state which is always "+".
    committor: new Pyramid(system.atoms).identity(),
  };
  const statistics = new EnsembleStatistics(system, { ...request, unraveling: unraveling.name });
  const seconds = await timed(async () => {
    for await (const batch of engine.walk(request, new AbortController().signal, () => {})) {
      statistics.add(batch);
    }
  });
  return { seconds, statistics };
}

/** Five atoms against the exact steady state, at 5 standard errors. */
async function check(engine: Engine, unraveling: Unraveling): Promise<void> {
  const system = systemParameters({ atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6 });
  const { pyramid, rho } = steadyState(system);
  const { value, error } = (await walk(engine, unraveling, system, 512, 60)).statistics.steady().Sz;
  const exact = momentsOfRho(pyramid, rho).Sz;
  if (!(Math.abs(value - exact) < 5 * error)) {
    throw new Error(`${unraveling.name} (${engine.name}): <S_z> = ${value} +- ${error}, but it is ${exact}.`);
  }
}
