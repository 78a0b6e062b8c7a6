import { expect, test } from 'vitest';
import { Liouvillian } from '../../src/liouvillian/liouvillian';
import { metastableStates } from '../../src/liouvillian/metastable';
import { momentsOfRho } from '../../src/operators/moments';
import type { Regression } from '../../src/statistics/switching';
import { slowSpectrum } from '../../src/twin/slow-mode';
import { FIGURE_4 } from '../unit/reference';
import { inPage } from './in-page';

const kernels = 'test/gpu/kernels/switching.ts';

test.each([
  { unraveling: 'dark-port', count: 512, time: 100 },
  { unraveling: 'photodetection', count: 512, time: 70 },
])(
  'regression on the committor finds the certified rates: $unraveling',
  async ({ unraveling, count, time }) => {
    const { system, numbers } = FIGURE_4;
    const { committor, halfway } = slowDynamics();
    const request = {
      unraveling,
      system,
      seed: 2,
      first: 0,
      count,
      time,
      samples: 2 * time,
      burnIn: 10,
      traces: 0,
    };
    const found = await inPage<Regression>(
      kernels,
      'regression',
      { ...request, committor: [...committor] },
      halfway,
    );
    const exact = {
      lambda1: numbers.lambda1,
      pPlus: numbers.committor.p_plus_steady,
      ratePlus: numbers.committor.rate_plus,
      rateMinus: numbers.committor.rate_minus,
    };
    for (const name of ['lambda1', 'pPlus', 'ratePlus', 'rateMinus'] as const) {
      const { value, error } = found[name];
      expect(Math.abs(value - exact[name]), `${name}: ${value} +- ${error}`).toBeLessThan(4 * error);
      expect(error, name).toBeLessThan(0.03 * exact[name]);
    }
  },
);

/** Figure 4's, from the dense twin: nothing of what the product computes it by. */
function slowDynamics() {
  const { slowMode, steady } = slowSpectrum(FIGURE_4.system);
  const { lambda1, right, left } = slowMode!;
  const liouvillian = new Liouvillian(FIGURE_4.system);
  const mode = { re: lambda1, im: 0, right: [right], left: [left] } as unknown as Parameters<
    typeof metastableStates
  >[1];
  const { plus, minus, committor } = metastableStates(liouvillian, mode, steady.rho);
  const Sz = (x: Float64Array) => momentsOfRho(liouvillian.pyramid, x).Sz;
  return { committor, halfway: (Sz(plus) + Sz(minus)) / 2 };
}
