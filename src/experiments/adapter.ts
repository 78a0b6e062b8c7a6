/** What GPU this is, and whether its float32 does what the kernels rely on. */
import { type Check, checkArithmetic } from '../gpu/arithmetic';
import type { Gpu } from '../gpu/gpu';
import { GpuCorrectionSolver } from '../liouvillian/gpu-correction';
import { Liouvillian } from '../liouvillian/liouvillian';
import type { Direction } from '../liouvillian/stencil';
import { systemParameters } from '../parameters/system';
import { walkEnsemble } from '../trajectories/ensemble';
import { photodetection } from '../trajectories/photodetection';
import { type Observable, observables } from '../trajectories/record';
import { applyLiouvillian, applyLiouvillianTransposed } from '../twin/liouvillian';
import { photodetectionTwin } from '../twin/photodetection';
import type { Experiment } from './experiment';
import { type Fields, flag, group, list, number, type ResultOf, record, text } from './fields';

const fields = {
  info: group({ vendor: text(), architecture: text(), description: text(), fallback: flag }),
  limits: record,
  features: list(text()),
  checks: list(group({ name: text(), passed: flag, worst: number(), allowed: number() })),
} as const satisfies Fields;
export type AdapterResult = ResultOf<typeof fields>;

/** The limits that an ensemble's batch and a Liouvillian's vectors are cut to. */
const limitsUsed = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupStorageSize',
] as const;

export const adapter = {
  command: 'adapter',
  does: 'what GPU this is, and its float32 self-test against float64',
  takes: {},
  fields,
  seconds: () => 2,
  options: () => null,
  async run(_parameters, _options, { gpu: open, signal, warn }): Promise<AdapterResult> {
    const gpu = await open();
    const checks = [
      ...(await checkArithmetic(gpu)),
      await checkTrajectory(gpu, signal),
      ...(await checkMatvecs(gpu, signal)),
    ];
    for (const { name, passed } of checks) {
      if (!passed) warn(`The self-test failed in ${name}: do not trust this adapter's numbers.`);
    }
    const limits = Object.fromEntries(limitsUsed.map((name) => [name, gpu.device.limits[name]]));
    return { info: gpu.adapter, limits, features: [...gpu.device.features].sort(), checks };
  },
} as const satisfies Experiment<null, AdapterResult>;

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

/** L x and L^T x of 21 atoms against the float64 twin: a few float32 roundings of the largest element. */
async function checkMatvecs(gpu: Gpu, signal: AbortSignal): Promise<Check[]> {
  const system = systemParameters({ atoms: 21, gamma1d: 0.7, gammaf: 0.4, omega: 1.3 });
  const liouvillian = new Liouvillian(system);
  const { pyramid, unknowns } = liouvillian;
  const x = Float32Array.from({ length: unknowns }, (_, i) => Math.sin(1.7 * i));
  const solver = new GpuCorrectionSolver(gpu, liouvillian, signal);
  const allowed = 8 * 2 ** -24;
  const compare = async (
    name: string,
    direction: Direction,
    twin: typeof applyLiouvillian,
  ): Promise<Check> => {
    const exact = new Float64Array(unknowns);
    twin(system, pyramid, x, exact);
    const values = await solver.apply(direction, x);
    const largest = exact.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const worst = exact.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i])), 0) / largest;
    return { name, passed: worst <= allowed, worst, allowed };
  };
  try {
    return [
      await compare('L x of 21 atoms (relative)', 'forward', applyLiouvillian),
      await compare('L^T x of 21 atoms (relative)', 'transposed', applyLiouvillianTransposed),
    ];
  } finally {
    solver.destroy();
  }
}
