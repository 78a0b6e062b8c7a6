/** The folder for temporary files after a run, whatever ended it. */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { endless, lab } from './lab-process';

const folder = mkdtempSync(join(tmpdir(), 'dicke-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is no result. */
const unfinished = (out: string) => readdirSync(out).filter((name) => !/\.(json|csv)$/.test(name));

/** Runs until `end` ends it, once it is under way; what it leaves in its folder for temporary files and, unfinished, in that of `--out`. */
async function leftBy(name: string, words: readonly string[], end: (child: ChildProcess) => unknown) {
  const temporary = join(folder, name);
  mkdirSync(temporary);
  const out = join(folder, `out-${name}`);
  const { status, stdout } = await lab([...words, '--json', '--out', out], {
    environment: { TMPDIR: temporary },
    underWay: end,
  });
  const file = readdirSync(out).find((file) => file.endsWith('.json'))!;
  const kept = readFileSync(join(out, file), 'utf8');
  return { status, stdout, kept, left: [...readdirSync(temporary), ...unfinished(out)] };
}

test('nothing after a run that is done', async () => {
  const { status, left, stdout, kept } = await leftBy('done', ['mean-field'], () => {});
  expect({ status, left }).toEqual({ status: 0, left: [] });
  expect(kept).toBe(stdout);
});

test.each([
  ['SIGINT', 130],
  ['SIGHUP', 130],
  ['SIGTERM', 75],
  ['SIGUSR1', 75],
] as const)('nothing but the result after %s', async (signal, expected) => {
  const end = (child: ChildProcess) => child.kill(signal);
  const { status, left, stdout, kept } = await leftBy(signal, endless, end);
  expect({ status, left }).toEqual({ status: expected, left: [] });
  expect(JSON.parse(kept)).toMatchObject({ interrupted: true });
  expect(kept).toBe(stdout);
});

test('nothing but what was kept, whole, after the process was killed', async () => {
  const { status, left, kept } = await leftBy('killed', endless, (child) => child.kill('SIGKILL'));
  expect({ status, left }).toEqual({ status: null, left: ['.lock'] });
  expect(JSON.parse(kept)).toMatchObject({ command: 'trajectories' });
});

test.each([100, 300, 600, 1000, 1500, 2500])(
  'nothing after a signal %i ms from the start',
  async (moment) => {
    const temporary = join(folder, `early-${moment}`);
    const out = join(temporary, 'out');
    mkdirSync(out, { recursive: true });
    const ended = lab([...endless, '--out', out], {
      environment: { TMPDIR: temporary },
      started: async (child) => {
        await setTimeout(moment);
        child.kill('SIGTERM');
      },
    });
    // None of it, or all of it: before there is anything to clear up the signal may end the process at once.
    expect([null, 75]).toContain((await ended).status);
    expect(readdirSync(temporary)).toEqual(['out']);
    expect(unfinished(out)).toEqual([]);
  },
);
