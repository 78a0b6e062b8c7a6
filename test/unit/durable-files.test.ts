/** What a loss of power may not take: the order in which files and folders go to the disk. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';

const calls = vi.hoisted(() => ({ log: [] as string[], names: new Map<number, string>() }));

vi.mock('node:fs', async (importActual) => {
  const fs = await importActual<typeof import('node:fs')>();
  const { log, names } = calls;
  return {
    ...fs,
    openSync: (path: string, flags: string) => {
      const file = fs.openSync(path, flags);
      names.set(file, path);
      return file;
    },
    fsyncSync: (file: number) => {
      log.push(`sync ${names.get(file)}`);
      fs.fsyncSync(file);
    },
    renameSync: (from: string, to: string) => {
      log.push(`rename ${from} ${to}`);
      fs.renameSync(from, to);
    },
    mkdirSync: (path: string) => {
      log.push(`make ${path}`);
      fs.mkdirSync(path);
    },
  };
});

// Another file of this process may have imported it without the mock.
vi.resetModules();
const { makeFolder, replace } = await import('../../src/command-line/durable-files');

const folder = mkdtempSync(join(tmpdir(), 'dicke-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  calls.log.length = 0;
});

test('a file is on the disk before it takes its name, and its name before more is done', () => {
  const path = join(folder, 'gap.json');
  const part = `${path}.${process.pid}.part`;
  replace(path, 'whole');
  expect(calls.log).toEqual([`sync ${part}`, `rename ${part} ${path}`, `sync ${folder}`]);
  expect(readFileSync(path, 'utf8')).toBe('whole');
});

test('so is every folder that is made for it', () => {
  const [one, two] = [join(folder, 'one'), join(folder, 'one', 'two')];
  makeFolder(two);
  expect(calls.log).toEqual([`make ${one}`, `sync ${folder}`, `make ${two}`, `sync ${one}`]);
});
