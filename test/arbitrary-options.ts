/** What options take and what they do not, drawn at random from their tables. */
import fc from 'fast-check';
import type { Option, OptionTable } from '../src/parameters/options';

/** Fixed, so that every run tries the same cases; a search for new ones changes the seed and the number of runs. */
export const cases = { seed: 1, numRuns: 300 } as const;

/** Each option of a table with its name. */
export const optionsOf = (table: OptionTable) => Object.entries(table);

/** Any number of the range, its ends among the likely ones. */
function within({ value }: Option): fc.Arbitrary<number> {
  if (!('to' in value)) throw new Error(`A ${value.kind} has no range.`);
  const { from, above, to } = value;
  const least = from ?? above ?? Number.NEGATIVE_INFINITY;
  if (value.kind !== 'number' && value.kind !== 'numbers') return fc.integer({ min: least, max: to });
  // Text knows one zero.
  const inside = fc
    .double({ min: least, max: to, minExcluded: from === undefined, noNaN: true })
    .filter((x) => !Object.is(x, -0));
  return fc.oneof(inside, fc.constantFrom(...[from, to].filter((end) => end !== undefined)));
}

/** A value that the option takes. */
export function taken(option: Option): fc.Arbitrary<number | string | number[]> {
  const { value } = option;
  switch (value.kind) {
    case 'number':
    case 'whole number':
      return within(option);
    case 'whole numbers':
    case 'numbers':
      return fc
        .uniqueArray(within(option), { minLength: 1, maxLength: Math.min(value.most ?? 8, 30) })
        .map((numbers) => numbers.sort((a, b) => a - b));
    case 'choice':
      return fc.constantFrom(...value.of);
    default:
      throw new Error(`A ${value.kind} is a document.`);
  }
}

/** No number, in any type, as text, or as what JSON and a library's caller may hand over. */
const noNumber = fc.oneof(
  fc.string().filter((text) => text.trim() === '' || Number.isNaN(Number(text))),
  fc.constantFrom<unknown>(null, true, false, Number.NaN, 10n, Symbol('x'), () => 1, Object.create(null)),
  fc.dictionary(fc.string(), fc.integer()),
  fc.date(),
);

/** Outside of the range, or no whole number where one has to be. */
function outside({ value }: Option): fc.Arbitrary<number> {
  if (!('to' in value)) throw new Error(`A ${value.kind} has no range.`);
  const { from, above, to } = value;
  const beyond = fc.double({ min: to, minExcluded: true, noNaN: true });
  const below =
    from === undefined
      ? fc.double({ max: above as number, noNaN: true })
      : fc.double({ max: from, maxExcluded: true, noNaN: true }).filter((x) => x < from);
  const broken =
    value.kind === 'number' || value.kind === 'numbers'
      ? []
      : [
          fc
            .double({ min: from as number, max: Math.min(to, 2 ** 40), noNaN: true })
            .filter((x) => !Number.isInteger(x)),
        ];
  return fc.oneof(beyond, below, ...broken);
}

/** A value that the option does not take. */
export function refused(option: Option): fc.Arbitrary<unknown> {
  const { value } = option;
  switch (value.kind) {
    case 'number':
    case 'whole number': {
      const wrong = outside(option);
      return fc.oneof(noNumber, fc.array(fc.integer(), { maxLength: 3 }), wrong, wrong.map(String));
    }
    case 'whole numbers':
    case 'numbers': {
      const one = fc.oneof(
        outside(option),
        noNumber.filter((got) => typeof got !== 'string'),
      );
      const inAList = fc
        .tuple(fc.array(within(option), { maxLength: 2 }), one, fc.array(within(option), { maxLength: 2 }))
        .map(([before, wrong, after]) => [...before, wrong, ...after]);
      return fc.oneof(
        noNumber.filter((got) => got !== ''),
        outside(option),
        inAList,
      );
    }
    case 'choice': {
      const other = fc.string().filter((text) => !value.of.includes(text));
      return fc.oneof(
        other,
        noNumber.filter((got) => !value.of.includes(got as string)),
        fc.integer(),
        fc.constant([value.of[0]]),
      );
    }
    default:
      return fc.oneof(fc.integer(), noNumber, fc.constant([null]), fc.constant([{}, {}]));
  }
}
