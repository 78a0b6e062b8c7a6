/** Numbers as the page writes them. */
import { expect, test } from 'vitest';
import { measured, short } from '../../src/drawing/number';

test.each([
  [-2.976, 0.012, '−2.976 ± 0.012'],
  [123456, 4321, '123456 ± 4321'],
  [0.39978361234, 1.2e-11, '0.399783612 ± 1.2e−11'],
  [12.5, 1e-13, '12.5000000 ± 1.0e−13'],
  [0, 1e-12, '0.00000000 ± 1.0e−12'],
  [1.28429192e-151, 3.3e-154, '1.2843e−151 ± 3.3e−154'],
  [-7.33550079e-152, 6e-153, '−7.34e−152 ± 6.0e−153'],
  [4.5e150, 2e148, '4.500e+150 ± 2.0e+148'],
  [2e9, 5e7, '2.000e+9 ± 5.0e+7'],
])('%f with an error of %f is %s', (value, error, text) => {
  expect(measured(value, error)).toBe(text);
});

test.each([
  [0, '0'],
  [-0.5, '−0.5'],
  [1.5e-151, '1.50e−151'],
  [-1.5e-7, '−1.50e−7'],
])('%f is %s', (value, text) => {
  expect(short(value)).toBe(text);
});
