/** The triangle of j and m: where its cells are, what its bars add up, what its table holds, and the way of a walk through it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Pictures } from '../../../components/states/state-names';
import {
  cellAt,
  marginals,
  placeOf,
  triangleLayout,
  trianglePicture,
  triangleTable,
} from '../../../components/states/triangle-picture';
import { Trail, type Walk } from '../../../components/states/walk';
import { palettes } from '../../../src/drawing/palettes';
import {
  jointDistribution,
  magnetizationDistribution,
  spinDistribution,
} from '../../../src/operators/moments';
import { Pyramid } from '../../../src/operators/pyramid';

const anySize = fc.integer({ min: 1, max: 300 });
const anyWidth = fc.integer({ min: 280, max: 1400 });

test('a point in a cell reads that cell, and one outside the triangles none', () => {
  fc.assert(
    fc.property(anySize, anyWidth, fc.nat(), fc.nat(), fc.nat(2), (atoms, width, row, place, which) => {
      const layout = triangleLayout(width, atoms);
      const b = row % (Math.floor(atoms / 2) + 1);
      const i = place % (atoms - 2 * b + 1);
      const frame = layout.frames[which];
      const [x, y] = placeOf(layout, frame, atoms / 2 - b, i - atoms / 2 + b);
      expect(cellAt(layout, x, y)).toEqual({ b, i });
      // A row below the top one leaves its ends free.
      if (b > 0) expect(cellAt(layout, frame.left + layout.cell.width / 2, y)).toBeNull();
      expect(cellAt(layout, frame.left - 1, y)).toBeNull();
    }),
  );
});

/** Distributions of something that is not symmetric, of trace 1. */
function some(atoms: number): { pictures: Pictures; rho: Float64Array; pyramid: Pyramid } {
  const pyramid = new Pyramid(atoms);
  const rho = new Float64Array(pyramid.unknowns);
  pyramid.forEach((index, b, r, c) => {
    if (r === c) rho[index] = (1 + r) / (2 + b);
  });
  const trace = pyramid.trace(rho);
  for (let i = 0; i < rho.length; i++) rho[i] /= trace;
  const Pjm = jointDistribution(pyramid, rho).map((row) => [...row]);
  const moments = { Sx: 0, Sy: 0, Sz: 0, Sx2: 0, Sy2: 0, Sz2: 0, SxSy: 0, SxSz: 0, SySz: 0 };
  const state = { Pjm, Q: [[1]], moments };
  return { pictures: { steady: state, plus: state, minus: state }, rho, pyramid };
}

test.each([1, 2, 9, 40])('its bars are P_m and P_j of %i atoms, and its table has every pair', (atoms) => {
  const { pictures, rho, pyramid } = some(atoms);
  const { Pj, Pm } = marginals(pictures.plus.Pjm, atoms);
  expect(Pm).toHaveLength(atoms + 1);
  magnetizationDistribution(pyramid, rho).forEach((p, i) => {
    expect(Pm[i]).toBeCloseTo(p, 14);
  });
  spinDistribution(pyramid, rho).forEach((p, b) => {
    expect(Pj[b]).toBeCloseTo(p, 14);
  });
  const { columns, rows } = triangleTable(pictures, { steady: 0.1, plus: 0.2, minus: 0.3 }, atoms);
  expect(columns).toHaveLength(8);
  expect(rows).toHaveLength(pictures.plus.Pjm.flat().length);
  for (const [j, m, p, error] of rows) {
    expect(Math.abs(m!)).toBeLessThanOrEqual(j!);
    expect(p).toBe(pictures.plus.Pjm[atoms / 2 - j!][m! + j!]);
    expect(error).toBe(0.1);
  }
});

test.each([1, 2, 3, 18, 300])('is drawn without a number that is none: %i atoms', (atoms) => {
  for (const width of [300, 946]) {
    const layout = triangleLayout(width, atoms);
    const picture = trianglePicture(some(atoms).pictures, layout, palettes.light);
    expect(picture).not.toMatch(/NaN|Infinity|undefined/);
  }
});

test('a walk leaves a trail: samples and jumps in their order, each once, anew after a restart', () => {
  const trail = new Trail();
  const at = (t: number, j: number) => ({ t, Sz: -t, j });
  const walk = (samples: Walk['samples'], jumps: Walk['jumps']) => ({ samples, jumps }) as Walk;
  trail.take(walk([at(1, 9)], []));
  trail.take(
    walk(
      [at(1, 9), at(2, 8)],
      [
        { t: 1.2, isCollective: true, j: 9 },
        { t: 1.7, isCollective: false, j: 8 },
      ],
    ),
  );
  const expected = [
    { t: 1, Sz: -1, j: 9, by: 'drift' },
    { t: 1.2, Sz: -2, j: 9, by: 'collective jump' },
    { t: 1.7, Sz: -2, j: 8, by: 'individual jump' },
    { t: 2, Sz: -2, j: 8, by: 'drift' },
  ];
  expect(trail.steps).toEqual(expected);
  trail.take(walk([at(1, 9), at(2, 8)], []));
  expect(trail.steps).toEqual(expected);
  trail.take(walk([at(0.5, 9)], []));
  expect(trail.steps).toEqual([{ t: 0.5, Sz: -0.5, j: 9, by: 'drift' }]);
  for (let t = 1; t < 400; t++) trail.take(walk([at(t, 9)], []));
  expect(trail.steps.length).toBeLessThan(200);
  expect(trail.steps.at(-1)?.t).toBe(399);
});
