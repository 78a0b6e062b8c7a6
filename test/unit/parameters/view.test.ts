/** What the page shows, over all that its fields can hold: each view survives its link, and none ends without a word. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Field,
  fieldOptions,
  otherWay,
  pageFields,
  systemFields,
} from '../../../components/parameters/fields';
import {
  checkView,
  ensembleOptions,
  fieldsInUse,
  saysMore,
  systemInput,
  type View,
  viewFromQuery,
  viewToQuery,
  withDriveAs,
  withFigure,
  withRates,
} from '../../../components/parameters/view';
import { check } from '../../../src/experiments/run';
import { sweepRequests } from '../../../src/figures/sweep';
import { InputError } from '../../../src/parameters/errors';
import { keysOf } from '../../../src/parameters/options';
import { ALL_PRESETS, BEYOND_THE_PAPER, PRESETS, type PresetName } from '../../../src/parameters/presets';
import { beyondEquation1, meanFieldRates, systemParameters } from '../../../src/parameters/system';
import { cases, taken } from '../../arbitrary-options';

const fields = pageFields;
const figures = keysOf(ALL_PRESETS);

/** A field each, made by its name. */
const values = (of: (field: Field) => fc.Arbitrary<string>) =>
  fc.record(Object.fromEntries(fields.map((field) => [field, of(field)]))) as fc.Arbitrary<View['values']>;
const viewOf = (
  of: (field: Field) => fc.Arbitrary<string>,
  figure: fc.Arbitrary<string>,
): fc.Arbitrary<View> =>
  fc.record({
    figure,
    rates: fc.constantFrom('gammas', 'ratio'),
    driveAs: fc.constantFrom('drive', 'omega'),
    values: values(of),
  });

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', ' ', '1e999', '-0', '&a=b', '+1', '0x1f'),
);
const inRange = (field: Field) => taken(fieldOptions[field]).map(String);
const anyView = viewOf(
  (field) => fc.oneof(inRange(field), text),
  fc.oneof(fc.constant(''), fc.constantFrom<string>(...figures), text),
);
/** Moderate systems, most of which there are. */
const rate = fc
  .oneof({ weight: 9, arbitrary: fc.double({ min: 0.01, max: 100, noNaN: true }) }, fc.constant(0))
  .map(String);
const moderate: Partial<Record<Field, fc.Arbitrary<string>>> = {
  atoms: fc.integer({ min: 2, max: 200 }).map(String),
  gamma1d: rate,
  gammaf: rate,
  omega: rate,
  drive: rate,
  ratio: fc.double({ min: 0.01, max: 1, noNaN: true }).map(String),
  detuning: fc.integer({ min: -100, max: 100 }).map((tenths) => String(tenths / 10)),
  'collective-shift': fc.integer({ min: -100, max: 100 }).map((tenths) => String(tenths / 10)),
  pumping: rate,
  dephasing: rate,
  'collective-pumping': rate,
  'collective-dephasing': rate,
};
const systemView = viewOf((field) => moderate[field] ?? inRange(field), fc.constant(''));

/** What counts of a view. */
const meant = (view: View) => ({
  figure: view.figure,
  rates: view.rates,
  driveAs: view.driveAs,
  values: fieldsInUse(view).map((field) => [field, view.values[field]]),
});

test('a view survives its link, and the link itself, whatever the fields hold', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const query = viewToQuery(view);
      const again = viewFromQuery(query);
      expect(meant(again)).toEqual(meant(view));
      expect(viewToQuery(again)).toBe(query);
      expect(checkView(again)).toEqual(checkView(view));
    }),
    cases,
  );
});

test('any text in any field is taken, or refused beside a field in a sentence', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const { parameters, sweep, problems } = checkView(view);
      for (const [field, problem] of problems) {
        expect(['figure', ...fieldsInUse(view)]).toContain(field);
        expect(problem).toMatch(/^(Must|\S+ must) be .+\.$/s);
      }
      const refused = (some: readonly string[]) => some.some((field) => problems.has(field));
      expect(parameters === null).toBe(refused(systemFields));
      expect(sweep === null).toBe(refused(['from', 'to', 'points', 'numbers']));
    }),
    cases,
  );
});

test('what the page finds no fault with is what a run takes, and the other way round', () => {
  fc.assert(
    fc.property(systemView, (view) => {
      const { problems } = checkView(view);
      const request = { command: 'trajectories', system: systemInput(view), options: ensembleOptions(view) };
      const mine = [...problems.keys()].filter(
        (field) => !['from', 'to', 'points', 'numbers'].includes(field),
      );
      try {
        check(request);
        expect(mine).toEqual([]);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        const seen: readonly string[] = fieldsInUse(view);
        expect(mine).toContain(seen.includes(error.argument) ? error.argument : otherWay(error.argument));
      }
    }),
    cases,
  );
});

describe('the other way of saying a system is the same system, to the seven digits of a field', () => {
  const digits = 2e-6;
  test.each([
    ['rates', withRates, 'ratio', 'gammas'],
    ['drive', withDriveAs, 'omega', 'drive'],
  ] as const)('%s', (_, change, one, other) => {
    let systems = 0;
    fc.assert(
      fc.property(systemView, fc.boolean(), (view, swapped) => {
        const { parameters } = checkView(view);
        // Without collective decay there is no Omega_c, and Gamma/gamma = 0 is not taken.
        if (parameters === null || parameters.driveOverCritical === null) return;
        const to = swapped ? one : other;
        const changed = (change as typeof withRates)(view, to as View['rates'], parameters);
        const after = checkView(changed).parameters;
        expect(after).not.toBeNull();
        const [before, now] = [parameters, after!].map((system) => {
          const { gamma, Gamma } = meanFieldRates(system);
          const more = beyondEquation1.map(({ quantity }) => system[quantity] / gamma);
          return { ratio: Gamma / gamma, drive: system.omega / gamma, more };
        });
        expect(Math.abs(now.ratio - before.ratio)).toBeLessThanOrEqual(digits * before.ratio);
        expect(Math.abs(now.drive - before.drive)).toBeLessThanOrEqual(digits * before.drive);
        now.more.forEach((rate, i) => {
          expect(Math.abs(rate - before.more[i])).toBeLessThanOrEqual(digits * Math.abs(before.more[i]));
        });
        systems += 1;
      }),
      cases,
    );
    expect(systems).toBeGreaterThan(cases.numRuns / 2);
  });
});

test.each(figures)(
  'figure %s: its view is without a fault from any other, and its link says it alone',
  (figure: PresetName) => {
    fc.assert(
      fc.property(systemView, (view) => {
        const shown = withFigure(view, figure);
        const { system } = ALL_PRESETS[figure];
        expect(systemInput(shown)).toMatchObject(system);
        expect(meant(viewFromQuery(`figure=${figure}`)).values).toEqual(
          meant(withFigure(viewFromQuery(''), figure)).values,
        );
      }),
      { ...cases, numRuns: 10 },
    );
  },
);

test.each(keysOf(BEYOND_THE_PAPER))(
  'the preset %s has its own link, and says what figures do not',
  (name) => {
    const view = viewFromQuery(`preset=${name}`);
    expect(view.figure).toBe(name);
    expect(viewToQuery(view)).toMatch(new RegExp(`^preset=${name}&`));
    expect(saysMore(view)).toBe(true);
    expect(checkView(view).parameters).not.toBeNull();
    for (const figure of keysOf(PRESETS)) expect(saysMore(withFigure(view, figure))).toBe(false);
  },
);

test('a link says of the general model what is not 0, also beside a figure', () => {
  expect(viewToQuery(viewFromQuery(''))).not.toMatch(/detuning|shift|pumping|dephasing/);
  const view = viewFromQuery('figure=4&detuning=-0.5');
  expect(viewToQuery(view)).toMatch(/^figure=4&.*&detuning=-0\.5&/);
  expect(checkView(view).parameters).toMatchObject({ atoms: 18, detuning: -0.5, pumping: 0 });
});

test('what is wrong with the system hides nothing that is wrong elsewhere', () => {
  const { problems } = checkView(
    viewFromQuery('?gamma1d=-1&drive=x&count=0&seed=-1&ramp=y&port=window&points=1'),
  );
  expect([...problems.keys()].sort()).toEqual(
    ['gamma1d', 'drive', 'count', 'seed', 'ramp', 'port', 'points'].sort(),
  );
});

test('a sweep over numbers of atoms keeps the other rates, in units of gamma', () => {
  const view = viewFromQuery('atoms=18&gamma1d=4&gammaf=4&detuning=4&pumping=2&numbers=18,30');
  const { parameters, sweep } = checkView(view);
  const requests = sweepRequests('gap', systemInput(view), parameters!, sweep!);
  const [own, other] = [requests[0], requests.at(-1)!].map(({ system }) => systemParameters(system));
  expect(own).toMatchObject({ atoms: 18, gammaF: 4, detuning: 4, pumping: 2 });
  expect(other).toMatchObject({ atoms: 30, detuning: 0.5, pumping: 0.25 });
  expect(other.gammaF + other.gamma1D).toBeCloseTo(1, 14);
});
