/** What the tables of options say reaches every face: the command line, the page's fields, links and requests. */
import { expect, test } from 'vitest';
import { ensembleFields } from '../../components/parameters/fields';
import {
  checkView,
  defaultView,
  ensembleOptions,
  fieldsInUse,
  viewFromQuery,
  viewToQuery,
} from '../../components/parameters/view';
import { parse } from '../../src/command-line/program';
import { registry } from '../../src/experiments/registry';
import { check } from '../../src/experiments/run';
import { trajectoryOptions } from '../../src/experiments/trajectories/trajectory-options';
import { checkOptions, flagOf, keysOf, type OptionTable } from '../../src/parameters/options';
import { inputOf, sameSystem, systemOptions, systemParameters } from '../../src/parameters/system';

const tables: OptionTable[] = [systemOptions, ...registry.map(({ takes }) => takes)];
const options = tables.flatMap((table) => Object.entries(table));

test.each(options)('the default of %s is a value that it takes', (name, option) => {
  expect(checkOptions({ [name]: option }, {})[name]).toEqual(option.value.default);
});

test.each(registry.map(({ command, takes }) => [command, takes] as const))(
  'the command line of %s takes every option that the experiment does',
  (command, takes: OptionTable) => {
    const help = parse([command, '--help']);
    const text = 'text' in help ? help.text : '';
    for (const [name, { help }] of Object.entries(takes)) {
      expect(text).toContain(`--${flagOf(name)} <`);
      expect(text.replaceAll(/\s+/g, ' ')).toContain(help);
    }
  },
);

test('g2 is asked for on the page, by the names of links', () => {
  const view = viewFromQuery('unraveling=photodetection&g2-time=2&g2-bins=40&records=3');
  expect(checkView(view).problems.size).toBe(0);
  expect(ensembleOptions(view)).toMatchObject({ g2Time: '2', g2Bins: '40', records: '3' });
  expect(trajectoryOptions(ensembleOptions(view), systemParameters())).toMatchObject({
    g2Time: 2,
    g2Bins: 40,
    records: 3,
  });
});

test('what is left empty on the page is not asked for', () => {
  expect(Object.keys(ensembleOptions(defaultView))).toEqual([
    'count',
    'time',
    'burnIn',
    'samples',
    'unraveling',
    'seed',
  ]);
});

test('g2 without photons is a problem of its field, in the words of the page', () => {
  const { problems } = checkView(viewFromQuery('g2-time=2'));
  expect([...problems]).toEqual([
    ['g2-time', 'Must be given with Unravelling photodetection: no other jumps are photons.'],
  ]);
});

test('a view survives its link', () => {
  const changed = [...fieldsInUse(defaultView)].map((field, i) => [field, String(i + 1)]);
  const view = { ...defaultView, values: { ...defaultView.values, ...Object.fromEntries(changed) } };
  expect(viewFromQuery(viewToQuery(view))).toEqual(view);
  expect(ensembleFields.every((field) => viewToQuery(view).includes(`${field}=`))).toBe(true);
});

test('a system survives being said again, and differs in each of its quantities', () => {
  const system = systemParameters({ atoms: 24, ratio: 15.5, drive: 0.722 });
  expect(sameSystem(systemParameters(inputOf(system)), system)).toBe(true);
  for (const name of keysOf(inputOf(system))) {
    const other = systemParameters({ ...inputOf(system), [name]: inputOf(system)[name]! + 1 });
    expect(sameSystem(other, system), name).toBe(false);
  }
});

test('resuming holds every option that identifies an ensemble or a range against its file', () => {
  const { takes } = registry.find(({ command }) => command === 'trajectories')!;
  const identifying = Object.entries(takes as OptionTable).filter(([, { identifies }]) => identifies);
  expect(identifying.map(([name]) => name)).toEqual([
    ...['time', 'burnIn', 'samples', 'unraveling', 'seed', 'first', 'g2Time', 'g2Bins', 'records'],
  ]);
});

test('a request is checked by the experiment of its command', () => {
  for (const { command } of registry)
    expect(check({ command, system: {}, options: {} })).toMatchObject({ command });
});
