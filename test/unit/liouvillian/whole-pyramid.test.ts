/** The models that are inverted: L element by element, and blocks of any size. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Shift, ShiftedInverse } from '../../../src/liouvillian/block-elimination';
import type { BlockTridiagonal, DenseBlock, SparseBlock } from '../../../src/liouvillian/block-tridiagonal';
import { borrowMemory, giveBack, reserve } from '../../../src/liouvillian/borrowed-memory';
import { Liouvillian, type Parts } from '../../../src/liouvillian/liouvillian';
import { WholePyramid } from '../../../src/liouvillian/whole-pyramid';
import { systemParameters } from '../../../src/parameters/system';
import { random } from '../scaling';

const shifts: Shift[] = [
  { re: 0.3, im: 0 },
  { re: -0.2, im: 0.7 },
];

// An inverse gets a memory in which another has left something.
beforeEach(() => {
  const memory = borrowMemory();
  reserve(memory, 2 ** 24);
  new Uint8Array(memory.buffer).fill(255);
  giveBack(memory);
});

/** Numbers of a vector, two for each of a complex one. */
const vector = (length: number, next: () => number) => Float64Array.from({ length }, () => next() - 0.5);

/** Row-major. */
interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

function add({ rows, columns, values }: Matrix, to: DenseBlock): void {
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) to.values[r * to.stride + c * to.step] += values[r * columns + c];
}

/** Up to four elements a row, no two in one column. */
function sparseBlock(rows: number, columns: number, next: () => number): SparseBlock {
  const factors = new Float64Array(4 * rows);
  const places = new Int32Array(4 * rows);
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < Math.min(columns, r % 5); k++) {
      factors[4 * r + k] = next() - 0.5;
      places[4 * r + k] = (7 * r + k) % columns;
    }
  }
  return { factors, columns: places };
}

function whole({ factors, columns: places }: SparseBlock, columns: number): Matrix {
  const rows = factors.length / 4;
  const values = new Float64Array(rows * columns);
  factors.forEach((factor, i) => {
    if (factor !== 0) values[Math.floor(i / 4) * columns + places[i]] += factor;
  });
  return { rows, columns, values };
}

/** Of complex vectors the real parts, or the imaginary ones. */
const part = (x: Float64Array, shift: Shift, which: 0 | 1) =>
  shift.im === 0 ? x : x.filter((_, i) => i % 2 === which);

const onResonance = [
  { atoms: 1, gamma1d: 1, gammaf: 1, omega: 0.7 },
  { atoms: 2, gamma1d: 1, gammaf: 1, omega: 0.7 },
  { atoms: 7, gamma1d: 0.5, gammaf: 1, omega: 2 },
  { atoms: 12, gamma1d: 10, gammaf: 1, drive: 0.73 },
  { atoms: 6, gamma1d: 1, gammaf: 0.2, omega: 0.4, pumping: 0.3, dephasing: 0.7 },
  { atoms: 6, gamma1d: 0.1, gammaf: 0.2, omega: 0.4, pumping: 2, dephasing: 0.7 },
  { atoms: 5, gamma1d: 1, gammaf: 1, omega: 1, collectivePumping: 0.2, collectiveDephasing: 0.4 },
  { atoms: 5, gamma1d: 1, gammaf: 1, omega: 1, collectivePumping: 3, collectiveDephasing: 0.4 },
];
const offResonance = onResonance.map((system) => ({ ...system, detuning: 0.6, collectiveShift: -0.3 }));

describe.each<[Parts, typeof onResonance]>([
  ['symmetric', onResonance],
  ['antisymmetric', onResonance],
  ['both', offResonance],
])('%s', (parts, systems) => {
  test.each(systems)('its inverse undoes L - s: %o', async (system) => {
    const liouvillian = new Liouvillian(systemParameters(system), parts);
    const model = new WholePyramid(liouvillian);
    const next = random(1);
    for (const shift of shifts) {
      const inverse = await model.factorize(shift);
      for (const direction of ['forward', 'transposed'] as const) {
        const given = vector(model.unknowns * inverse.width, next);
        const x = given.slice();
        if (direction === 'forward') inverse.solve(x);
        else inverse.solveTransposed(x);
        const [re, im] = ([0, 1] as const).map((which) => model.lift(part(x, shift, which)));
        const wanted = model.lift(part(given, shift, 0));
        // Re (L - s) x
        const image = liouvillian.image(direction, re);
        const length = liouvillian.norm(image);
        image.forEach((value, i) => {
          const rest = value - shift.re * re[i] + (shift.im === 0 ? 0 : shift.im * im[i]) - wanted[i];
          expect(Math.abs(rest)).toBeLessThan(1e-12 * length);
        });
      }
      inverse.release();
    }
  });
});

test('the symmetric part is that of R in the turned axes', () => {
  const liouvillian = new Liouvillian(
    systemParameters({ atoms: 5, gamma1d: 1, gammaf: 1, omega: 2, detuning: 3 }),
  );
  const model = new WholePyramid(liouvillian);
  const { turn, unknowns } = model;
  expect(Math.abs(turn)).toBeGreaterThan(0.5);
  const next = random(3);
  const [x, y] = [vector(unknowns, next), vector(unknowns, next)];
  const [, B] = liouvillian.halves;
  // R' + iB' = (R + iB) exp(i phi (r - c))
  const turned = (packed: Float64Array) => {
    const R = packed.slice();
    liouvillian.pyramid.forEach((i, _, r, c) => {
      const [cos, sin] = [Math.cos(turn * (r - c)), Math.sin(turn * (r - c))];
      R[i] = cos * packed[i] - sin * packed[B.first + i];
    });
    return R;
  };
  const expected = liouvillian.symmetricPart(turned(model.lift(x)), turned(model.lift(y)));
  expect(Math.abs(model.symmetricPart(x, y) - expected)).toBeLessThan(1e-12 * unknowns);
});

test.each(shifts)('blocks of any size, some of none: the inverse undoes them, shift %o', async (shift) => {
  const next = random(2);
  const sizes = [1, 40, 17, 0, 33, 300, 2];
  const block = (rows: number, columns: number) => ({ rows, columns, values: vector(rows * columns, next) });
  const diagonal = sizes.map((n) => block(n, n));
  const [lower, upper] = [1, -1].map((step) =>
    sizes.slice(1).map((n, b) => (step === 1 ? block(n, sizes[b]) : block(sizes[b], n))),
  );
  const sparse = sizes.slice(1).map((rows, b) => sparseBlock(rows, sizes[b], next));
  const adding = (blocks: readonly Matrix[]) => (b: number, to: DenseBlock) => add(blocks[b], to);
  const alike = { sizes, diagonal: adding(diagonal), upper: adding(upper) };
  const kinds: [BlockTridiagonal, Matrix[]][] = [
    [{ ...alike, isSparse: false, lower: adding(lower) }, lower],
    [{ ...alike, isSparse: true, lower: (b) => sparse[b] }, sparse.map((one, b) => whole(one, sizes[b]))],
  ];
  for (const [matrix, below] of kinds) {
    let told = 0;
    let reached = 0;
    const inverse = await ShiftedInverse.of(
      matrix,
      shift,
      async () => {},
      (done, of, share) => {
        told += 1;
        expect(share).toBeGreaterThanOrEqual(reached);
        reached = share;
        expect([done, of]).toEqual([told, sizes.length]);
      },
    );
    expect(told).toBe(sizes.length);
    expect(reached).toBe(1);
    const starts = sizes.map((_, b) => sizes.slice(0, b).reduce((sum, n) => sum + n, 0));
    for (const isTransposed of [false, true]) {
      const given = vector(inverse.unknowns * inverse.width, next);
      const x = given.slice();
      if (isTransposed) inverse.solveTransposed(x);
      else inverse.solve(x);
      const re = part(x, shift, 0);
      const im = part(x, shift, 1);
      const image = re.map((value, i) => (shift.im === 0 ? 0 : shift.im * im[i]) - shift.re * value);
      const multiply = ({ rows, columns, values }: Matrix, to: number, from: number) => {
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++) {
            const [i, k] = [starts[to] + r, starts[from] + c];
            if (isTransposed) image[k] += values[r * columns + c] * re[i];
            else image[i] += values[r * columns + c] * re[k];
          }
      };
      for (const b of sizes.keys()) {
        multiply(diagonal[b], b, b);
        if (b + 1 === sizes.length) continue;
        multiply(below[b], b + 1, b);
        multiply(upper[b], b, b + 1);
      }
      const largest = Math.max(...re.map(Math.abs));
      part(given, shift, 0).forEach((value, i) => {
        expect(Math.abs(image[i] - value)).toBeLessThan(1e-9 * largest);
      });
    }
    inverse.release();
  }
});
