import { walkEnsemble } from '../../../src/trajectories/ensemble';
import { blockSize } from '../../../src/trajectories/record';
import { type CoverageRequest, coveredBy } from '../../covered';
import { withGpu } from '../with-gpu';
import { requestOf } from './ensemble';

export const coverage = (request: CoverageRequest, truths: Record<string, number>) =>
  withGpu((gpu) => {
    const plan = { trajectories: blockSize, walkers: 64 };
    const batches = walkEnsemble(gpu, requestOf(request), new AbortController().signal, () => {}, plan);
    return coveredBy(batches, request, truths);
  });
