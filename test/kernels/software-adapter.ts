/** The processes of the kernels' tests find Chromium's software adapter, whatever else the machine has. */
import { softwareVulkan } from '../browser/software-vulkan';

/** Without the guards that Dawn adds for a page's safety, which hold indices within buffers: half of what is compiled, and no kernel may need it. */
const unguarded = 'enable-dawn-features=disable_robustness';
/** As src/command-line/dawn.ts has it for every software adapter. */
const clearingInLoops = 'disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension';

export default function setUp(): void {
  Object.assign(process.env, softwareVulkan(), { DAWN_FLAGS: `${unguarded} ${clearingInLoops}` });
}
