/** Regression on the committor at figure 4 against the slow mode's rates, whichever engine walks. */
import { expect } from 'vitest';
import { Liouvillian } from '../src/liouvillian/liouvillian';
import { metastableStates } from '../src/liouvillian/metastable';
import { momentsOfRho } from '../src/operators/moments';
import type { Regression } from '../src/statistics/switching';
import { slowSpectrum } from '../src/twin/slow-mode';
import { FIGURE_4 } from './unit/reference';

export const switchingCases = [
  { unraveling: 'dark-port', count: 512, time: 100 },
  { unraveling: 'photodetection', count: 512, time: 70 },
] as const;

export const switchingRequest = ({ time, ...walk }: (typeof switchingCases)[number]) => ({
  ...walk,
  ...{ system: FIGURE_4.system, seed: 2, first: 0, time, samples: 2 * time, burnIn: 10, traces: 0 },
});

/** Within 4 errors of at most 3 percent. */
export function expectRates(found: Regression): void {
  const { numbers } = FIGURE_4;
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
}

/** Figure 4's committor, packed, and <S_z> halfway between its states, from the dense twin: nothing of what the product computes it by. */
export function slowDynamics() {
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
