/** An ensemble in any unit: rates multiplied and times divided by a factor change nothing else. */
import { describe, expect, test } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { TrajectoriesResult } from '../../src/experiments/trajectories/trajectories-result';
import { numbersIn, powersIn, type Rates, random, scaled } from '../unit/scaling';
import { inPage } from './in-page';

type Document = ResultDocument<TrajectoriesResult>;

const system: Rates = { atoms: 4, gamma1d: 3, gammaf: 1, omega: 2.5 };
const times = { time: 4, burnIn: 1, g2Time: 0.5 };

async function walked(
  factor: number,
  unraveling: string,
  more: Record<string, unknown> = {},
): Promise<Document> {
  const { g2Time, ...lengths } = times;
  const all = unraveling === 'photodetection' ? { ...lengths, g2Time } : lengths;
  const own = Object.fromEntries(Object.entries(all).map(([name, time]) => [name, time / factor]));
  const photons = unraveling === 'photodetection' ? { g2Bins: 5, records: 2 } : {};
  const options = { count: 512, samples: 8, unraveling, ...photons, ...own, ...more };
  const request = { command: 'trajectories', system: scaled(system, factor), options };
  return inPage('test/gpu/kernels/client.ts', 'run', request);
}

const next = random(5);
const factors = [4 ** -249, 4 ** 249, 4 ** Math.round((next() - 0.5) * 498)];

describe.each(['dark-port', 'photodetection', 'homodyne'])('%s', (unraveling) => {
  test('powers of 4 change no bit, and a run goes on in its own unit', async () => {
    const { result, warnings } = await walked(1, unraveling);
    // Rates about 1 are computed as they are: what is a rate, and what a time, shows by itself.
    const { checkpoint: _own, ...first } = result;
    const powers = powersIn(numbersIn(first), numbersIn((await walked(4, unraveling)).result), 4);
    expect(Object.values(powers)).not.toContain(Number.NaN);
    for (const factor of factors) {
      const other = await walked(factor, unraveling);
      expect(powersIn(numbersIn(first), numbersIn(other.result), factor)).toEqual(powers);
      expect(other.warnings).toHaveLength(warnings.length);
      const begun = await walked(factor, unraveling, { count: 256 });
      const resume = { name: 'begun', document: begun };
      const whole = await walked(factor, unraveling, { resume });
      expect(whole.result).toEqual(other.result);
    }
  });

  test.each([1e-150, 1e150])('rates of %f give the same ensemble to its errors', async (factor) => {
    const [first, other] = [(await walked(1, unraveling)).result, (await walked(factor, unraveling)).result];
    for (const name of ['Sy', 'Sz', 'Sz2', 'j'] as const) {
      const [a, b] = [first.steady![name], other.steady![name]];
      expect(Math.abs(a.value - b.value)).toBeLessThan(5 * Math.hypot(a.error, b.error));
    }
    const [a, b] = [first.jumps!.individualPerTime, other.jumps!.individualPerTime];
    expect(Math.abs(a.value - b.value / factor)).toBeLessThan(5 * Math.hypot(a.error, b.error / factor));
    expect(other.exact!.Sz).toBeCloseTo(first.exact!.Sz, 9);
  });
});
