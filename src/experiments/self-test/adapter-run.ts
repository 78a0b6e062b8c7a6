/** Asks the adapter what it is and tests it. */

import type { Check } from '../../gpu/check';
import { NoAdapterError } from '../../gpu/gpu';
import type { SystemParameters } from '../../parameters/system';
import { DeviceLosses, throughLosses } from '../device-losses';
import type { RunContext } from '../experiment';
import type { AdapterResult } from './adapter';
import { parts } from './self-test';

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
  context: RunContext,
): Promise<AdapterResult> {
  const { warn } = context;
  const checks: Check[] = [];
  for (const part of Object.values(parts)) {
    const remedy = ' in the middle of a check; that one is done again with a new one.';
    checks.push(...((await throughLosses(context, remedy, (gpu) => part(gpu, context))) ?? []));
  }
  const gpu = await new DeviceLosses(context).open();
  if (gpu === null) throw new NoAdapterError('Only a GPU can be tested.');
  for (const { name, passed } of checks) {
    if (!passed) warn(`The self-test failed in ${name}: do not trust this adapter's numbers.`);
  }
  const limits = Object.fromEntries(limitsUsed.map((name) => [name, gpu.device.limits[name]]));
  return { info: gpu.adapter, limits, features: [...gpu.device.features].sort(), checks };
}
