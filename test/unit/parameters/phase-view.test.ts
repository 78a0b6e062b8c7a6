/** The phase diagram's handle: it sets drive and ratio in whatever way the view says them, and moves nothing else. */
import { describe, expect, test } from 'vitest';
import { cellsOf, phaseHeat, phaseRequests } from '../../../components/panels/mean-field/phase-plots';
import { checkView, systemInput, viewFromQuery, withPhase } from '../../../components/parameters/view';
import { isOfRatios, runNameOf } from '../../../components/runs/run-names';
import { decayRatio, systemParameters } from '../../../src/parameters/system';

const queries = [
  'atoms=18&gamma1d=10&gammaf=1&drive=0.73',
  'atoms=18&gamma1d=10&gammaf=1&omega=31',
  'atoms=54&ratio=15.5&drive=0.73',
  'atoms=54&ratio=15.5&omega=3&pumping=0.1&detuning=0.5',
];

describe.each(queries)('%s', (query) => {
  const view = viewFromQuery(query);
  const before = checkView(view).parameters!;

  test.each([
    [0.8, 12.25],
    [0.5, 0.1],
    [1.1, 16.83],
  ])('goes to Omega/Omega_c = %f, Gamma/gamma = %f', (drive, ratio) => {
    const moved = withPhase(view, { drive, ratio }, before);
    expect([moved.rates, moved.driveAs]).toEqual([view.rates, view.driveAs]);
    const { parameters, problems } = checkView(moved);
    expect([...problems]).toEqual([]);
    const after = parameters!;
    expect(decayRatio(after) / ratio).toBeCloseTo(1, 4);
    expect(after.driveOverCritical! / drive).toBeCloseTo(1, 4);
    // By its rates gamma_F stays, by its ratio gamma does.
    if (view.rates === 'gammas') expect(after.gammaF).toBe(before.gammaF);
    else expect(after.gammaF + after.gamma1D).toBeCloseTo(1, 12);
    for (const name of ['atoms', 'pumping', 'detuning'] as const) expect(after[name]).toBe(before[name]);
  });

  test('a drag along the drive leaves the decay to its last digit', () => {
    const after = checkView(withPhase(view, { drive: 0.6, ratio: decayRatio(before) }, before)).parameters!;
    expect([after.gamma1D, after.gammaF]).toEqual([before.gamma1D, before.gammaF]);
  });
});

test('the grid is the same wherever on it the system stands, and its cells hold what was computed where', () => {
  const [one, other] = ['gamma1d=10&drive=0.73', 'gamma1d=3&drive=0.9'].map((query) => {
    const { gamma1d: _, ...own } = systemInput(viewFromQuery(`atoms=18&gammaf=1&${query}`));
    return phaseRequests('gap', { ...own, gamma1d: 0 }, 20);
  });
  expect(one).toHaveLength(91);
  expect(one).toEqual(other);
  const systems = one.map(({ system }) => systemParameters(system));
  expect(systems.every(({ gammaF }) => gammaF === 1)).toBe(true);
  const points = systems.slice(0, 20).map((system) => {
    const [drive, ratio] = [system.driveOverCritical!, decayRatio(system)];
    return { drive, ratio, value: drive + 100 * ratio };
  });
  const { drives, ratios, values } = cellsOf(one, points);
  expect([drives.length, ratios.length]).toEqual([13, 7]);
  expect(values.flat().filter((value) => value !== null)).toHaveLength(20);
  for (const [i, drive] of drives.entries())
    for (const [k, ratio] of ratios.entries())
      if (values[i][k] !== null) expect(values[i][k]).toBeCloseTo(drive + 100 * ratio, 2);
  const heat = phaseHeat({ label: 'l', kind: 'log' }, { drives, ratios, values })!;
  expect(heat.scale!.full).toBeLessThan(heat.scale!.clear);
  expect(phaseHeat({ label: 'l', kind: 'log' }, cellsOf(one, []))).toBeUndefined();
});

test('without individual decay, and of one atom, there is no grid', () => {
  expect(phaseRequests('gap', { atoms: 18, gamma1d: 1, gammaf: 0 }, 20)).toEqual([]);
  expect(phaseRequests('gap', { atoms: 1, gamma1d: 1, gammaf: 1 }, 20)).toEqual([]);
});

test('results of several ratios are a phase diagram’s, of several drives or sizes a sweep’s', () => {
  const of = (atoms: number, ratio: number, drive: number) => systemParameters({ atoms, ratio, drive });
  expect(isOfRatios([of(18, 15, 0.7), of(18, 15, 0.8), of(24, 15, 0.7)])).toBe(false);
  expect(isOfRatios([of(18, 15, 0.7), of(18, 12, 0.7)])).toBe(true);
  expect(isOfRatios([])).toBe(false);
  expect(runNameOf('gap', true, true)).toBe('phase diagram of gaps');
  expect(runNameOf('steady-state', true, true)).toBe('phase diagram of steady states');
  expect(runNameOf('steady-state', true)).toBe('sweep of steady states');
  expect(runNameOf('gap', false, true)).toBe('gap');
});
