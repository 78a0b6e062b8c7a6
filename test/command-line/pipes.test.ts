/** Standard output and standard error that are closed or full, for every command. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Command, commands } from '../../src/experiments/registry';
import { endless, lab, script } from './lab-process';

const folder = mkdtempSync(join(tmpdir(), 'dicke-'));
const full = openSync('/dev/full', 'w');
afterAll(() => {
  closeSync(full);
  rmSync(folder, { recursive: true });
});

/** Each in a second or so. */
const small: Readonly<Record<Command, string>> = {
  'mean-field': '--atoms 3',
  cavity: '--atoms 3',
  'steady-state': '--atoms 3',
  gap: '--atoms 3',
  metastable: '--atoms 3',
  'gap-scaling': '--atoms 10 --ratio 8.5',
  'time-evolution': '--atoms 3 --time 1',
  radiation: '--atoms 3',
  trajectories: '--atoms 3 --count 256 --time 1 --burn-in 0.5 --samples 4',
  adapter: '',
};
const wordsOf = (command: Command) => [command, ...small[command].split(' ').filter(Boolean)];
const noSpace = 'Standard output: ENOSPC: no space left on device, write';
/** What a run may say besides: how far it is, what it wrote, and what is to be known of its numbers. */
const others = /^(Wrote |Warning: |The CPU computes, |[\w =-]+: \d+\/\d+ )/;
const unexpected = (stderr: string) => stderr.split('\n').filter((line) => line && !others.test(line));

describe.each(commands)('%s', (command) => {
  test('goes on without a reader of either stream, and writes its files', async () => {
    const out = join(folder, command);
    const words = [...wordsOf(command), '--out', out];
    const { status } = await lab(words, { stdout: 'closed', stderr: 'closed' });
    expect(status).toBe(0);
    expect(JSON.parse(readFileSync(join(out, `${command}.json`), 'utf8'))).toMatchObject({ command });
  });

  test('says in one line that its result found no space, and writes its files', async () => {
    const out = join(folder, `${command}-full`);
    const { status, stderr } = await lab([...wordsOf(command), '--json', '--out', out], { stdout: full });
    expect(unexpected(stderr)).toEqual([noSpace]);
    expect(status).toBe(1);
    expect(JSON.parse(readFileSync(join(out, `${command}.json`), 'utf8'))).toMatchObject({ command });
  });
});

describe.each([[], ...commands.map((command) => [command])].map((words) => [[...words, '--help']]))(
  '%j',
  (words) => {
    test('ends quietly without a reader', async () => {
      expect(await lab(words, { stdout: 'closed' })).toMatchObject({ status: 0, stderr: '' });
    });
    test('says in one line that it found no space', async () => {
      expect(await lab(words, { stdout: full })).toMatchObject({ status: 1, stderr: `${noSpace}\n` });
    });
  },
);

test.each(['closed', full] as const)(
  'a mistake ends with its status where nobody hears of it: %s',
  async (stderr) => {
    expect(await lab(['dance'], { stderr })).toMatchObject({ status: 2, stdout: '' });
  },
);

test('what a disk has room for only in part is not cut short in silence', () => {
  const file = join(folder, 'help');
  const stdout = openSync(file, 'w');
  // A limit stands in for the end of the disk: it, too, lets the first write do a part.
  const limited = [
    '-c',
    'ulimit -f 1; exec "$@"',
    'sh',
    process.execPath,
    script,
    'lab',
    'trajectories',
    '--help',
  ];
  const { status, stderr } = spawnSync('sh', limited, {
    stdio: ['ignore', stdout, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(stdout);
  expect(statSync(file).size).toBeGreaterThan(0);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: 'Standard output: EFBIG: file too large, write\n',
  });
});

test('a long run outlives its standard error, and ends in order', async () => {
  const out = join(folder, 'long');
  const file = join(out, 'trajectories.json');
  const { status, stdout } = await lab([...endless, '--json', '--out', out], {
    underWay: (child) => {
      child.stderr!.destroy();
      const before = readFileSync(file, 'utf8');
      const goOn = setInterval(() => {
        if (readFileSync(file, 'utf8') === before) return;
        clearInterval(goOn);
        child.kill('SIGTERM');
      }, 100);
    },
  });
  expect(status).toBe(75);
  expect(JSON.parse(stdout)).toMatchObject({ interrupted: true });
  expect(readFileSync(file, 'utf8')).toBe(stdout);
});
