/** Runs an experiment as a face would, without a GPU. */
import type { Experiment } from '../../../src/experiments/experiment';
import { NoAdapterError } from '../../../src/gpu/gpu';
import type { SystemParameters } from '../../../src/parameters/system';

export async function runExperiment<Options, Result>(
  experiment: Experiment<Options, Result>,
  system: SystemParameters,
  options: Record<string, unknown> = {},
) {
  const warnings: string[] = [];
  const partial: Result[] = [];
  const gpu = () => Promise.reject(new NoAdapterError('this test lends none'));
  const result = await experiment.run(system, experiment.options(options, system), {
    gpu,
    replaceableGpu: gpu,
    unit: 1,
    signal: new AbortController().signal,
    onProgress: () => {},
    onPartial: (value) => partial.push(value as Result),
    warn: (sentence) => warnings.push(sentence),
  });
  return { result, warnings, partial };
}
