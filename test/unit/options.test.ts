/** What the tables of options say reaches every face: the command line, the page's fields, links and requests. */
import fc from 'fast-check';
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
import { rescaledOptions } from '../../src/experiments/units';
import { checkOptions, flagOf, keysOf, type OptionTable } from '../../src/parameters/options';
import { rampInTime } from '../../src/parameters/ramp';
import { inputOf, sameSystem, systemParameters } from '../../src/parameters/system';
import { systemOptions } from '../../src/parameters/system-options';
import { meanFieldOrigin, originLines } from '../../src/results/origin';
import { cases } from '../arbitrary-options';

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
    ...['ramp', 'time', 'burnIn', 'samples', 'unraveling', 'phase', 'efficiency'],
    ...['seed', 'first', 'g2Time', 'g2Bins', 'records'],
  ]);
});

test('a request is checked by the experiment of its command', () => {
  for (const { command } of registry)
    expect(check({ command, system: {}, options: {} })).toMatchObject({ command });
});

const { takes: ofEnsemble } = registry.find(({ command }) => command === 'trajectories')!;
/** Settings of an ensemble that is walked from its start, and of which g2 is asked for or not. */
const settings = fc
  .record({
    time: fc.double({ min: 1, max: 50, noNaN: true }),
    samples: fc.integer({ min: 2, max: 10_000 }),
    share: fc.integer({ min: 0, max: 500 }).map((thousandths) => thousandths / 1000),
    delay: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
    g2Bins: fc.integer({ min: 1, max: 500 }),
    photons: fc.boolean(),
    seed: fc.maxSafeNat(),
    records: fc.integer({ min: 0, max: 256 }),
    block: fc.integer({ min: 0, max: 2 ** 44 }),
  })
  .map(({ time, samples, share, delay, g2Bins, photons, seed, records, block }) => {
    const common = { time, samples, burnIn: share * time, seed, first: 256 * block };
    return photons
      ? {
          ...{ ...common, unraveling: 'photodetection', g2Time: delay * 0.4 * time, g2Bins, records },
          ...(seed % 2 === 0 && { ramp: `0:0.73,${time / 4}:1.5` }),
        }
      : { ...common, unraveling: 'dark-port' };
  });

test('the head of a file names every option that identifies its ensemble, with its value', () => {
  const identifying = Object.entries(ofEnsemble as OptionTable).filter(([, { identifies }]) => identifies);
  fc.assert(
    fc.property(settings, (raw) => {
      const result = trajectoryOptions({ ...raw, count: 300 }, systemParameters());
      const document = { ...meanFieldOrigin(systemParameters())[0], command: 'trajectories', result };
      const head = originLines([document]).join(' ').split(' ');
      for (const [name] of identifying) {
        const value = result[name as keyof typeof result];
        // Without a ramp there is none to tell of.
        if (name !== 'ramp' || value !== undefined) expect(head).toContain(`${name}=${value}`);
      }
    }),
    cases,
  );
});

test('every option that is a time says so: in another unit of the rates it is another number, and nothing else is', () => {
  const { options } = registry.find(({ command }) => command === 'trajectories')!;
  fc.assert(
    fc.property(settings, fc.integer({ min: -300, max: 300 }), (raw, power) => {
      const factor = 2 ** power;
      const system = systemParameters();
      const scaled = systemParameters(
        Object.fromEntries(
          Object.entries(inputOf(system)).map(([name, value]) => [
            name,
            name === 'atoms' ? value : value! * factor,
          ]),
        ),
      );
      const times = ['time', 'burnIn', 'g2Time'];
      const other = Object.fromEntries(
        Object.entries(raw).map(([name, value]) => [
          name,
          times.includes(name)
            ? Number(value) / factor
            : name === 'ramp'
              ? rampInTime(String(value), 1 / factor)
              : value,
        ]),
      );
      expect(rescaledOptions(ofEnsemble, options(other, scaled), 1 / factor)).toEqual({
        ...options(raw, system),
      });
    }),
    cases,
  );
});
