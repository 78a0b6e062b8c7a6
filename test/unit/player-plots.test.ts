/** The player's plots: its lines and inks, where a cursor is, what finer samples change, and when it has switched. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MetastableResult } from '../../src/experiments/spectrum/metastable';
import type { Trace } from '../../src/experiments/trajectories/trajectories-result';
import {
  type Followed,
  followedPlot,
  isSameTrajectory,
  linesOf,
  sampleAt,
  switchesOf,
  withFiner,
} from '../../src/figures/player-plots';
import { systemParameters } from '../../src/parameters/system';
import { FIGURE_4 } from './reference';

const figure4 = systemParameters({});
const followed: readonly Followed[] = [
  'Sz',
  'Sy',
  'squeezing',
  'j',
  'committor',
  'crssFidelity',
  'crssFidelityAllJ',
];

/** A trace whose every quantity is its sample's time, but for j and the committor. */
function traceAt(t: readonly number[], j = 9, committor: readonly number[] | null = t.map(() => 1)): Trace {
  const same = [...t];
  const states = { j: t.map(() => j), committor: committor && [...committor] };
  return {
    t: same,
    Sy: same,
    Sz: same,
    ...states,
    crssFidelity: same,
    crssFidelityAllJ: same,
    squeezing: same,
  };
}

/** What the player reads of the two states. */
const { numbers } = FIGURE_4;
const states = {
  plus: {
    moments: { Sz: numbers.rho_plus.Sz, Sy: 1, squeezing: numbers.rho_plus.xi2 },
    ...{ Pj: [0.7, 0.2, 0.1], crssFidelity: 0.72, crssFidelityAllJ: 0.99 },
  },
  minus: {
    moments: { Sz: numbers.rho_minus.Sz, Sy: 0, squeezing: null },
    ...{ Pj: [0, 0, 0, 1], crssFidelity: 0, crssFidelityAllJ: 0.1 },
  },
} as unknown as MetastableResult;

describe('lines', () => {
  test.each(followed)('of %s: blue of rho_+ and orange of rho_-, nothing else in these inks', (name) => {
    const lines = linesOf(figure4, name, states);
    expect(lines.filter(({ ink }) => ink === 'lower').map(({ label }) => label)).toEqual(['*ρ*_+']);
    const minus = name === 'squeezing' ? [] : ['*ρ*_−'];
    expect(lines.filter(({ ink }) => ink === 'upper').map(({ label }) => label)).toEqual(minus);
    expect(lines.every(({ axis }) => axis === 'y')).toBe(true);
  });

  test('are at the states’ own means: of j by P_j, of the committor 1 and 0', () => {
    const at = (name: Followed) =>
      linesOf(figure4, name, states)
        .slice(0, 2)
        .map(({ at }) => at);
    expect(at('Sz')).toEqual([numbers.rho_plus.Sz, numbers.rho_minus.Sz]);
    expect(at('j')[0]).toBeCloseTo(0.7 * 9 + 0.2 * 8 + 0.1 * 7, 12);
    expect(at('j')[1]).toBe(6);
    expect(at('committor')).toEqual([1, 0]);
  });

  test('of squeezing have Eq. (7), with Eq. (1) alone', () => {
    const seven = (system: typeof figure4) =>
      linesOf(system, 'squeezing', null).find(({ label }) => label === 'mean field, (7)');
    expect(seven(figure4)?.at).toBeCloseTo(numbers.mean_field[0].xi2_eq7_S42!, 6);
    expect(seven(systemParameters({ dephasing: 0.1 }))).toBeUndefined();
  });

  test('without the states are those of the branches', () => {
    expect(linesOf(figure4, 'Sz', null).map(({ ink }) => ink)).toEqual(['lower', 'upper']);
    expect(linesOf(figure4, 'j', null)).toEqual([]);
  });
});

test('a trajectory is in the ink of the state that it is bound for, and j in steps', () => {
  const trace = traceAt([0, 1, 2], 9, [1, 0.6, 0.1]);
  for (const name of followed) {
    const { curves } = followedPlot(figure4, trace, 0, name, null, [0, 2]);
    expect(curves).toMatchObject([{ ink: 'upper', shade: { ink: 'lower', by: [1, 0.6, 0.1], level: 0.5 } }]);
    expect(curves[0].steps ?? false).toBe(name === 'j');
  }
  const unknown = followedPlot(figure4, traceAt([0, 1], 9, null), 0, 'Sz', null, [0, 1]);
  expect(unknown.curves).toMatchObject([{ ink: 'trace' }]);
  expect(unknown.curves[0].shade).toBeUndefined();
});

test('a cursor reads the last sample that is not after it', () => {
  const rising = fc
    .uniqueArray(fc.double({ min: 1e-3, max: 10, noNaN: true }), { minLength: 1, maxLength: 50 })
    .map((times) => [0, ...times.sort((a, b) => a - b)]);
  fc.assert(
    fc.property(rising, fc.double({ min: 0, max: 1, noNaN: true }), (t, share) => {
      const time = share * t[t.length - 1];
      const i = sampleAt({ t }, time);
      expect(t[i]).toBeLessThanOrEqual(time);
      if (i + 1 < t.length) expect(t[i + 1]).toBeGreaterThan(time);
    }),
  );
});

test('it has switched when it enters the other core set', () => {
  const p = [0.5, 0.9, 0.5, 0.85, 0.1, 0.3, 0.19, 0.7, 0.8, 0.1];
  const t = p.map((_, i) => i);
  expect(switchesOf(traceAt(t, 9, p), 0.2)).toEqual([4, 8, 9]);
  expect(switchesOf(traceAt(t, 9, null), 0.2)).toEqual([]);
});

describe('finer samples', () => {
  const t = Array.from({ length: 21 }, (_, i) => i / 2);
  /** From sample `from` to `to`, `parts` to each. */
  const finer = (from: number, to: number, parts: number) =>
    Array.from({ length: (to - from) * parts + 1 }, (_, i) => (from + i / parts) / 2);

  test('take the place of those that they are between', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 18 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 9 }),
        (from, length, parts) => {
          const to = Math.min(20, from + length);
          const closer = { trace: traceAt(finer(from, to, parts)), jumps: null };
          const joined = withFiner(traceAt(t), closer);
          expect(joined.t).toEqual([...t.slice(0, from), ...closer.trace.t, ...t.slice(to + 1)]);
          for (const name of followed) expect(joined[name]).toHaveLength(joined.t.length);
          expect(joined.Sz).toEqual(joined.t);
        },
      ),
    );
  });

  test('are of the same trajectory only where they agree at the samples that both have', () => {
    const own = traceAt(t);
    const trace = traceAt(finer(4, 8, 5));
    expect(isSameTrajectory(own, { trace, jumps: null }, 4, 5)).toBe(true);
    const other = { ...trace, j: trace.j.map((j, i) => (i === 10 ? j - 1 : j)) };
    expect(isSameTrajectory(own, { trace: other, jumps: null }, 4, 5)).toBe(false);
    // Between them nothing can be said.
    const between = { ...trace, j: trace.j.map((j, i) => (i === 11 ? j - 1 : j)) };
    expect(isSameTrajectory(own, { trace: between, jumps: null }, 4, 5)).toBe(true);
  });
});
