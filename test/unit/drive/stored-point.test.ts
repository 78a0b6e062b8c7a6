/** What is shown of one drive while it is dragged: its own run, else the sweep's point next to it, else the earlier run. */
import { expect, test } from 'vitest';
import { nearestPoint, shownPoint } from '../../../components/shared/stored-point';
import type { ResultDocument } from '../../../src/experiments/experiment';
import { systemParameters } from '../../../src/parameters/system';
import { documentOf } from '../../documents';

const at = (drive: number, atoms = 4) => ({ atoms, ratio: 2, drive });
const systems = [at(0.7), at(0.6), at(0.8), at(0.7, 6), at(0.73)];
const documents = await Promise.all(systems.map((system) => documentOf('steady-state', system)));
const points = documents.slice(0, 4) as unknown as readonly ResultDocument[];
const own = documents[4] as unknown as ResultDocument;
const present = (drive: number) => systemParameters(at(drive));

test('the nearest point is of the present system, and not far beyond the sweep', () => {
  expect(nearestPoint(points, present(0.74))).toBe(points[0]);
  expect(nearestPoint(points, present(0.76))).toBe(points[2]);
  expect(nearestPoint(points, present(0.89))).toBe(points[2]);
  expect(nearestPoint(points, present(0.91))).toBeUndefined();
  expect(nearestPoint(points, systemParameters(at(0.71, 6)))).toBeUndefined();
  expect(nearestPoint(points, systemParameters(at(0.7, 6)))).toBe(points[3]);
  expect(nearestPoint(points, systemParameters({ ...at(0.7), ratio: 2.5 }))).toBeUndefined();
  expect(nearestPoint([], present(0.7))).toBeUndefined();
});

test('a run of the present system comes first, an earlier one last', () => {
  const of = (isStored: boolean, isStale: boolean, document?: ResultDocument) => ({
    document,
    isStored,
    isStale,
  });
  expect(shownPoint(own, false, points, present(0.73))).toEqual(of(false, false, own));
  expect(shownPoint(own, true, points, present(0.78))).toEqual(of(true, false, points[2]));
  expect(shownPoint(own, true, points, present(2))).toEqual(of(false, true, own));
  expect(shownPoint(undefined, false, [], present(0.7))).toEqual(of(false, false));
});
