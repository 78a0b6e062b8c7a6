import { expect, test } from 'vitest';
import { aligned, measured } from '../../src/command-line/table';

test.each([
  [-2.976185, 0.0123, '-2.976 ± 0.012'],
  [0.129240123, 1.5e-7, '0.12924012 ± 0.00000015'],
  [20.3, 4.2, '20.3 ± 4.2'],
  [1234.5, 56, '1235 ± 56'],
  [1234.5, 0.0999, '1234.500 ± 0.100'],
  [123456.7, 560, '123457 ± 5.6e+2'],
  [0, 0, '0'],
])('%d with error %d reads %s', (value, error, text) => {
  expect(measured(value, error)).toBe(text);
});

test('columns are as wide as their widest cell', () => {
  expect(
    aligned([
      ['a', 'bb'],
      ['ccc', ''],
    ]),
  ).toBe('a    bb\nccc\n');
});
