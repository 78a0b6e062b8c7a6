import { expect, test } from 'vitest';
import { krausDown, krausSame, krausUp, ladderTable, lowering } from '../../../src/operators/ladder';

const SIZES = [1, 2, 3, 4, 5, 18, 19, 54, 101, 500, 999, 1000];

test.each(SIZES)('the individual emissions of N = %i add up to N/2 + m', (N) => {
  for (let j = N / 2; j >= 0; j -= N > 100 ? 7 : 1) {
    for (let m = -j; m <= j; m++) {
      const total = krausSame(N, j, m) ** 2 + krausDown(N, j, m) ** 2 + krausUp(N, j, m) ** 2;
      expect(Math.abs(total - (N / 2 + m))).toBeLessThanOrEqual(1e-14 * N);
    }
  }
});

test.each(SIZES)('no emission of N = %i leads out of the pyramid', (N) => {
  for (let j = N / 2; j >= 0; j--) {
    const outward = [lowering(j, -j), krausSame(N, j, -j), krausDown(N, j, -j), krausDown(N, j, 1 - j)];
    if (j === N / 2) outward.push(krausUp(N, j, -j), krausUp(N, j, j));
    expect(outward.every((amplitude) => Math.abs(amplitude) === 0)).toBe(true);
  }
});

test('inside a block the individual emission is the collective one, scaled', () => {
  const { lowering: collective, same } = ladderTable(19, 5.5);
  const scale = Math.sqrt((19 / 2 + 1) / (2 * 5.5 * 6.5));
  for (let r = 0; r <= 11; r++) expect(same[r]).toBeCloseTo(scale * collective[r], 14);
});
