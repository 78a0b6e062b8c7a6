/** The Python examples of the guide, run as they stand. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needPython } from '../python';
import { script } from './lab-process';

const examples = join(import.meta.dirname, '..', '..', 'docs', 'examples');
const folder = mkdtempSync(join(tmpdir(), 'dicke-'));
afterAll(() => rmSync(folder, { recursive: true }));

let python: string;
beforeAll(() => {
  python = needPython('h5py', 'matplotlib', 'nbconvert', 'ipykernel');
  for (const name of ['figures.py', 'figures.ipynb']) cpSync(join(examples, name), join(folder, name));
});

/** Rejects with what it said where it fails. */
const inFolder = (...args: string[]) =>
  promisify(execFile)(python, args, {
    cwd: folder,
    env: { ...process.env, LAB: `${process.execPath} ${script} lab` },
  });
const isPng = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1', 1, 4) === 'PNG';

test('the script draws both figures', async () => {
  await inFolder('figures.py', '--atoms', '24,30,36', '--count', '256', '--out', 'figures');
  const pictures = readdirSync(join(folder, 'figures')).filter((name) => name.endsWith('.png'));
  expect(pictures.sort()).toEqual(['figure-2d.png', 'figure-4.png']);
  for (const name of pictures) expect(isPng(readFileSync(join(folder, 'figures', name)))).toBe(true);
});

interface Cell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly execution_count: number | null;
  readonly outputs?: readonly { text?: string | string[]; data?: Record<string, string> }[];
}
const cellsOf = (path: string): readonly Cell[] => JSON.parse(readFileSync(path, 'utf8')).cells;

test('the notebook runs, from its first cell to a value with its error', async () => {
  await inFolder('-m', 'nbconvert', '--to', 'notebook', '--execute', '--output', 'executed', 'figures.ipynb');
  const outputs = cellsOf(join(folder, 'executed.ipynb')).flatMap(({ outputs = [] }) => outputs);
  const pictures = outputs.flatMap(({ data }) =>
    data?.['image/png'] ? [Buffer.from(data['image/png'], 'base64')] : [],
  );
  expect(pictures.map(isPng)).toEqual([true, true]);
  const said = outputs.flatMap(({ text = [] }) => text).join('');
  const [, off] =
    /<S_z> = -\d\.\d{4} ± 0\.\d{4}, exact -2\.9\d{3}: ([+-]\d+\.\d) errors off/.exec(said) ?? [];
  expect(Math.abs(Number(off))).toBeLessThan(4);
});

test('the notebook is kept without what it printed, and draws by the functions of the script alone', () => {
  const cells = cellsOf(join(examples, 'figures.ipynb')).filter(({ cell_type }) => cell_type === 'code');
  for (const { outputs, execution_count } of cells)
    expect({ outputs, execution_count }).toEqual({ outputs: [], execution_count: null });
  const code = cells.map(({ source }) => source.join('')).join('\n');
  const text = readFileSync(join(examples, 'figures.py'), 'utf8');
  const [, imported] = /^from figures import (.*)$/m.exec(code)!;
  for (const name of imported.split(', ')) expect(text).toMatch(new RegExp(`^def ${name}\\(`, 'm'));
  expect(code).not.toMatch(/matplotlib|^def /m);
});
