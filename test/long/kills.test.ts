/**
 * The GPU process, the browser or the command itself is killed at random moments of a run, from its start on. What lost its GPU
 * goes on to the same numbers; what was killed says so, or leaves what was finished to be gone on with. Reads /proc: for Linux.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import { random } from '../unit/scaling';

const root = join(import.meta.dirname, '..', '..');
const start = join(root, 'src', 'command-line', 'start.mjs');
const folder = mkdtempSync(join(tmpdir(), 'dicke-kills-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Kills of each kind for a command. */
const kills = Number(process.env.KILLS ?? 8);
const next = random(1);

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** @param hurt is called with the process, and what ends its watching when the process ends */
function lab(words: readonly string[], hurt: (child: ChildProcess, ended: AbortSignal) => void = () => {}) {
  const began = performance.now();
  const child = spawn(process.execPath, [start, 'lab', ...words], { cwd: root });
  const ended = new AbortController();
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  hurt(child, ended.signal);
  return new Promise<Ended>((resolve) =>
    child.on('close', (status) => {
      ended.abort();
      resolve({ status, stdout, stderr, seconds: (performance.now() - began) / 1000 });
    }),
  );
}

beforeAll(() => lab(['--version']), 600_000);

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly line: string;
}

/** Every process below one. */
function below(id: number): Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): Process[] => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return [{ id: Number(name), parent, line: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
  const found: Process[] = [];
  for (let from = [id]; from.length > 0; ) {
    const children = all.filter(({ parent }) => from.includes(parent));
    found.push(...children);
    from = children.map(({ id }) => id);
  }
  return found;
}

const victims = {
  'GPU process': ({ line }: Process) => line.includes('--type=gpu-process'),
  browser: ({ line }: Process) => line.includes('--headless') && !line.includes('--type='),
};

/** Kills one of a run's processes so many seconds after it is there. */
const killing =
  (victim: keyof typeof victims, seconds: number) => (child: ChildProcess, ended: AbortSignal) => {
    const here = () => below(child.pid!).filter(victims[victim]);
    const look = setInterval(() => {
      if (here().length === 0) return;
      clearInterval(look);
      const timer = setTimeout(() => {
        for (const { id } of here()) process.kill(id, 'SIGKILL');
      }, 1000 * seconds);
      ended.addEventListener('abort', () => clearTimeout(timer));
    }, 20);
    ended.addEventListener('abort', () => clearInterval(look));
  };

const small = 'trajectories --atoms 3 --count 4096 --time 2 --burn-in 0.5 --samples 4';
const commands = [
  small,
  `${small} --unraveling photodetection --count 2048`,
  'adapter',
  'gap --atoms 40 --ratio 15.5 --drive 0.75',
  'metastable --atoms 30 --ratio 15.5 --drive 0.75',
  'steady-state --atoms 60 --ratio 15.5 --drive 0.75',
  'gap-scaling --atoms 18,24,30 --ratio 15.5',
  'time-evolution --atoms 10 --time 5',
];

const resultOf = ({ stdout, stderr, status }: Ended) => {
  expect(status, stderr).toBe(0);
  return (JSON.parse(stdout) as ResultDocument).result;
};

/** Failures are told in lines, not by where in the code they happened. */
const expectPlain = ({ stderr }: Ended) => expect(stderr).not.toMatch(/^\s+at |Unhandled/m);

test.each(commands)('%s: the same numbers whenever the GPU process is killed', async (command) => {
  const words = [...command.split(' '), '--json'];
  const whole = await lab(words);
  for (let kill = 0; kill < kills; kill++) {
    const at = next() * next() * whole.seconds;
    const ended = await lab(words, killing('GPU process', at));
    expect(resultOf(ended), `killed after ${at} s`).toEqual(resultOf(whole));
    expectPlain(ended);
  }
});

test.each(['browser', 'command'])('the same numbers in the end whenever the %s is killed', async (victim) => {
  const whole = await lab([...small.split(' '), '--json']);
  for (let kill = 0; kill < kills; kill++) {
    const out = join(folder, `${victim}-${kill}`);
    const at = next() * whole.seconds;
    const hurt =
      victim === 'browser'
        ? killing('browser', at)
        : (child: ChildProcess) => void setTimeout(() => child.kill('SIGKILL'), 1000 * at);
    const killed = await lab([...small.split(' '), '--out', out], hurt);
    expectPlain(killed);
    if (victim === 'browser' && killed.status !== 0) {
      expect(killed).toMatchObject({ status: 1, stdout: '' });
      expect(killed.stderr).toMatch(/browser/);
    }
    const kept = join(out, 'trajectories.json');
    const rest = existsSync(kept) ? ['trajectories', '--resume', kept, '--count', '4096'] : small.split(' ');
    expect(resultOf(await lab([...rest, '--json'])), `killed after ${at} s`).toEqual(resultOf(whole));
  }
});
