/** Files of results, read back as the runs that made them; and which requests ask for the same numbers. */
import { expect, test } from 'vitest';
import { runNameOf } from '../../components/runs/run-names';
import type { DocumentOf } from '../../src/experiments/registry';
import type { RunRequest } from '../../src/experiments/run';
import { sameRequests } from '../../src/experiments/same-requests';
import { requestOf } from '../../src/results/origin';
import { savedRuns } from '../../src/results/saved';
import { documentOf, ensembleDocument, ensembleSystem, everyDocument, type Plain } from '../documents';

const point = (drive: number) => documentOf('mean-field', { atoms: 4, drive });
const [a, b, c] = await Promise.all([0.5, 0.6, 0.7].map(point));
const ensemble = await ensembleDocument();

const shapeOf = (content: unknown) =>
  savedRuns('open', 'a.json', content).map(({ several, documents }) => [several, documents.length]);

test('a document, the list of a sweep, a session', () => {
  expect(shapeOf(a)).toEqual([[false, 1]]);
  expect(shapeOf([a, b, c])).toEqual([[true, 3]]);
  expect(shapeOf([a, [b, c], ensemble])).toEqual([
    [false, 1],
    [true, 2],
    [false, 1],
  ]);
  expect(shapeOf([a])).toEqual([[false, 1]]);
  expect(shapeOf([[a]])).toEqual([[true, 1]]);
  // Several ensembles are there to be merged.
  expect(shapeOf([ensemble, ensemble])).toEqual([
    [false, 1],
    [false, 1],
  ]);
  expect(shapeOf([])).toEqual([]);
});

test('one altered document and nothing of the file is taken', () => {
  const altered = { ...b, warnings: ['more'] };
  for (const content of [[a, altered], [a, [b, altered]], altered, [null], [[[a]]], 'a', 1]) {
    expect(() => savedRuns('open', 'a.json', content)).toThrow('a.json');
  }
});

test('each is of the name that the page ran it by', () => {
  expect(runNameOf('gap', false)).toBe('gap');
  expect(runNameOf('gap', true)).toBe('sweep of gaps');
  expect(runNameOf('time-evolution', false)).toBe('relaxation');
  expect(runNameOf('trajectories', false)).toBe('ensemble');
  expect(runNameOf('mean-field', false)).toBeUndefined();
});

test('the request that a document tells of asks for it', async () => {
  const asked: readonly [document: Plain, request: RunRequest][] = [
    [
      await documentOf('gap', { atoms: 4, ratio: 2, drive: 0.6 }, { tolerance: 1e-4 }),
      { command: 'gap', system: { atoms: 4, ratio: 2, drive: 0.6 }, options: { tolerance: '1e-4' } },
    ],
    [
      await documentOf('gap-scaling', { ratio: 9 }, { atoms: '12,14' }),
      { command: 'gap-scaling', system: { ratio: 9 }, options: { atoms: '14, 12' } },
    ],
    [
      await documentOf('time-evolution', { atoms: 3 }, { time: 1, samples: 2 }),
      { command: 'time-evolution', system: { atoms: 3 }, options: { time: '1', samples: '2' } },
    ],
    [
      ensemble,
      {
        command: 'trajectories',
        system: ensembleSystem,
        options: { time: '4', burnIn: '1', samples: '4', seed: '7', count: '9000' },
      },
    ],
  ];
  for (const [document, request] of asked)
    expect(sameRequests([requestOf(document as unknown as DocumentOf)], [request]), request.command).toBe(
      true,
    );
});

test('requests are the same by what they ask for, not by how it is said', () => {
  const request = (system: object, options: object = {}, command = 'gap'): RunRequest => ({
    command,
    system: { ...system },
    options: { ...options },
  });
  const one = request({ atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 });
  const same = (other: RunRequest) => sameRequests([one], [other]);
  expect(same(request({ drive: 0.73, gammaf: 1, gamma1d: 10, atoms: 18 }))).toBe(true);
  expect(same(request({ omega: 31.025 }))).toBe(true);
  expect(same(request({}, { tolerance: '1e-5' }))).toBe(true);
  expect(same(request({ drive: 0.74 }))).toBe(false);
  expect(same(request({}, { tolerance: 1e-6 }))).toBe(false);
  expect(same(request({}, {}, 'metastable'))).toBe(false);
  expect(sameRequests([one], [one, one])).toBe(false);
  // What is refused is no one's.
  expect(same(request({ atoms: Number.NaN }))).toBe(false);
});

test('every document that a browser kept has a request', async () => {
  for (const [what, document] of await everyDocument()) {
    const request = requestOf(document as unknown as DocumentOf);
    expect(sameRequests([request], [structuredClone(request)]), what).toBe(true);
  }
});
