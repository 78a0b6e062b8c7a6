/** lambda_1 at figure 2b by the GPU; a software adapter takes more than a minute. */
import { test } from 'vitest';
import { expectLambda1OnGpu } from '../gpu/expect-lambda1';
import N54 from '../reference/point-N54-figure2b.json';

test('lambda_1 at N = 54 with float32 corrections: inside its bound of 1e-5, in at most 3,000 matvecs', async () => {
  await expectLambda1OnGpu({ atoms: 54, ratio: 15.5, drive: 0.75 }, N54.lambda1);
});
