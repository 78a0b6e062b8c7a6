import { expect, test } from 'vitest';
import type { ResultDocument, Shape } from '../../src/experiments/experiment';
import {
  aside,
  group,
  list,
  measured,
  number,
  numbers,
  orNull,
  over,
  series,
} from '../../src/experiments/fields';
import { systemParameters } from '../../src/parameters/system';
import { exportFiles, exportSweep } from '../../src/results/export';
import { flatten } from '../../src/results/flatten';

const result = {
  count: 2,
  seed: 7,
  steady: { Sz: { value: -0.4, error: 0.01 } },
  lambda2: { re: 1, im: 0, error: 0.1 },
  bistable: null,
  records: [],
  Pm: [0.25, 0.25, 0.25, 0.25],
  Pj: [
    { value: 0.7, error: 0.1 },
    { value: 0.3, error: 0.1 },
  ],
  traces: [
    { t: [0, 1], Sz: [-1.5, -1] },
    { t: [0, 1], Sz: [-1.5, 0.5] },
  ],
  exact: { Sz: -0.41, Pj: [0.75, 0.25], residual: 1e-12 },
  series: { t: [0, 1], Sz: { mean: [-1.5, -0.4], error: [0, 0.1] } },
  density: {
    t: [0, 1],
    from: -1.5,
    counts: [
      [2, 0],
      [1, 1],
    ],
  },
  points: [
    { atoms: 18, lambda1: { value: 0.12, error: 0.001 } },
    { atoms: 24, lambda1: { value: 0.09, error: 0.002 } },
  ],
};

/** What the made-up results below consist of. */
const shape: Shape<typeof result> = {
  fields: {
    count: number(),
    seed: number(),
    steady: group({ Sz: measured() }),
    Sz: measured(),
    lambda2: group({ re: number(), im: number(), error: number() }),
    bistable: orNull(group({ from: number(), to: number() })),
    records: list(series({ t: numbers() })),
    Pm: over('m', number()),
    Pj: over('j', measured()),
    traces: list(series({ t: numbers(), Sz: numbers() })),
    exact: aside({ Sz: number(), Pj: numbers(), residual: number() }),
    series: series({ t: numbers(), Sz: group({ mean: numbers(), error: numbers() }) }),
    density: series({ t: numbers(), from: number(), counts: list(numbers()) }),
    points: list(group({ atoms: number(), lambda1: measured() })),
  },
  exact: ({ exact }) => ({ steady: exact, ...exact }),
};

const resultDocument: ResultDocument = {
  schema: 'dicke-bistability/1',
  command: 'trajectories',
  version: '1.2.3',
  walk: 1,
  seconds: 1,
  parameters: systemParameters({ atoms: 3, gamma1d: 10, gammaf: 1, drive: 0.4 }),
  engine: 'gpu',
  adapter: { vendor: 'maker', architecture: 'kind', description: 'card', fallback: false },
  threads: null,
  warnings: ['one thing,\nsaid twice'],
  interrupted: true,
  result,
  sha256: '',
};

test('single values are rows, a measured one with its error and the exact value', () => {
  expect(flatten(result, shape, 3).rows).toEqual([
    { name: 'count', value: 2 },
    { name: 'seed', value: 7 },
    { name: 'steady.Sz', value: -0.4, error: 0.01, exact: -0.41 },
    { name: 'lambda2.re', value: 1 },
    { name: 'lambda2.im', value: 0 },
    { name: 'lambda2.error', value: 0.1 },
    { name: 'bistable', value: null },
  ]);
});

test('bounds in `errors` stand beside the values of the same paths', () => {
  const { rows, tables } = flatten(
    {
      plus: { moments: { Sz: -1, squeezing: null }, Pm: [0.25, 0.75] },
      errors: { plus: { moments: { Sz: 1e-6, squeezing: null }, Pm: 1e-8 } },
    },
    {
      fields: {
        plus: group({
          moments: group({ Sz: number(), squeezing: orNull(number()) }),
          Pm: over('m', number()),
        }),
      },
      bounds: ({ errors }) => errors,
    },
    1,
  );
  expect(rows).toEqual([
    { name: 'plus.moments.Sz', value: -1, error: 1e-6 },
    { name: 'plus.moments.squeezing', value: null },
  ]);
  expect(tables).toEqual([
    {
      name: 'plus-Pm',
      columns: [
        { name: 'm', values: [-0.5, 0.5] },
        { name: 'Pm', values: [0.25, 0.75] },
        { name: 'Pm.error', values: [1e-8, 1e-8] },
      ],
    },
  ]);
});

test('arrays are tables: distributions, traces, series, lists of points', () => {
  expect(flatten(result, shape, 3).tables).toEqual([
    {
      name: 'Pm',
      columns: [
        { name: 'm', values: [-1.5, -0.5, 0.5, 1.5] },
        { name: 'Pm', values: [0.25, 0.25, 0.25, 0.25] },
      ],
    },
    {
      name: 'Pj',
      columns: [
        { name: 'j', values: [1.5, 0.5] },
        { name: 'Pj', values: [0.7, 0.3] },
        { name: 'Pj.error', values: [0.1, 0.1] },
        { name: 'Pj.exact', values: [0.75, 0.25] },
      ],
    },
    {
      name: 'traces',
      columns: [
        { name: 'number', values: [1, 1, 2, 2] },
        { name: 't', values: [0, 1, 0, 1] },
        { name: 'Sz', values: [-1.5, -1, -1.5, 0.5] },
      ],
    },
    {
      name: 'series',
      columns: [
        { name: 't', values: [0, 1] },
        { name: 'Sz.mean', values: [-1.5, -0.4] },
        { name: 'Sz.error', values: [0, 0.1] },
      ],
    },
    {
      name: 'density',
      columns: [
        { name: 't', values: [0, 1] },
        { name: 'counts.1', values: [2, 1] },
        { name: 'counts.2', values: [0, 1] },
      ],
    },
    {
      name: 'points',
      columns: [
        { name: 'atoms', values: [18, 24] },
        { name: 'lambda1', values: [0.12, 0.09] },
        { name: 'lambda1.error', values: [0.001, 0.002] },
      ],
    },
  ]);
});

test('every CSV file tells where its numbers come from', () => {
  const files = exportFiles(resultDocument, shape);
  expect(files.map(({ name }) => name)).toEqual([
    'trajectories.json',
    'trajectories.csv',
    'trajectories-Pm.csv',
    'trajectories-Pj.csv',
    'trajectories-traces.csv',
    'trajectories-series.csv',
    'trajectories-density.csv',
    'trajectories-points.csv',
  ]);
  for (const { name, text } of files.slice(1)) {
    const head = text.split('\n').filter((line) => line.startsWith('# '));
    expect(head, name).toEqual([
      '# Dicke Bistability Lab 1.2.3, trajectories (dicke-bistability/1)',
      '# atoms=3 gamma1D=10 gammaF=1 omega=2 driveOverCritical=0.4',
      expect.stringContaining('units: '),
      '# seed=7 count=2',
      '# engine: gpu',
      '# adapter: maker kind card',
      '# interrupted: holds what was finished',
      '# warning: one thing, said twice',
    ]);
  }
});

test('the files hold the numbers in full', () => {
  const [json, values, , , , series] = exportFiles(resultDocument, shape);
  expect(JSON.parse(json.text)).toEqual(resultDocument);
  expect(values.text).toContain(
    '\nquantity,value,error,exact\ncount,2,,\nseed,7,,\nsteady.Sz,-0.4,0.01,-0.41\n',
  );
  expect(series.text.split('\n').slice(-4)).toEqual(['t,Sz.mean,Sz.error', '0,-1.5,0', '1,-0.4,0.1', '']);
});

test('a sweep is a row a point, and its tables stand one below another', () => {
  const point = (driveOverCritical: number, Sz: number): ResultDocument => ({
    ...resultDocument,
    command: 'gap',
    parameters: { ...resultDocument.parameters, omega: 2 * driveOverCritical, driveOverCritical },
    interrupted: false,
    warnings: [],
    result: { Sz: { value: Sz, error: 0.1 }, Pm: [1 - Sz, Sz] },
  });
  const [json, values, distributions] = exportSweep([point(0.5, 0.25), point(0.75, 0.5)], shape);
  expect(JSON.parse(json.text)).toHaveLength(2);
  expect([values.name, distributions.name]).toEqual(['gap-sweep.csv', 'gap-sweep-Pm.csv']);
  expect(values.text.split('\n').slice(1)).toEqual([
    '# atoms=3 gamma1D=10 gammaF=1 omega=1,1.5 driveOverCritical=0.5,0.75',
    expect.stringContaining('# units'),
    '# engine: gpu',
    '# adapter: maker kind card',
    'point,atoms,gamma1D,gammaF,omega,driveOverCritical,Sz,Sz.error',
    '1,3,10,1,1,0.5,0.25,0.1',
    '2,3,10,1,1.5,0.75,0.5,0.1',
    '',
  ]);
  expect(distributions.text.split('\n').slice(-6)).toEqual([
    'point,m,Pm',
    ...['1,-1.5,0.75', '1,-0.5,0.25', '2,-1.5,0.5', '2,-0.5,0.5', ''],
  ]);
});
