/** The errors of an ensemble's averages: which floors apply, from made-up trajectories. */
import { expect, test } from 'vitest';
import { systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';
import { EnsembleStatistics } from '../../../src/statistics/ensemble';
import { rangeOf } from '../../../src/statistics/ranges';
import { missed } from '../../../src/statistics/rare-events';
import { emission, jumpRate } from '../../../src/statistics/rates';
import { histogramBins, observables, recordLayout, sampleRow } from '../../../src/trajectories/record';
import { philox, uniform01 } from '../../../src/twin/philox';

const [count, lengths] = [256, { time: 4, burnIn: 1, samples: 4 }];
const lively = { atoms: 3, gamma1d: 1, gammaf: 1, omega: 1 };

/** @param make the number that a row of the record holds for trajectory n */
function statisticsOf(input: SystemInput, make: (n: number, row: number) => number) {
  const system = systemParameters(input);
  const { rows, slots, averages, Pm } = recordLayout(system, lengths.samples + 1);
  const columns = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: count }, (_, n) => Math.fround(make(n, row))),
  );
  const mean = Float32Array.from(columns, (column) => column.reduce((sum, x) => sum + x, 0) / count);
  const M2 = Float32Array.from(columns, (column, row) =>
    column.reduce((sum, x) => sum + (x - mean[row]) ** 2, 0),
  );
  const least = Float32Array.from(columns, (column) => Math.min(...column));
  const most = Float32Array.from(columns, (column) => Math.max(...column));
  const own = Pm - averages;
  const statistics = new EnsembleStatistics(system, lengths);
  statistics.add({
    ...{ seed: 1, first: 0, count, alarms: 0, traces: [], switching: null, photons: null, jumpRecords: [] },
    blocks: [{ count, mean, M2, least, most }],
    perTrajectory: Array.from({ length: count }, (_, n) =>
      Float32Array.from({ length: own }, (_, i) => columns[averages + i][n]),
    ),
    histogram: new Uint32Array(slots * histogramBins),
  });
  return statistics;
}

const uniform = (n: number, row: number) => uniform01(philox([n, row, 0, 0], [1, 2])[0]);
const layout = recordLayout(systemParameters(lively), lengths.samples + 1);
const rowsOf = (name: (typeof observables)[number]) => [
  ...Array.from({ length: layout.slots }, (_, slot) => sampleRow(slot, name)),
  layout.averages + observables.indexOf(name),
];

test('where plenty was seen every error is the standard error, bit for bit, and nothing is named', () => {
  const statistics = statisticsOf(lively, (n, row) => 0.2 + 0.5 * uniform(n, row));
  const { averages } = statistics;
  const { rows } = statistics.sums.segments[0];
  const series = averages.series();
  observables.forEach((name, i) => {
    const { error, hardlySeen } = averages.steady()[name];
    expect([error, hardlySeen]).toEqual([rows.standardError(layout.averages + i), false]);
    series[name].forEach(({ error, hardlySeen }, slot) => {
      expect([error, hardlySeen]).toEqual([rows.standardError(sampleRow(slot, name)), false]);
    });
  });
  const Pm = averages.Pm().map(({ error }) => error);
  expect(Pm).toEqual(Pm.map((_, i) => rows.standardError(layout.Pm + i)));
  const Pj = averages.Pj().map(({ error }) => error);
  expect(Pj).toEqual(Pj.map((_, b) => rows.standardError(layout.Pj + b)));
});

/** All that varies, but for j. */
const withoutChange = (n: number, row: number) => {
  if (rowsOf('j').includes(row)) return 1.5;
  if (row >= layout.Pj) return row === layout.Pj ? 1 : 0;
  return 0.2 + 0.02 * uniform(n, row);
};

test('without a change of j no error is below what an unseen one may make', () => {
  const { averages } = statisticsOf(lively, withoutChange);
  expect(averages.sawChangeOfJ).toBe(false);
  for (const name of observables) {
    const floor = missed(count, 0, rangeOf(name, lively.atoms));
    expect(averages.steady()[name]).toMatchObject({ error: floor, hardlySeen: true });
    averages.series()[name].forEach(({ error }, slot) => {
      if (slot > 0) expect(error).toBe(floor);
      else expect(error).toBeLessThan(floor);
    });
  }
  for (const { error } of [...averages.Pm(), ...averages.Pj()]) expect(error).toBe(missed(count, 0, 1));
});

test('what cannot be is not missed: j of one atom, or without individual decay, or anything undriven', () => {
  for (const system of [
    { ...lively, gammaf: 0 },
    { ...lively, atoms: 3, omega: 0 },
  ]) {
    const { averages } = statisticsOf(system, withoutChange);
    expect(averages.sawChangeOfJ).toBe(true);
    expect(averages.steady().j.hardlySeen).toBe(false);
    expect(averages.Pj().map(({ error }) => error)).toEqual([2 ** -20, 0]);
    expect(averages.steady().Sz.hardlySeen).toBe(false);
  }
  const still = statisticsOf({ ...lively, omega: 0 }, (_, row) => (row === layout.Pm ? 1 : 0));
  expect(still.sawJumps).toBe(true);
  for (const name of observables) expect(still.averages.steady()[name].hardlySeen).toBe(false);
  for (const { error } of still.averages.Pm()) expect(error).toBeLessThan(2e-6);
  const { averages: one } = statisticsOf({ ...lively, atoms: 1 }, (n) => 0.2 + uniform(n, 0));
  expect(one.sawChangeOfJ).toBe(true);
  expect(rangeOf('Sx2', 1)).toBe(0);
  expect(rangeOf('SySz', 1)).toBe(0);
});

test('rounding is of the range of an observable, and of the amplitude of a weight', () => {
  const { averages } = statisticsOf({ ...lively, omega: 0 }, (_, row) => (row === layout.Pm ? 1e-10 : 6e-8));
  expect(averages.steady().Sy.error).toBe(3 * 2 ** -20);
  expect(averages.steady().Sx2.error).toBe(2 * 2 ** -20);
  expect(averages.Pm()[0].error).toBeCloseTo(2 * 2 ** -20 * 1e-5 + 2 ** -40, 15);
  expect(averages.steady().crssFidelity.error).toBeCloseTo(2 * 2 ** -20 * Math.sqrt(6e-8) + 2 ** -40, 15);
});

test('a state that few looks would have found may be all of a trajectory', () => {
  const rare = layout.Pm + 3;
  const { averages } = statisticsOf(lively, (n, row) =>
    row === rare ? 1e-6 * uniform(n, row) : 0.2 + 0.5 * uniform(n, row),
  );
  expect(averages.Pm().map(({ hardlySeen }) => hardlySeen)).toEqual([false, false, false, true]);
  expect(averages.Pm()[3].error).toBe(missed(count, 0, 1));
});

test('emission is what the moments of a known state emit, and jumps are counted by time after the burn-in', () => {
  // All atoms excited: <S_+ S_-> = N, and each emits by itself. Of the jumps two change j in each trajectory, one up, one down.
  const system = { atoms: 3, gamma1d: 2, gammaf: 0.5, omega: 1 };
  const state: Partial<Record<string, number>> = { Sx2: 3 / 4, Sy2: 3 / 4, Sz: 3 / 2, Sz2: 9 / 4 };
  const jumps = [5, 4, 1, 1];
  const { averages } = statisticsOf(system, (_, row) => {
    const own = row - layout.averages;
    return own < observables.length ? (state[observables[own]] ?? 0) : (jumps[own - observables.length] ?? 0);
  });
  expect(averages.duration).toBe(3);
  expect(jumpRate(averages, [0]).value).toBeCloseTo(5 / 3, 12);
  expect(jumpRate(averages, [0, 1, 2, 3]).value).toBeCloseTo(11 / 3, 12);
  const { collective, individual, sameJ } = emission(averages);
  expect(collective.value).toBeCloseTo(2 * 3, 12);
  expect(individual.value).toBeCloseTo(0.5 * 3, 12);
  expect(sameJ.value).toBeCloseTo(0.5 * 3 - 2 / 3, 12);
});

test('without a drive nothing can have been missed of coherences, which no trajectory has', () => {
  const statistics = statisticsOf({ ...lively, omega: 0, pumping: 1, detuning: 1 }, () => 0);
  const { steady, series } = { steady: statistics.averages.steady(), series: statistics.averages.series() };
  for (const name of ['Sx', 'Sy', 'SxSy', 'SxSz', 'SySz'] as const) {
    expect([steady[name]?.value, steady[name]?.hardlySeen]).toEqual([0, false]);
    expect(series[name]?.some(({ hardlySeen }) => hardlySeen)).toBe(false);
  }
  expect(steady.Sz.hardlySeen).toBe(true);
});
