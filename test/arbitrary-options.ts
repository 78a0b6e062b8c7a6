/** What options take and what they do not, drawn at random from their tables. */
import fc from 'fast-check';
import type { Option, OptionTable } from '../src/parameters/options';

/** Fixed, so that every run tries the same cases; a search for new ones changes the seed and the number of runs. */
export const cases = { seed: 1, numRuns: 300 } as const;

/** Each option of a table with its name. */
export const optionsOf = (table: OptionTable) => Object.entries(table);

/** Points in order, now and then two at one time. */
const ramps = fc
  .array(
    fc.tuple(
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.double({ min: 0, max: 1e3, noNaN: true }),
      fc.boolean(),
    ),
    { minLength: 2, maxLength: 6 },
  )
  .map((points) =>
    points
      .map(([t, x, jumps]) => ({ t: t + 0, x: x + 0, jumps }))
      .sort((a, b) => a.t - b.t)
      .filter(({ t }, i, all) => i === 0 || t > all[i - 1].t)
      .flatMap(({ t, x, jumps }) => (jumps ? [`${t}:${x}`, `${t}:${x + 1}`] : [`${t}:${x}`])),
  )
  .filter((points) => points.length > 1)
  .map((points) => points.join(','));

/** The first at most the second. */
const parts = fc
  .tuple(fc.integer({ min: 1, max: 1e9 - 1 }), fc.integer({ min: 1, max: 1e9 - 1 }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

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
export function taken(option: Option): fc.Arbitrary<number | string | (number | string)[]> {
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
    case 'ramp':
      return ramps;
    case 'part':
      return parts.map(([number, of]) => `${number}/${of}`);
    case 'choice':
      return fc.constantFrom(...value.of);
    case 'choices':
      return fc.subarray([...value.of], { minLength: 1 });
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
    case 'ramp': {
      const wrong = fc.constantFrom(
        ...[
          '0:1',
          '0:1,',
          '1:0.5,0:1',
          '0:1,1:2,1:3,1:4',
          '-1:1,2:1',
          '0:-1,1:1',
          '0:1,1:Infinity',
          '0:NaN,1:1',
        ],
        ...['0:0.5;50:1', '0 0.5,50 1', '0:0.5:1,2:1', ':1,2:1', '0:,2:1', '0:1,2e9:1', 'slow'],
      );
      const cut = fc.tuple(ramps, fc.constantFrom(';', ':', ',x', ',-1:1')).map(([ramp, end]) => ramp + end);
      const turned = ramps
        .map((ramp) => `${ramp.split(',').at(-1)},${ramp}`)
        .filter((ramp) => ramp.split(',')[1] !== ramp.split(',')[0]);
      return fc.oneof(noNumber, fc.integer(), fc.array(fc.integer()), wrong, cut, turned);
    }
    case 'part': {
      const beyond = parts.filter(([number, of]) => number < of).map(([number, of]) => `${of}/${number}`);
      const wrong = fc.constantFrom(
        '0/1',
        '1/0',
        '1',
        '1/',
        '/2',
        '1/2/3',
        '-1/2',
        '1.5/2',
        '1/2 ',
        '1:2',
        'x/y',
      );
      return fc.oneof(noNumber, fc.integer(), fc.array(fc.integer()), beyond, wrong);
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
    case 'choices': {
      const other = fc.string().filter((text) => !text.split(',').every((one) => value.of.includes(one)));
      return fc.oneof(
        other,
        noNumber.filter((got) => typeof got !== 'string'),
        fc.constantFrom<unknown>([], [value.of[0], 'x'], `${value.of[0]},`, [[value.of[0]]]),
      );
    }
    default:
      return fc.oneof(fc.integer(), noNumber, fc.constant([null]), fc.constant([{}, {}]));
  }
}
