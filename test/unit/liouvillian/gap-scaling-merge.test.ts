/** The points of a scaling, each of a run by itself, put together. */
import { type Dataset, File, type Group, ready } from 'h5wasm';
import { expect, test } from 'vitest';
import { readAny } from '../../../src/experiments/registry';
import { check } from '../../../src/experiments/run';
import { gapFits } from '../../../src/experiments/spectrum/gap-fits';
import type { GapScalingResult } from '../../../src/experiments/spectrum/gap-scaling';
import { InputError } from '../../../src/parameters/errors';
import { hdf5 } from '../../../src/results/hdf5';
import { sealed, throughJson } from '../../documents';
import { runWithoutGpu } from '../run-without-gpu';

const run = async (options: object, system: object = { ratio: 8.5 }) =>
  throughJson(await runWithoutGpu('gap-scaling', system, options));
const sizes = [10, 11, 12];
const documents = await Promise.all(sizes.map((atoms) => run({ atoms })));
const named = documents.map((document, i) => ({ name: `${sizes[i]}.json`, document }));
const resultOf = (document: object) => (document as { result: GapScalingResult }).result;

test('merged in any order they are the points of the runs, with both fits, and those of one run to their bounds', async () => {
  const merge = [named[2], named[0], named[1]];
  const merged = await run({ merge }, {});
  const { points, fits, ratio, tolerance } = resultOf(merged);
  expect(points).toEqual(documents.flatMap((document) => resultOf(document).points));
  expect(fits).toEqual(throughJson(gapFits(points)!));
  expect(merged.parameters).toEqual(documents[0].parameters);
  const whole = resultOf(await run({ atoms: sizes }));
  expect({ ratio, tolerance }).toEqual({ ratio: whole.ratio, tolerance: whole.tolerance });
  for (const [i, point] of points.entries()) {
    const other = whole.points[i];
    expect(point.atoms).toBe(other.atoms);
    expect(Math.abs(point.driveOverCritical - other.driveOverCritical)).toBeLessThan(
      point.driveError + other.driveError,
    );
    // Each at its own drive, near the minimum: the value hardly knows which.
    expect(point.lambda1.value / other.lambda1.value).toBeCloseTo(1, 4);
  }
  expect(resultOf(await run({ merge }, { ratio: 8.5 }))).toEqual(resultOf(merged));
});

test('what was merged goes on like any other', async () => {
  const merged = await run({ merge: named.slice(0, 2) }, {});
  const more = resultOf(await run({ atoms: [10, 11], resume: { name: 'merged.json', document: merged } }));
  expect(more.points).toEqual(resultOf(merged).points);
});

test('an HDF5 file tells of each point its system', async () => {
  const merged = readAny('open', { name: 'merged.json', document: await run({ merge: named }, {}) });
  const { FS } = await ready;
  FS.writeFile('merged.h5', await hdf5([merged]));
  const file = new File('merged.h5', 'r');
  const { attrs } = file.get('1-gap-scaling') as Group;
  const points = file.get('1-gap-scaling/points/lambda1') as Dataset;
  const told = (name: string) => Array.from(attrs[name].value as Float64Array);
  expect(told('atoms')).toEqual(sizes);
  expect(told('gamma1D')).toEqual(sizes.map((atoms) => 8.5 / (atoms - 1)));
  expect(told('driveOverCritical')).toEqual(
    resultOf(merged).points.map(({ driveOverCritical }) => driveOverCritical),
  );
  expect(attrs.detuning.value).toBe(0);
  expect(attrs.units.value).toMatch(/lambda1 and prefactor in units of gammaF/);
  expect(points.attrs.unit.value).toBe('gammaF');
  file.close();
});

const other = {
  name: 'other.json',
  document: sealed({ ...documents[0], result: { ...resultOf(documents[0]), ratio: 9 } }),
};
test.each([
  [{ merge: [named[0]] }, {}, '--merge must be at least two files, but got "10.json"'],
  [
    { merge: [named[0], named[1], named[0]] },
    {},
    '--merge must be files of different numbers of atoms, but got "N = 10 twice"',
  ],
  [{ merge: named, atoms: 10 }, {}, '--atoms must be left out with --merge, but got 10'],
  [{ merge: named, tolerance: 1e-3 }, {}, '--tolerance must be left out with --merge, but got 0.001'],
  [{ merge: named, resume: named[0] }, {}, /^--resume must be left out with --merge, but got /],
  [
    { merge: named },
    { ratio: 8.6 },
    /^--merge must be a gap-scaling at the same ratio Gamma\/gamma = 8\.6\d*, but got "10.json"$/,
  ],
  [
    { merge: [named[1], other] },
    {},
    /^--merge must be a gap-scaling at the same ratio .*, but got "other.json"$/,
  ],
  [
    { merge: [named[0], { name: 'x.json', document: {} }] },
    {},
    '--merge must be a JSON result of gap-scaling (dicke-bistability/1), but got "x.json"',
  ],
])('refused: %#', (options, system, line) => {
  try {
    check({ command: 'gap-scaling', system, options: { ...options } });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return expect(error.message).toMatch(
      line instanceof RegExp ? line : new RegExp(`^${line.replace(/[()/.]/g, '\\$&')}$`),
    );
  }
  throw new Error('It was taken.');
});
