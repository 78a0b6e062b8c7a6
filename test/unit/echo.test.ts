/** Whatever is typed, what an error repeats of it is short and shows every character of it. */
import { describe, expect, test } from 'vitest';
import { readEarlierRuns } from '../../src/command-line/files';
import { parse } from '../../src/command-line/program';
import { registry } from '../../src/experiments/registry';
import { check } from '../../src/experiments/run';
import { excerpt, InputError, visible } from '../../src/parameters/errors';
import { flagOf } from '../../src/parameters/options';
import { systemOptions } from '../../src/parameters/system-options';
import { philox, uniform01 } from '../../src/twin/philox';
import { findChromium } from '../browser/find-chromium';

/** Controls of terminals, turns of direction, invisible ones, halves of pairs, quotes, ends of lines, and plain ones. */
const characters = [
  ...'\u0001\u0007\b\t\n\r\u001b\u007f\u0085\u009b\u00ad\u061c\u200b\u200d\u200e\u2028\u2029\u202e\u2066\ufeff\ud800\ue000',
  ...'\u{e0041}\u001b[31m\'"`\\$%{}[]<>&|;, -=.az09é漢🙂',
];

/** Up to 100,000 of them, the same for the same number. */
function hostile(n: number): string {
  let draws = 0;
  const uniform = () => uniform01(philox([draws++, 0, n, 0], [12, 0])[0]);
  const length = Math.floor(10 ** (5 * uniform()));
  return Array.from({ length }, () => characters[Math.floor(characters.length * uniform())]).join('');
}

const tries = Array.from({ length: 12 }, (_, n) => hostile(n));

/** What the command line would say; null where it takes the words. */
function said(words: readonly string[]): string | null {
  try {
    const asked = parse(words);
    if ('request' in asked) check(readEarlierRuns(asked.request));
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

function expectPlain(message: string | null) {
  expect(message ?? '').not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  expect((message ?? '').length).toBeLessThan(1500);
}

describe.each(registry.map(({ command, takes }) => [command, takes] as const))('%s', (command, takes) => {
  const flags = Object.keys({ ...systemOptions, ...takes }).map((name) => `--${flagOf(name)}`);
  test.each(flags)('%s', (flag) => {
    for (const text of tries) {
      // One that begins with a dash, like one that begins with a digit, is to be read as a value too.
      for (const words of [[flag, text], [`${flag}=${text}`], [flag, `-${text}`], [flag, `1${text}`]]) {
        expectPlain(said([command, ...words]));
      }
    }
  });
  test('what is no option, or one too many', () => {
    const messages = tries.flatMap((text) =>
      [text, `-${text}`, `--${text}`, `--json=${text}`, `--drive${text}`].map((word) =>
        said([command, word]),
      ),
    );
    messages.forEach(expectPlain);
    // A short text may happen to mean something.
    expect(messages.filter((message) => message !== null).length).toBeGreaterThan(0.9 * messages.length);
  });
});

test('what is no command', () => {
  for (const text of tries)
    for (const word of [text, `gap${text}`, `-${text}`, `--${text}`]) expectPlain(said([word]));
});

test('a browser that is none', () => {
  for (const text of tries) {
    try {
      findChromium({ CHROME_PATH: `/${text}` });
    } catch (error) {
      expectPlain((error as Error).message);
      continue;
    }
    throw new Error('It was taken.');
  }
});

test.each([
  ['', '""'],
  ['fast', '"fast"'],
  ['a "b" \\', '"a \\"b\\" \\\\"'],
  ['one\ntwo\u001b[31m', '"one\\ntwo\\u001b[31m"'],
  ['abc\u202edef', '"abc\\u202edef"'],
  ['\u{e0041}', '"\\udb40\\udc41"'],
  ['γ = 漢 🙂', '"γ = 漢 🙂"'],
  [undefined, 'nothing'],
])('%j is repeated as %s', (got, repeated) => {
  expect(new InputError('drive', got, 'a number').message).toBe(
    `--drive must be a number, but got ${repeated}`,
  );
});

test('what is long is cut', () => {
  const message = (got: unknown) => new InputError('drive', got, 'a number').message;
  expect(message('x'.repeat(100_000))).toMatch(/but got "x{200}\.\.\. \(100000 characters\)"$/);
  expect(message(Array.from({ length: 1000 }, () => 1))).toMatch(
    /but got 1(,1){100}\.\.\. \(1000 entries\)$/,
  );
  const files = Array.from({ length: 1000 }, (_, n) => hostile(n % 12));
  expectPlain(message(files));
  expectPlain(message([files, files]));
});

test('what is short and plain stays as it is', () => {
  for (const text of ['results/a b', '--atoms <n>', 'x'.repeat(200)]) expect(excerpt(text)).toBe(text);
  expect(visible('two\nlines\u001b')).toBe('two\nlines\\u001b');
});
