/** What GPU this is, and whether its float32 does what the kernels rely on. */
import { type Check, checkArithmetic } from '../gpu/arithmetic';
import type { AdapterDescription, Gpu } from '../gpu/gpu';
import { systemParameters } from '../parameters/system';
import { walkEnsemble } from '../trajectories/ensemble';
import { photodetection } from '../trajectories/photodetection';
import { type Observable, observables } from '../trajectories/record';
import { photodetectionTwin } from '../twin/photodetection';
import type { Experiment } from './experiment';

export interface AdapterResult {
  readonly info: AdapterDescription;
  readonly limits: Readonly<Record<string, number>>;
  readonly features: readonly string[];
  readonly checks: readonly Check[];
}

/** The limits that an ensemble's batch and a Liouvillian's vectors are cut to. */
const limitsUsed = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupStorageSize',
] as const;

export const adapter: Experiment<null, AdapterResult> = {
  command: 'adapter',
  options: () => null,
  async run(_parameters, _options, { gpu: open, signal, warn }) {
    const gpu = await open();
    const checks = [...(await checkArithmetic(gpu)), await checkTrajectory(gpu, signal)];
    for (const { name, passed } of checks) {
      if (!passed) warn(`The self-test failed in ${name}: do not trust this adapter's numbers.`);
    }
    const limits = Object.fromEntries(limitsUsed.map((name) => [name, gpu.device.limits[name]]));
    return { info: gpu.adapter, limits, features: [...gpu.device.features].sort(), checks };
  },
};

/** A short trajectory of five atoms against its float64 twin, sample by sample. */
async function checkTrajectory(gpu: Gpu, signal: AbortSignal): Promise<Check> {
  const system = systemParameters({ atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6 });
  const [seed, time, samples] = [1, 5, 20];
  const request = {
    system,
    unraveling: photodetection,
    seed,
    first: 0,
    count: 1,
    time,
    samples,
    burnIn: 0,
    traces: 1,
  };
  const twin = photodetectionTwin(system, seed, 0, time, samples);
  const allowed = 1e-4;
  let worst = Number.POSITIVE_INFINITY;
  for await (const { traces } of walkEnsemble(gpu, request, signal, () => {})) {
    const difference = (observable: Observable, i: number, slot: number) =>
      Math.abs(traces[0][slot * observables.length + i] - twin.samples[slot][observable]);
    worst = Math.max(
      ...twin.samples.flatMap((_, slot) => observables.map((name, i) => difference(name, i, slot))),
    );
  }
  return { name: 'trajectory of 5 atoms (moments)', passed: worst <= allowed, worst, allowed };
}
