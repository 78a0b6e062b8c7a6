/** The processes of the kernels' tests find Chromium's software adapter, whatever else the machine has. */
import { inSoftware } from '../../src/command-line/dawn';
import { softwareVulkan } from '../browser/software-vulkan';

export default function setUp(): void {
  Object.assign(process.env, softwareVulkan(), { DAWN_FLAGS: inSoftware.join(' ') });
}
