/** The processes of the kernels' tests find Chromium's software adapter, whatever else the machine has. */
import type { TestProject } from 'vitest/node';
import { inSoftware } from '../../src/command-line/dawn';
import { softwareVulkanToCome } from '../browser/software-vulkan';
import { prepare } from '../preparation/prepare';

export default function setUp(project: TestProject): () => Promise<void> {
  // They read it as they start, whether or not the browser is there by then.
  Object.assign(process.env, softwareVulkanToCome(), { DAWN_FLAGS: inSoftware.join(' ') });
  return prepare(project, 'chromium');
}
