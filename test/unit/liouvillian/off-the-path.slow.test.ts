/** Single systems off the bistable region, against numbers of the dense oracle (`test/oracle`) in extended precision. */
import { expect, test } from 'vitest';
import { gap } from '../../../src/experiments/spectrum/gap';
import { metastable } from '../../../src/experiments/spectrum/metastable';
import { systemParameters } from '../../../src/parameters/system';
import { runExperiment } from './run-experiment';

test.each([
  // A pair at about 2 Omega is the slowest, or the next.
  { input: { atoms: 13, gamma1d: 0.25, gammaf: 1, omega: 10 }, first: [0.9420566562655, 19.8613058231491] },
  { input: { atoms: 16, gamma1d: 0.4, gammaf: 0.6, omega: 12 }, first: [0.7580392176091, 23.8230565505985] },
  {
    input: { atoms: 13, gamma1d: 0.5, gammaf: 0.5, omega: 12 },
    first: [0.6464867711073, 0],
    second: [0.7605570782217, 23.8264530292927],
  },
  // Left vectors that converge slowly.
  {
    input: { atoms: 21, gamma1d: 1, gammaf: 0.05, omega: 1 },
    first: [0.0489558219088, 0],
    second: [0.0973812054609, 0],
  },
  {
    input: { atoms: 22, gamma1d: 1, gammaf: 10, omega: 3 },
    first: [9.2940889709892, 0],
    second: [15.8698698597934, 0],
  },
])(
  '$input: lambda_1 and lambda_2, inside bounds that say something',
  async ({ input, first, second }) => {
    const { result } = await runExperiment(gap, systemParameters(input));
    const { lambda1, frequency, lambda2, certified } = result;
    const expectInside = (re: number, im: number, error: number, exact: readonly number[]) => {
      const size = Math.hypot(exact[0], exact[1]);
      expect(Math.hypot(re - exact[0], Math.abs(im) - exact[1])).toBeLessThan(error + 1e-12 * size);
      expect(error).toBeLessThan(0.02 * size);
    };
    expect(certified).toBe(true);
    expectInside(lambda1.value, frequency, lambda1.error, first);
    if (second) expectInside(lambda2!.re, lambda2!.im, lambda2!.error, second);
  },
  60_000,
);

test.each([
  {
    input: { atoms: 30, ratio: 15.5, drive: 0.45 },
    exact: {
      aPlus: 0.926966759991775,
      aMinus: 0.07680744024642538,
      ratePlus: 0.03144455620938291,
      rateMinus: 0.37949524545113944,
      committor: {
        pPlus: 0.9309042379022228,
        ratePlus: 0.028287436323134362,
        rateMinus: 0.381107227898166,
      },
    },
  },
  // The committor's rate out of "+" is a millionth of lambda_1.
  {
    input: { atoms: 34, ratio: 30, drive: 0.5 },
    exact: {
      aPlus: 0.850558698031703,
      aMinus: 0.17715460300596447,
      ratePlus: 0.002720430730418451,
      rateMinus: 0.013061393725525993,
      committor: {
        pPlus: 0.9999987810394229,
        ratePlus: 1.871866582612282e-8,
        rateMinus: 0.015356233302213694,
      },
    },
  },
])(
  '$input: weights and rates, inside bounds of a part in 10^4 of their range',
  async ({ input, exact }) => {
    const { result } = await runExperiment(metastable, systemParameters(input));
    const { lambda1, committor, errors } = result;
    const expectInside = (said: number, error: number, value: number, range: number) => {
      expect(Math.abs(said - value)).toBeLessThan(error + 1e-13 * range);
      expect(error).toBeLessThan(1e-4 * range);
    };
    for (const name of ['aPlus', 'aMinus'] as const) expectInside(result[name], errors[name], exact[name], 1);
    for (const name of ['ratePlus', 'rateMinus'] as const) {
      expectInside(result[name], errors[name], exact[name], lambda1.value);
      expectInside(committor[name], errors.committor[name], exact.committor[name], lambda1.value);
    }
    expectInside(committor.pPlus, errors.committor.pPlus, exact.committor.pPlus, 1);
  },
  120_000,
);

test('without a drive the errors of weights and rates are no less than 0', async () => {
  const system = systemParameters({ atoms: 4, gamma1d: 1, gammaf: 1, omega: 0 });
  const { result } = await runExperiment(metastable, system);
  const { committor, plus: _plus, minus: _minus, ...bounds } = result.errors;
  for (const error of [...Object.values(bounds), ...Object.values(committor)]) {
    expect(error).toBeGreaterThanOrEqual(0);
  }
  expect(result.committor.pPlus).toBeLessThanOrEqual(1);
});
