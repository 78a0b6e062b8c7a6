/** The command line as a user has it: own process, own browser, the built page. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { TrajectoriesResult } from '../../src/experiments/trajectories/trajectories-result';
import { needChromium } from '../browser/find-chromium';

const root = join(import.meta.dirname, '..', '..');
const start = join(root, 'src', 'command-line', 'start.mjs');
const folder = mkdtempSync(join(tmpdir(), 'dicke-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command; `watch` sees everything said so far whenever something more is said. */
function lab(
  line: string,
  watch?: (said: string, child: ChildProcess) => void,
  environment: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [start, 'lab', ...line.split(' ')], { cwd: root, env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => {
    stderr += text;
    watch?.(stderr, child);
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

const small = 'trajectories --atoms 3 --count 512 --time 1 --burn-in 0.5 --samples 4';
/** Far more than any test waits for, in batches of a second or so. */
const endless = 'trajectories --atoms 2 --count 100000000 --time 1 --burn-in 0.5 --samples 4';

beforeAll(() => lab('--version'));

test('mean-field prints a table and nothing else', async () => {
  const { status, stdout, stderr } = await lab('mean-field');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^mean-field: N = 18, gamma_1D = 10, gamma_F = 1, Omega = 31.025 = 0.73 Omega_c\n/);
  expect(stdout).toMatch(/^sz +sy +stable +squeezing\n-0\.668781 +0\.665602 +true +0\.738149$/m);
});

test('--json prints one document, with the fields of the interface', async () => {
  const { status, stdout, stderr } = await lab(`${small} --json`);
  expect(status).toBe(0);
  expect(stderr).toMatch(/^trajectories: \d+\/512 trajectories/m);
  expect(stdout).toMatch(/^[^\n]+\n$/);
  const document = JSON.parse(stdout) as ResultDocument;
  expect(Object.keys(document)).toEqual([
    'schema',
    'command',
    'version',
    'walk',
    'seconds',
    'parameters',
    'adapter',
    'warnings',
    'interrupted',
    'result',
    'sha256',
  ]);
  expect(Object.keys(document.parameters)).toEqual([
    'atoms',
    'gamma1D',
    'gammaF',
    'omega',
    'driveOverCritical',
  ]);
  expect(Object.keys(document.adapter!)).toEqual(['vendor', 'architecture', 'description', 'fallback']);
  expect(document.result).toMatchObject({
    count: 512,
    time: 1,
    burnIn: 0.5,
    seed: 1,
    unraveling: 'dark-port',
    steady: { Sx: { value: 0, error: 0 }, Sz: { value: expect.any(Number), error: expect.any(Number) } },
    Pm: { length: 4 },
    Pj: { length: 2 },
    series: { t: [0, 0.25, 0.5, 0.75, 1], Sz: { mean: { length: 5 }, error: { length: 5 } } },
    jumps: { collectivePerTime: {}, individualPerTime: {} },
  });
});

test('--out writes the document and a CSV file for every table', async () => {
  const out = join(folder, 'out');
  const { status, stdout, stderr } = await lab(`${small} --seed 9 --json --out ${out}`);
  expect(status).toBe(0);
  expect(readFileSync(join(out, 'trajectories.json'), 'utf8')).toBe(stdout);
  const files = readdirSync(out).sort();
  expect(files).toEqual([
    'trajectories-Pj.csv',
    'trajectories-Pm.csv',
    'trajectories-density.csv',
    'trajectories-series.csv',
    'trajectories-traces.csv',
    'trajectories.csv',
    'trajectories.json',
  ]);
  for (const file of files) expect(stderr).toContain(`Wrote ${join(out, file)}\n`);
  expect(readFileSync(join(out, 'trajectories-Pm.csv'), 'utf8')).toMatch(/^# .*seed=9.*$/m);
});

test('Ctrl-C keeps what was finished', async () => {
  const out = join(folder, 'interrupted');
  let interrupted = false;
  const { status, stdout, stderr } = await lab(`${endless} --json --out ${out}`, (said, child) => {
    // Some batches are finished once a line counts trajectories beyond the first few thousand.
    if (interrupted || !/trajectories: \d{4,}\/100000000/.test(said)) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  expect(status).toBe(130);
  expect(stderr).toContain('Stopping at the next submit');
  const document = JSON.parse(stdout) as ResultDocument<TrajectoriesResult>;
  expect(document.interrupted).toBe(true);
  expect(document.result.count).toBeGreaterThan(0);
  expect(document.result.steady!.Sz.error).toBeGreaterThan(0);
  expect(readFileSync(join(out, 'trajectories.json'), 'utf8')).toBe(stdout);
});

const unravelings = ['dark-port', 'photodetection'];

test.each(unravelings)(
  'a killed run goes on from its file, to the bits of one long run: %s',
  async (unraveling) => {
    const out = join(folder, `killed-${unraveling}`);
    const run = `${endless} --unraveling ${unraveling}`;
    const file = join(out, 'trajectories.json');
    const killed = await lab(`${run} --out ${out}`, (said, child) => {
      if (/trajectories: \d{4,}\/100000000/.test(said)) child.kill('SIGKILL');
    });
    expect(killed.status).toBeNull();
    expect(readdirSync(out).filter((name) => name.endsWith('.json'))).toEqual(['trajectories.json']);
    const left = JSON.parse(readFileSync(file, 'utf8')) as ResultDocument<TrajectoriesResult>;
    expect(left.result.stoppedBy).toBeNull();
    expect(left.result.count).toBeGreaterThanOrEqual(256);
    const count = left.result.count + 700;
    const resumed = await lab(`trajectories --resume ${file} --count ${count} --json`);
    const long = await lab(`${run.replace('100000000', String(count))} --json`);
    expect(JSON.parse(resumed.stdout).result).toEqual(JSON.parse(long.stdout).result);
  },
);

test('files of two seeds are merged, and those of other settings are not', async () => {
  const file = (name: string) => join(folder, `${name}.json`);
  for (const [name, more] of [
    ['one', '--seed 1'],
    ['two', '--seed 2'],
    ['longer', '--seed 3 --time 2'],
  ]) {
    writeFileSync(file(name), (await lab(`${small} ${more} --json`)).stdout);
  }
  const merged = await lab(`trajectories --merge ${file('two')} ${file('one')} --json`);
  expect(JSON.parse(merged.stdout)).toMatchObject({
    adapter: null,
    result: { count: 1024, seed: null, stoppedBy: 'merge' },
  });
  const refused = await lab(`trajectories --merge ${file('one')} ${file('longer')}`);
  expect(refused).toMatchObject({ status: 2, stdout: '' });
  expect(refused.stderr).toMatch(
    /^--merge must be files with the same time, but got "1 in .*one.json, 2 in .*longer.json"\n$/,
  );
});

test('a browser that dies fails the run and says so', async () => {
  // Stands before the real browser and notes its process.
  const wrapper = join(folder, 'chromium');
  const note = join(folder, 'pid');
  writeFileSync(wrapper, `#!/bin/sh\necho $$ > '${note}'\nexec '${needChromium()}' "$@"\n`, { mode: 0o755 });
  let killed = false;
  const watch = (said: string) => {
    if (killed || !said.includes('trajectories:')) return;
    killed = true;
    // The whole group: what is on the PATH may be a script that waits for the browser.
    process.kill(-Number(readFileSync(note, 'utf8')), 'SIGKILL');
  };
  const { status, stdout, stderr } = await lab(endless, watch, { CHROME_PATH: wrapper });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^The browser ended in the middle of the run$/m);
});

test('without a browser the run ends with what to install', async () => {
  const { status, stderr } = await lab('mean-field', undefined, { CHROME_PATH: join(folder, 'nowhere') });
  expect(status).toBe(3);
  expect(stderr).toMatch(/^CHROME_PATH names .*nowhere, which is not a program that can be run\.\n$/);
});
