/** The command line as a user has it: in a process of its own, on either engine. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { TrajectoriesResult } from '../../src/experiments/trajectories/trajectories-result';
import { endless as endlessWords, lab as runLab } from './lab-process';

const folder = mkdtempSync(join(tmpdir(), 'dicke-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a line of words. */
const lab = (line: string, streams: Parameters<typeof runLab>[1] = {}) => runLab(line.split(' '), streams);

const small = 'trajectories --atoms 3 --count 512 --time 1 --burn-in 0.5 --samples 4';
const endless = endlessWords.join(' ');

test('mean-field prints a table and nothing else', async () => {
  const { status, stdout, stderr } = await lab('mean-field');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^mean-field: N = 18, gamma_1D = 10, gamma_F = 1, Omega = 31.025 = 0.73 Omega_c\n/);
  expect(stdout).toMatch(
    /^sz +sx +sy +stable +squeezing +circling\n-0\.668781 +0 +0\.665602 +true +0\.738149 +-$/m,
  );
});

test('--json prints one document, with the fields of the interface', async () => {
  const { status, stdout, stderr } = await lab(`${small} --json`);
  expect(status).toBe(0);
  expect(stderr).toMatch(/^The CPU computes, on \d+ threads\. \S/);
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
    'engine',
    'adapter',
    'threads',
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
    'detuning',
    'collectiveShift',
    'pumping',
    'dephasing',
    'collectivePumping',
    'collectiveDephasing',
    'driveOverCritical',
  ]);
  expect(document).toMatchObject({ engine: 'cpu', adapter: null, threads: availableParallelism() });
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
  const { status, stdout, stderr } = await lab(`${endless} --json --out ${out}`, {
    underWay: (child) => child.kill('SIGINT'),
  });
  expect(status).toBe(130);
  expect(stderr).toContain('Stopping at the next submit');
  const document = JSON.parse(stdout) as ResultDocument<TrajectoriesResult>;
  expect(document.interrupted).toBe(true);
  expect(document.result.count).toBeGreaterThan(0);
  expect(document.result.steady!.Sz.error).toBeGreaterThan(0);
  expect(readFileSync(join(out, 'trajectories.json'), 'utf8')).toBe(stdout);
});

test.each([
  ['dark-port', 'cpu'],
  ['photodetection', 'cpu'],
  ['dark-port', 'gpu'],
  ['photodetection', 'gpu'],
])('a killed run goes on from its file, to the bits of one long run: %s, %s', async (unraveling, engine) => {
  const out = join(folder, `killed-${unraveling}-${engine}`);
  const run = `${endless} --unraveling ${unraveling} --engine ${engine}`;
  const file = join(out, 'trajectories.json');
  const killed = await lab(`${run} --out ${out}`, { underWay: (child) => child.kill('SIGKILL') });
  expect(killed.status).toBeNull();
  expect(readdirSync(out).filter((name) => name.endsWith('.json'))).toEqual(['trajectories.json']);
  const left = JSON.parse(readFileSync(file, 'utf8')) as ResultDocument<TrajectoriesResult>;
  expect(left.result.stoppedBy).toBeNull();
  expect(left.result.count).toBeGreaterThanOrEqual(256);
  const count = left.result.count + 700;
  const resumed = await lab(`trajectories --resume ${file} --count ${count} --engine ${engine} --json`);
  const long = await lab(`${run.replace('100000000', String(count))} --json`);
  expect(JSON.parse(resumed.stdout).result).toEqual(JSON.parse(long.stdout).result);
});

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

const documentIn = ({ stdout }: { readonly stdout: string }) =>
  JSON.parse(stdout) as ResultDocument<TrajectoriesResult>;

test('a run of one engine goes on on the other, merges with one of it, and says so', async () => {
  const file = (name: string) => join(folder, `begun-${name}.json`);
  for (const engine of ['cpu', 'gpu'])
    writeFileSync(file(engine), (await lab(`${small} --engine ${engine} --json`)).stdout);
  const begun = documentIn({ stdout: readFileSync(file('gpu'), 'utf8') });
  expect(begun).toMatchObject({ engine: 'gpu', threads: null, adapter: { fallback: true } });
  const name = begun.adapter!.description;
  for (const [from, to, said] of [
    ['gpu', 'cpu', `Begun on ${name}, continued on the CPU engine: another engine's bits may differ.`],
    ['cpu', 'gpu', `Begun on the CPU engine, continued on ${name}: another engine's bits may differ.`],
  ]) {
    const ended = await lab(`trajectories --resume ${file(from)} --count 1024 --engine ${to} --json`);
    const resumed = documentIn(ended);
    expect(resumed).toMatchObject({ engine: to, result: { count: 1024, seed: 1, first: 0 } });
    expect(resumed.warnings).toContain(said);
    expect(ended.stderr).toContain(`Warning: ${said}`);
  }
  // What was begun elsewhere stays told.
  const mixed = join(folder, 'mixed.json');
  writeFileSync(
    mixed,
    (await lab(`trajectories --resume ${file('gpu')} --count 1024 --engine cpu --json`)).stdout,
  );
  const further = documentIn(await lab(`trajectories --resume ${mixed} --count 1280 --engine cpu --json`));
  const both = `Walked on ${name}, the CPU engine: each has its own bits, and all the same averages.`;
  expect(further).toMatchObject({ engine: 'cpu', result: { engines: [name, 'the CPU engine'] } });
  expect(further.warnings).toContain(both);
  const other = join(folder, 'other-seed.json');
  writeFileSync(other, (await lab(`${small} --engine cpu --seed 2 --json`)).stdout);
  const merged = documentIn(await lab(`trajectories --merge ${file('gpu')} ${other} --json`));
  expect(merged.result.count).toBe(1024);
  expect(merged.warnings).toContain(both);
});

test('a GPU that was asked for is there, or the run ends before it begins, and says why', async () => {
  const none = { LD_LIBRARY_PATH: '', VK_ICD_FILENAMES: join(folder, 'nowhere') };
  for (const command of ['trajectories', 'gap --atoms 3', 'adapter']) {
    const asked = command === 'adapter' ? command : `${command} --engine gpu`;
    const { status, stdout, stderr } = await lab(asked, { environment: none });
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(/^No usable GPU(: [^\n]*)?\n$/);
  }
  expect(await lab('adapter --engine cpu')).toMatchObject({
    status: 2,
    stderr: '--engine must be auto or gpu: adapter is of a GPU, but got "cpu"\n',
  });
  const { status, stderr } = await lab('mean-field --engine gpu');
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: 'Warning: No GPU is asked: mean-field is computed on the CPU alone.\n',
  });
});
