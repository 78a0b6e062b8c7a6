import type { Reporter, TestModule } from 'vitest/node';

/** Closes a test run with its totals in one line: `12 passed, 0 failed`. */
export default class Totals implements Reporter {
  #started = 0;

  onTestRunStart(): void {
    this.#started = performance.now();
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file that does not load has no tests to fail, yet it failed.
    const unloaded = modules.filter((module) => module.errors().length > 0).length;
    const failed = count('failed') + unloaded + unhandled.length;
    const skipped = count('skipped') + count('pending');
    const seconds = Math.round((performance.now() - this.#started) / 1000);
    const rest = skipped > 0 ? `, ${skipped} skipped` : '';
    process.stdout.write(`\nTests took ${seconds} s.\n${count('passed')} passed, ${failed} failed${rest}\n`);
  }
}
