import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser, findChromium, NoChromiumError } from '../browser/find-chromium';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

test('computes in a headless shell where there is one, and never shows pages in it', () => {
  const chrome = program('google-chrome');
  expect(findChromium({ PATH: folder })).toBe(chrome);
  const shell = program('chromium-headless-shell');
  expect(findChromium({ PATH: folder })).toBe(shell);
  expect(findBrowser({ PATH: folder })).toBe(chrome);
});

test('takes CHROME_PATH before all others, and nothing in its place', () => {
  program('chromium-headless-shell');
  const chosen = program('my-chrome');
  const environment = { PATH: folder, CHROME_PATH: chosen };
  expect(findChromium(environment)).toBe(chosen);
  expect(findBrowser(environment)).toBe(chosen);
  const nowhere = { PATH: folder, CHROME_PATH: join(folder, 'nowhere') };
  expect(() => findChromium(nowhere)).toThrow(NoChromiumError);
});
