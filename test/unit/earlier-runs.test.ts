/** What a run can go on from or merge, and what is refused: made of no trajectories, for none are walked here. */
import { expect, test } from 'vitest';
import { check } from '../../src/experiments/run';
import { InputError } from '../../src/parameters/errors';
import { inputOf, systemParameters } from '../../src/parameters/system';
import { walk } from '../../src/trajectories/record';
import { around, type Plain, sealed } from '../documents';

const system = systemParameters({ atoms: 54, ratio: 15.5, drive: 0.75 });
const document = (await around('trajectories', inputOf(system), {
  ...{ count: 0, time: 20, burnIn: 5, samples: 10, seed: 7, first: 512, unraveling: 'photodetection' },
  ...{
    g2Time: 0,
    g2Bins: 0,
    start: 'ground state',
    stoppedBy: null,
    engines: ['the CPU engine'],
    alarms: 0,
    steady: null,
    Pm: null,
    Pj: null,
  },
  ...{
    series: null,
    photons: null,
    density: null,
    jumps: null,
    switching: null,
    coreSet: null,
    crossings: null,
  },
  ...{ predicted: null, paper: null, exact: null },
  ...{ records: [], traces: [], checkpoint: { segments: [], counts: [] } },
})) as Plain & { parameters: object; result: object };
const named = (changes: object = {}, name = 'a.json') => ({
  name,
  document: sealed({ ...document, ...changes }),
});
const ofResult = (changes: object) => named({ result: { ...document.result, ...changes } });

const checked = (options: object, system = {}) =>
  check({ command: 'trajectories', system, options: { ...options } });

/** The line that refuses a request. */
function refusal(options: object, system = {}): string {
  try {
    checked(options, system);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error('It was taken.');
}

const count = 1000;

test('a run goes on with the system of its file, said again or not', () => {
  const resume = named();
  expect(checked({ resume, count }).parameters).toEqual(document.parameters);
  for (const said of [
    { atoms: 54 },
    { ratio: 15.5 },
    { drive: 0.75 },
    { atoms: 54, ratio: 15.5, drive: 0.75 },
  ]) {
    expect(checked({ resume, count }, said).parameters).toEqual(document.parameters);
  }
  expect(() =>
    checked({ resume, count: '1000', seed: '7', burnIn: 5, unraveling: 'photodetection' }),
  ).not.toThrow();
});

test.each([
  [{ atoms: 53 }, '--atoms must be 54, as in a.json, but got 53'],
  [{ drive: 0.7 }, '--drive must be 0.75, as in a.json, but got 0.7'],
  [{ ratio: 15 }, /^--ratio must be one that gives gamma1D = 0.29\d+, as in a.json, but got 15$/],
  [{ gammaf: 1 }, /^--gammaf must be 0.70\d+, as in a.json, but got 1$/],
  [{ omega: 1 }, /^--omega must be 2.9\d+, as in a.json, but got 1$/],
])('another system is refused: %o', (system, says) => {
  expect(refusal({ resume: named(), count }, system)).toMatch(says);
});

test.each([
  [{ time: 21 }, '--time must be 20, as in a.json, but got 21'],
  [{ burnIn: 6 }, '--burn-in must be 5, as in a.json, but got 6'],
  [{ samples: 11 }, '--samples must be 10, as in a.json, but got 11'],
  [{ seed: 8 }, '--seed must be 7, as in a.json, but got 8'],
  [{ first: 0 }, '--first must be 512, as in a.json, but got 0'],
  [{ unraveling: 'dark-port' }, '--unraveling must be photodetection, as in a.json, but got "dark-port"'],
  [{ count: undefined }, '--count must be a whole number from 2 to 1000000000, but got nothing'],
])('other trajectories are refused: %o', (options, says) => {
  expect(refusal({ resume: named(), count, ...options })).toBe(says);
});

test.each([
  [null, 'a JSON result of trajectories'],
  [{ ...document, schema: 'dicke-bistability/2' }, 'a JSON result of trajectories'],
  [{ ...document, command: 'gap' }, 'a JSON result of trajectories'],
  [
    sealed({ ...document, version: '0.0.1', walk: walk + 1 }),
    `a result of the same trajectories: those of walk ${walk}, but got "b.json of walk ${walk + 1} (release 0.0.1)"`,
  ],
  [{ ...document, version: '0.0.1' }, 'its content is not that of its sha256'],
  [{ ...document, sha256: undefined }, 'with its sha256, which this one lacks (release 0.1.0 wrote none)'],
  [{ ...document, parameters: { atoms: -1 } }, 'this one was changed'],
  [
    sealed({ ...document, parameters: { ...document.parameters, omega: undefined } }),
    'this one was changed (parameters.omega is missing)',
  ],
  [
    sealed({ ...document, parameters: { ...document.parameters, atoms: -1 } }),
    'this one was changed (the atoms of its parameters must be a whole number from 1 to',
  ],
  [{ ...document, result: { ...document.result, checkpoint: {} } }, 'this one was changed'],
])('what is no result to go on from is refused', (content, says) => {
  const file = { name: 'b.json', document: content };
  expect(refusal({ resume: file, count })).toContain(says);
  expect(refusal({ merge: [named(), file] })).toContain(says);
});

test('results of another release are taken where its trajectories are the same', () => {
  const resume = named({ version: '0.0.1' });
  expect(checked({ resume, count }).parameters).toEqual(document.parameters);
});

test('results are merged where they belong to one ensemble', () => {
  const b = { ...named({ result: { ...document.result, seed: 8 } }), name: 'b.json' };
  expect(checked({ merge: [named(), b] }).parameters).toEqual(document.parameters);
  const wide = { ...ofResult({ samples: 11 }), name: 'b.json' };
  expect(refusal({ merge: [named(), wide] })).toBe(
    '--merge must be files with the same samples, but got "10 in a.json, 11 in b.json"',
  );
  const other = { ...named({ parameters: systemParameters({ atoms: 53 }) }), name: 'b.json' };
  expect(refusal({ merge: [named(), other] })).toBe(
    '--merge must be files with the same atoms, but got "54 in a.json, 53 in b.json"',
  );
  expect(refusal({ merge: [named(), b], count })).toBe('--count must be left out with --merge, but got 1000');
  expect(refusal({ merge: [named()] })).toBe('--merge must be at least two files, but got "a.json"');
});
