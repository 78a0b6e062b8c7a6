import fc from 'fast-check';
import { expect, test } from 'vitest';
import { enclosure, measured, short } from '../../src/drawing/number';

test.each([
  [-2.976, 0.012, '−2.976(12)'],
  [2.97618545, 1e-9, '2.976185450(1)'],
  [123456, 4321, '123500(4400)'],
  [0.39978361234, 1.2e-11, '0.399783612340(12)'],
  [12.5, 1e-13, '12.5000000000000(1)'],
  [20.3, 4.2, '20.3(4.2)'],
  [0.04, 50, '0(50)'],
  [0.5, 0.0999, '0.5(1)'],
  [0, 1e-12, '0(1) × 10⁻¹²'],
  [1.28429192e-151, 3.3e-154, '1.2843(33) × 10⁻¹⁵¹'],
  [-7.33550079e-152, 6e-153, '−7.3(6) × 10⁻¹⁵²'],
  [4.5e150, 2e148, '4.50(2) × 10¹⁵⁰'],
  [1, Number.POSITIVE_INFINITY, '1 (error unknown)'],
  [0.73, 0, '0.73'],
])('%d with an error of %d reads %s', (value, error, text) => {
  expect(measured(value, error)).toBe(text);
});

/** What a reader takes from it. */
function read(text: string): { value: number; error: number } {
  const [, value, said, power = '⁰'] = /^(−?[\d.]+)\(([\d.]+)\)(?: × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?$/.exec(text)!;
  const exponent = Number(
    power.replace(/[^⁻]/g, (digit) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit))).replace('⁻', '-'),
  );
  const decimals = said.includes('.') ? 0 : (value.split('.')[1] ?? '').length;
  const scale = 10 ** exponent;
  return { value: Number(value.replace('−', '-')) * scale, error: Number(said) * 10 ** -decimals * scale };
}

test('what is read is the value to within the error, and an error no smaller and hardly larger', () => {
  const size = fc.integer({ min: -160, max: 160 });
  const digits = fc.double({ min: 1, max: 9.999, noNaN: true });
  fc.assert(
    fc.property(
      digits,
      size,
      digits,
      fc.integer({ min: -20, max: 3 }),
      fc.boolean(),
      (a, n, b, below, negative) => {
        const value = (negative ? -a : a) * 10 ** n;
        const error = b * 10 ** (n + below);
        const text = measured(value, error);
        const seen = read(text);
        expect(seen.error, text).toBeGreaterThanOrEqual(error * (1 - 1e-8));
        // Where the value has digits for it.
        if (below > -12) expect(seen.error, text).toBeLessThanOrEqual(error * 1.1001);
        expect(Math.abs(seen.value - value), text).toBeLessThanOrEqual(seen.error);
      },
    ),
    { numRuns: 3000 },
  );
});

test.each([
  [0, '0'],
  [-0.5, '−0.5'],
  [1e-5, '1.00e−5'],
  [1234567, '1.23e+6'],
])('%d in short is %s', (value, text) => {
  expect(short(value)).toBe(text);
});

test('an enclosure in digits holds what it encloses, and little more', () => {
  expect(enclosure({ lower: 0, upper: 0 })).toBe('0');
  expect(enclosure({ lower: -2.97618544907, upper: -2.97618544879 })).toBe(
    '[−2.97618544908, −2.97618544878]',
  );
  fc.assert(
    fc.property(
      fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      fc.double({ min: -13, max: 2, noNaN: true }),
      (lower, log) => {
        const upper = lower + 10 ** log;
        fc.pre(upper > lower);
        const [low, high] = enclosure({ lower, upper })
          .replaceAll('−', '-')
          .slice(1, -1)
          .split(', ')
          .map(Number);
        expect(low).toBeLessThanOrEqual(lower);
        expect(high).toBeGreaterThanOrEqual(upper);
        expect(high - low).toBeLessThanOrEqual(2.3 * (upper - lower));
      },
    ),
    { numRuns: 3000 },
  );
});
