/** The self-test on an adapter that gets one thing wrong: the test lends a device that compiles another shader. */

import { parts } from '../../../src/experiments/self-test/self-test';
import { pageThreads } from '../../../src/page/threads';
import { withGpu } from '../with-gpu';

const never = new AbortController().signal;

/** `right`, which stands in one of the kernels, is compiled as `wrong`. */
export interface Fault {
  part: keyof typeof parts;
  right: string;
  wrong: string;
  /** as on an adapter without subgroup operations */
  withoutSubgroups?: boolean;
}

/** The names of the checks that fail. */
export function failedBy({ part, right, wrong, withoutSubgroups }: Fault) {
  return withGpu(async (gpu) => {
    const { device } = gpu;
    const compile = device.createShaderModule.bind(device);
    let found = false;
    device.createShaderModule = (descriptor) => {
      found ||= descriptor.code.includes(right);
      return compile({ ...descriptor, code: descriptor.code.replace(right, wrong) });
    };
    const lent = withoutSubgroups ? { ...gpu, subgroups: false } : gpu;
    const checks = await parts[part](lent, { signal: never, warn: () => {}, threads: pageThreads() });
    if (!found) throw new Error(`No kernel of ${part} has the text ${right}`);
    return checks.filter(({ passed }) => !passed).map(({ name }) => name);
  });
}
