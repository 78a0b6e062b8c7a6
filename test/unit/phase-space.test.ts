/** p(j, m) and Q of the states in the results: asked for, they stand beside numbers that are what they are without. */
import { expect, test } from 'vitest';
import { sameRequests } from '../../src/experiments/same-requests';
import type { MetastableResult } from '../../src/experiments/spectrum/metastable';
import type { SteadyStateResult } from '../../src/experiments/spectrum/steady-state';
import { exportFiles } from '../../src/results/export';
import { originLines, requestOf } from '../../src/results/origin';
import { runWithoutGpu } from './run-without-gpu';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Real, and complex in the real gauge. */
const systems = [{ atoms: 10 }, { atoms: 9, ratio: 6, drive: 0.7, detuning: 0.02, collectiveShift: 0.005 }];

test.each(systems)('of %o', async (system) => {
  const document = await runWithoutGpu('metastable', system, { phaseSpace: 'on' });
  const result = document.result as MetastableResult;
  const { phaseSpace, errors, ...others } = result;
  const { phaseSpace: bounds, ...otherErrors } = errors;
  const plain = (await runWithoutGpu('metastable', system)).result as MetastableResult;
  expect({ ...others, errors: otherErrors }).toEqual(plain);

  const states = ['steady', 'plus', 'minus'] as const;
  for (const state of states) {
    const { moments, Pjm, Q } = phaseSpace![state];
    const off = bounds![state];
    expect(off.Pjm).toBeLessThan(1e-4);
    const j = (b: number) => document.parameters.atoms / 2 - b;
    const spin = Pjm.flatMap((row, b) => row.map((p, i) => ({ p, j: j(b), m: i - j(b) })));
    expect(sum(spin.map(({ p }) => p))).toBeCloseTo(1, 9);
    expect(sum(spin.map(({ p, m }) => p * m))).toBeCloseTo(moments.Sz, 9);
    expect(sum(spin.map(({ p, j }) => p * j * (j + 1)))).toBeCloseTo(
      moments.Sx2 + moments.Sy2 + moments.Sz2,
      8,
    );
    // Its maximum is where the mean spin points, about.
    const rings = Q.length;
    const peak = Q.flatMap((ring, i) => ring.map((q, k) => ({ q, i, k }))).reduce((a, b) =>
      b.q > a.q ? b : a,
    );
    const theta = ((peak.i + 0.5) * Math.PI) / rings;
    const phi = (Math.PI * peak.k) / rings;
    const lean =
      Math.sin(theta) * (Math.cos(phi) * moments.Sx + Math.sin(phi) * moments.Sy) +
      Math.cos(theta) * moments.Sz;
    const { Sx, Sy, Sz } = moments;
    expect(lean / Math.hypot(Sx, Sy, Sz), state).toBeGreaterThan(0.9);
  }
  for (const state of ['plus', 'minus'] as const) {
    const { moments, Pjm } = phaseSpace![state];
    expect(result[state].moments).toMatchObject({ Sx: moments.Sx, Sy: moments.Sy, Sz2: moments.Sz2 });
    Pjm.forEach((row, b) => {
      expect(sum(row)).toBeCloseTo(result[state].Pj[b], 10);
    });
  }

  const steady = (await runWithoutGpu('steady-state', system, { phaseSpace: 'on' }))
    .result as SteadyStateResult;
  const apart = steady.errors.phaseSpace!.steady.Q + bounds!.steady.Q;
  steady.phaseSpace!.steady.Q.forEach((ring, i) => {
    ring.forEach((q, k) => {
      expect(Math.abs(q - phaseSpace!.steady.Q[i][k])).toBeLessThanOrEqual(apart);
    });
  });
});

test('the files have a line for every pair of quantum numbers and of angles, with its bound', async () => {
  const document = await runWithoutGpu('steady-state', { atoms: 2 }, { phaseSpace: 'on' });
  const { phaseSpace, errors } = document.result as SteadyStateResult;
  const { Pjm, Q } = phaseSpace!.steady;
  const lines = (name: string) =>
    exportFiles(document)
      .find((file) => file.name === `steady-state-phaseSpace-steady-${name}.csv`)!
      .text.split('\n')
      .filter((line) => !line.startsWith('#'));
  const bound = errors.phaseSpace!.steady;
  expect(lines('Pjm')).toEqual([
    'j,m,Pjm,Pjm.error',
    ...[-1, 0, 1].map((m) => `1,${m},${Pjm[0][m + 1]},${bound.Pjm}`),
    `0,0,${Pjm[1][0]},${bound.Pjm}`,
    '',
  ]);
  const [head, ...rows] = lines('Q');
  expect(head).toBe('theta,phi,Q,Q.error');
  expect(rows).toHaveLength(3 * 6 + 1);
  expect(rows[7]).toBe(`${Math.PI / 2},${Math.PI / 3},${Q[1][1]},${bound.Q}`);
  expect(originLines([document])).toContain('phaseSpace=on');
  expect(requestOf(document).options).toEqual({ phaseSpace: 'on' });
  const without = await runWithoutGpu('steady-state', { atoms: 2 });
  expect(originLines([without]).join()).not.toContain('phaseSpace');
  // What has none is no result of other parameters for that.
  expect(sameRequests([requestOf(without)], [requestOf(document)])).toBe(true);
});
