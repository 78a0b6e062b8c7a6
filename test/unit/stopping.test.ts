/** Several signals to one run, without a process. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SignalName } from '../../src/command-line/signals.mjs';
import { Stopping } from '../../src/command-line/stopping';

beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
});
afterEach(() => vi.restoreAllMocks());

/** What the process ends with once these were heard, one a second; null where it goes on. */
function endedBy(names: readonly SignalName[], between = 1000): number | null {
  const stopping = new Stopping();
  for (const [i, name] of names.entries()) {
    vi.spyOn(performance, 'now').mockReturnValue(between * i);
    stopping.heard(name);
  }
  expect(stopping.signal.aborted).toBe(names.length > 0);
  return (vi.mocked(process.exit).mock.calls.at(-1)?.[0] as number | undefined) ?? null;
}

test.each([
  [[], null],
  [['SIGTERM'], null],
  [['SIGINT'], null],
  [['SIGUSR1', 'SIGTERM', 'SIGTERM', 'SIGUSR1'], null],
  [['SIGINT', 'SIGTERM'], null],
  [['SIGINT', 'SIGINT'], 130],
  [['SIGUSR1', 'SIGINT'], 130],
  [['SIGTERM', 'SIGTERM', 'SIGHUP'], 130],
] as const)('%j: %s', (names, status) => {
  expect(endedBy(names)).toBe(status);
});

test('the Ctrl-C that npm passes on is no second one', () => {
  expect(endedBy(['SIGINT', 'SIGINT'], 400)).toBeNull();
});
