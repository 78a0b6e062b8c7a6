/** The table of figures: it holds all that the paper and the page have, and takes what applies. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { figureRequests } from '../../../components/lab/figures';
import { sameRequests } from '../../../src/experiments/same-requests';
import { requestsOf } from '../../../src/figures/figure';
import { figureNames, panelNumbers, panelsOf, sketches } from '../../../src/figures/figure-numbers';
import { type FigureOption, type FigureOptions, figureTable } from '../../../src/figures/figure-options';
import { panels } from '../../../src/figures/panels';
import { paperNumbers } from '../../../src/figures/paper-numbers';
import { InputError } from '../../../src/parameters/errors';
import { flagOf, keysOf } from '../../../src/parameters/options';
import { type Figure, PRESETS } from '../../../src/parameters/presets';

test('every preset of the paper has its panels, in the order of the paper', () => {
  const shown = new Set(panelNumbers.map((number) => panels[number].preset));
  expect([...shown].sort()).toEqual(keysOf(PRESETS).sort());
  for (const number of panelNumbers) expect(number.startsWith(panels[number].preset)).toBe(true);
  expect([...panelNumbers]).toEqual([...panelNumbers].sort());
});

test('every figure and panel that the index of equations tells of is drawn, or refused as a drawing', () => {
  const index = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'equations.md'), 'utf8');
  const labels = [...index.matchAll(/^\| (S?\d[a-z]?)(?: to (S?\d[a-z]))? /gm)].flatMap(
    ([, from, to = from]) =>
      panelNumbers
        .filter((number) => number >= from && number <= to)
        .concat(from in sketches ? [from as never] : []),
  );
  expect(labels).toEqual([...Object.keys(sketches), ...panelNumbers]);
});

test('a whole figure is its panels, and all of them the paper', () => {
  expect(panelsOf('2')).toEqual(['2a', '2b', '2c', '2d']);
  expect(panelsOf('1')).toEqual(['1b']);
  expect(panelsOf('S4')).toEqual(['S4']);
  expect(panelsOf('all')).toEqual(panelNumbers);
  for (const name of figureNames) expect(panelsOf(name)).toBeInstanceOf(Array);
});

test.each(['9', 's4', '2e', '', 'toString', '__proto__', '4 a'])('there is no figure %j', (number) => {
  expect(panelsOf(number)).toMatch(/^the paper has none of that number; there are 1b, 2a, .*, S4, .*, all$/);
});

test('a drawing is refused by what it is', () => {
  expect(panelsOf('1a')).toBe('it is a drawing of the atoms in their cavity and holds no numbers to compute');
});

/** Those whose cost the page counts by all of their runs. */
const runsAlike = ['2a', '2b', '2c', '2d', '3a', '3b', '3c', '3d', '4a', 'S4'] as const;

test.each(runsAlike)('figure %s asks for what the page asks for', (number) => {
  const own = requestsOf([number], {}).get(number)!;
  const page = figureRequests(panels[number].preset);
  expect(own.length).toBeGreaterThan(0);
  expect(sameRequests(own, page)).toBe(true);
});

const said: Required<FigureOptions> = { atoms: [20], drive: 0.74, points: 4, trajectories: 77, seed: 3 };

test.each(panelNumbers)(
  'figure %s heeds each option that it takes, and refuses the others by name',
  (number) => {
    const own = requestsOf([number], {}).get(number)!;
    for (const option of keysOf(figureTable)) {
      const asked = () => requestsOf([number], { [option]: said[option] }).get(number)!;
      if (panels[number].takes.includes(option)) {
        expect(asked(), option).not.toEqual(own);
        continue;
      }
      expect(asked, option).toThrow(InputError);
      expect(asked, option).toThrow(
        new RegExp(`^--${flagOf(option)} must be left out: figure ${number} takes (--|none of its kind)`),
      );
    }
  },
);

test('of several panels each heeds what it takes', () => {
  const requests = requestsOf(['2b', '4a'], { seed: 9, drive: 0.8 });
  expect(requests.get('2b')).toMatchObject([{ system: { drive: 0.8 }, options: {} }]);
  expect(requests.get('4a')![1]).toMatchObject({ system: { drive: 0.8 }, options: { seed: 9 } });
  expect(() => requestsOf(['2b', '3b'], { seed: 9 })).toThrow(
    '--seed must be left out: these figures take --atoms, --drive',
  );
});

test.each<[Parameters<typeof requestsOf>[0][number], FigureOptions, RegExp]>([
  ['2b', { atoms: [18, 24] }, /^--atoms must be one whole number: figure 2b is of one/],
  ['2a', { atoms: [10, 18] }, /^--atoms must be 17 or more: figure 2a has Gamma\/gamma = 15.5/],
  ['2b', { atoms: [16] }, /^--atoms must be 17 or more/],
  ['2d', { atoms: [9] }, /^--atoms must be 17 or more/],
  ['S4', { points: 5 }, /^--points must be so few that figure S4 has at most 12 pictures/],
  ['S4', { atoms: [18, 19, 20, 21, 22] }, /^--atoms must be so few/],
  ['2a', { points: 1 }, /^--points must be a whole number from 2/],
])('figure %s cannot do %j', (number, asked, words) => {
  expect(() => requestsOf([number], asked)).toThrow(words);
});

test('an option that none of its kind takes is none of these', () => {
  const everywhere = panelNumbers.flatMap((number): readonly FigureOption[] => panels[number].takes);
  expect([...new Set(everywhere)].sort()).toEqual(keysOf(figureTable).sort());
});

test('figures with numbers of the paper are figures 2d and 3b', () => {
  const told = (keysOf(PRESETS) as Figure[]).filter((figure) => paperNumbers(figure).length > 0);
  expect(told).toEqual(['2d', '3b']);
});
