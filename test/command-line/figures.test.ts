/** Figures from the command line, in a process of its own: stopped on the way, and beside an ensemble. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lab, script } from './lab-process';

const folder = mkdtempSync(join(tmpdir(), 'dicke-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('Ctrl-C keeps the figures that are finished, with their index', async () => {
  const out = join(folder, 'all');
  const { status, stdout, stderr } = await lab(['figure', 'all', '--engine', 'cpu', '--out', out], {
    watch: (said, child) => {
      if (said.includes('figure-1b.json')) child.kill('SIGINT');
    },
  });
  expect(status).toBe(130);
  expect(stderr).toMatch(/\nSIGINT: drawn are 1b; figure has no checkpoint\.\n/);
  expect(stdout).toMatch(/^figure 1b {2}figure-1b\.svg figure-1b\.csv figure-1b\.json\n$/);
  expect(readdirSync(out).sort()).toEqual(['figure-1b.csv', 'figure-1b.json', 'figure-1b.svg', 'index.html']);
  const index = readFileSync(join(out, 'index.html'), 'utf8');
  expect([...index.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)).toEqual(['figure-1b']);
});

test('a signal before the first figure is finished is named, and nothing is left', async () => {
  const out = join(folder, 'none');
  const { status, stderr } = await lab(['figure', '2d', '--engine', 'cpu', '--out', out], {
    watch: (said, child) => {
      if (/: \d+\//.test(said)) child.kill('SIGTERM');
    },
  });
  expect(status).toBe(130);
  expect(stderr).toMatch(/\nSIGTERM: interrupted before anything was drawn; figure has no checkpoint\.\n$/);
  expect(readdirSync(out)).toEqual([]);
});

test('an ensemble leaves figure 4 beside its tables', () => {
  const out = join(folder, 'ensemble');
  const words = ['ensemble', '--engine', 'cpu', '--count', '256', '--time', '4', '--out', out];
  const { status, stderr } = spawnSync(process.execPath, [script, ...words], { encoding: 'utf8' });
  expect(status).toBe(0);
  const pictures = ['4a', '4b', '4c-inset', '4c'].map((number) => `figure-${number}.svg`);
  expect(readdirSync(out).filter((name) => name.endsWith('.svg'))).toEqual(pictures);
  expect(readdirSync(out)).toEqual(expect.arrayContaining(['trajectories.json', 'trajectories.csv']));
  for (const name of pictures) {
    expect(stderr).toContain(`Wrote ${join(out, name)}\n`);
    const text = readFileSync(join(out, name), 'utf8');
    // Between the metastable states, with where it comes from.
    for (const words of ['trajectory 1', 'seed=1', 'gamma1D=10', 'trajectories (dicke', 'metastable (dicke'])
      expect(text.includes(words), `${name}: ${words}`).toBe(true);
  }
});
