/** The processes of the kernels' tests find Chromium's software adapter, whatever else the machine has. */
import type { TestProject } from 'vitest/node';
import { inSoftware } from '../../src/command-line/dawn';
import { softwareVulkan } from '../browser/software-vulkan';
import { begun, prepare } from '../preparation/prepare';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const end = prepare(project, 'chromium');
  // As a process starts it looks where its libraries are, and never again where there was nothing.
  await begun('chromium');
  Object.assign(process.env, softwareVulkan(), { DAWN_FLAGS: inSoftware.join(' ') });
  return end;
}
