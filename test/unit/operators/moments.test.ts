import { describe, expect, test } from 'vitest';
import { crssAmplitudes } from '../../../src/operators/crss';
import {
  magnetizationDistribution,
  momentNorms,
  momentsOfPsi,
  momentsOfRho,
  perpendicularVariances,
  spinDistribution,
  spinSqueezing,
  squeezingError,
} from '../../../src/operators/moments';
import { Pyramid } from '../../../src/operators/pyramid';

/** |psi><psi| of block b, packed. */
function pureState(pyramid: Pyramid, b: number, psi: Float64Array): Float64Array {
  const rho = new Float64Array(pyramid.unknowns);
  pyramid.forEach((index, block, r, c) => {
    if (block === b) rho[index] = psi[r] * psi[c];
  });
  return rho;
}

describe.each([
  [18, 0],
  [18, 3],
  [7, 1],
])('a pure state of N = %i in block %i', (atoms, b) => {
  const pyramid = new Pyramid(atoms);
  const { j } = pyramid.blocks[b];
  const psi = crssAmplitudes(j, -0.6 * j);
  const moments = momentsOfPsi(atoms, j, psi);

  test('has the same moments as rho', () => {
    const rho = momentsOfRho(pyramid, pureState(pyramid, b, psi));
    for (const [name, value] of Object.entries(moments))
      expect(rho).toHaveProperty(name, expect.closeTo(value, 12));
  });

  test('has the length of its spin', () => {
    expect(moments.Sx2 + moments.Sy2 + moments.Sz2).toBeCloseTo(j * (j + 1), 11);
  });

  test('lies in the right bins', () => {
    const rho = pureState(pyramid, b, psi);
    expect(spinDistribution(pyramid, rho)[b]).toBeCloseTo(1, 14);
    const distribution = magnetizationDistribution(pyramid, rho);
    expect(distribution).toHaveLength(atoms + 1);
    psi.forEach((amplitude, r) => {
      expect(distribution[b + r]).toBeCloseTo(amplitude ** 2, 15);
    });
  });
});

test('a coherent state is not squeezed, whichever way it points', () => {
  const j = 9;
  const binomial = (k: number): number => (k === 0 ? 1 : (binomial(k - 1) * (2 * j - k + 1)) / k);
  for (const angle of [0.3, 1.2, 2.5]) {
    const [up, down] = [Math.sin(angle / 2), -Math.cos(angle / 2)];
    const psi = Float64Array.from(
      { length: 19 },
      (_, r) => Math.sqrt(binomial(r)) * up ** r * down ** (18 - r),
    );
    const { Sy, Sz, squeezing } = momentsOfPsi(18, j, psi);
    expect(Sy).toBeCloseTo(9 * Math.sin(angle), 12);
    expect(Sz).toBeCloseTo(-9 * Math.cos(angle), 12);
    expect(squeezing).toBeCloseTo(1, 12);
  }
});

test('without a mean spin there is no squeezing, and nothing is NaN', () => {
  const singlet = momentsOfPsi(18, 0, [1]);
  expect(singlet).toMatchObject({ Sx: 0, Sx2: 0, Sy2: 0, Sz2: 0, squeezing: null });
  expect(perpendicularVariances(18, singlet)).toBeNull();
  const pyramid = new Pyramid(18);
  const mixed = pyramid.identity().map((value) => value / 100);
  expect(momentsOfRho(pyramid, mixed).squeezing).toBeNull();
});

test.each([1, 2, 7])(
  'N = %d: norms of the moments’ operators are those of their matrix elements',
  (atoms) => {
    const pyramid = new Pyramid(atoms);
    const sums = { Sy: 0, Sz: 0, Sx2: 0, Sy2: 0, Sz2: 0, SySz: 0 };
    const names = Object.keys(sums) as (keyof typeof sums)[];
    // Tr(O x) for x = a unit of one packed element is that element of O, twice off the diagonal.
    pyramid.forEach((index, _, r, c) => {
      const unit = new Float64Array(pyramid.unknowns);
      unit[index] = 1;
      const traces = momentsOfRho(pyramid, unit);
      for (const name of names) sums[name] += r === c ? traces[name] ** 2 : traces[name] ** 2 / 2;
    });
    const norms = momentNorms(pyramid);
    for (const name of names) expect(norms[name]).toBeCloseTo(Math.sqrt(sums[name]), 10);
  },
);

test('the error of the squeezing covers what errors of all moments do to it together', () => {
  const moments = { Sx: 0, Sy: 1.2, Sz: -3, Sx2: 2.1, Sy2: 2.4, Sz2: 9.6, SxSy: 0, SxSz: 0, SySz: -3.5 };
  const errors = { Sx: 0, Sy: 1e-5, Sz: 2e-5, Sx2: 3e-5, Sy2: 3e-5, Sz2: 4e-5, SxSy: 0, SxSz: 0, SySz: 2e-5 };
  const bound = squeezingError(18, moments, errors)!;
  const names = Object.keys(errors) as (keyof typeof errors)[];
  const moved = Array.from({ length: 2 ** names.length }, (_, signs) => {
    const at = names.map((name, i) => [name, moments[name] + ((signs >> i) % 2 ? 1 : -1) * errors[name]]);
    return Math.abs(spinSqueezing(18, Object.fromEntries(at))! - spinSqueezing(18, moments)!);
  });
  expect(Math.max(...moved)).toBeLessThan(1.001 * bound);
  expect(Math.max(...moved)).toBeGreaterThan(0.5 * bound);
  expect(squeezingError(18, { ...moments, Sy: 0, Sz: 0 }, errors)).toBeNull();
});
