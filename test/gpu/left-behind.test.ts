/** The folder for temporary files after a run, whatever ended it. */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { needChromium } from '../browser/find-chromium';
import { endless, isUnderWay, lab } from './lab-process';

const folder = mkdtempSync(join(tmpdir(), 'dicke-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => lab(['--version']));

/** Stands before the real browser and notes its process. */
const wrapper = join(folder, 'chromium');
const note = join(folder, 'pid');
writeFileSync(wrapper, `#!/bin/sh\necho $$ > '${note}'\nexec '${needChromium()}' "$@"\n`, { mode: 0o755 });
/** The whole group: what is on the PATH may be a script that waits for the browser. */
const signalBrowser = (signal: NodeJS.Signals) => process.kill(-Number(readFileSync(note, 'utf8')), signal);

/** What is no result. */
const unfinished = (out: string) => readdirSync(out).filter((name) => !/\.(json|csv)$/.test(name));

/** Runs until `end` ends it, once it is under way; what it leaves in its folder for temporary files and, unfinished, in that of `--out`. */
async function leftBy(name: string, words: readonly string[], end: (child: ChildProcess) => unknown) {
  const temporary = join(folder, name);
  mkdirSync(temporary);
  let during: string[] = [];
  let ended = false;
  const out = join(folder, `out-${name}`);
  const { status, stdout } = await lab([...words, '--json', '--out', out], {
    environment: { TMPDIR: temporary, CHROME_PATH: wrapper },
    watch: (said, child) => {
      if (ended || !isUnderWay(said)) return;
      ended = true;
      during = readdirSync(temporary);
      end(child);
    },
  });
  const file = readdirSync(out).find((file) => file.endsWith('.json'))!;
  const kept = readFileSync(join(out, file), 'utf8');
  return { temporary, during, status, stdout, kept, left: [...readdirSync(temporary), ...unfinished(out)] };
}

/** Stopped, the browser cannot answer the first one, so that the run waits for the second. */
async function interruptTwice(child: ChildProcess) {
  signalBrowser('SIGSTOP');
  child.kill('SIGINT');
  await setTimeout(700);
  child.kill('SIGINT');
}

test('nothing after a run that is done', async () => {
  const { status, left, stdout, kept } = await leftBy('done', ['mean-field'], () => {});
  expect({ status, left }).toEqual({ status: 0, left: [] });
  expect(kept).toBe(stdout);
});

test('a long name of the folder keeps no browser from starting', async () => {
  const { status, left } = await leftBy('long'.repeat(20), ['mean-field'], () => {});
  expect({ status, left }).toEqual({ status: 0, left: [] });
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('nothing but the result after %s', async (signal) => {
  const end = (child: ChildProcess) => child.kill(signal);
  const { status, during, left, stdout, kept } = await leftBy(signal, endless, end);
  expect(during).toHaveLength(1);
  expect({ status, left }).toEqual({ status: 130, left: [] });
  expect(JSON.parse(kept)).toMatchObject({ interrupted: true });
  expect(kept).toBe(stdout);
});

test.each<[string, number, (child: ChildProcess) => unknown]>([
  ['a second Ctrl-C', 130, interruptTwice],
  ['the end of the browser', 1, () => signalBrowser('SIGKILL')],
])('nothing but what was kept after %s', async (name, expected, end) => {
  const { status, during, left, kept } = await leftBy(name.replaceAll(' ', '-'), endless, end);
  expect(during).toHaveLength(1);
  expect({ status, left }).toEqual({ status: expected, left: [] });
  expect(JSON.parse(kept)).toMatchObject({ command: 'trajectories' });
});

test('nothing, once the browser has ended too, after the process was killed', async () => {
  const { temporary, during, status } = await leftBy('killed', endless, (child) => child.kill('SIGKILL'));
  expect({ during: during.length, status }).toEqual({ during: 1, status: null });
  await vi.waitFor(() => expect(readdirSync(temporary)).toEqual([]), { timeout: 600_000, interval: 200 });
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
    expect([null, 130]).toContain((await ended).status);
    expect(readdirSync(temporary)).toEqual(['out']);
    expect(unfinished(out)).toEqual([]);
  },
);
