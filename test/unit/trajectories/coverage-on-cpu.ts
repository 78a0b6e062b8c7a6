/** Counts on the CPU engine how often intervals hold the truth. */
import { nodeThreads } from '../../../src/command-line/threads';
import { cpuEngine } from '../../../src/trajectories/cpu-engine';
import { coveredBy } from '../../covered';
import type { Counting } from '../../expect-coverage';
import { requestOf } from '../../gpu/kernels/ensemble';

const never = new AbortController().signal;

export const coverageOnCpu: Counting = (request, truths) =>
  coveredBy(
    cpuEngine(nodeThreads()).walk(requestOf(request), never, () => {}),
    request,
    truths,
  );
