/**
 * The GPU process of a browser, or the command itself, is killed at random moments of a run, from its start on. What lost its GPU
 * goes on to the same numbers; a command that was killed leaves what was finished to be gone on with.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import { launchChromium } from '../browser/chromium';
import { softwareVulkan } from '../browser/software-vulkan';
import { crashedRequests, expectCrashesCostNothing } from '../gpu/crashes';
import { random } from '../unit/scaling';

const root = join(import.meta.dirname, '..', '..');
const start = join(root, 'src', 'command-line', 'start.mjs');
const folder = mkdtempSync(join(tmpdir(), 'dicke-kills-'));
afterAll(() => rmSync(folder, { recursive: true }));

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Kills of each kind for a command. */
const kills = Number(process.env.KILLS ?? 8);
const next = random(1);

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** @param hurt is called with the process */
function lab(words: readonly string[], hurt: (child: ChildProcess) => void = () => {}) {
  const began = performance.now();
  const env = { ...process.env, ...softwareVulkan() };
  const child = spawn(process.execPath, [start, 'lab', ...words], { cwd: root, env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  hurt(child);
  return new Promise<Ended>((resolve) =>
    child.on('close', (status) =>
      resolve({ status, stdout, stderr, seconds: (performance.now() - began) / 1000 }),
    ),
  );
}

beforeAll(() => lab(['--version']), 600_000);

const small = 'trajectories --atoms 3 --count 4096 --time 2 --burn-in 0.5 --samples 4';
const commands = [
  small,
  `${small} --unraveling photodetection --count 2048`,
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

/** Ended by a signal it says nothing of it; failures are told in lines, not by where in the code they happened. */
const expectPlain = ({ stderr }: Ended) => expect(stderr).not.toMatch(/^\s+at |Unhandled/m);

/** Digits beyond a bound depend on the GPU's time in corrections, which leave nothing behind. */
const isSpectral = (command: string) => !command.startsWith('trajectories');

test.each([
  ...commands.map((command) => [command, 'cpu']),
  ...commands.filter((command) => !isSpectral(command)).map((command) => [command, 'gpu']),
])(
  '%s on the %s: killed at any moment, what it left is whole, and leads to the same numbers',
  async (command, engine) => {
    const words = [...command.split(' '), '--engine', engine];
    const whole = await lab([...words, '--json']);
    const result = resultOf(whole);
    for (let kill = 0; kill < kills; kill++) {
      const out = join(folder, `${commands.indexOf(command)}-${engine}-${kill}`);
      const at = next() * whole.seconds;
      const killed = await lab([...words, '--out', out], (child) => {
        setTimeout(() => child.kill('SIGKILL'), 1000 * at);
      });
      expectPlain(killed);
      const kept = join(out, `${words[0]}.json`);
      const isKept = existsSync(kept);
      if (isKept) expect(JSON.parse(readFileSync(kept, 'utf8'))).toMatchObject({ command: words[0] });
      const isResumable = isKept && ['trajectories', 'gap-scaling'].includes(words[0]);
      const rest = isResumable ? [...words, '--resume', kept] : words;
      expect(resultOf(await lab([...rest, '--json'])), `killed after ${at} s`).toEqual(result);
    }
  },
);

test.each(crashedRequests)(
  '$command: the same numbers whenever the GPU process of a browser is killed',
  (request) =>
    expectCrashesCostNothing(
      browser,
      request,
      Array.from({ length: kills }, () => next() * next()),
    ),
);
