/** The phase diagram's rows: the cusp of Eq. (1) beside its closed form, and the general model's beside it. */
import { expect, test } from 'vitest';
import { phasePlot } from '../../../components/panels/mean-field/phase-plots';
import { atRatio } from '../../../components/parameters/view';
import { bistableIntervals, type Interval } from '../../../src/mean-field/bistability';
import { bistableInterval } from '../../../src/mean-field/branches';
import { type PhaseRow, phaseRows } from '../../../src/mean-field/phase-rows';
import { systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';

const ratios = Array.from({ length: 40 }, (_, i) => (i + 1) / 2 + 0.2);
/** (S24) */
function plain(ratio: number): Interval[] {
  const interval = bistableInterval({ gamma: 1, Gamma: ratio, omegaCritical: ratio / 4 });
  return interval ? [interval] : [];
}
/** Of the general solution, which knows nothing of (S24): a dephasing that is as good as none keeps it from the closed form. */
const general = (own: SystemInput) => (ratio: number) =>
  bistableIntervals(systemParameters({ ...atRatio(own, ratio), drive: 1 }));
const cuspOf = (rows: readonly PhaseRow[]) => rows.find(({ intervals }) => intervals.length > 0)!;

test('the cusp of Eq. (1) is at Gamma/gamma = 8 and Omega/Omega_c = sqrt(27/32)', () => {
  const rows = [...phaseRows(plain, ratios)];
  expect(rows.map(({ ratio }) => ratio)).toEqual([...rows.map(({ ratio }) => ratio)].sort((a, b) => a - b));
  expect(rows).toHaveLength(ratios.length + 1);
  const { ratio, intervals } = cuspOf(rows);
  expect(ratio - 8).toBeGreaterThan(0);
  expect(ratio - 8).toBeLessThan(1e-5);
  expect(intervals[0].from).toBeCloseTo(Math.sqrt(27 / 32), 6);
  expect(intervals[0].to).toBeCloseTo(Math.sqrt(27 / 32), 6);
});

test.each([
  ['by its rates', { atoms: 40, gamma1d: 1, gammaf: 1, dephasing: 1e-9 }],
  ['by its ratio', { atoms: 40, ratio: 1, dephasing: 1e-9 }],
])('the exact folds of the general model have the same cusp, said %s', (_, own) => {
  const rows = [...phaseRows(general(own), ratios)];
  const { ratio, intervals } = cuspOf(rows);
  expect(Math.abs(ratio - 8)).toBeLessThan(1e-4);
  expect(intervals[0].from).toBeCloseTo(Math.sqrt(27 / 32), 4);
  for (const row of rows.filter(({ ratio }) => ratio > 8.1)) {
    expect(row.intervals[0].from).toBeCloseTo(plain(row.ratio)[0].from, 6);
    expect(row.intervals[0].to).toBeCloseTo(plain(row.ratio)[0].to, 6);
  }
});

test('dephasing moves the cusp up: bistability needs a larger ratio', () => {
  const ratioOf = (dephasing: number) =>
    cuspOf([...phaseRows(general({ atoms: 60, gamma1d: 1, gammaf: 1, dephasing }), ratios)]).ratio;
  expect(ratioOf(0.2)).toBeGreaterThan(8.05);
  expect(ratioOf(0.5)).toBeGreaterThan(ratioOf(0.2) + 0.05);
});

test('where bistability ends again there is a last row too', () => {
  const window = (ratio: number): Interval[] => (ratio > 3.3 && ratio < 7.7 ? [{ from: 0.5, to: 0.6 }] : []);
  const found = [...phaseRows(window, [1, 2, 3, 4, 5, 6, 7, 8, 9])].filter(
    ({ intervals }) => intervals.length > 0,
  );
  expect(found[0].ratio).toBeCloseTo(3.3, 4);
  expect(found.at(-1)!.ratio).toBeCloseTo(7.7, 4);
});

test('the plot’s edges are the folds, each along rising drives, and meet in the cusp', () => {
  const { curves, regions, bands } = phasePlot([...phaseRows(plain, ratios)], 18, 0.4, 1.2, 20, undefined);
  expect(curves.map(({ label, ink }) => [label, ink])).toEqual([
    ['bistable from', 'upper'],
    ['bistable up to', 'lower'],
  ]);
  for (const { x, y, label } of curves) {
    const [drives, ratios] = [Array.from(x), Array.from(y) as number[]];
    expect(drives).toEqual([...drives].sort((a, b) => a - b));
    expect(ratios.at(-1)).toBeCloseTo(8, 4);
    for (const [i, drive] of drives.entries()) {
      const [{ from, to }] = plain(ratios[i]);
      expect(drive).toBeCloseTo(label === 'bistable from' ? from : to, 12);
    }
  }
  expect(regions).toHaveLength(1);
  // Of 18 atoms no ratio is above 17.
  expect(bands).toMatchObject([{ axis: 'y', from: 17, to: 20 }]);
  expect(phasePlot([], 54, 0.4, 1.2, 20, undefined).bands).toEqual([]);
});
