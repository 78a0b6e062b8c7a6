/** The folder of `--out` while a run writes there: other runs, and a full disk. */
import { type ChildProcess, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { TrajectoriesResult } from '../../src/experiments/trajectories/trajectories-result';
import { type Ended, endless, isUnderWay, lab } from './lab-process';

const folder = mkdtempSync(join(tmpdir(), 'dicke-'));
afterAll(() => rmSync(folder, { recursive: true }));

const small = 'trajectories --atoms 3 --count 256 --time 1 --burn-in 0.5 --samples 4'.split(' ');
const refusal = (pid: number | undefined, out: string) =>
  `--out must be a folder that no other run writes to (process ${pid} on ${hostname()} does; if it has ended, ` +
  `delete .lock there), but got "${out}"\n`;
/** What is no result. */
const leftIn = (out: string) => readdirSync(out).filter((name) => !/\.(json|csv)$/.test(name));

test('a second run into the folder is refused, and the first goes on to its end', async () => {
  const out = join(folder, 'two');
  const second: Promise<unknown>[] = [];
  let pid: number | undefined;
  const first = await lab([...endless, '--json', '--out', out], {
    underWay: (child) => {
      pid = child.pid;
      second.push(lab([...small, '--out', out]).finally(() => child.kill('SIGTERM')));
    },
  });
  expect(await second[0]).toEqual({ status: 2, stdout: '', stderr: refusal(pid, out) });
  expect(first.status).toBe(75);
  expect(readFileSync(join(out, 'trajectories.json'), 'utf8')).toBe(first.stdout);
  expect(leftIn(out)).toEqual([]);
});

test("of runs that start at once into a killed run's folder one gets it", async () => {
  const out = join(folder, 'at-once');
  mkdirSync(out);
  const { pid } = spawnSync('true');
  writeFileSync(join(out, '.lock'), JSON.stringify({ pid, host: hostname(), began: '1' }));
  const children: ChildProcess[] = [];
  const runs: Promise<Ended>[] = [];
  const begins = (seed: number) =>
    new Promise<unknown>((resolve) => {
      const run = lab([...endless, '--json', '--seed', String(seed), '--out', out], {
        started: (child) => children.push(child),
        watch: (said) => {
          if (isUnderWay(said)) resolve(said);
        },
      });
      runs.push(run);
      run.then(resolve);
    });
  // However late one starts, another still runs.
  await Promise.all([1, 2, 3].map(begins));
  for (const child of children) child.kill('SIGTERM');
  const ended = await Promise.all(runs);
  expect(ended.map(({ status }) => status).sort()).toEqual([2, 2, 75]);
  expect(readFileSync(join(out, 'trajectories.json'), 'utf8')).toBe(
    ended.find(({ status }) => status === 75)!.stdout,
  );
  expect(leftIn(out)).toEqual([]);
});

test("a killed run's folder is free for the next one, which clears up", async () => {
  const out = join(folder, 'killed');
  let pid: number | undefined;
  await lab([...endless, '--out', out], {
    underWay: (child) => {
      pid = child.pid;
      child.kill('SIGKILL');
    },
  });
  expect(leftIn(out)).toContain('.lock');
  writeFileSync(join(out, `trajectories.json.${pid}.part`), 'half');
  expect(await lab([...small, '--out', out])).toMatchObject({ status: 0 });
  expect(leftIn(out)).toEqual([]);
});

/** Spoils the folder once a run is under way, and ends it in order once it has said so. */
async function spoiled(out: string, spoil: (child: ChildProcess) => void) {
  let isStopped = false;
  const { status, stdout, stderr } = await lab([...endless, '--json', '--out', out], {
    underWay: spoil,
    watch: (said, child) => {
      if (!isStopped && said.includes('the run goes on.')) isStopped = child.kill('SIGTERM');
    },
  });
  const { count } = (JSON.parse(stdout) as ResultDocument<TrajectoriesResult>).result;
  return { status, count, said: stderr.split('\n').filter((line) => line.includes('could not be written')) };
}

test('a disk that is full at a checkpoint costs the files, not the run', async () => {
  const out = join(folder, 'full');
  const { status, count, said } = await spoiled(out, (child) => {
    // A limit of this process alone stands in for the end of the disk.
    if (spawnSync('prlimit', ['--pid', String(child.pid), '--fsize=1000']).status !== 0)
      child.kill('SIGKILL');
  });
  const reason = 'trajectories.json could not be written to --out: EFBIG: file too large';
  expect(said).toEqual([`Warning: ${reason}; the run goes on.`, reason]);
  expect(status).toBe(1);
  const kept = JSON.parse(readFileSync(join(out, 'trajectories.json'), 'utf8'));
  expect(kept.result.count).toBeGreaterThan(0);
  expect(kept.result.count).toBeLessThan(count);
  expect(leftIn(out)).toEqual([]);
});

test('a folder that is gone at a checkpoint costs the files, not the run', async () => {
  const out = join(folder, 'gone');
  const { status, count, said } = await spoiled(out, () => renameSync(out, `${out}-away`));
  const reason = 'trajectories.json could not be written to --out: ENOENT: no such file or directory';
  expect(said).toEqual([`Warning: ${reason}; the run goes on.`, reason]);
  expect(status).toBe(1);
  expect(count).toBeGreaterThan(0);
  expect(existsSync(out)).toBe(false);
});
