/** Photodetection of the general model against numbers from elsewhere, on the CPU in float32, and what holds exactly. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { ResultOf } from '../../../src/experiments/fields';
import type { trajectoryFields } from '../../../src/experiments/trajectories/trajectories-result';
import { emission, pumping } from '../../../src/operators/ladder';
import { inputOf, isReal, type SystemParameters, systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';
import type { Averages } from '../../../src/statistics/averages';
import { checkpointOf, sumsIn } from '../../../src/statistics/checkpoint';
import { EnsembleStatistics, type Measured } from '../../../src/statistics/ensemble';
import { PhotonStatistics } from '../../../src/statistics/photons';
import { jumpRate } from '../../../src/statistics/rates';
import { complexObservables, observablesOf } from '../../../src/trajectories/observables';
import { photonPlan } from '../../../src/trajectories/photon-plan';
import { recordLayout } from '../../../src/trajectories/record';
import { GENERAL } from '../reference';
import { runWithoutGpu } from '../run-without-gpu';
import { tracesOnCpu, walkOnCpu } from './walk-on-cpu';

interface Lengths {
  count: number;
  time: number;
  burnIn: number;
}

const requestOf = (system: SystemParameters, lengths: Lengths) => ({
  ...{ system, ...lengths, samples: 2 * lengths.time, unraveling: 'photodetection' as const },
  ...{ seed: 3, first: 0, traces: 0 },
});

/** States that an ensemble visits a handful of times have no Gaussian error. */
const isFrequent = (probability: number) => probability > 1e-3;

function expectWithin({ value, error }: Measured, truth: number, what: string) {
  expect(Math.abs(value - truth), `${what}: ${value} +- ${error} for ${truth}`).toBeLessThanOrEqual(
    4 * error,
  );
}

/** The rates of all twelve channels from the moments, those of one atom summed over what becomes of j. */
function ratesOf(system: SystemParameters, { Sz, Sz2, SpSm }: Record<'Sz' | 'Sz2' | 'SpSm', number>) {
  const half = system.atoms / 2;
  return [
    [system.gamma1D * SpSm, system.gammaF * (half + Sz)],
    [system.collectivePumping * (SpSm - 2 * Sz), system.pumping * (half - Sz)],
    [system.collectiveDephasing * Sz2, (system.dephasing * half) / 2],
  ];
}

const countedRates = (averages: Averages, process: number) => [
  jumpRate(averages, [4 * process]),
  jumpRate(
    averages,
    [1, 2, 3].map((kind) => 4 * process + kind),
  ),
];

const lengths = [
  { count: 1024, time: 70, burnIn: 10 },
  { count: 1024, time: 80, burnIn: 20 },
  { count: 512, time: 130, burnIn: 30 },
];

/** Bins of the delay, so narrow that a bin's mean is g2 at its middle. */
const delays = { g2Time: 0.42, g2Bins: 21, records: 0 };

describe.each(GENERAL.map((point, i) => ({ ...point, lengths: lengths[i] })))('$name', (point) => {
  const { system, numbers } = point;
  const { steady, P_m, P_j } = numbers;
  const request = { ...requestOf(system, point.lengths), photons: delays };
  const statistics = new EnsembleStatistics(system, request);

  beforeAll(async () => {
    for (const batch of await walkOnCpu(request)) statistics.add(batch);
  });

  test('the ensemble has the steady state of the master equation', () => {
    expect(statistics.alarms).toBe(0);
    const found = { ...statistics.steady(), squeezing: statistics.squeezing()! };
    const recorded = [...observablesOf(system), 'Sx' as const, 'squeezing' as const];
    const names = Object.keys(steady).filter((name) => (recorded as string[]).includes(name));
    expect(names).toHaveLength(isReal(system) ? 8 : 10);
    for (const name of names as (keyof typeof found & keyof typeof steady)[]) {
      expectWithin(found[name]!, steady[name], name);
    }
    expect(found.Sz.error).toBeLessThan(0.005 * system.atoms);
    statistics.Pm().forEach((estimate, i) => {
      if (isFrequent(P_m[i])) expectWithin(estimate, P_m[i], `P_m, m = ${i - system.atoms / 2}`);
    });
    statistics.Pj().forEach((estimate, b) => {
      if (isFrequent(P_j[b])) expectWithin(estimate, P_j[b], `P_j, j = ${system.atoms / 2 - b}`);
    });
    const { averages } = statistics;
    const channels = averages.perTrajectory.mean.length - observablesOf(system).length;
    ratesOf(system, steady)
      .slice(0, channels / 4)
      .forEach((rates, process) => {
        countedRates(averages, process).forEach((rate, kind) => {
          expectWithin(rate, rates[kind], `${['emission', 'pumping', 'dephasing'][process]}, ${kind}`);
        });
      });
    expect(channels).toBe(rates(system) ? 12 : 4);
  });

  test('its photons have the g2 of the master equation', () => {
    const plan = photonPlan(recordLayout(system, request.samples + 1), request, delays);
    const g2 = new PhotonStatistics(plan, statistics.covariances).g2()!;
    const { tau, value } = numbers.g2;
    expectWithin(g2[0], value[0], 'g2(0)');
    const within = tau
      .map((delay, i) => ({ delay, truth: value[i] }))
      .filter(({ delay }) => delay > 0 && delay < 0.41);
    expect(within).toHaveLength(4);
    for (const { delay, truth } of within) {
      // In the middle of a bin, or between two.
      const place = delay / plan.delayBin + 1 / 2;
      const [one, other] = [g2[Math.floor(place + 1e-9)], g2[Math.ceil(place - 1e-9)]];
      const mean = { value: (one.value + other.value) / 2, error: Math.max(one.error, other.error) };
      expectWithin(mean, truth, `g2(${delay})`);
    }
  });
});

const rates = ({ pumping, dephasing, collectivePumping, collectiveDephasing }: SystemParameters) =>
  pumping + dephasing + collectivePumping + collectiveDephasing > 0;

const everything = {
  ...{ gamma1d: 0.9, gammaf: 0.5, omega: 1.3, detuning: 0.8, collectiveShift: 0.3 },
  ...{ pumping: 0.3, dephasing: 0.7, collectivePumping: 0.15, collectiveDephasing: 0.25 },
};

test('with the other sign of detuning and shift every trajectory is the complex conjugate, bit for bit', async () => {
  const walk = (input: SystemInput) =>
    tracesOnCpu(
      { ...requestOf(systemParameters(input), { count: 8, time: 6, burnIn: 0 }), traces: 8 },
      'float32',
    );
  const input = { atoms: 7, ...everything };
  const traces = await walk(input);
  const conjugate = await walk({
    ...input,
    detuning: -input.detuning,
    collectiveShift: -input.collectiveShift,
  });
  const names = observablesOf(systemParameters(input));
  const signOf = (i: number) =>
    (complexObservables as readonly string[]).includes(names[i % names.length]) ? -1 : 1;
  for (const [trajectory, trace] of traces.entries()) {
    expect([...conjugate[trajectory]].map((value, i) => signOf(i) * value + 0)).toEqual(
      [...trace].map((value) => value + 0),
    );
    const Sx = trace.filter((_, i) => names[i % names.length] === 'Sx');
    expect(Math.max(...Sx.map(Math.abs))).toBeGreaterThan(0.01 * input.atoms);
  }
});

/** d(Re s, Im s, z)/dt of one atom, exactly. */
function bloch(system: SystemParameters) {
  const { omega, detuning, collectiveShift } = system;
  const down = system[emission.individual] + system[emission.collective];
  const up = system[pumping.individual] + system[pumping.collective];
  const width = (down + up + system.dephasing + system.collectiveDephasing) / 2;
  const delta = detuning - collectiveShift;
  return ([x, y, z]: readonly number[]) => [
    -width * x - delta * y,
    delta * x + omega * z - width * y,
    -down * (1 + z) + up * (1 - z) - 4 * omega * y,
  ];
}

test('one atom follows the Bloch equations from the ground state on', async () => {
  const system = systemParameters({ atoms: 1, ...everything });
  const request = requestOf(system, { count: 16384, time: 3, burnIn: 0 });
  const statistics = new EnsembleStatistics(system, request);
  for (const batch of await walkOnCpu(request)) statistics.add(batch);
  const series = statistics.series();
  const derivative = bloch(system);
  const moved = (state: readonly number[], by: readonly number[], h: number) =>
    state.map((value, i) => value + h * by[i]);
  let state: readonly number[] = [0, 0, -1];
  const steps = 200;
  const h = request.time / request.samples / steps;
  for (let slot = 0; slot <= request.samples; slot++) {
    // s = <sigma_-> = <S_x> - i <S_y>
    for (const [name, truth] of [
      ['Sx', state[0]],
      ['Sy', -state[1]],
      ['Sz', state[2] / 2],
    ] as const) {
      const { mean, error } = series[name]!;
      expectWithin({ value: mean[slot], error: error[slot] + 1e-6 }, truth, `${name} at ${slot}`);
    }
    for (let step = 0; step < steps; step++) {
      const half = moved(state, derivative(state), h / 2);
      state = moved(state, derivative(half), h);
    }
  }
  expect(Math.abs(state[0])).toBeGreaterThan(10 * series.Sx!.error[request.samples]);
});

test('the norm is kept: P_m and P_j add up to 1 along every trajectory', async () => {
  const system = systemParameters({ atoms: 7, ...everything });
  const [{ blocks }] = await walkOnCpu(requestOf(system, { count: 256, time: 20, burnIn: 5 }));
  const [{ mean }] = blocks;
  const sum = (numbers: Float32Array) => numbers.reduce((total, value) => total + value, 0);
  const distributions = mean.subarray(mean.length - 8 - 4);
  expect(sum(distributions.subarray(0, 8))).toBeCloseTo(1, 6);
  expect(sum(distributions.subarray(8))).toBeCloseTo(1, 6);
});

test('what is summed comes back from a document, and only to a system of its kind', async () => {
  const input = { atoms: 5, ...everything };
  const system = systemParameters(input);
  const request = requestOf(system, { count: 300, time: 4, burnIn: 1 });
  const statistics = new EnsembleStatistics(system, request);
  for (const batch of await walkOnCpu(request)) statistics.add(batch);
  const checkpoint = JSON.parse(JSON.stringify(checkpointOf(statistics.sums)));
  const taken = sumsIn(checkpoint, system, request.samples);
  expect(taken && checkpointOf(taken)).toEqual(checkpoint);
  const onResonance = systemParameters({ ...input, detuning: 0, collectiveShift: 0 });
  const none = { pumping: 0, dephasing: 0, collectivePumping: 0, collectiveDephasing: 0 };
  expect(sumsIn(checkpoint, onResonance, request.samples)).toBeNull();
  expect(sumsIn(checkpoint, { ...system, ...none }, request.samples)).toBeNull();
});

test('switching off resonance is that of the slow mode, which the reference has, beside the exact values', async () => {
  const { system, numbers } = GENERAL[2];
  const options = { count: 1024, time: 30, burnIn: 10, unraveling: 'photodetection' };
  const { result } = await runWithoutGpu('trajectories', inputOf(system), options);
  const { switching, predicted, exact, steady } = result as ResultOf<typeof trajectoryFields>;
  const lambda1 = -numbers.spectrum[1][0];
  expect(predicted!.lambda1).toBeCloseTo(lambda1, 6);
  expectWithin(switching!.lambda1, lambda1, 'lambda1');
  expectWithin(switching!.pPlus, predicted!.pPlus, 'pPlus');
  for (const name of ['Sx', 'SxSy', 'SxSz'] as const) {
    expect(exact![name]).toBeCloseTo(numbers.steady[name], 6);
    expectWithin(steady![name]!, numbers.steady[name], name);
  }
  expect(exact!.squeezing).toBeCloseTo(numbers.steady.squeezing, 5);
  expectWithin(steady!.squeezing!, numbers.steady.squeezing, 'squeezing');
});
