/** The seal of a document is the SHA-256 of its canonical JSON, whoever computes it. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, sealOf } from '../../src/experiments/seal';

test('the example of RFC 8785, section 3.2.2: its canonical form', () => {
  const example = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
      '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
  );
  expect(canonicalJson(example)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('keys are sorted by their UTF-16 code units, as the RFC sorts them', () => {
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6', '10', '9'];
  const sorted = ['\r', '1', '10', '9', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'];
  const of = (keys: string[]) => `{${keys.map((key) => `${JSON.stringify(key)}:0`).join()}}`;
  expect(canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])))).toBe(of(sorted));
});

test('what JSON cannot tell apart has one form, which is JSON of the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
  expect(canonicalJson({ b: -0, a: undefined, c: [Number.NaN, undefined] })).toBe('{"b":0,"c":[null,null]}');
});

test('it leaves out how long a run took, and itself', () => {
  const content = { schema: 'x', result: { a: [1, 0.1] } };
  const expected = createHash('sha256').update('{"result":{"a":[1,0.1]},"schema":"x"}').digest('hex');
  expect(sealOf(content)).toBe(expected);
  expect(sealOf({ seconds: 3, ...content, sha256: 'y' })).toBe(expected);
  expect(sealOf({ ...content, second: 3 })).not.toBe(expected);
});
