/** Results are what their experiments declare, field by field, and tables and units follow from that alone. */
import { expect, test } from 'vitest';
import type { Field, Fields } from '../../src/experiments/fields';
import { type Command, registry, shapeOf } from '../../src/experiments/registry';
import { trajectoryFields } from '../../src/experiments/trajectories/trajectories-result';
import { rampIn } from '../../src/parameters/ramp';
import { flatten } from '../../src/results/flatten';
import { observables } from '../../src/trajectories/record';
import { runWithoutGpu } from './run-without-gpu';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths at which the value is not of the declared form. */
function differences(field: Field, value: unknown, path: string): string[] {
  if (value === undefined) return field.optional ? [] : [`${path} is missing`];
  if (value === null) return field.orNull ? [] : [`${path} is null`];
  const wrong = [`${path} is no ${field.kind}`];
  switch (field.kind) {
    case 'number':
      return typeof value === 'number' ? [] : wrong;
    case 'flag':
      return typeof value === 'boolean' ? [] : wrong;
    case 'text':
      return typeof value === 'string' && (field.of?.includes(value) ?? true) ? [] : wrong;
    case 'ramp':
      return typeof value === 'string' && rampIn(value) !== null ? [] : wrong;
    case 'measured':
      return isObject(value) && Object.keys(value).join() === 'value,error' ? [] : wrong;
    case 'list':
      return Array.isArray(value)
        ? value.flatMap((entry, i) => differences(field.of, entry, `${path}.${i}`))
        : wrong;
    case 'record':
    case 'opaque':
      return isObject(value) ? [] : wrong;
    default:
      return isObject(value) ? differencesOf(field.fields, value, path) : wrong;
  }
}

function differencesOf(fields: Fields, value: Record<string, unknown>, path: string): string[] {
  const undeclared = Object.keys(value).filter((name) => !(name in fields));
  return [
    ...undeclared.map((name) => `${path}.${name} is not declared`),
    ...Object.entries(fields).flatMap(([name, field]) => differences(field, value[name], `${path}.${name}`)),
  ];
}

const resultOf = async (command: Command, system: object, options: object): Promise<unknown> =>
  (await runWithoutGpu(command, system, options)).result;

const runs: [Command, object, object][] = [
  ['mean-field', {}, {}],
  ['mean-field', { atoms: 2 }, {}],
  ['steady-state', { atoms: 4 }, {}],
  ['gap', { atoms: 1, omega: 1 }, {}],
  ['gap', { atoms: 4 }, {}],
  ['steady-state', { atoms: 3 }, { phaseSpace: 'on' }],
  ['steady-state', { atoms: 3 }, { prove: 'Sz,squeezing' }],
  ['gap', { atoms: 4 }, { prove: 'on' }],
  ['metastable', { atoms: 10 }, {}],
  ['metastable', { atoms: 10 }, { phaseSpace: 'on' }],
  ['gap-scaling', { ratio: 9 }, { atoms: '12,14' }],
  ['time-evolution', { atoms: 3 }, { time: 1, samples: 2 }],
  ['time-evolution', { atoms: 3 }, { ramp: '0:0.5,1:1,2:0.5', samples: 4 }],
  ['time-evolution', { atoms: 3, gamma1d: 0, omega: 1 }, { time: 1, samples: 2 }],
];

test.each(runs)('%s of %o is what it declares', async (command, system, options) => {
  const result = await resultOf(command, system, options);
  expect(differences({ kind: 'group', fields: shapeOf(command).fields }, result, command)).toEqual([]);
});

test('units are those of the quantities, whatever they are called', async () => {
  const unitsOf = async (...run: (typeof runs)[number]) => {
    const { rows, tables } = flatten(await resultOf(...run), shapeOf(run[0]), 1);
    const columns = tables.flatMap(({ name, columns }) =>
      columns.map((column) => ({ ...column, name: `${name}/${column.name}` })),
    );
    return Object.fromEntries([...rows, ...columns].map(({ name, unit = '1' }) => [name, unit]));
  };
  expect(await unitsOf('metastable', { atoms: 10 }, {})).toMatchObject({
    lambda1: 'rate',
    'lambda2.error': 'rate',
    'residuals.left': 'rate',
    condition: '1',
    aPlus: '1',
    ratePlus: 'rate',
    'committor.pPlus': '1',
    'committor.rateMinus': 'rate',
    'plus.moments.Sz': '1',
    'minus-Pm/Pm': '1',
  });
  // lambda_1 is over gammaF, and the exponential's rate for an atom.
  expect(await unitsOf('gap-scaling', { ratio: 9 }, { atoms: '12,14' })).toMatchObject({
    'points/lambda1': 'gammaF',
    'fits.exponential.rate': '1',
  });
  expect(await unitsOf('time-evolution', { atoms: 3 }, { time: 1, samples: 2 })).toMatchObject({
    'series/t': '1/rate',
    'series/Sz': '1',
  });
});

test('an ensemble declares something for each observable', () => {
  for (const fields of [trajectoryFields.steady.fields, trajectoryFields.series.fields])
    expect(Object.keys(fields)).toEqual(expect.arrayContaining([...observables]));
});

test('every command declares fields', () => {
  for (const { command, fields } of registry) expect(Object.keys(fields), command).not.toEqual([]);
});
