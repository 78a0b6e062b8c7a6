import { openGpu } from '../../src/gpu/gpu';
import { pageThreads } from '../../src/page/threads';
import type { Threads } from '../../src/trajectories/block-messages';
import type { Benchmark } from './bench';
import { liouvillianBenchmarks } from './liouvillian';
import { trajectoryBenchmarks } from './trajectories';

const benchmarks: readonly Benchmark[] = [...trajectoryBenchmarks, ...liouvillianBenchmarks];

/** Names that hold `filter`. */
export function names(filter: string): string[] {
  return benchmarks.map(({ name }) => name).filter((name) => name.includes(filter));
}

/** Is it about the Liouvillian, which QuTiP's trajectories are no rival of? */
export function isSpectral(name: string): boolean {
  return liouvillianBenchmarks.some((benchmark) => benchmark.name === name);
}

/** Runs one benchmark on a device of its own, and where it walks on the CPU, on these threads. */
export async function runBenchmark(name: string, api: GPU = navigator.gpu, threads: Threads = pageThreads()) {
  const benchmark = benchmarks.find((candidate) => candidate.name === name);
  if (benchmark === undefined) throw new Error(`No benchmark is called ${name}.`);
  const gpu = await openGpu(api);
  try {
    return { adapter: gpu.adapter, rows: await Promise.race([benchmark.run(gpu, threads), gpu.failure]) };
  } finally {
    gpu.device.destroy();
  }
}
