/** The dark port of the general model against numbers from elsewhere, on the CPU in float32, and what holds exactly. */

import { describe, expect, test } from 'vitest';
import { steadyState } from '../../../src/experiments/spectrum/steady-state';
import { isReal, type SystemParameters, systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';
import { EnsembleStatistics, type Measured } from '../../../src/statistics/ensemble';
import { complexObservables, observablesOf } from '../../../src/trajectories/observables';
import { philox, uniform01 } from '../../../src/twin/philox';
import { runExperiment } from '../liouvillian/run-experiment';
import { GENERAL } from '../reference';
import { tracesOnCpu, walkOnCpu } from './walk-on-cpu';

interface Lengths {
  count: number;
  time: number;
  burnIn: number;
}

const requestOf = (system: SystemParameters, lengths: Lengths) => ({
  ...{ system, ...lengths, samples: 2 * lengths.time, unraveling: 'dark-port' as const },
  ...{ seed: 5, first: 0, traces: 0 },
});

/** States that an ensemble visits a handful of times have no Gaussian error. */
const isFrequent = (probability: number) => probability > 1e-3;

function expectWithin({ value, error }: Measured, truth: number, what: string) {
  const told = `${what}: ${value} +- ${error} for ${truth}`;
  expect(Math.abs(value - truth), told).toBeLessThanOrEqual(4 * error);
}

const lengths = [
  { count: 1024, time: 110, burnIn: 10 },
  { count: 1024, time: 100, burnIn: 20 },
  { count: 512, time: 130, burnIn: 30 },
];

describe.each(GENERAL.map((point, i) => ({ ...point, lengths: lengths[i] })))('$name', (point) => {
  test('the ensemble has the steady state of the master equation', async () => {
    const { system, numbers } = point;
    const { steady, P_m, P_j } = numbers;
    const request = requestOf(system, point.lengths);
    const statistics = new EnsembleStatistics(system, request);
    for (const batch of await walkOnCpu(request)) statistics.add(batch);
    expect(statistics.alarms).toBe(0);
    const found = { ...statistics.steady(), squeezing: statistics.squeezing()! };
    const recorded: readonly string[] = [...observablesOf(system), 'squeezing'];
    const names = Object.keys(steady).filter((name) => recorded.includes(name));
    expect(names).toHaveLength(isReal(system) ? 7 : 10);
    for (const name of names as (keyof typeof found & keyof typeof steady)[])
      expectWithin(found[name]!, steady[name], name);
    expect(found.Sz.error).toBeLessThan(0.005 * system.atoms);
    statistics.Pm().forEach((estimate, i) => {
      if (isFrequent(P_m[i])) expectWithin(estimate, P_m[i], `P_m, m = ${i - system.atoms / 2}`);
    });
    statistics.Pj().forEach((estimate, b) => {
      if (isFrequent(P_j[b])) expectWithin(estimate, P_j[b], `P_j, j = ${system.atoms / 2 - b}`);
    });
  });
});

/** Any of the rates may be 0 but gamma_F, and is else of the order of 1. */
const randomSystem = (n: number) => {
  const [a, b] = [n, n + 1000].map((block) => philox([block, 0, 0, 0], [14, 0]).map(uniform01));
  const c = philox([n + 2000, 0, 0, 0], [14, 0]).map(uniform01);
  const rate = (u: number) => (u < 1 / 3 ? 0 : 3 * (u - 1 / 3));
  return systemParameters({
    ...{ atoms: 2 + Math.floor(5 * c[0]), gamma1d: rate(a[0]), gammaf: 0.3 + a[1], omega: 3 * a[2] },
    ...{
      detuning: 2 * rate(b[0]) - 2 * rate(a[3]),
      collectiveShift: rate(c[1]) / 2,
      pumping: rate(b[1]) / 2,
    },
    ...{ dephasing: rate(b[2]), collectivePumping: rate(b[3]) / 4, collectiveDephasing: rate(c[2]) / 2 },
  });
};

test.each(Array.from({ length: 12 }, (_, n) => randomSystem(n)))(
  'in a random system too: %o',
  async (system) => {
    const { result } = await runExperiment(steadyState, system);
    const request = requestOf(system, { count: 512, time: 95, burnIn: 25 });
    const statistics = new EnsembleStatistics(system, request);
    for (const batch of await walkOnCpu(request)) statistics.add(batch);
    expect(statistics.alarms).toBe(0);
    const { moments } = result;
    const found = statistics.steady();
    for (const name of ['Sx', 'Sy', 'Sz', 'Sx2', 'Sy2', 'Sz2'] as const)
      expectWithin(found[name]!, moments[name], name);
    result.Pj.forEach((truth, b) => {
      if (isFrequent(truth)) expectWithin(statistics.Pj()[b], truth, `P_j, j = ${system.atoms / 2 - b}`);
    });
  },
);

test('with the other sign of detuning and shift every trajectory is the complex conjugate, bit for bit', async () => {
  const walk = (input: SystemInput) => {
    const request = requestOf(systemParameters(input), { count: 8, time: 6, burnIn: 0 });
    return tracesOnCpu({ ...request, traces: 8 }, 'float32');
  };
  const input = {
    ...{ atoms: 7, gamma1d: 0.9, gammaf: 0.5, omega: 1.3, detuning: 0.8, collectiveShift: 0.3 },
    ...{ pumping: 0.3, dephasing: 0.7, collectivePumping: 0.15, collectiveDephasing: 0.25 },
  };
  const { detuning, collectiveShift } = input;
  const traces = await walk(input);
  const conjugate = await walk({ ...input, detuning: -detuning, collectiveShift: -collectiveShift });
  const names = observablesOf(systemParameters(input));
  const isImaginary = names.map((name) => (complexObservables as readonly string[]).includes(name));
  const signs = isImaginary.map((is) => (is ? -1 : 1));
  traces.forEach((trace, trajectory) => {
    const turned = [...conjugate[trajectory]].map((value, i) => signs[i % names.length] * value + 0);
    expect(turned).toEqual([...trace].map((value) => value + 0));
    const Sx = trace.filter((_, i) => names[i % names.length] === 'Sx');
    expect(Math.max(...Sx.map(Math.abs))).toBeGreaterThan(0.01 * input.atoms);
  });
});

test('a vanishing detuning leaves the trajectories of resonance', async () => {
  const input = { atoms: 12, gamma1d: 3, gammaf: 1, drive: 0.73, dephasing: 0.2 };
  const walk = async (detuning: number) => {
    const system = systemParameters({ ...input, detuning });
    const request = requestOf(system, { count: 8, time: 4, burnIn: 0 });
    return { names: observablesOf(system), traces: await tracesOnCpu({ ...request, traces: 8 }, 'float64') };
  };
  const [resonant, detuned] = [await walk(0), await walk(1e-9)];
  resonant.traces.forEach((trace, trajectory) => {
    for (let i = 0; i < trace.length; i++) {
      const slot = Math.floor(i / resonant.names.length);
      const value = detuned.traces[trajectory][slot * detuned.names.length + (i % resonant.names.length)];
      expect(Math.abs(value - trace[i])).toBeLessThan(1e-5);
    }
  });
});
