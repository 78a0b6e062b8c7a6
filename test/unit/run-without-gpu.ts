/** Runs a request as a face would that has no GPU. */
import { nodeThreads } from '../../src/command-line/threads';
import { type RunListeners, run } from '../../src/experiments/run';
import { NoAdapterError } from '../../src/gpu/gpu';

export const runWithoutGpu = (
  command: string,
  system: object,
  options: object = {},
  { engine, ...listeners }: Partial<RunListeners> & { readonly engine?: string | undefined } = {},
) =>
  run(
    { command, system, options: { ...options }, engine },
    {
      gpu: () => Promise.reject(new NoAdapterError('this test lends none')),
      threads: nodeThreads(2),
      signal: new AbortController().signal,
      tell: () => {},
      ...listeners,
    },
  );
