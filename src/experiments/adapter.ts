/** What GPU this is, and whether its float32 does what the kernels rely on. */
import type { Experiment } from './experiment';
import { type Fields, flag, group, list, number, type ResultOf, record, text } from './fields';
import { selfTest } from './self-test/self-test';

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
    const checks = await selfTest(gpu, signal, warn);
    for (const { name, passed } of checks) {
      if (!passed) warn(`The self-test failed in ${name}: do not trust this adapter's numbers.`);
    }
    const limits = Object.fromEntries(limitsUsed.map((name) => [name, gpu.device.limits[name]]));
    return { info: gpu.adapter, limits, features: [...gpu.device.features].sort(), checks };
  },
} as const satisfies Experiment<null, AdapterResult>;
