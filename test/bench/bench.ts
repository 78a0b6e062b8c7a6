/** What a benchmark is: it checks its numbers first, then times the same work, and says what the device did. */
import type { Gpu } from '../../src/gpu/gpu';
import type { Threads } from '../../src/trajectories/block-messages';

/** One line of a benchmark's table. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
}

export interface Benchmark {
  readonly name: string;
  /** @throws when the numbers are wrong: a fast wrong answer has no speed */
  readonly run: (gpu: Gpu, threads: Threads) => Promise<Row[]>;
}

/** Seconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
