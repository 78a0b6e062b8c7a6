/** What SIGTERM and SIGUSR1 do to a run at every stage of it: nothing is lost, and the next start goes on. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { TrajectoriesResult } from '../../src/experiments/trajectories/trajectories-result';
import { softwareVulkan } from '../browser/software-vulkan';
import { type Ended, endless, isUnderWay, lab, script } from './lab-process';

const folder = mkdtempSync(join(tmpdir(), 'dicke-'));
afterAll(() => rmSync(folder, { recursive: true }));

const resultIn = (text: string): TrajectoriesResult => JSON.parse(text).result;
const lastLine = ({ stderr }: Ended) => stderr.trimEnd().split('\n').at(-1);

/** Sends it as soon as the process has said so. */
const once = (isThen: (said: string) => boolean, act: (child: ChildProcess) => void) => {
  let done = false;
  return (said: string, child: ChildProcess) => {
    if (done || !isThen(said)) return;
    done = true;
    act(child);
  };
};

const short = 'trajectories --atoms 3 --time 200 --burn-in 50 --samples 20 --seed 4'.split(' ');

test.each(['SIGTERM', 'SIGUSR1'] as const)(
  'after %s a run goes on to the bits of one that was left alone',
  async (signal) => {
    const out = join(folder, signal);
    const file = join(out, 'trajectories.json');
    const count = '9000';
    const shard = ['--shard', '2/3', '--count', count];
    const stopped = await lab([...short, ...shard, '--out', out], {
      started: async (child) => {
        while (!existsSync(file)) await setTimeout(5);
        child.kill(signal);
      },
      // Batch systems repeat themselves.
      watch: once(
        (said) => said.includes('Stopping at'),
        (child) => child.kill('SIGTERM'),
      ),
    });
    expect(stopped.status).toBe(75);
    expect(stopped.stderr).toContain(`Stopping at the next submit (${signal})`);
    expect(lastLine(stopped)).toBe(
      `${signal}: what was finished is kept in ${file}; --resume goes on from there.`,
    );
    const kept = resultIn(readFileSync(file, 'utf8'));
    expect(kept.stoppedBy).toBe('interruption');
    expect(kept.count).toBeGreaterThan(0);
    const resumed = await lab([...short, ...shard, '--resume', file, '--out', out, '--json']);
    expect(resumed.status).toBe(0);
    const alone = await lab([...short, ...shard, '--json']);
    expect(resultIn(resumed.stdout)).toEqual(resultIn(alone.stdout));
  },
);

test('what is known exactly is still computed: the same command starts it again', async () => {
  const out = join(folder, 'theory');
  const words = 'trajectories --atoms 70 --ratio 15.5 --drive 0.76'.split(' ');
  const stopped = await lab([...words, '--out', out], {
    watch: once(
      (said) => said.includes('exact values:'),
      (child) => child.kill('SIGUSR1'),
    ),
  });
  expect(stopped.status).toBe(75);
  expect(lastLine(stopped)).toBe(
    'SIGUSR1: interrupted before anything more was finished; the same command starts it again.',
  );
  expect(readdirSync(out)).toEqual([]);
});

const isSaid = (said: string) => /: \d+\//.test(said);

test.each([
  ['gap --atoms 48', isSaid, 'interrupted before anything more was finished; gap has no checkpoint.'],
  [
    'trajectories --time 20000',
    isSaid,
    'interrupted before anything more was finished; without --out or --json there is no checkpoint.',
  ],
  [
    endless.join(' '),
    isUnderWay,
    'what was finished is kept; without --out or --json there is no checkpoint.',
  ],
])('without a checkpoint: %s', async (line, isThen, says) => {
  const stopped = await lab(line.split(' '), {
    watch: once(isThen, (child) => child.kill('SIGTERM')),
  });
  expect({ status: stopped.status, last: lastLine(stopped) }).toEqual({
    status: 130,
    last: `SIGTERM: ${says}`,
  });
});

/** Every stage between them: the engine is looked for in a process of its own, then the exact values, then trajectories. */
test.each([
  ['auto', 0],
  ['auto', 300],
  ['gpu', 0],
  ['gpu', 100],
  ['gpu', 1000],
])('to all its processes, with --engine %s and %i ms after it began', async (engine, moment) => {
  const out = join(folder, `group-${engine}-${moment}`);
  const child = spawn(process.execPath, [script, 'lab', ...endless, '--engine', engine, '--out', out], {
    detached: true,
    env: { ...process.env, ...softwareVulkan() },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const status = new Promise((resolve) => child.on('close', resolve));
  while (!existsSync(join(out, '.lock'))) await setTimeout(5);
  await setTimeout(moment);
  // As Slurm sends it to a job's step.
  process.kill(-child.pid!, 'SIGUSR1');
  expect({ status: await status, stderr }).toEqual({
    status: 75,
    stderr: expect.not.stringContaining('Debugger'),
  });
});

describe('while it sets itself up', () => {
  /** The program without what it builds, and with the packages or without. */
  function fresh(name: string, hasPackages: boolean) {
    const root = join(folder, name);
    const own = join(script, '..', '..', '..');
    mkdirSync(root);
    for (const part of ['src', 'shaders', 'package.json', 'package-lock.json', 'vite.config.ts'])
      cpSync(join(own, part), join(root, part), { recursive: true });
    if (hasPackages) symlinkSync(join(own, 'node_modules'), join(root, 'node_modules'));
    return root;
  }

  async function interrupted(root: string, signal: NodeJS.Signals, said: string, environment = {}) {
    const child = spawn(
      process.execPath,
      [join(root, 'src', 'command-line', 'start.mjs'), 'lab', 'mean-field'],
      {
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let stderr = '';
    child.stderr.on('data', (text) => {
      if (!stderr.includes(said) && `${stderr}${text}`.includes(said)) child.kill(signal);
      stderr += text;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    return { status, stderr };
  }
  const line = (signal: string) =>
    `${signal} before the run began: nothing is lost, the same command starts it again.\n`;

  test('with npm at work', async () => {
    const root = fresh('installing', false);
    // Stands in for npm: an installation that does not end, and leaves word of what ended it.
    const npm = join(folder, 'npm.js');
    writeFileSync(
      npm,
      `process.on('SIGTERM', () => { console.error('npm ends'); process.exit(1); });
      setInterval(() => {}, 1000); console.error('npm works');`,
    );
    const { status, stderr } = await interrupted(root, 'SIGUSR1', 'npm works', { npm_execpath: npm });
    expect(status).toBe(75);
    expect(stderr).toMatch(/npm ends\n/);
    expect(stderr.endsWith(line('SIGUSR1'))).toBe(true);
  });

  test('with a build at work, of which nothing is left', async () => {
    const root = fresh('building', true);
    const { status, stderr } = await interrupted(root, 'SIGTERM', 'Building the command line, once.');
    expect({ status, stderr }).toEqual({
      status: 75,
      stderr: `Building the command line, once.\n${line('SIGTERM')}`,
    });
    expect(readdirSync(root)).not.toContain('dist');
  });
});
