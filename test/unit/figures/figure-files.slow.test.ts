/** Every figure's files: whole, and with where their numbers come from. */
import { expect, test } from 'vitest';
import { version } from '../../../package.json';
import { sheets } from '../../../src/drawing/sheet';
import type { DocumentOf } from '../../../src/experiments/registry';
import { comparisonsOf } from '../../../src/figures/comparison';
import { insteadOf } from '../../../src/figures/figure';
import { figureFiles } from '../../../src/figures/figure-files';
import { type PanelNumber, panelNumbers } from '../../../src/figures/figure-numbers';
import { indexPage } from '../../../src/figures/index-page';
import type { ExportFile } from '../../../src/results/export';
import { savedRuns } from '../../../src/results/saved';
import { quickDocuments } from './quick-figures';

/** What opens is closed, in order, and text holds no bare markup. */
function expectXml(text: string): void {
  const open: string[] = [];
  const rest = text.replaceAll(
    /<(\/?)([\w:]+)((?:\s+[\w:-]+=(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/g,
    (_, end, name, __, empty) => {
      if (end) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name);
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest.match(/[<>]|&(?!#?\w+;)/g) ?? []).toEqual([]);
}

/** Rows below the comments, cell by cell. */
function tableIn(csv: string): string[][] {
  const lines = csv.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain),
  );
}

const filesOf = async (number: PanelNumber) =>
  figureFiles(number, await quickDocuments(number), sheets.column);
const ofType = (files: readonly ExportFile[], type: ExportFile['type']) =>
  files.filter((file) => file.type === type);

test.each(panelNumbers)('figure %s: pictures, numbers and documents, with their origin', async (number) => {
  const documents = await quickDocuments(number);
  const files = figureFiles(number, documents, sheets.column);
  const pictures = ofType(files, 'image/svg+xml');
  const tables = ofType(files, 'text/csv');
  expect(pictures.length).toBeGreaterThan(0);
  expect(tables.map(({ name }) => name)).toEqual(pictures.map(({ name }) => name.replace('.svg', '.csv')));
  const told = [`Dicke Bistability Lab ${version}`, 'atoms=', 'driveOverCritical=', 'engine: cpu'];
  for (const { name, text } of pictures) {
    expect(name).toMatch(new RegExp(`^figure-${number}(-|\\.svg)`));
    expectXml(text);
    expect(text).toContain('width="86mm"');
    expect(text).toContain(`<title>Figure ${number}: `);
    for (const words of told) expect(text.includes(words), words).toBe(true);
    expect(text.match(/NaN|undefined|Infinity|\[object/g) ?? []).toEqual([]);
    // Something is drawn inside its frame.
    expect(text.split('clip-path="url(#frame)"')[1]).toMatch(/<(path|circle)/);
  }
  for (const { text } of tables) {
    for (const words of told) expect(text.includes(words), words).toBe(true);
    const [head, ...rows] = tableIn(text);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      expect(row).toHaveLength(head.length);
      expect(row.filter((cell) => cell !== '' && !Number.isFinite(Number(cell)))).toEqual([]);
    }
  }
  const [json, ...more] = ofType(files, 'application/json');
  expect(more).toEqual([]);
  expect(json.name).toBe(`figure-${number}.json`);
  const read = savedRuns('open', json.name, JSON.parse(json.text)).flatMap(({ documents }) => documents);
  expect(read).toHaveLength(documents.length);
  expect(new Set(read.map(({ sha256 }) => sha256))).toEqual(new Set(documents.map(({ sha256 }) => sha256)));
});

test('files of a seeded ensemble tell the seed', async () => {
  for (const { type, text } of await filesOf('4b'))
    expect(text).toMatch(type === 'application/json' ? /"seed":4\b/ : /\bseed=4\b/);
});

test('figure 2d: the least gaps, and the paper’s numbers beside the fit', async () => {
  const documents = await quickDocuments('2d');
  const [{ text }] = ofType(await filesOf('2d'), 'text/csv');
  const [head, ...rows] = tableIn(text);
  const column = head.indexOf('computed ± bound');
  const gaps = new Map(rows.map((row) => [Number(row[0]), Number(row[column])]));
  // physics: the gap minimised over the drive, in units of gamma_F
  for (const [atoms, gap] of [
    [18, 0.12137],
    [24, 0.09599],
    [30, 0.07741],
  ])
    expect(gaps.get(atoms)).toBeCloseTo(gap, 5);
  expect(head[column + 1]).toBe('computed ± bound, error');
  for (const row of rows.filter((row) => row[column] !== ''))
    expect(Number(row[column + 1])).toBeGreaterThan(0);
  const [power, prefactor] = comparisonsOf('2d', documents, true);
  expect(power).toMatchObject({ by: 'the paper', says: '0.9', rounding: 0.05 });
  // Between the slopes from 18 to 24 atoms and from 24 to 30.
  expect(power.ours.value).toBeGreaterThan(Math.log(0.12137 / 0.09599) / Math.log(24 / 18));
  expect(power.ours.value).toBeLessThan(Math.log(0.09599 / 0.07741) / Math.log(30 / 24));
  expect(prefactor).toMatchObject({ says: '1.72', rounding: 0.005 });
  expect(power.difference).toBeCloseTo(power.ours.value - 0.9, 12);
  expect(power.inErrors).toBeCloseTo(power.difference / power.ours.error, 9);
});

test('files of figure 2d tell the systems of the minima, and the unit of the gap', async () => {
  const [{ result }] = (await quickDocuments('2d')) as [DocumentOf<'gap-scaling'>];
  const drives = result.points.map(({ driveOverCritical }) => driveOverCritical);
  const pictures = (await filesOf('2d')).filter(({ type }) => type !== 'application/json');
  expect(pictures.map(({ name }) => name)).toEqual([
    ...['figure-2d.svg', 'figure-2d.csv'],
    ...['figure-2d-slopes.svg', 'figure-2d-slopes.csv'],
  ]);
  for (const { text } of pictures) {
    expect(text).toContain(`atoms=18,24,30 gamma1D=${15.5 / 17},${15.5 / 23},${15.5 / 29} `);
    expect(text).toContain(`driveOverCritical=${drives.join()}`);
    expect(text).toMatch(/units: rates in the unit of gamma1D.*; lambda1 and prefactor in units of gammaF;/);
  }
});

test('figure 2d: the slopes are those of the least gaps', async () => {
  const [, { text }] = ofType(await filesOf('2d'), 'text/csv');
  const [head, ...rows] = tableIn(text);
  const column = head.indexOf('computed ± bound');
  const slopes = rows.filter((row) => row[column] !== '').map((row) => Number(row[column]));
  // By rising 1/N.
  expect(slopes[0]).toBeCloseTo(Math.log(0.09599 / 0.07741) / 6, 4);
  expect(slopes[1]).toBeCloseTo(Math.log(0.12137 / 0.09599) / 6, 4);
});

test('figure 3b: weights within the rounding of the paper’s', async () => {
  const compared = comparisonsOf('3b', await quickDocuments('3b'), true);
  expect(compared.map(({ symbol, says }) => [symbol, says])).toEqual([
    ['*a*_+', '0.4'],
    ['*a*_−', '0.5'],
  ]);
  for (const [i, exact] of [0.39978, 0.49584].entries()) {
    expect(compared[i].ours.value).toBeCloseTo(exact, 5);
    expect(Math.abs(compared[i].difference)).toBeLessThan(compared[i].rounding);
  }
  // Of another system the paper says nothing.
  expect(comparisonsOf('3b', await quickDocuments('3b'), false)).toEqual([]);
});

test('figure 4: the ensemble’s switching agrees with the slow mode, within its errors', async () => {
  const documents = await quickDocuments('4a');
  const compared = comparisonsOf('4a', documents, true);
  const exact = [0.12924, 0.47046, 0.06844, 0.0608];
  expect(compared.map(({ by, says }) => [by, Number(Number(says).toPrecision(4))])).toEqual(
    exact.map((value) => ['the master equation', Number(value.toPrecision(4))]),
  );
  for (const { inErrors, ours } of compared) {
    expect(ours.error).toBeGreaterThan(0);
    expect(Math.abs(inErrors!)).toBeLessThan(4);
  }
  // Told once for the figure.
  expect(comparisonsOf('4b', documents, true)).toEqual([]);
});

test('the index holds every figure, and needs nothing but the files beside it', async () => {
  const drawn = await Promise.all(
    panelNumbers.map(async (number) => {
      const documents = await quickDocuments(number);
      const files = figureFiles(number, documents, sheets.column);
      const instead = insteadOf(number, { atoms: [18], points: 3 });
      return {
        number,
        files,
        documents,
        instead,
        missing: [],
        comparisons: comparisonsOf(number, documents, true),
      };
    }),
  );
  const { name, text } = indexPage(drawn);
  expect(name).toBe('index.html');
  const strange = /<script|<link|src="(?!data:)|href="(?!#|figure-)|@import|NaN|undefined/g;
  expect(text.match(strange) ?? []).toEqual([]);
  const names = drawn.flatMap(({ files }) => files.map((file) => file.name));
  expect([...text.matchAll(/href="([^#"]+)"/g)].map(([, target]) => target)).toEqual(names);
  for (const [, target] of text.matchAll(/href="#([^"]+)"/g))
    expect(text.includes(`id="${target}"`), target).toBe(true);
  expect(text.match(/<img /g)).toHaveLength(names.filter((file) => file.endsWith('.svg')).length);
  for (const words of ['Figure 1a is a drawing', 'In place of its own: --atoms 18 --points 3.'])
    expect(text.includes(words), words).toBe(true);
  const row = /the paper<\/td><td>0\.4<\/td><td>0\.3997836\d*\(\d+\)<\/td><td>−0\.00022, within its rounding/;
  expect(row.test(text)).toBe(true);
});
