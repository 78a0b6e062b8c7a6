/** The index of equations tells the truth: each equation and figure is there, and so is each file and name that it tells. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PRESETS } from '../../src/parameters/presets';

const root = join(import.meta.dirname, '..', '..');

interface Row {
  /** as it stands: `(1)`, `(S1) to (S4)`, `2a`; of a row that goes on with another's, that one's */
  readonly label: string;
  readonly goesOn: boolean;
  readonly computed: string;
  readonly tested: string;
}

function rowsOf(markdown: string): Row[] {
  const rows: Row[] = [];
  for (const line of markdown.split('\n')) {
    const cells = /^\|(.*)\|$/
      .exec(line)?.[1]
      .split('|')
      .map((cell) => cell.trim());
    if (!cells || /^(-+|equation|quantity|figure)$/.test(cells[0])) continue;
    expect(cells, line).toHaveLength(4);
    const [label, , computed, tested] = cells;
    const goesOn = label === '';
    rows.push({ label: goesOn ? rows[rows.length - 1].label : label, goesOn, computed, tested });
  }
  return rows;
}

/** `(S1) to (S3)` as (S1), (S2), (S3), and `4a to 4c` as 4a, 4b, 4c. */
function expanded(label: string): string[] {
  const [from, to] = label.split(' to ');
  if (to === undefined) return [from];
  const numbers = [from, to].map((end) => /^\(S?(\d+)\)$/.exec(end)?.[1]);
  if (numbers[0] && numbers[1]) {
    const [first, last] = numbers.map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => from.replace(/\d+/, String(first + i)));
  }
  const [first, last] = [from, to].map((end) => end.charCodeAt(end.length - 1));
  return Array.from(
    { length: last - first + 1 },
    (_, i) => from.slice(0, -1) + String.fromCharCode(first + i),
  );
}

const textOf = (path: string) =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;

/** Whether a test names the function, the equation, or the figure, with or without its panel. */
function names(test: string, name: string | undefined, label: string): boolean {
  if (name && new RegExp(`\\b${name}\\b`).test(test)) return true;
  if (test.includes(`figures ${label}`)) return true;
  return expanded(label).some((each) =>
    each.startsWith('(')
      ? // `(1)` of a call has a word before it
        new RegExp(`(^|[^\\w])\\${each.slice(0, -1)}\\)`, 'm').test(test)
      : [each, each.replace(/[a-z]$/, '')].some((figure) => test.includes(`figure ${figure}`)),
  );
}

/** What is not so in a row. */
function faults({ label, computed, tested }: Row): string[] {
  if (computed === '–' && tested === '–') return [];
  const found: string[] = [];
  const [, path, name] = /^`([^`]+)` `(\w+)`$/.exec(computed) ?? [];
  if (computed !== '–') {
    const source = path ? textOf(path) : null;
    if (source === null) found.push(`${label}: no file ${computed}`);
    else if (!new RegExp(`^export (async )?(function|const|class) ${name}\\b`, 'm').test(source))
      found.push(`${label}: ${path} exports no ${name}`);
  }
  const test = /\.test\.ts`$/.test(tested) ? textOf(tested.replaceAll('`', '')) : null;
  if (test === null) found.push(`${label}: no test ${tested}`);
  else if (!names(test, name, label)) found.push(`${label}: ${tested} names neither ${name} nor ${label}`);
  return found;
}

const index = readFileSync(join(root, 'docs', 'equations.md'), 'utf8');
const rows = rowsOf(index);
const labels = rows.filter(({ goesOn }) => !goesOn).flatMap(({ label }) => expanded(label));

test('every file and function of the index exists, and every test names what it tests', () => {
  expect(rows.flatMap(faults)).toEqual([]);
});

test('every equation of the paper has its row, in order', () => {
  const numbered = (prefix: string, last: number) =>
    Array.from({ length: last }, (_, i) => `(${prefix}${i + 1})`);
  expect(labels.filter((label) => label.startsWith('('))).toEqual([
    ...numbered('', 10),
    ...numbered('S', 45),
  ]);
});

test('every figure has its row', () => {
  const figures = labels.filter((label) => /^S?\d/.test(label));
  for (const preset of Object.keys(PRESETS))
    expect(
      figures.filter((figure) => figure.startsWith(preset)),
      preset,
    ).not.toEqual([]);
  expect(
    figures.filter(
      (figure) => figure !== '1a' && !Object.keys(PRESETS).some((preset) => figure.startsWith(preset)),
    ),
  ).toEqual([]);
});

test.each([
  [
    '| (S24) | | `src/mean-field/none.ts` `bistableInterval` | `test/unit/mean-field/branches.test.ts` |',
    /no file/,
  ],
  [
    '| (S24) | | `src/mean-field/branches.ts` `bistable` | `test/unit/mean-field/branches.test.ts` |',
    /exports no bistable$/,
  ],
  ['| (S24) | | `src/mean-field/branches.ts` `bistableInterval` | `test/unit/none.test.ts` |', /no test/],
  [
    '| (S24) | | `src/mean-field/branches.ts` `bistableInterval` | `test/unit/table.test.ts` |',
    /names neither/,
  ],
  [
    '| 2a | | `src/figures/steady-plots.ts` `magnetizationPlot` | `test/unit/table.test.ts` |',
    /names neither/,
  ],
])('a row that is wrong is found: %s', (row, words) => {
  expect(rowsOf(row).flatMap(faults)).toEqual([expect.stringMatching(words)]);
});
