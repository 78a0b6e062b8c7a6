/** The files of a run, read back by Python as their readers do: HDF5 by h5py, CSV by csv, against the JSON. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { SteadyStateResult } from '../../src/experiments/spectrum/steady-state';
import type { TrajectoriesResult } from '../../src/experiments/trajectories/trajectories-result';
import { inPython, needPython } from '../python';
import { type BuiltPage, click, find, type LabPage, press as pressRun, serveBuiltPage } from './built-page';
import { savedFiles } from './saved-files';

const small = '?atoms=5&gamma1d=2&gammaf=1&drive=0.73&count=512&time=4&burn-in=2&samples=20&seed=3';
const files = savedFiles();
let python: string;
let lab: BuiltPage;
let opened: LabPage;
let steady: ResultDocument<SteadyStateResult>;
let ensemble: ResultDocument<TrajectoriesResult>;

beforeAll(async () => {
  python = needPython('h5py');
  lab = await serveBuiltPage();
  opened = await lab.open(small);
  const { page } = opened;
  await files.of(page);
  for (const [panel, label] of [
    ['steady-panel', /^This drive/],
    ['trajectories-panel', /^Run/],
  ] as const) {
    await pressRun(page, panel, label);
    await find(page, `${panel} >>> document-files >>> summary`);
    for (const label of ['JSON', 'HDF5']) await press(`${panel} >>> document-files >>> button`, label);
    await click(page, `${panel} >>> document-files >>> summary`);
    await find(page, `${panel} >>> document-files >>> li button`);
    await press(`${panel} >>> document-files >>> li button`);
    // Of what one page saves within a second Chromium takes ten files, and drops the rest.
    await new Promise((resolve) => setTimeout(resolve, 1100));
  }
  steady = JSON.parse(await files.text('steady-state.json'));
  ensemble = JSON.parse(await files.text('trajectories.json'));
});

afterAll(async () => {
  await lab?.close();
  files.remove();
});

/** Presses the buttons, or the one of that label. */
async function press(selector: string, label?: string): Promise<void> {
  for (const button of await opened.page.$$(`>>> ${selector}`)) {
    const text = await button.evaluate((element) => element.textContent?.trim());
    if (label === undefined || text === label)
      await button.evaluate((element) => (element as HTMLElement).click());
  }
}

interface Dataset {
  readonly value: unknown;
  readonly attributes: Record<string, unknown>;
}

/** A file by h5py: each group's attributes, and its datasets by path. NaN arrives as null. */
const read = (path: string) =>
  inPython<Record<string, { attributes: Record<string, unknown>; datasets: Record<string, Dataset> }>>(
    python,
    `
import h5py, json, math, sys

def plain(value):
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, 'tolist'):
        return plain(value.tolist())
    if isinstance(value, list):
        return [plain(each) for each in value]
    return None if isinstance(value, float) and math.isnan(value) else value

def attributes(of):
    return {name: plain(value) for name, value in of.attrs.items()}

result = {}
with h5py.File(sys.argv[1], 'r') as file:
    for name, group in file.items():
        datasets = {}
        def visit(path, item):
            if isinstance(item, h5py.Dataset):
                datasets[path] = {'value': plain(item[()]), 'attributes': attributes(item)}
        group.visititems(visit)
        result[name] = {'attributes': attributes(group), 'datasets': datasets}
print(json.dumps(result))
`,
    path,
  );

test("h5py reads an ensemble's file: its numbers, their errors and units, and where they come from", async () => {
  const file = read(await files.path('trajectories.h5'));
  expect(Object.keys(file)).toEqual(['1-trajectories']);
  const { attributes, datasets } = file['1-trajectories'];
  const { result, parameters, engine, threads, version, schema, seconds } = ensemble;
  expect(attributes).toMatchObject({
    ...parameters,
    schema,
    command: 'trajectories',
    version,
    seconds,
    interrupted: 0,
    seed: 3,
    first: 0,
    count: 512,
    time: 4,
    burnIn: 2,
    samples: 20,
    unraveling: 'dark-port',
    ...{ engine, threads, adapter: 'none used' },
    units: expect.stringContaining('gamma1D'),
    errors: expect.stringContaining('standard error'),
  });
  for (const name of ['Sx', 'Sy', 'Sz', 'squeezing'] as const) {
    const { value, error } = result.steady![name]!;
    expect(datasets[`values/steady.${name}`]).toMatchObject({ value, attributes: { error, unit: '1' } });
  }
  const { collectivePerTime } = result.jumps!;
  expect(datasets['values/jumps.collectivePerTime']).toMatchObject({
    value: collectivePerTime.value,
    attributes: { error: collectivePerTime.error, unit: 'rate' },
  });
  expect(datasets['Pm/m'].value).toEqual(result.Pm!.map((_, i) => i - 2.5));
  expect(datasets['Pm/Pm'].value).toEqual(result.Pm!.map(({ value }) => value));
  expect(datasets['Pm/Pm.error'].value).toEqual(result.Pm!.map(({ error }) => error));
  expect(datasets['series/t']).toEqual({ value: result.series!.t, attributes: { unit: '1/rate' } });
  expect(datasets['series/Sz.mean'].value).toEqual(result.series!.Sz.mean);
  expect(datasets['series/Sz.error'].value).toEqual(result.series!.Sz.error);
  expect(JSON.parse(datasets.json.value as string)).toEqual(ensemble);
});

test('h5py reads a steady state and, of the whole session, both', async () => {
  const file = read(await files.path('steady-state.h5'));
  const { attributes, datasets } = file['1-steady-state'];
  const { Pm, moments, residual } = steady.result;
  expect(attributes).toMatchObject({ ...steady.parameters, version: steady.version });
  expect(datasets['Pm/Pm'].value).toEqual(Pm);
  expect(datasets['values/moments.Sz'].value).toBe(moments.Sz);
  expect(datasets['values/residual']).toEqual({ value: residual, attributes: { unit: 'rate' } });
  await press('session-files >>> button', 'HDF5');
  const session = read(await files.path('session.h5'));
  expect(session['1-steady-state'].datasets).toEqual(datasets);
  expect(session['2-trajectories']).toEqual(read(await files.path('trajectories.h5'))['1-trajectories']);
});

/** A CSV by Python's csv module: its comment lines, and its rows by the columns' names. */
const readCsv = (path: string) =>
  inPython<{ comments: string[]; rows: Record<string, string>[] }>(
    python,
    `
import csv, json, sys

with open(sys.argv[1], encoding='utf-8', newline='') as file:
    lines = list(file)
comments = [line[2:].rstrip() for line in lines if line.startswith('#')]
rows = list(csv.DictReader(line for line in lines if not line.startswith('#')))
print(json.dumps({'comments': comments, 'rows': rows}))
`,
    path,
  );

test("Python's csv reads the values, distributions and series, with their origin above them", async () => {
  const { result, version } = ensemble;
  const distribution = readCsv(await files.path('trajectories-Pm.csv'));
  expect(distribution.rows.map((row) => [row.m, row.Pm, row['Pm.error']].map(Number))).toEqual(
    result.Pm!.map(({ value, error }, i) => [i - 2.5, value, error]),
  );
  const series = readCsv(await files.path('trajectories-series.csv'));
  expect(series.rows.map((row) => Number(row['Sz.mean']))).toEqual(result.series!.Sz.mean);
  expect(series.rows.map((row) => Number(row['Sz.error']))).toEqual(result.series!.Sz.error);
  const values = readCsv(await files.path('trajectories.csv'));
  const { value, error } = result.steady!.Sz;
  expect(values.rows.find(({ quantity }) => quantity === 'steady.Sz')).toMatchObject({
    value: String(value),
    error: String(error),
  });
  for (const { comments } of [distribution, series, values]) {
    expect(comments).toEqual(
      expect.arrayContaining([
        `Dicke Bistability Lab ${version}, trajectories (dicke-bistability/1)`,
        expect.stringMatching(/^atoms=5 gamma1D=2 gammaF=1 omega=/),
        expect.stringMatching(/^units: rates in the unit of gamma1D and gammaF.*one standard error/),
        expect.stringMatching(/^seed=3 first=0 count=512 time=4 burnIn=2 samples=20 unraveling=dark-port/),
        expect.stringMatching(/^engine: cpu, \d+ threads$/),
        'adapter: none used',
      ]),
    );
  }
});

test('nothing was logged', () => expect(opened.complaints).toEqual([]));
