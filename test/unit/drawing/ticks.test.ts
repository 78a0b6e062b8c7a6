import { expect, test } from 'vitest';
import { ticks, tickTexts } from '../../../src/drawing/ticks';
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
