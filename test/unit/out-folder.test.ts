/** The folder of `--out` before a run, and its files: what is refused, who may write, and what is left of a failure. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replace } from '../../src/command-line/durable-files';
import { lock } from '../../src/command-line/folder-lock';
import { openOutFolder } from '../../src/command-line/out-folder';
import { InputError } from '../../src/parameters/errors';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dicke-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function refusal(out: string): string {
  try {
    openOutFolder(out).close();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
  throw new Error(`${out} was taken`);
}

describe('a folder that cannot be written to is refused, with the cause', () => {
  test.each([
    ['', /^--out must be a folder to write to, but got ""$/],
    ['file', /\(EEXIST: file already exists\), but got ".*file"$/],
    ['file/below', /\(ENOTDIR: not a directory\)/],
    ['file/far/below', /\(ENOTDIR: not a directory\)/],
    ['link-to-nothing', /\(EEXIST: file already exists\)/],
    ['link-to-file', /\(EEXIST: file already exists\)/],
    ['loop', /\(ELOOP: too many symbolic links encountered\)/],
    ['loop/below', /\(ELOOP: too many symbolic links encountered\)/],
    ['n'.repeat(300), /\(ENAMETOOLONG: name too long\), but got ".{200}\.\.\. \(\d+ characters\)"$/],
    [`${'below/'.repeat(1000)}it`, /\(ENAMETOOLONG: name too long\)/],
  ])('%.40s', (name, says) => {
    writeFileSync(join(folder, 'file'), '');
    symlinkSync(join(folder, 'nothing'), join(folder, 'link-to-nothing'));
    symlinkSync(join(folder, 'file'), join(folder, 'link-to-file'));
    symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
    const before = readdirSync(folder);
    expect(refusal(name && join(folder, name))).toMatch(says);
    expect(readdirSync(folder)).toEqual(before);
  });

  // Linux's own, which nobody can write to, not even root.
  test.each([
    '/proc',
    '/proc/new',
    '/proc/new/deep/er',
    '/proc/self/fd/new',
    '/sys/new',
    '/dev/null',
    '/dev/full/new',
  ])('%s', (out) => {
    expect(refusal(out)).toMatch(/^--out must be a folder to write to \(E[A-Z]+: [a-z ]+\), but got "\/.*"$/);
  });
});

test('a folder without permission is refused', () => {
  const closed = join(folder, 'closed');
  mkdirSync(closed, { mode: 0o555 });
  chmodSync(folder, 0o755);
  const isRoot = process.getuid!() === 0;
  // Root may write anywhere; nobody may not.
  if (isRoot) process.seteuid!(65534);
  try {
    for (const out of [closed, join(closed, 'new')])
      expect(refusal(out)).toMatch(/\(EACCES: permission denied\)/);
  } finally {
    if (isRoot) process.seteuid!(0);
  }
});

test('a folder is made where it is missing, with those above it', () => {
  openOutFolder(join(folder, 'one', 'two', 'three')).close();
  expect(readdirSync(join(folder, 'one', 'two', 'three'))).toEqual([]);
});

const lockIn = (holder: unknown) => writeFileSync(join(folder, '.lock'), JSON.stringify(holder));
const held = (by: string) =>
  `--out must be a folder that no other run writes to (${by} does; if it has ended, delete .lock there), but got "${folder}"`;

describe('one run writes to a folder at a time', () => {
  test('a second one is refused until the first has closed it', () => {
    const first = openOutFolder(folder);
    expect(refusal(folder)).toBe(held(`process ${process.pid} on ${hostname()}`));
    first.close();
    expect(readdirSync(folder)).toEqual([]);
    openOutFolder(folder).close();
  });

  test('through whatever name it is reached', () => {
    symlinkSync(folder, join(folder, 'link'));
    const first = openOutFolder(folder);
    expect(refusal(join(folder, 'link'))).toContain('no other run writes to');
    first.close();
  });

  test("a killed run's lock gives way, and its unfinished files with it", () => {
    const { pid } = spawnSync('true');
    lockIn({ pid, host: hostname(), began: '1' });
    for (const name of [`gap.json.${pid}.part`, `gap.json.${pid + 1}.part`, 'gap.json', `${pid}.part`]) {
      writeFileSync(join(folder, name), name);
    }
    openOutFolder(folder).close();
    expect(readdirSync(folder).sort()).toEqual(
      [`${pid}.part`, 'gap.json', `gap.json.${pid + 1}.part`].sort(),
    );
  });

  test.runIf(process.platform === 'linux')('so does that of a process whose number another has now', () => {
    lockIn({ pid: process.pid, host: hostname(), began: '1' });
    openOutFolder(folder).close();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('one on another machine, which cannot be seen from here, does not', () => {
    lockIn({ pid: 1, host: 'far\u001b[31m', began: null });
    expect(refusal(folder)).toBe(held('process 1 on far\\u001b[31m'));
    expect(readdirSync(folder)).toEqual(['.lock']);
  });

  test.each<[string, (path: string) => void]>([
    ['empty', (path) => writeFileSync(path, '')],
    ['cut short', (path) => writeFileSync(path, '{"pid":12')],
    ['no object', (path) => writeFileSync(path, 'null')],
    ['another file', (path) => writeFileSync(path, '{"pid":"12","host":7}')],
    ['a folder', (path) => mkdirSync(path)],
    ['a link to nothing', (path) => symlinkSync('nothing', path)],
    ['a link to itself', (path) => symlinkSync(path, path)],
    ['a pipe', (path) => void spawnSync('mkfifo', [path])],
  ])('a lock that is %s stays, and keeps the folder', (_, make) => {
    make(join(folder, '.lock'));
    expect(refusal(folder)).toBe(held('a process that its .lock does not name'));
    expect(readdirSync(folder)).toEqual(['.lock']);
  });

  test('a lock that is no longer its own a run leaves alone', () => {
    const { release } = lock(folder);
    lockIn({ pid: 1, host: 'far', began: null });
    release();
    expect(readdirSync(folder)).toEqual(['.lock']);
  });
});

describe('a file is replaced whole', () => {
  test('and never through a link', () => {
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'mine');
    const path = join(folder, 'gap.json');
    symlinkSync(elsewhere, path);
    symlinkSync(elsewhere, `${path}.${process.pid}.part`);
    replace(path, 'new');
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
    expect(lstatSync(path).isFile()).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['elsewhere', 'gap.json']);
  });

  test('or left as it is, with nothing beside it', () => {
    const path = join(folder, 'gap.json');
    mkdirSync(join(path, 'in the way'), { recursive: true });
    expect(() => replace(path, 'new')).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder)).toEqual(['gap.json']);
  });
});
