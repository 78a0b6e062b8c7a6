/** What the GPU's photodetection counts at figure 4; a software adapter takes a minute. */
import { test } from 'vitest';
import { expectPhotonsOnGpu } from '../gpu/expect-photons';
import { FIGURE_4 } from '../unit/reference';

test('g2 and Fano factors agree with the quantum regression theorem', async () => {
  const walk = { count: 256, time: 44, burnIn: 36, samples: 220 };
  await expectPhotonsOnGpu({ ...walk, system: FIGURE_4.system, bins: 20, width: 0.02 });
});
