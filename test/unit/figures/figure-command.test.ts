/** The command `figure`, given wrongly, ends with status 2 and one line, before anything is computed or written. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../../src/command-line/main';

const folder = mkdtempSync(join(tmpdir(), 'dicke-'));
afterAll(() => rmSync(folder, { recursive: true }));

let said = '';
let printed = '';

beforeEach(() => {
  [said, printed] = ['', ''];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
  const write = (text: string, then?: () => void) => {
    printed += text;
    then?.();
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(write as typeof process.stdout.write);
});

afterEach(() => vi.restoreAllMocks());

test.each([
  ['1a', /^figure 1a cannot be drawn: it is a drawing of the atoms in their cavity and holds no numbers/],
  ['5', /^figure 5 cannot be drawn: the paper has none of that number; there are 1b, 2a, .*, S4, .* all$/],
  ['', /^figure needs a number: 1b, 2a/],
  ['2d 3a', /^too many arguments for 'figure'/],
  ['2d --seed 3', /^--seed must be left out: figure 2d takes --atoms, but got 3$/],
  ['1b --drive 0.5', /^--drive must be left out: figure 1b takes none of its kind, but got 0.5$/],
  [
    '2b --atoms 18,24',
    /^--atoms must be one whole number: figure 2b is of one number of atoms, but got 18,24$/,
  ],
  ['2a --atoms 12', /^--atoms must be 17 or more: figure 2a has Gamma\/gamma = 15.5, .*, but got 12$/],
  ['2a --atoms many', /^--atoms must be whole numbers from 2 to 1000, separated by commas, but got "many"$/],
  ['2a --points 1', /^--points must be a whole number from 2 to 401, but got 1$/],
  ['2b --drive -1', /^--drive must be a number \(Omega\/Omega_c\) from 0 to 100, but got -1$/],
  ['4 --trajectories 1', /^--trajectories must be a whole number from 2/],
  ['4 --zzz 100', /^unknown option '--zzz'; figure takes --atoms, --drive, .*--out$/],
  ['3b --threads 0', /^--threads must be a whole number from 1 to 1024, but got 0$/],
  ['3b --engine fast', /^--engine must be one of auto, gpu, cpu, but got "fast"$/],
  ['3b --sheet a4', /^--sheet must be one of screen, column, page, but got "a4"$/],
])('figure %s is refused', async (line, words) => {
  const out = join(folder, 'none');
  const all = ['figure', ...line.split(' ').filter(Boolean), '--out', out];
  expect(await main(all)).toBe(2);
  expect(said.trimEnd()).toMatch(words);
  expect(said.trimEnd()).not.toContain('\n');
  expect(printed).toBe('');
  expect(readdirSync(folder)).not.toContain('none');
});

test('a figure needs a folder that it can write to', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(await main(['figure', '1b'])).toBe(2);
  expect(await main(['figure', '1b', '--out', ''])).toBe(2);
  expect(await main(['figure', '1b', '--out', join(file, 'under')])).toBe(2);
  expect(said.trimEnd().split('\n')).toEqual([
    '--out must be a folder to write to, but got nothing',
    '--out must be a folder to write to, but got ""',
    expect.stringMatching(/^--out must be a folder to write to \(ENOTDIR/),
  ]);
});

test('help lists the numbers and what each option is', async () => {
  expect(await main(['figure', '--help'])).toBe(0);
  expect(printed).toMatch(/1b, 2a,[\s\S]*S4[\s\S]*--atoms <N,N,...>[\s\S]*--sheet <name>/);
});

test('the mean field’s figures: files, and what is said of them', async () => {
  const out = join(folder, 'S2');
  expect(await main(['figure', 'S2', '--out', out, '--drive', '0.65', '--sheet', 'page'])).toBe(0);
  const names = ['a', 'b', 'c'].flatMap((panel) =>
    ['csv', 'json', 'svg'].map((type) => `figure-S2${panel}.${type}`),
  );
  expect(readdirSync(out).sort()).toEqual(names);
  for (const name of names) expect(said).toContain(`Wrote ${join(out, name)}\n`);
  expect(printed).toMatch(/^figure S2a {2}figure-S2a\.svg figure-S2a\.csv figure-S2a\.json\n/);
});
