/** Q on the sphere, against its definition, its integrals and states whose Q is known. */
import { describe, expect, test } from 'vitest';
import { crssAmplitudes } from '../../../src/operators/crss';
import {
  coherentState,
  husimiNorm,
  husimiOfPsi,
  husimiOfRho,
  husimiRings,
  refined,
} from '../../../src/operators/husimi';
import { jointDistribution, momentsOfPsi } from '../../../src/operators/moments';
import { Pyramid } from '../../../src/operators/pyramid';
import { philox, uniform01 } from '../../../src/twin/philox';

const uniform = (i: number) => uniform01(philox([i, 0, 0, 0], [15, 0])[0]) - 1 / 2;

type Complex = readonly [re: number, im: number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];

/** R and B of a random Hermitian operator of trace 1, packed one behind the other. */
function someRho(pyramid: Pyramid): Float64Array {
  const rho = new Float64Array(2 * pyramid.unknowns);
  pyramid.forEach((index, _b, r, c) => {
    rho[index] = r === c ? 1 + uniform(index) : uniform(index);
    rho[pyramid.unknowns + index] = r === c ? 0 : uniform(7000 + index);
  });
  const trace = pyramid.trace(rho.subarray(0, pyramid.unknowns));
  return rho.map((x) => x / trace);
}

/** Weights of Fejer's first rule on the rings, of d cos(theta): exact for a degree below their number. */
const weights = (rings: number) =>
  Array.from({ length: rings }, (_, ring) => {
    const theta = ((ring + 0.5) * Math.PI) / rings;
    let sum = 1;
    for (let k = 1; k <= rings / 2; k++) sum -= (2 * Math.cos(2 * k * theta)) / (4 * k ** 2 - 1);
    return (2 * sum) / rings;
  });

function forEachPoint(grid: readonly Float64Array[], visit: (q: number, i: number, k: number) => void): void {
  for (const [i, ring] of grid.entries()) for (const [k, q] of ring.entries()) visit(q, i, k);
}

/** All rows of the finer grid. */
function everywhere(grid: readonly Float64Array[], rows: number, columns: number): Float64Array {
  const row = refined(grid, rows, columns);
  return Float64Array.from(Array.from({ length: rows }, (_, i) => [...row(i)]).flat());
}

/** The integral over the sphere of Q times a function of the direction. */
function integral(grid: readonly Float64Array[], of: (n: readonly number[]) => number): number {
  const rings = grid.length;
  const w = weights(rings);
  let sum = 0;
  grid.forEach((ring, i) => {
    const theta = ((i + 0.5) * Math.PI) / rings;
    ring.forEach((q, k) => {
      const phi = (Math.PI * k) / rings;
      const n = [Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi), Math.cos(theta)];
      sum += ((w[i] * Math.PI) / rings) * q * of(n);
    });
  });
  return sum;
}

/** |theta phi, j><theta phi, j| in the paper's axes: the projector on the highest eigenvalue of n.S, by squaring (n.S + j)/2j. */
function projector(j: number, theta: number, phi: number): Complex[][] {
  const dim = 2 * j + 1;
  const ladder = (r: number) => Math.sqrt((r + 1) * (2 * j - r)) / 2;
  const [x, y, z] = [Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi), Math.cos(theta)];
  // S_+ raises the row; n.S = z S_z + (x - iy) S_+/2 + (x + iy) S_-/2.
  let matrix = Array.from({ length: dim }, (_, r) =>
    Array.from({ length: dim }, (_, c): Complex => {
      if (r === c) return [(z * (r - j) + j) / (2 * j), 0];
      if (r === c + 1) return [(x * ladder(c)) / (2 * j), (-y * ladder(c)) / (2 * j)];
      return r === c - 1 ? [(x * ladder(r)) / (2 * j), (y * ladder(r)) / (2 * j)] : [0, 0];
    }),
  );
  for (let square = 0; square < 9; square++)
    matrix = matrix.map((row) =>
      row.map((_, c) =>
        row.reduce<Complex>(
          (sum, a, k) => {
            const [re, im] = times(a, matrix[k][c]);
            return [sum[0] + re, sum[1] + im];
          },
          [0, 0],
        ),
      ),
    );
  return matrix;
}

/** i to a whole power. */
const iTo = (power: number): Complex =>
  [[1, 0] as const, [0, 1] as const, [-1, 0] as const, [0, -1] as const][((power % 4) + 4) % 4];

test.each([1, 2, 5, 6])('is what it is defined as, of any Hermitian operator: N = %i', (atoms) => {
  const pyramid = new Pyramid(atoms);
  const rho = someRho(pyramid);
  const grid = husimiOfRho(pyramid, rho);
  expect(grid).toHaveLength(atoms + 1);
  for (const [ring, azimuth] of [
    [0, 1],
    [1, atoms],
    [atoms, 0],
    [Math.floor(atoms / 2), 2 * atoms + 1],
  ]) {
    const theta = ((ring + 0.5) * Math.PI) / (atoms + 1);
    const phi = (Math.PI * azimuth) / (atoms + 1);
    let expected = 0;
    for (const { index: b, j, dim } of pyramid.blocks) {
      if (j === 0) expected += rho[pyramid.index(b, 0, 0)] / (4 * Math.PI);
      else {
        const P = projector(j, theta, phi);
        // rho in the paper's axes: i^(m-m') (R + iB)
        for (let r = 0; r < dim; r++)
          for (let c = 0; c < dim; c++) {
            const at = pyramid.index(b, Math.max(r, c), Math.min(r, c));
            const element: Complex = [rho[at], Math.sign(r - c) * rho[pyramid.unknowns + at]];
            expected += ((2 * j + 1) / (4 * Math.PI)) * times(P[c][r], times(iTo(r - c), element))[0];
          }
      }
    }
    expect(grid[ring][azimuth]).toBeCloseTo(expected, 12);
  }
});

describe.each([2, 9, 36])('of N = %i', (atoms) => {
  const pyramid = new Pyramid(atoms);
  const rho = someRho(pyramid);
  const grid = husimiOfRho(pyramid, rho);

  test('integrates to the trace', () => {
    expect(integral(grid, () => 1)).toBeCloseTo(1, 12);
  });

  test('has the azimuthal marginal that p(j, m) gives', () => {
    const joint = jointDistribution(pyramid, rho);
    grid.forEach((ring, i) => {
      const marginal = ring.reduce((sum, q) => sum + (2 * Math.PI * q) / ring.length, 0);
      let expected = 0;
      for (const { index: b, j } of pyramid.blocks) {
        const { from, amplitudes } = coherentState(j, ((i + 0.5) * Math.PI) / grid.length);
        amplitudes.forEach((d, a) => {
          // Each azimuth has its share of the sphere's density: 2 pi times (2j+1)/(4 pi).
          expected += ((2 * j + 1) / 2) * joint[b][from + a] * d ** 2;
        });
      }
      expect(marginal).toBeCloseTo(expected, 11);
    });
  });

  test('is fixed by its grid', () => {
    const [rows, columns] = [7, 5];
    const fine = everywhere(grid, rows, columns);
    // A denser grid whose rings stand at odd multiples of pi/2 rows: those between the first and the last one of `fine`.
    const dense = everywhere(husimiOfRho(pyramid, rho, 3 * (atoms + 1)), rows, columns);
    fine.forEach((q, i) => {
      expect(q).toBeCloseTo(dense[i], 11);
    });
    const again = everywhere(grid, 2 * grid.length + 1, 2 * grid.length);
    forEachPoint(grid, (q, i, k) => {
      expect(again[(2 * i + 1) * grid[i].length + k]).toBeCloseTo(q, 12);
    });
  });
});

test.each([
  [9, 2],
  [9, 0],
  [14, 3],
])('its first moments are the mean spin over j + 1: N = %i, block %i', (atoms, b) => {
  const { j, dim } = new Pyramid(atoms).blocks[b];
  const raw = Array.from({ length: 2 * dim }, (_, i) => uniform(90 + i));
  const psi = raw.map((x) => x / Math.hypot(...raw));
  const [re, im] = [psi.slice(0, dim), psi.slice(dim)];
  const { Sx, Sy, Sz } = momentsOfPsi(atoms, j, re, im);
  // One degree more than Q's.
  const grid = husimiOfPsi(j, re, im, atoms + 2);
  const first = [0, 1, 2].map((axis) => (j + 1) * integral(grid, (n) => n[axis]));
  [Sx, Sy, Sz].forEach((s, axis) => {
    expect(first[axis]).toBeCloseTo(s, 12);
  });
});

test('a pure state has the Q of its projector', () => {
  const pyramid = new Pyramid(11);
  const { j, dim, index: b } = pyramid.blocks[2];
  const psi = Array.from({ length: 2 * dim }, (_, i) => uniform(400 + i));
  const [re, im] = [psi.slice(0, dim), psi.slice(dim)];
  const rho = new Float64Array(2 * pyramid.unknowns);
  pyramid.forEach((index, block, r, c) => {
    if (block !== b) return;
    rho[index] = re[r] * re[c] + im[r] * im[c];
    rho[pyramid.unknowns + index] = im[r] * re[c] - re[r] * im[c];
  });
  const direct = husimiOfPsi(j, re, im, 12);
  forEachPoint(husimiOfRho(pyramid, rho, 12), (q, i, k) => {
    expect(direct[i][k]).toBeCloseTo(q, 13);
  });
});

test.each([18, 300])(
  'a coherent state has Q = (2j+1)/4pi cos^4j of half the angle from it: N = %i',
  (atoms) => {
    const pyramid = new Pyramid(atoms);
    const j = atoms / 2;
    const [theta, phi] = [2.2, 0.4];
    const { from, amplitudes } = coherentState(j, theta);
    // In the real gauge |theta phi> has the azimuth phi + pi/2; turned to where it is real, phi = -pi/2, it stays a coherent state.
    const psi = new Float64Array(atoms + 1);
    const imaginary = new Float64Array(atoms + 1);
    amplitudes.forEach((d, a) => {
      const angle = -(phi + Math.PI / 2) * (from + a);
      psi[from + a] = d * Math.cos(angle);
      imaginary[from + a] = d * Math.sin(angle);
    });
    const axis = [Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi), Math.cos(theta)];
    const { Sx, Sy, Sz } = momentsOfPsi(atoms, j, psi, imaginary);
    [Sx, Sy, Sz].forEach((s, i) => {
      expect(s).toBeCloseTo(j * axis[i], 10);
    });
    const rho = new Float64Array(2 * pyramid.unknowns);
    for (let r = 0; r <= atoms; r++)
      for (let c = 0; c <= r; c++) {
        rho[pyramid.index(0, r, c)] = psi[r] * psi[c] + imaginary[r] * imaginary[c];
        rho[pyramid.unknowns + pyramid.index(0, r, c)] = imaginary[r] * psi[c] - psi[r] * imaginary[c];
      }
    const closed = (theta: number, phi: number) => {
      const n = [Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi), Math.cos(theta)];
      const along = n.reduce((sum, x, i) => sum + x * axis[i], 0);
      return ((2 * j + 1) / (4 * Math.PI)) * ((1 + along) / 2) ** (2 * j);
    };
    const grid = husimiOfRho(pyramid, rho);
    const rings = grid.length;
    expect(rings).toBe(husimiRings(atoms));
    let worst = 0;
    forEachPoint(grid, (q, i, k) => {
      const off = Math.abs(q - closed(((i + 0.5) * Math.PI) / rings, (Math.PI * k) / rings));
      worst = Math.max(worst, Number.isNaN(off) ? 1 : off);
    });
    expect(worst).toBeLessThan(1e-11);
    // What lies between the points follows from them, however many atoms there are.
    const [rows, columns] = [31, 40];
    everywhere(grid, rows, columns).forEach((q, at) => {
      const row = Math.floor(at / columns);
      const angles = [(Math.PI * row) / (rows - 1), (2 * Math.PI * (at % columns)) / columns] as const;
      expect(q).toBeCloseTo(closed(...angles), 6);
    });
  },
);

test('its norm bounds what an error of the state does to it, and is reached', () => {
  const pyramid = new Pyramid(8);
  const ring = 3;
  const rings = husimiRings(8);
  const x = new Float64Array(pyramid.unknowns);
  // The operator itself at phi = -pi/2, where the real gauge has it real.
  for (const { j, index } of pyramid.blocks) {
    const { from, amplitudes: d } = coherentState(j, ((ring + 0.5) * Math.PI) / rings);
    for (let a = 0; a < d.length; a++)
      for (let b = 0; b <= a; b++)
        x[pyramid.index(index, from + a, from + b)] = ((2 * j + 1) / (4 * Math.PI)) * d[a] * d[b];
  }
  const length = Math.sqrt(pyramid.inner(x, x));
  const values = husimiOfRho(pyramid, x).flatMap((row) => [...row]);
  expect(Math.max(...values) / length).toBeLessThanOrEqual(husimiNorm(pyramid) * (1 + 1e-12));
  // 9 rings, 18 azimuths: the nearest to -pi/2 is 1/2 a step off.
  const dense = husimiOfRho(pyramid, x, 3 * rings + 1);
  expect(Math.max(...dense.flatMap((row) => [...row])) / length).toBeGreaterThan(0.98 * husimiNorm(pyramid));
});

test('a CRSS is seen most where its mean spin points', () => {
  const [atoms, s] = [18, -0.6 * 9];
  const psi = crssAmplitudes(atoms / 2, s);
  const { Sy, Sz } = momentsOfPsi(atoms, atoms / 2, psi);
  const grid = husimiOfPsi(atoms / 2, psi, undefined, 90);
  let [best, at] = [0, [0, 0]];
  forEachPoint(grid, (q, i, k) => {
    if (q > best) [best, at] = [q, [((i + 0.5) * Math.PI) / 90, (Math.PI * k) / 90]];
  });
  const [theta, phi] = at;
  const lean = Math.atan2(Sy, Sz);
  expect(Math.atan2(Math.sin(theta) * Math.sin(phi), Math.cos(theta))).toBeCloseTo(lean, 1);
  expect(Math.cos(phi)).toBeCloseTo(0, 6);
});
