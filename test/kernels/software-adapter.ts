/** The processes of the kernels' tests find Chromium's software adapter, whatever else the machine has. */
import { softwareVulkan } from '../browser/software-vulkan';

export default function setUp(): void {
  Object.assign(process.env, softwareVulkan());
}
