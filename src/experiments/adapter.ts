/** What GPU this is, and whether its float32 does what the kernels rely on. */
import type { Check } from '../gpu/check';
import type { AdapterDescription } from '../gpu/gpu';
import type { Experiment } from './experiment';
import { selfTest } from './self-test/self-test';

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
  units: { options: '1', result: '1' },
  async run(_parameters, _options, { gpu: open, signal, warn }) {
    const gpu = await open();
    const checks = await selfTest(gpu, signal, warn);
    for (const { name, passed } of checks) {
      if (!passed) warn(`The self-test failed in ${name}: do not trust this adapter's numbers.`);
    }
    const limits = Object.fromEntries(limitsUsed.map((name) => [name, gpu.device.limits[name]]));
    return { info: gpu.adapter, limits, features: [...gpu.device.features].sort(), checks };
  },
};
