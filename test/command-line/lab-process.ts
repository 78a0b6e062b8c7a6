/** The command line in a process of its own, with standard streams that a test chooses, and a software adapter for who asks for a GPU. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { softwareVulkan } from '../browser/software-vulkan';

const root = join(import.meta.dirname, '..', '..');
export const script = join(root, 'src', 'command-line', 'start.mjs');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Sees everything said on standard error so far whenever something more is said. */
export type Watch = (said: string, child: ChildProcess) => void;

interface Streams {
  /** 'pipe' to be read, 'closed' for a pipe that nobody reads, or an open file */
  readonly stdout?: 'pipe' | 'closed' | number;
  readonly stderr?: 'pipe' | 'closed' | number;
  readonly environment?: NodeJS.ProcessEnv;
  readonly started?: (child: ChildProcess) => void;
  readonly watch?: Watch;
  /** Called once the first batches of trajectories are kept in `--out`. */
  readonly underWay?: (child: ChildProcess) => unknown;
}

export function lab(words: readonly string[], streams: Streams = {}): Promise<Ended> {
  const { stdout = 'pipe', stderr = 'pipe', environment = {}, started, watch, underWay } = streams;
  const piped = (stream: 'pipe' | 'closed' | number) => (stream === 'closed' ? 'pipe' : stream);
  const stdio: StdioOptions = ['ignore', piped(stdout), piped(stderr)];
  const env = { ...process.env, ...softwareVulkan(), ...environment };
  const child = spawn(process.execPath, [script, 'lab', ...words], { cwd: root, env, stdio });
  if (stdout === 'closed') child.stdout!.destroy();
  if (stderr === 'closed') child.stderr!.destroy();
  started?.(child);
  if (underWay)
    void keeps(child, join(words[words.indexOf('--out') + 1], 'trajectories.json')).then(underWay);
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (text) => {
    said.stdout += text;
  });
  child.stderr?.on('data', (text) => {
    said.stderr += text;
    watch?.(said.stderr, child);
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...said })));
}

/** Once it has written the file; never where it ends before. */
async function keeps(child: ChildProcess, file: string): Promise<ChildProcess> {
  while (!existsSync(file)) await setTimeout(5);
  return child;
}

/** Runs far longer than any test waits for, in batches of a second or so. */
export const endless = 'trajectories --atoms 2 --count 100000000 --time 1 --burn-in 0.5 --samples 4'.split(
  ' ',
);

/** Whether a run has said that some of its batches are finished. */
export const isUnderWay = (said: string) => /trajectories: \d{4,}\/100000000/.test(said);
