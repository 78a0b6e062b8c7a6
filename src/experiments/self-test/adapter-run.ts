/** Asks the adapter what it is and tests it. */
import type { SystemParameters } from '../../parameters/system';
import type { RunContext } from '../experiment';
import type { AdapterResult } from './adapter';
import { selfTest } from './self-test';

/** The limits that an ensemble's batch and a Liouvillian's vectors are cut to. */
const limitsUsed = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupStorageSize',
] as const;

export async function run(
  _parameters: SystemParameters,
  _options: null,
  { gpu: open, signal, warn }: RunContext,
): Promise<AdapterResult> {
  const gpu = await open();
  const checks = await selfTest(gpu, signal, warn);
  for (const { name, passed } of checks) {
    if (!passed) warn(`The self-test failed in ${name}: do not trust this adapter's numbers.`);
  }
  const limits = Object.fromEntries(limitsUsed.map((name) => [name, gpu.device.limits[name]]));
  return { info: gpu.adapter, limits, features: [...gpu.device.features].sort(), checks };
}
