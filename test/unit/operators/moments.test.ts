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
  spinUncertainty,
  squeezingError,
} from '../../../src/operators/moments';
import { Pyramid } from '../../../src/operators/pyramid';
import { philox, uniform01 } from '../../../src/twin/philox';

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

describe('a complex state', () => {
  const [atoms, b] = [11, 2];
  const pyramid = new Pyramid(atoms);
  const { j, dim } = pyramid.blocks[b];
  const uniform = (i: number) => uniform01(philox([i, 0, 0, 0], [3, 0])[0]) - 1 / 2;
  // near a coherent state, so that there is a mean spin
  const parts = crssAmplitudes(j, -0.6 * j).map((x, r) => x + 0.2 * uniform(r));
  const others = Float64Array.from({ length: dim }, (_, r) => 0.4 * uniform(dim + r));
  const norm = Math.sqrt(parts.reduce((sum, x, r) => sum + x ** 2 + others[r] ** 2, 0));
  const [re, im] = [parts.map((x) => x / norm), others.map((x) => x / norm)];
  const moments = momentsOfPsi(atoms, j, re, im);

  test('has the same moments as rho', () => {
    const n = pyramid.unknowns;
    const rho = new Float64Array(2 * n);
    pyramid.forEach((index, block, r, c) => {
      if (block !== b) return;
      rho[index] = re[r] * re[c] + im[r] * im[c];
      rho[n + index] = im[r] * re[c] - re[r] * im[c];
    });
    const ofRho = momentsOfRho(pyramid, rho);
    for (const [name, value] of Object.entries(moments))
      expect(ofRho).toHaveProperty(name, expect.closeTo(value, 12));
  });

  test('keeps its length and its squeezing when it is turned about z, and its moments turn', () => {
    const angle = 0.7;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [x, y] = [re, im].map((_, part) =>
      re.map((_, r) => {
        const [c, s] = [Math.cos(angle * (r - j)), Math.sin(angle * (r - j))];
        return part === 0 ? c * re[r] + s * im[r] : c * im[r] - s * re[r];
      }),
    );
    const turned = momentsOfPsi(atoms, j, x, y);
    const { Sx, Sy, SxSz, SySz, Sx2, Sy2, SxSy } = moments;
    expect(turned.Sx).toBeCloseTo(cos * Sx - sin * Sy, 12);
    expect(turned.Sy).toBeCloseTo(sin * Sx + cos * Sy, 12);
    expect(turned.SxSz).toBeCloseTo(cos * SxSz - sin * SySz, 12);
    expect(turned.SxSy).toBeCloseTo((cos ** 2 - sin ** 2) * SxSy + sin * cos * (Sx2 - Sy2), 12);
    expect(turned.Sx2 + turned.Sy2 + turned.Sz2).toBeCloseTo(j * (j + 1), 12);
    expect(turned.squeezing).toBeCloseTo(moments.squeezing!, 12);
    expect(Math.abs(Sx)).toBeGreaterThan(0.1);
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

test('the ellipse of the spin about its mean: variances along its axes, the least that of the squeezing', () => {
  const [atoms, b] = [11, 1];
  const { j, dim } = new Pyramid(atoms).blocks[b];
  const uniform = (i: number) => uniform01(philox([i, 0, 0, 0], [8, 0])[0]) - 1 / 2;
  for (let sample = 0; sample < 5; sample++) {
    const raw = Array.from({ length: 2 * dim }, (_, i) => uniform(100 * sample + i));
    const psi = raw.map((x) => x / Math.hypot(...raw));
    const moments = momentsOfPsi(atoms, j, psi.slice(0, dim), sample === 0 ? undefined : psi.slice(dim));
    const { Sx, Sy, Sz, Sx2, Sy2, Sz2, SxSy, SxSz, SySz, squeezing } = moments;
    const { mean, least, largest, deviations } = spinUncertainty(atoms, moments)!;
    const length = Math.hypot(Sx, Sy, Sz);
    const variance = ([x, y, z]: readonly number[]) =>
      x * x * Sx2 + y * y * Sy2 + z * z * Sz2 + 2 * (x * y * SxSy + x * z * SxSz + y * z * SySz);
    const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);
    expect(dot(mean, [Sx, Sy, Sz])).toBeCloseTo(length, 12);
    for (const [a, b] of [
      [mean, least],
      [mean, largest],
      [least, largest],
    ])
      expect(dot(a, b)).toBeCloseTo(0, 12);
    for (const axis of [mean, least, largest]) expect(dot(axis, axis)).toBeCloseTo(1, 12);
    expect(Math.sqrt(variance(least)) / length).toBeCloseTo(deviations[0], 10);
    expect(Math.sqrt(variance(largest)) / length).toBeCloseTo(deviations[1], 10);
    expect(deviations[0] ** 2 * atoms).toBeCloseTo(squeezing!, 10);
    // No direction between has less.
    for (let i = 0; i < 30; i++) {
      const [cos, sin] = [Math.cos(i), Math.sin(i)];
      const between = least.map((x, axis) => cos * x + sin * largest[axis]);
      expect(variance(between)).toBeGreaterThanOrEqual(variance(least) * (1 - 1e-9));
    }
  }
});
