/** What homodyne and heterodyne detection record on the CPU, against the master equation. */
import { describe, expect, test } from 'vitest';
import { nodeThreads } from '../../../src/command-line/threads';
import { trajectories } from '../../../src/experiments/trajectories/trajectories';
import { momentsOfRho } from '../../../src/operators/moments';
import { inputOf, systemParameters } from '../../../src/parameters/system';
import { EnsembleStatistics } from '../../../src/statistics/ensemble';
import { cpuEngine } from '../../../src/trajectories/cpu-engine';
import { type Detection, meanCurrents } from '../../../src/trajectories/detection';
import { observablesOf } from '../../../src/trajectories/observables';
import { unravelingFacts } from '../../../src/trajectories/unraveling-facts';
import { steadyState } from '../../../src/twin/steady-state';
import { documentOf } from '../../documents';
import { expectSteady } from '../../expect-steady';
import { averagesOf } from '../../steady-averages';
import { figure4 } from '../../steady-points';
import { runExperiment } from '../liouvillian/run-experiment';
import { LIGHT } from '../reference';
import { type Asked, requestOf, tracesOnCpu } from './walk-on-cpu';

const never = new AbortController().signal;

async function statisticsOf(asked: Asked): Promise<EnsembleStatistics> {
  const statistics = new EnsembleStatistics(asked.system, asked);
  for await (const batch of cpuEngine(nodeThreads()).walk(requestOf(asked), never, () => {}))
    statistics.add(batch);
  return statistics;
}

const [{ system: eight }] = LIGHT;
const asked = { seed: 3, first: 0, traces: 0, samples: 120 };
const ofEight = { ...asked, system: eight, count: 256, time: 100, burnIn: 20, samples: 200 };

type Case = Asked & { readonly name: string; readonly detection: Detection; readonly precision: number };
const whole = { ...ofEight, name: 'N = 8', precision: 0.01 };

describe('the steady state of the master equation, and the currents of its field', () => {
  test.each<Case>([
    { ...whole, unraveling: 'homodyne', detection: { phase: 0.7, efficiency: 0.6 } },
    { ...whole, unraveling: 'heterodyne', detection: { phase: 0, efficiency: 0.6 } },
    {
      ...{ name: 'N = 18', unraveling: 'homodyne', detection: { phase: Math.PI / 2, efficiency: 1 } },
      ...{
        ...asked,
        system: figure4.system,
        count: 128,
        time: 145,
        burnIn: 25,
        samples: 174,
        precision: 0.04,
      },
    },
  ])('$unraveling, $name, $detection', async ({ name, precision, ...request }) => {
    const statistics = await statisticsOf(request);
    const { unraveling, system, detection } = request;
    expectSteady({ name, ...request }, averagesOf(statistics), precision);
    const { pyramid, rho } = steadyState(system);
    const { Sx, Sy } = momentsOfRho(pyramid, rho);
    const means = meanCurrents(system, detection, Sx, Sy);
    const steady = statistics.steady();
    for (const current of unravelingFacts[unraveling].currents) {
      const { value, error } = steady[current]!;
      expect(Math.abs(value - means[current]), current).toBeLessThan(4 * error);
      expect(error, current).toBeLessThan(0.04 * Math.sqrt(system.gamma1D) * system.atoms);
    }
  });
});

test('longer steps beside the averages show what their own err by: of weak order 2', async () => {
  const options = { unraveling: 'heterodyne', count: 512, time: 100, burnIn: 20, samples: 200, seed: 3 };
  const { result } = await runExperiment(trajectories, eight, options);
  const { steady, longerSteps, stepError, exact } = result;
  // A sixteenth of what the longer ones do is nothing that 512 trajectories would see.
  for (const name of ['Sx2', 'crssFidelityAllJ'] as const) {
    const [own, longer, error] = [steady, longerSteps, stepError].map((means) => means![name]!);
    expect(Math.abs(longer.value - exact![name]!), name).toBeGreaterThan(4 * longer.error);
    expect(Math.abs(longer.value - exact![name]!), name).toBeLessThan(0.06 * exact![name]!);
    expect(error.value).toBeCloseTo((longer.value - own.value) / 15, 12);
    expect(Math.abs(own.value - exact![name]!), name).toBeLessThan(4 * own.error);
    expect(Math.abs(error.value), name).toBeLessThan(own.error + 4 * error.error);
  }
  expect(exact!.currentQ).toBeCloseTo(-2 * exact!.Sy * Math.sqrt(eight.gamma1D / 2), 10);
  expect(exact!.currentI).toBeCloseTo(0, 10);
});

/** Of each trajectory, sample by sample, by name. */
async function columns(request: Asked, detection: Detection) {
  const traces = await tracesOnCpu({ ...request, detection }, 'float32');
  const names = observablesOf(request.system, unravelingFacts[request.unraveling].currents);
  return traces.map((trace) => ({
    trace,
    of: (name: (typeof names)[number]) =>
      [...trace].filter((_, i) => i % names.length === names.indexOf(name)),
  }));
}

test.each(['homodyne', 'heterodyne'] as const)(
  'of %s an efficiency changes what is recorded, and no bit of the states: it adds the vacuum that is lacking',
  async (unraveling) => {
    const request = { ...asked, unraveling, system: eight, count: 64, time: 2, samples: 200, burnIn: 0 };
    const [all, some] = await Promise.all(
      [1, 0.36].map((efficiency) => columns(request, { phase: 0.4, efficiency })),
    );
    const { currents } = unravelingFacts[unraveling];
    const width = observablesOf(eight, currents).length;
    const isState = (_: number, i: number) => i % width < width - currents.length;
    for (const [i, { trace }] of some.entries())
      expect(trace.filter(isState)).toEqual(all[i].trace.filter(isState));
    for (const current of currents) {
      // What is left of each when the record at full efficiency is taken off: sqrt(1 - efficiency) of vacuum, of variance 1 by time.
      const vacuum = some.flatMap(({ of }, i) => {
        const whole = all[i].of(current);
        return of(current).flatMap((value, slot) => (slot > 0 ? [value - 0.6 * whole[slot]] : []));
      });
      const variance = vacuum.reduce((sum, value) => sum + value ** 2, 0) / vacuum.length;
      const expected = 0.64 / (request.time / request.samples);
      expect(Math.abs(variance / expected - 1), current).toBeLessThan(4 * Math.sqrt(2 / vacuum.length));
    }
  },
);

test('an atom that is pumped and decays, undriven: <S_z> goes to its steady state as exp(-(rates) t)', async () => {
  const system = systemParameters({ atoms: 1, gamma1d: 2, gammaf: 0.5, pumping: 1.5, omega: 0 });
  const [total, steady] = [4, (1.5 - 2.5) / (2 * 4)];
  for (const unraveling of ['homodyne', 'heterodyne'] as const) {
    const request = { ...asked, unraveling, system, count: 4096, time: 2, samples: 20, burnIn: 1 };
    const { Sz } = (await statisticsOf({ ...request, detection: { phase: 0.3, efficiency: 1 } })).series();
    Sz.mean.forEach((value, slot) => {
      const exact = steady + (-1 / 2 - steady) * Math.exp((-total * slot * request.time) / request.samples);
      expect(Math.abs(value - exact), `${unraveling}, slot ${slot}`).toBeLessThan(4 * Sz.error[slot] + 1e-6);
      expect(Sz.error[slot]).toBeLessThan(0.01);
    });
  }
});

test("the homodyne current's spectrum is that of the output's quadrature at its phase", async () => {
  const [samples, interval, phase, efficiency] = [1200, 0.02, 0.4, 0.5];
  const request = { ...asked, unraveling: 'homodyne' as const, system: eight, count: 192, burnIn: 0 };
  // After the start is forgotten; frequencies of whole turns in what follows, so that the mean falls out.
  const from = 200;
  const duration = (samples - from) * interval;
  const traces = await columns({ ...request, time: samples * interval, samples }, { phase, efficiency });
  const records = traces.map(({ of }) => of('current').slice(from + 1));
  const bands = [2, 11, 36].map((first) =>
    Array.from({ length: 8 }, (_, i) => (2 * Math.PI * (first + i)) / duration),
  );
  const { result } = await documentOf('radiation', inputOf(eight), { frequencies: bands.flat() });
  const { spectrum, quadratureSpectrum } = result as {
    spectrum: { value: number[] };
    quadratureSpectrum: { least: number[]; phase: number[] };
  };
  const gain = 4 * eight.gamma1D;
  bands.forEach((band, k) => {
    const powers = records.map((record) => meanOf(band.map((omega) => power(record, omega, interval))));
    const value = meanOf(powers);
    const error = Math.sqrt(meanOf(powers.map((one) => (one - value) ** 2)) / (powers.length - 1));
    const truths = band.map((omega, i) => {
      const place = k * band.length + i;
      // least = 1 + gain (half - contrast)
      const half = spectrum.value[place] / 2;
      const contrast = half - (quadratureSpectrum.least[place] - 1) / gain;
      const turned = Math.cos(2 * (phase - quadratureSpectrum.phase[place]));
      // A mean over an interval is blind to what is faster.
      const seen = (Math.sin((omega * interval) / 2) / ((omega * interval) / 2)) ** 2;
      return 1 + efficiency * seen * gain * (half - contrast * turned);
    });
    const truth = meanOf(truths);
    expect(Math.abs(value - truth), `${band[0]}: ${value} +- ${error} for ${truth}`).toBeLessThan(4 * error);
    expect(error / truth).toBeLessThan(0.05);
    expect(truth - 1, 'what tells it from vacuum').toBeGreaterThan(3 * error);
  });
});

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of a record, by time. */
function power(record: readonly number[], omega: number, interval: number): number {
  let [re, im] = [0, 0];
  record.forEach((value, slot) => {
    re += value * Math.cos(omega * slot * interval);
    im += value * Math.sin(omega * slot * interval);
  });
  return ((re ** 2 + im ** 2) * interval) / record.length;
}
