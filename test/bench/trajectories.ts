/** Units of trajectory time per second, and what share of them the arithmetic is. */
import type { Gpu } from '../../src/gpu/gpu';
import { momentsOfRho } from '../../src/operators/moments';
import { type SystemParameters, systemParameters } from '../../src/parameters/system';
import { EnsembleStatistics } from '../../src/statistics/ensemble';
import { darkPort } from '../../src/trajectories/dark-port';
import { walkEnsemble } from '../../src/trajectories/ensemble';
import { photodetection } from '../../src/trajectories/photodetection';
import type { Unraveling } from '../../src/trajectories/unraveling';
import { steadyState } from '../../src/twin/steady-state';
import { type Benchmark, timed } from './bench';

const systems = [
  { name: 'figure 4, N = 18', system: systemParameters() },
  { name: 'N = 54, R = 15.5, drive 0.75', system: systemParameters({ atoms: 54, ratio: 15.5, drive: 0.75 }) },
  {
    name: 'N = 200, R = 15.5, drive 0.765',
    system: systemParameters({ atoms: 200, ratio: 15.5, drive: 0.765 }),
  },
];

const unravelings: readonly Unraveling[] = [photodetection, darkPort];

/** About how long the timed part of one benchmark is to take, s. */
const aim = 15;
/** Trajectories are long enough for starting and ending them not to matter, in 1/gamma_F. */
const time = 20;
const samples = 20;

export const trajectoryBenchmarks: readonly Benchmark[] = unravelings.flatMap((unraveling) =>
  systems.map(({ name, system }) => ({
    name: `${unraveling.name}, ${name}`,
    run: async (gpu: Gpu) => {
      await check(gpu, unraveling);
      const length = time / system.gammaF;
      const few = await walk(gpu, unraveling, system, 64, length);
      const count = Math.max(64, Math.round((64 * aim) / few.seconds));
      const { seconds } = await walk(gpu, unraveling, system, count, length);
      return [
        { what: 'trajectory time per second', value: (count * time) / seconds, unit: '1/gamma_F per s' },
        { what: 'trajectories', value: count, unit: `of ${time}/gamma_F` },
      ];
    },
  })),
);

async function walk(
  gpu: Gpu,
  unraveling: Unraveling,
  system: SystemParameters,
  count: number,
  length: number,
) {
  const request = {
    system,
    unraveling,
    seed: 1,
    first: 0,
    count,
    time: length,
    samples,
    burnIn: length / 2,
    traces: 0,
  };
  const statistics = new EnsembleStatistics(system.atoms, samples);
  const seconds = await timed(async () => {
    for await (const batch of walkEnsemble(gpu, request, new AbortController().signal, () => {})) {
      statistics.add(batch);
    }
  });
  return { seconds, statistics };
}

/** Five atoms against the exact steady state, at 5 standard errors. */
async function check(gpu: Gpu, unraveling: Unraveling): Promise<void> {
  const system = systemParameters({ atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6 });
  const { pyramid, rho } = steadyState(system);
  const { value, error } = (await walk(gpu, unraveling, system, 512, 60)).statistics.steady().Sz;
  const exact = momentsOfRho(pyramid, rho).Sz;
  if (!(Math.abs(value - exact) < 5 * error)) {
    throw new Error(`${unraveling.name}: <S_z> = ${value} +- ${error}, but it is ${exact}.`);
  }
}
