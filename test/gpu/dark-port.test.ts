import { expect, test } from 'vitest';
import { fidelities } from '../../src/experiments/states';
import { meanFieldBranches } from '../../src/mean-field/branches';
import { magnetizationDistribution, momentsOfRho, spinDistribution } from '../../src/operators/moments';
import { meanFieldRates, systemParameters } from '../../src/parameters/system';
import { observables, recordLayout } from '../../src/trajectories/record';
import { darkPortTwin } from '../../src/twin/dark-port';
import { steadyState } from '../../src/twin/steady-state';
import { FIGURE_2B, FIGURE_4, SMALL } from '../unit/reference';
import { inPage } from './in-page';
import { powersOfSpin } from './powers-of-spin';
import { someCommittor } from './some-committor';

const kernels = 'test/gpu/kernels/ensemble.ts';
const unraveling = 'dark-port';

interface Walked {
  mean: number[];
  errors: number[];
  traces: number[][];
  alarms: number;
}

const systems = [
  { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73, time: 2 },
  { atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6, time: 5 },
  { atoms: 7, gamma1d: 1, gammaf: 1, drive: 0.9, time: 5 },
  { atoms: 1, gamma1d: 0.5, gammaf: 1, omega: 2, time: 5 },
  { atoms: 54, ratio: 15.5, drive: 0.75, time: 10 },
  { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73, time: 1, withoutSubgroups: true },
  { atoms: 54, ratio: 15.5, drive: 0.75, time: 10, withoutSubgroups: true },
];

test.each(systems)(
  'trajectories follow their float64 twins: %o',
  async ({ time, withoutSubgroups, ...input }) => {
    const system = systemParameters(input);
    const request = {
      withoutSubgroups,
      unraveling,
      system,
      seed: 7,
      first: 0,
      count: 8,
      time,
      samples: 10,
      burnIn: 0,
      traces: 8,
      committor: [...someCommittor(system.atoms)],
    };
    const { traces } = await inPage<Walked>(kernels, 'walk', request);
    const jumps = [0, 0, 0, 0];
    traces.forEach((trace, trajectory) => {
      const twin = darkPortTwin(
        system,
        request.seed,
        trajectory,
        time,
        request.samples,
        someCommittor(system.atoms),
      );
      for (const { channel } of twin.jumps) jumps[channel]++;
      twin.samples.forEach((sample, slot) => {
        observables.forEach((observable, i) => {
          const scale = (system.atoms / 2) ** powersOfSpin(observable);
          const difference = Math.abs(trace[slot * observables.length + i] - sample[observable]);
          expect(difference, `${observable}, trajectory ${trajectory}, t = ${sample.t}`).toBeLessThan(
            1e-4 * scale,
          );
        });
      });
    });
    // The comparison means something only if every channel that the system has was taken: one atom keeps its j.
    const taken = system.atoms === 1 ? [jumps[0]] : [jumps[0], jumps[2], jumps[3]];
    expect(Math.min(...taken)).toBeGreaterThan(0);
  },
);

test.each([
  { name: 'figure 4, N = 18', system: FIGURE_4.system, count: 512, time: 90, burnIn: 50 },
  { name: 'N = 5', system: SMALL.system, count: 1024, time: 60, burnIn: 20 },
  {
    name: 'N = 21, odd',
    system: systemParameters({ atoms: 21, ratio: 15.5, drive: 0.71 }),
    count: 512,
    time: 300,
    burnIn: 200,
  },
])('the ensemble agrees with the master equation: $name', async ({ system, count, time, burnIn }) => {
  const { pyramid, rho } = steadyState(system);
  await expectSteady(
    system.atoms,
    { unraveling, system, seed: 3, count, time, burnIn },
    {
      moments: { ...momentsOfRho(pyramid, rho), ...fidelities(system, pyramid, rho) },
      Pm: magnetizationDistribution(pyramid, rho),
      Pj: spinDistribution(pyramid, rho),
    },
  );
});

test('the ensemble agrees with the reference: N = 54', async () => {
  const { system, numbers } = FIGURE_2B;
  await expectSteady(
    54,
    { unraveling, system, seed: 3, count: 512, time: 500, burnIn: 250 },
    {
      moments: numbers.steady,
      Pm: numbers.P_m,
      Pj: numbers.P_j,
    },
  );
});

/** Every mean within 4 of its own standard errors, which are those of a few hundred independent trajectories. */
async function expectSteady(
  atoms: number,
  request: object,
  exact: { moments: object; Pm: ArrayLike<number>; Pj: ArrayLike<number> },
) {
  const samples = 100;
  const walked = await inPage<Walked>(kernels, 'walk', { ...request, first: 0, samples, traces: 0 });
  const layout = recordLayout(atoms, samples + 1);
  const moments = exact.moments as Record<string, number>;
  const expectWithin = (row: number, truth: number, what: string) => {
    const { mean, errors } = walked;
    const allowed = 4 * errors[row] + 1e-6 * Math.abs(truth);
    expect(Math.abs(mean[row] - truth), `${what}: ${mean[row]} for ${truth}`).toBeLessThanOrEqual(allowed);
  };
  observables.forEach((observable, i) => {
    if (observable in moments) expectWithin(layout.averages + i, moments[observable], observable);
  });
  // States that an ensemble of this size visits a handful of times have no Gaussian error.
  Array.from(exact.Pm).forEach((p, i) => {
    if (p > 1e-3) expectWithin(layout.Pm + i, p, `P_m, m = ${i - atoms / 2}`);
  });
  Array.from(exact.Pj).forEach((p, b) => {
    if (p > 1e-3) expectWithin(layout.Pj + b, p, `P_j, j = ${atoms / 2 - b}`);
  });
}

test('the same seed gives the same numbers, bit for bit, however the ensemble is cut', async () => {
  const system = FIGURE_4.system;
  const request = {
    unraveling,
    system,
    seed: 5,
    first: 0,
    count: 700,
    time: 2,
    samples: 8,
    burnIn: 1,
    traces: 0,
  };
  const plans = [
    { trajectories: 256, walkers: 64 },
    { trajectories: 512, walkers: 19 },
    { trajectories: 1024, walkers: 1024 },
  ];
  const [first, ...others] = await Promise.all(
    plans.map((plan) => inPage<Walked>(kernels, 'walk', request, plan)),
  );
  for (const other of others) {
    expect(other.mean).toEqual(first.mean);
    expect(other.errors).toEqual(first.errors);
  }
});

test('a thousand trajectories of a thousand atoms stay on the lower branch, where the mean field has it', async () => {
  const system = systemParameters({ atoms: 1000, ratio: 15.5, drive: 0.77 });
  const samples = 4;
  const request = {
    unraveling,
    system,
    seed: 1,
    first: 0,
    count: 1000,
    time: 20,
    samples,
    burnIn: 15,
    traces: 0,
  };
  const { mean, errors, alarms } = await inPage<Walked>(kernels, 'walk', request);
  const [lower] = meanFieldBranches(meanFieldRates(system), system.omega);
  const row = recordLayout(1000, samples + 1).averages + observables.indexOf('Sz');
  expect(alarms).toBe(0);
  expect(errors[row]).toBeGreaterThan(0);
  // what is left of the start, and fluctuations that the mean field leaves out: some 1/sqrt(N) / 10
  expect(Math.abs(mean[row] / 500 - lower.sz)).toBeLessThan(0.01);
});

test('a system that the kept modes do not hold fails the run', async () => {
  const system = systemParameters({ atoms: 200, ratio: 15.5, drive: 3 });
  const request = {
    unraveling,
    system,
    seed: 1,
    first: 0,
    count: 64,
    time: 5,
    samples: 5,
    burnIn: 0,
    traces: 0,
  };
  await expect(inPage(kernels, 'walk', request)).rejects.toThrow('more modes than it keeps');
});
