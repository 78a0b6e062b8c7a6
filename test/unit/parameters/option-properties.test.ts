/** Every option of every table: what is in its range survives being written and read, all else is refused by name. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '../../../src/command-line/program';
import { registry } from '../../../src/experiments/registry';
import { check } from '../../../src/experiments/run';
import { sweepOptions } from '../../../src/figures/sweep';
import { InputError } from '../../../src/parameters/errors';
import { checkOptions, flagOf, type Option, type OptionTable } from '../../../src/parameters/options';
import { systemOptions } from '../../../src/parameters/system-options';
import { cases, optionsOf, refused, taken } from '../../arbitrary-options';

/** Of what experiments take; a file is a document, which has tests of its own. */
const ofCommands = registry.flatMap(({ command, takes }) =>
  optionsOf(takes).map(([name, option]) => [command, name, option] as const),
);
const isFile = ({ value: { kind } }: Option) => kind === 'file' || kind === 'files';
const tables: readonly (readonly [string, OptionTable])[] = [
  ['system', systemOptions],
  ['sweep', sweepOptions],
  ...registry.map(({ command, takes }) => [command, takes] as const),
];
const all = tables.flatMap(([table, options]) =>
  optionsOf(options).map(([name, option]) => [table, name, option] as const),
);

/** What `attempt` is refused for. */
function refusal(attempt: () => unknown): InputError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('It was taken.');
}

test.each(all.filter(([, , option]) => !isFile(option)))(
  '%s: a value of %s survives being written as text',
  (_, name, option) => {
    const table = { [name]: option };
    fc.assert(
      fc.property(taken(option), (value) => {
        expect(checkOptions(table, { [name]: value })[name]).toEqual(value);
        expect(checkOptions(table, { [name]: String(value) })[name]).toEqual(value);
      }),
      cases,
    );
  },
);

test.each(all.filter(([, , option]) => !isFile(option)))(
  '%s: anything else than %s is refused by its name',
  (_, name, option) => {
    fc.assert(
      fc.property(refused(option), (value) => {
        const { argument, message } = refusal(() => checkOptions({ [name]: option }, { [name]: value }));
        expect(argument).toBe(flagOf(name));
        expect(message).toMatch(/^--\S+ must be .+, but got /);
      }),
      cases,
    );
  },
);

test.each(ofCommands)('%s: anything else than --%s is refused before any work', (command, name, option) => {
  fc.assert(
    fc.property(refused(option), (value) => {
      const { argument } = refusal(() => check({ command, system: {}, options: { [name]: value } }));
      expect(argument).toBe(flagOf(name));
    }),
    cases,
  );
});

test.each(ofCommands.filter(([, , option]) => !isFile(option)))(
  'the command line of %s hands on every value of --%s',
  (command, name, option) => {
    fc.assert(
      fc.property(taken(option), (value) => {
        const asked = parse([command, `--${flagOf(name)}=${value}`]);
        if (!('request' in asked)) throw new Error('It was answered in text.');
        expect(checkOptions({ [name]: option }, asked.request.options)[name]).toEqual(value);
      }),
      { ...cases, numRuns: 30 },
    );
  },
);
