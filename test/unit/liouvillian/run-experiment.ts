/** Runs an experiment as a face would, without a GPU. */
import { nodeThreads } from '../../../src/command-line/threads';
import { computationOf } from '../../../src/experiments/computations';
import type { Experiment } from '../../../src/experiments/experiment';
import type { Command, Options, Results } from '../../../src/experiments/registry';
import type { SystemParameters } from '../../../src/parameters/system';

export async function runExperiment<Name extends Command>(
  experiment: Experiment<Options[Name], Results[Name]> & { readonly command: Name },
  system: SystemParameters,
  options: Record<string, unknown> = {},
) {
  const warnings: string[] = [];
  const partial: Results[Name][] = [];
  const { run } = await computationOf(experiment.command);
  const result = await run(system, experiment.options(options, system, experiment.earlier?.(options)), {
    gpu: async () => null,
    leaveGpu: () => false,
    threads: nodeThreads(2),
    unit: 1,
    signal: new AbortController().signal,
    onProgress: () => {},
    onPartial: (value) => partial.push(value as Results[Name]),
    warn: (sentence) => warnings.push(sentence),
  });
  return { result, warnings, partial };
}
