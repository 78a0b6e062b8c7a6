/** What is read back is what was written, or it is refused: documents of every command, altered by the thousand. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAny } from '../../src/experiments/registry';
import { check } from '../../src/experiments/run';
import { InputError } from '../../src/parameters/errors';
import {
  detected,
  ensembleDocument,
  everyDocument,
  type Plain,
  photodetected,
  sealed,
  throughJson,
} from '../documents';
import { type Mutation, mutationOf, reworded } from '../mutations';

const documents = await everyDocument();
const ensembles = documents.filter(([, { command }]) => command === 'trajectories');
const others = await Promise.all(
  [{}, photodetected, detected].map((settings) => ensembleDocument({ ...settings, seed: 8 })),
);

const runs = 400;
/** Fixed, so that a failure comes again. */
const seed = 20_261_125;

type Verdict = 'taken' | { readonly refused: string };

/** Anything but a plain refusal fails the test. */
function verdict(read: () => unknown): Verdict {
  try {
    read();
    return 'taken';
  } catch (error) {
    if (error instanceof InputError) return { refused: error.message };
    throw error;
  }
}

const named = (document: unknown, name = 'a.json') => ({ name, document });
const resumed = (document: unknown) => () =>
  check({ command: 'trajectories', system: {}, options: { resume: named(document), count: 1e6 } });
const merged = (other: Plain) => (document: unknown) => () =>
  check({
    command: 'trajectories',
    system: {},
    options: { merge: [named(other, 'other.json'), named(document)] },
  });
const scaled = (document: unknown) => () =>
  check({
    command: 'gap-scaling',
    system: { ratio: 9 },
    options: { atoms: '12,14,16', resume: named(document) },
  });
const opened = (document: unknown) => () => readAny('resume', named(document));

/** How the document can come back. */
function waysOf({ command, result }: Plain) {
  if (command === 'gap-scaling') return [opened, scaled];
  if (command !== 'trajectories') return [opened];
  const { unraveling } = result as Plain;
  const other = others.find(({ result }) => (result as Plain).unraveling === unraveling)!;
  return [opened, resumed, merged(other)];
}

const withoutSeconds = ({ seconds: _, ...rest }: Plain) => rest;
const isSame = (a: unknown, b: Plain) =>
  isDeepStrictEqual(withoutSeconds(a as Plain), withoutSeconds(b)) &&
  typeof (a as Plain).seconds === 'number';

test.each(documents)('%s: what is only formatted anew is taken', (_, document) => {
  const numbers = (text: string) => text.replaceAll(/:(\d+),/g, ':$1.0e0,');
  for (const read of waysOf(document)) {
    for (const turn of [1, 2, 5]) {
      const text = numbers(
        JSON.stringify({ ...(reworded(document, turn) as Plain), seconds: turn }, null, turn),
      );
      expect(verdict(read(JSON.parse(text)))).toBe('taken');
    }
  }
});

test.each(documents)('%s: what was altered is refused, saying where or that it was', (_, document) => {
  const refusal =
    /this one was changed \((\S+ (must be|is missing|is unknown)|the \S+ of its parameters|its content is not)|a JSON result of |with its sha256/;
  const judge = ({ how, document: made }: Mutation) => {
    const altered = throughJson(made as Plain);
    for (const read of waysOf(document)) {
      const found = verdict(read(altered));
      if (isSame(altered, document)) expect(found, how).toBe('taken');
      else expect(found, how).toEqual({ refused: expect.stringMatching(refusal) });
    }
  };
  fc.assert(fc.property(mutationOf(document), judge), { numRuns: runs, seed });
});

test.each(ensembles)(
  '%s: what was sealed anew is refused or taken, and never breaks the reader',
  (_, document) => {
    const judge = ({ document: made }: Mutation) => {
      const altered = sealed(throughJson(made as Plain));
      for (const read of waysOf(document)) verdict(read(altered));
    };
    fc.assert(fc.property(mutationOf(document), judge), { numRuns: runs, seed });
  },
);

test.each(ensembles)(
  '%s: a series of lists of several lengths is refused, however it was sealed',
  (_, document) => {
    const series = document.result as { series: { t: number[]; Sz: { mean: number[] } } };
    for (const shorten of [
      (made: typeof series) => made.series.t.pop(),
      (made: typeof series) => made.series.Sz.mean.pop(),
    ]) {
      const altered = structuredClone(document);
      shorten(altered.result as typeof series);
      for (const read of waysOf(document)) {
        const refused = expect.stringContaining('(result.series must be of lists of one length)');
        expect(verdict(read(sealed(altered)))).toEqual({ refused });
      }
    }
  },
);

test.each(documents)(
  '%s: a document that says nothing of the general model has all of it at 0',
  (_, document) => {
    const { parameters, ...rest } = document as { parameters: Record<string, number> };
    const eq1 = ['atoms', 'gamma1D', 'gammaF', 'omega', 'driveOverCritical'];
    const older = sealed({
      ...rest,
      parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => eq1.includes(name))),
    });
    const read = readAny('resume', { name: 'older.json', document: older });
    expect(read).toEqual(document);
    // What is written again can be read again.
    expect(readAny('resume', { name: 'again.json', document: throughJson(read) })).toEqual(document);
  },
);
