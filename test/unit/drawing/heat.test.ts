/** A heat: where its cells stand on any grid, how dark they are, its scale, and its numbers as a table. */
import { describe, expect, test } from 'vitest';
import {
  cellAt,
  columnEdges,
  type Heat,
  type HeatScale,
  heatOpacities,
  heatRamp,
} from '../../../src/drawing/heat';
import { legendOf } from '../../../src/drawing/legend';
import type { PlotView } from '../../../src/drawing/places';
import type { PlotSpec } from '../../../src/drawing/plot-spec';
import { plotTable } from '../../../src/drawing/plot-table';
import { shapesOf } from '../../../src/drawing/shapes';

const heat: Heat = {
  label: '*P*_m',
  ink: 'exact',
  x: [1, 2, 4],
  y: [-1.5, 1.5],
  values: [
    [1, 2, 4],
    [0, null, 8],
    [2, 2, 2],
  ],
  scale: { clear: 0, full: 8, kind: 'linear' },
};
const spec: PlotSpec = { title: 'heat', x: { label: 'x' }, y: { label: 'y' }, curves: [], heat };
const view: PlotView = { frame: { left: 0, top: 0, width: 100, height: 30 }, x: [0, 10], y: [-1.5, 1.5] };

test('edges lie midway between the columns, and as far beyond the outer ones', () => {
  expect(columnEdges(heat)).toEqual([0.5, 1.5, 3, 5]);
  expect(columnEdges({ ...heat, x: [0, 4] })).toEqual([-1, 1, 3, 5]);
  expect(columnEdges({ ...heat, x: [3], values: [[1]] })).toEqual([2.5, 3.5]);
});

test('columns of unlike widths stand side by side, and every cell covers what it is of', () => {
  const shapes = shapesOf(spec, view);
  expect(shapes).toHaveLength(3);
  expect(shapes).toMatchObject(
    [
      [5, 15],
      [15, 30],
      [30, 50],
    ].map(([left, right]) => ({
      kind: 'cells',
      ink: 'exact',
      from: [left, 0],
      to: [right, 30],
      columns: 1,
      rows: 3,
    })),
  );
  // On a logarithmic axis equal steps are not equally wide.
  const even = { ...spec, heat: { ...heat, x: [1, 2, 3] } };
  expect(shapesOf(even, view)).toHaveLength(1);
  const logarithmic = shapesOf({ ...even, x: { label: 'x', scale: 'log' } }, { ...view, x: [0.1, 10] });
  expect(logarithmic).toHaveLength(3);
  expect(logarithmic[1]).toMatchObject({
    from: [50 + 50 * Math.log10(1.5), 0].map((at) => expect.closeTo(at, 1)),
  });
});

describe('opacities, from the highest row down', () => {
  const of = (scale: HeatScale, values: (number | null)[]) =>
    [...heatOpacities({ ...heat, values: [values], scale })].reverse();
  test('grow linearly from clear to full, in either direction', () => {
    expect(of({ clear: 0, full: 8, kind: 'linear' }, [-1, 0, 4, 8, 9, null])).toEqual([
      0, 0, 115, 230, 230, 0,
    ]);
    expect(of({ clear: 2, full: 1, kind: 'linear' }, [2, 1.5, 1, 0.5])).toEqual([0, 115, 230, 230]);
  });
  test('grow with the logarithm', () => {
    expect(of({ clear: 0.01, full: 1, kind: 'log' }, [0, 0.01, 0.1, 1])).toEqual([0, 0, 115, 230]);
    expect(of({ clear: 1, full: 0.01, kind: 'log' }, [2, 1, 0.1, 0.01])).toEqual([0, 0, 115, 230]);
  });
  test('the ramp of the legend leads from none to full', () => {
    const ramp = heatRamp(11);
    expect([ramp[0], ramp[5], ramp[10]]).toEqual([0, 115, 230]);
  });
});

test('the legend names the scale, its clear end first', () => {
  const words = (scale?: HeatScale) => {
    const { scale: _, ...plain } = heat;
    return legendOf({ ...spec, heat: scale ? { ...plain, scale } : plain })[0].label;
  };
  expect(words({ clear: 0, full: 0.12, kind: 'linear' })).toBe('*P*_m, 0 to 0.12');
  expect(words({ clear: 0.5, full: 0.02, kind: 'log' })).toBe('*P*_m, 0.5 to 0.02, logarithmic');
  // Of counts, the first column does not set the scale.
  expect(words()).toBe('*P*_m, 0 to 8');
});

test('a cell is found by any place in it', () => {
  expect(cellAt(heat, 0.6, -1.4)).toBe(1);
  expect(cellAt(heat, 1.6, 1.4)).toBe(8);
  expect(cellAt(heat, 4.9, 0)).toBe(2);
  // Nothing in it, and outside of all.
  for (const [x, y] of [
    [2, 0],
    [0.4, 0],
    [5.1, 0],
    [2, 1.6],
    [2, -1.6],
  ])
    expect(cellAt(heat, x, y)).toBeNull();
});

test('the table has a column for every row of cells, beside the curves', () => {
  const curve = { label: 'c', draw: 'line', ink: 'lower', x: [0, 2], y: [10, 11] } as const;
  expect(plotTable({ ...spec, curves: [curve] })).toEqual({
    columns: ['x', 'c', 'P_m at −1', 'P_m at 0', 'P_m at 1'],
    rows: [
      [0, 10, null, null, null],
      [1, null, 1, 2, 4],
      [2, 11, 0, null, 8],
      [4, null, 2, 2, 2],
    ],
  });
});
