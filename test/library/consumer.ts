/** What runs in the project that has the package installed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program there to its end. */
export function there(
  program: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const child = spawn(program, words, {
    cwd: inject('consumer'),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (text) => {
      said[name] += text;
    });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...said })));
}

/** A folder of its own with these files. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(inject('consumer'), 'files-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The value that an ES module prints as JSON, once Node has ended by itself. */
export async function printed<Value>(script: string, env?: NodeJS.ProcessEnv): Promise<Value> {
  const file = join(folderWith({ 'script.mjs': script }), 'script.mjs');
  const { status, stdout, stderr } = await there(process.execPath, [file], env);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
