import { describe, expect, test } from 'vitest';
import {
  collective,
  dephasing,
  emission,
  jumpTable,
  krausDown,
  krausSame,
  krausUp,
  lowering,
  processes,
  pumping,
} from '../../../src/operators/ladder';

const SIZES = [1, 2, 3, 4, 5, 18, 19, 54, 101, 500, 999, 1000];
const named = { emission, pumping, dephasing };

describe.each(Object.entries(named))('%s', (_, process) => {
  test.each(SIZES)('of N = %i atoms adds up over the blocks', (N) => {
    for (let j = N / 2; j >= 0; j -= N > 100 ? 7 : 1) {
      let most = 0;
      for (let m = -j; m <= j; m++) {
        const total =
          krausSame(process, N, j, m) ** 2 +
          krausDown(process, N, j, m) ** 2 +
          krausUp(process, N, j, m) ** 2;
        most = Math.max(most, Math.abs(total - process.total(N, m)));
      }
      expect(most, `j = ${j}`).toBeLessThanOrEqual(1e-14 * N);
    }
  });

  test.each(SIZES)('of N = %i atoms leads nowhere out of the pyramid', (N) => {
    const { step } = process;
    for (let j = N / 2; j >= 0; j--) {
      const leading = Array.from({ length: 2 * j + 1 }, (_, r) => {
        const m = r - j;
        const to = Math.abs(m + step);
        return [
          to > j ? krausSame(process, N, j, m) : 0,
          to > j ? collective(process, j, m) : 0,
          to > j - 1 ? krausDown(process, N, j, m) : 0,
        ];
      });
      expect(Math.max(...leading.flat().map(Math.abs)), `j = ${j}`).toBeCloseTo(0, 15);
    }
    for (let m = -N / 2; m <= N / 2; m++) expect(krausUp(process, N, N / 2, m)).toBe(0);
  });

  test('inside a block is the collective process, scaled', () => {
    const { collective, same } = jumpTable(process, 19, 5.5);
    const scale = Math.sqrt((19 / 2 + 1) / (2 * 5.5 * 6.5));
    for (let r = 0; r <= 11; r++) expect(same[r]).toBeCloseTo(scale * collective[r], 14);
  });
});

/** Every operator of one process on two atoms, <target| sum_n A_n x A_n^+ |target>, by hand. */
test('two atoms: rates between the singlet and the triplet', () => {
  // One atom of |1, 0> = (|eg> + |ge>)/sqrt 2 emits into |gg>, is pumped into |ee>, and is dephased into the singlet.
  expect(krausSame(emission, 2, 1, 0) ** 2).toBeCloseTo(1, 14);
  expect(krausSame(pumping, 2, 1, 0) ** 2).toBeCloseTo(1, 14);
  expect(krausDown(dephasing, 2, 1, 0) ** 2).toBeCloseTo(1 / 2, 14);
  expect(krausUp(dephasing, 2, 0, 0) ** 2).toBeCloseTo(1 / 2, 14);
  // |1, 1> = |ee> emits into both with equal chance, and its dephasing does nothing to it.
  expect(krausSame(emission, 2, 1, 1) ** 2).toBeCloseTo(1, 14);
  expect(krausDown(emission, 2, 1, 1) ** 2).toBeCloseTo(1, 14);
  expect(krausSame(dephasing, 2, 1, 1) ** 2).toBeCloseTo(1 / 2, 14);
  expect(processes.map(({ step }) => step)).toEqual([-1, 1, 0]);
  expect(lowering(1, 1)).toBeCloseTo(Math.SQRT2, 14);
});
