import { expect, test } from 'vitest';
import { tickMarkup, ticks, tickText, tickTexts } from '../../../src/drawing/ticks';
import { philox, uniform01 } from '../../../src/twin/philox';

test.each([
  [
    [-0.5, 0, 0.5],
    ['−0.5', '0', '0.5'],
  ],
  [
    [-2.5, 0, 2.5],
    ['−2.5', '0', '2.5'],
  ],
  [
    [0.01, 0.1, 1, 10],
    ['0.01', '0.1', '1', '10'],
  ],
  [
    [1e-4, 1.2e-4, 1.4e-4],
    ['1e-4', '1.2e-4', '1.4e-4'],
  ],
  [
    [1e-5, 1e-4, 1e-3, 1e-2],
    ['1e-5', '1e-4', '0.001', '0.01'],
  ],
  [
    [0, 2e5, 4e5],
    ['0', '2e+5', '4e+5'],
  ],
])('the ticks %j read %j', (at, texts) => {
  expect(tickTexts(at)).toEqual(texts.map((text) => text.replace('e-', 'e−')));
});

test('whatever the axis, its ticks are inside it, rise, have room, and say their values', () => {
  const wrong: unknown[] = [];
  for (let n = 0; n < 2000; n++) {
    const [a, b, c, d] = philox([n, 0, 0, 0], [12, 0]).map(uniform01);
    const scale = d < 0.5 ? 'log' : 'linear';
    const from = (scale === 'log' ? 1 : 2 * a - 1) * 10 ** (20 * b - 10);
    const to = scale === 'log' ? from * 10 ** (0.05 + 12 * c) : from + 10 ** (20 * b - 10 + 8 * c - 5);
    const length = 100 + 900 * a;
    const at = ticks({ scale }, [from, to], 'y', length);
    const rising = at.every((tick, i) => i === 0 || tick > at[i - 1]);
    const air = 1e-6 * (to - from);
    const [least, most] = scale === 'log' ? [0.999 * from, 1.001 * to] : [from - air, to + air];
    const inside = at.every((tick) => tick >= least && tick <= most);
    const closest = Math.min(
      ...at.slice(1).map((tick, i) => tick - at[i]),
      ...at.map(Math.abs).filter(Boolean),
    );
    const right = tickTexts(at).every(
      (text, i) => Math.abs(Number(text.replaceAll('−', '-')) - at[i]) < 1e-3 * closest,
    );
    const roomy = at.length > 0 && at.length <= Math.max(2, length / 24) + 1;
    if (!rising || !inside || !right || !roomy)
      wrong.push({ scale, from, to, length, at, rising, inside, right, roomy });
  }
  expect(wrong).toEqual([]);
});

test.each([
  [
    [-0.5, 0, 0.5],
    ['−0.5', '0', '0.5'],
  ],
  [
    [1e-4, 1.2e-4, 1.4e-4],
    ['10^{−4}', '1.2\u2009×\u200910^{−4}', '1.4\u2009×\u200910^{−4}'],
  ],
  // Beside a power that has to be one, all of them are.
  [
    [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10],
    ['10^{−5}', '10^{−4}', '10^{−3}', '10^{−2}', '10^{−1}', '1', '10'],
  ],
  [
    [0.01, 0.1, 1, 10],
    ['0.01', '0.1', '1', '10'],
  ],
  [
    [-4e5, 0, 2e5],
    ['−4\u2009×\u200910^{5}', '0', '2\u2009×\u200910^{5}'],
  ],
  [
    [5000, 10000, 15000],
    ['5000', '10\u2009000', '15\u2009000'],
  ],
])('the ticks %j are set as %j', (at, markup) => {
  expect(tickMarkup(at)).toEqual(markup);
});

test('a canvas gets raised digits', () => {
  expect(tickText('−1.2\u2009×\u200910^{−45}')).toBe('−1.2\u2009×\u200910⁻⁴⁵');
  expect(tickText('0.5')).toBe('0.5');
});

test('of values in whole steps ticks stand on these alone, however wide or narrow the axis', () => {
  for (let atoms = 1; atoms < 120; atoms++) {
    const whole = (atoms % 2) / 2;
    for (const length of [120, 350, 900]) {
      const at = ticks({ whole }, [-atoms / 2 - 0.5, atoms / 2 + 0.5], 'x', length);
      expect(at.length).toBeGreaterThan(0);
      for (const m of at) expect(Number.isInteger(m + atoms / 2), `${m} of ${atoms}`).toBe(true);
      const sizes = ticks({ whole: 0, scale: 'log' }, [0.95 * (atoms + 1), 3 * (atoms + 1)], 'x', length);
      for (const size of sizes) expect(Number.isInteger(size), `${size}`).toBe(true);
    }
  }
});
