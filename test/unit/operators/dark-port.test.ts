import { expect, test } from 'vitest';
import { darkPortBlocks, darkPortStart, type ModeMatrix } from '../../../src/operators/dark-port';
import { Pyramid } from '../../../src/operators/pyramid';
import { systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';
import { applyLiouvillian } from '../../../src/twin/liouvillian';

const systems: SystemInput[] = [
  {},
  { atoms: 7, gamma1d: 1.5, gammaf: 1, drive: 0.8 },
  { atoms: 1, gamma1d: 0.5, gammaf: 1, omega: 2 },
  { atoms: 6, gamma1d: 0, gammaf: 1, omega: 0.7 },
  { atoms: 5, gamma1d: 1, gammaf: 0, omega: 0.7 },
  { atoms: 4, gamma1d: 1, gammaf: 1, omega: 0 },
];

/** A symmetric rho of every block with no symmetry beyond that. */
function someRho(pyramid: Pyramid): Float64Array {
  return Float64Array.from({ length: pyramid.unknowns }, (_, i) => Math.sin(1 + 3 * i) / (1 + (i % 5)));
}

type Matrix = number[][];
const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0].map((_, c) => row.reduce((sum, value, k) => sum + value * b[k][c], 0)));
const transposed = (a: Matrix): Matrix => a[0].map((_, c) => a.map((row) => row[c]));
const matrixOf = ({ rows, columns, matrix }: ModeMatrix): Matrix =>
  Array.from({ length: rows }, (_, r) => [...matrix.slice(r * columns, (r + 1) * columns)]);

test.each(systems)('its jumps and decay, between all modes, make up Eq. (1): %o', (input) => {
  const system = systemParameters(input);
  const pyramid = new Pyramid(system.atoms);
  const rho = someRho(pyramid);
  const expected = new Float64Array(pyramid.unknowns);
  applyLiouvillian(system, pyramid, rho, expected);

  const blocks = darkPortBlocks(system, system.atoms + 1);
  const inModes = blocks.map(({ vectors }, b) => {
    const v: Matrix = vectors.map((vector) => [...vector]);
    const dense = v.map((_, r) => v.map((_, c) => pyramid.element(rho, b, r, c)));
    return product(product(v, dense), transposed(v));
  });
  const change = inModes.map((block, b) =>
    block.map((row, r) => row.map((value, c) => -(blocks[b].decay[r] + blocks[b].decay[c]) * value)),
  );
  const jumpInto = (target: number, operator: ModeMatrix, from: number) => {
    if (operator.rows === 0) return;
    const m = matrixOf(operator);
    product(product(m, inModes[from]), transposed(m)).forEach((row, r) => {
      row.forEach((value, c) => {
        change[target][r][c] += value;
      });
    });
  };
  blocks.forEach(({ within, toLowerJ, toHigherJ }, b) => {
    jumpInto(b, within, b);
    jumpInto(b + 1, toLowerJ, b);
    jumpInto(b - 1, toHigherJ, b);
  });
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  blocks.forEach(({ vectors }, b) => {
    const v: Matrix = vectors.map((vector) => [...vector]);
    const back = product(product(transposed(v), change[b]), v);
    for (let r = 0; r < back.length; r++) {
      for (let c = 0; c <= r; c++) {
        expect(Math.abs(back[r][c] - expected[pyramid.index(b, r, c)])).toBeLessThan(1e-12 * scale);
      }
    }
  });
});

test('the CRSS is dark without individual decay', () => {
  const [top] = darkPortBlocks(systemParameters({ atoms: 40, gamma1d: 1, gammaf: 0, drive: 0.4 }));
  expect(Math.abs(top.decay[0])).toBeLessThan(1e-13);
  const column = Array.from({ length: top.modes }, (_, r) => top.within.matrix[r * top.modes]);
  for (const value of column) expect(Math.abs(value)).toBeLessThan(1e-6);
});

test('a trajectory starts from the ground state where the kept modes hold it', () => {
  expect(darkPortStart(darkPortBlocks(systemParameters())).start).toBe('ground state');
  const many = darkPortBlocks(systemParameters({ atoms: 54, ratio: 15.5, drive: 0.75 }));
  const { start, amplitudes } = darkPortStart(many);
  expect(start).toBe('lowest mode');
  expect([...amplitudes.slice(0, 2)]).toEqual([1, 0]);
});
