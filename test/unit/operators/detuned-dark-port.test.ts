import { expect, test } from 'vitest';
import { turnOfAxes } from '../../../src/mean-field/turn';
import { type DarkPortBlock, darkPortBlocks } from '../../../src/operators/dark-port';
import { propagatorsOf, rung, rungs } from '../../../src/operators/detuned-dark-port';
import { systemParameters } from '../../../src/parameters/system';

const detuned = { gammaf: 0.7, detuning: 1.5, collectiveShift: 0.4, pumping: 0.2, dephasing: 0.3 };
const system = systemParameters({ atoms: 9, gamma1d: 2, drive: 0.9, ...detuned });
const blocks = darkPortBlocks(system, 10, turnOfAxes(system));

const row = (block: DarkPortBlock, matrix: Float64Array, r: number) =>
  matrix.subarray(r * block.modes, (r + 1) * block.modes);

test('the times of a ladder grow by its rung, from one that is short beside the generator', () => {
  for (const block of blocks) {
    const times = propagatorsOf(block).map(({ time }) => time);
    expect(times).toHaveLength(rungs);
    times.slice(1).forEach((time, l) => {
      expect(time / times[l]).toBe(rung);
    });
    expect(times[0] * Math.max(...block.decay)).toBeLessThanOrEqual(1 / 4);
  }
});

test('of two modes a propagator is the exponential in closed form', () => {
  const [block] = darkPortBlocks(systemParameters({ atoms: 1, gamma1d: 1, omega: 0.8, ...detuned }), 2, 0.3);
  const [a, d] = block.decay;
  const [p, q, , r] = block.hamiltonian!.matrix;
  // M = mean + i w + [[x, i q], [i q, -x]], x = (a - d + i (p - r)) / 2; exp(-M t) by the root of x^2 - q^2.
  // Beyond the first six times hyperbolic functions overflow.
  for (const { time, re, im } of propagatorsOf(block).slice(0, 6)) {
    const [xr, xi] = [(a - d) / 2, (p - r) / 2];
    const [sr, si] = [xr ** 2 - xi ** 2 - q ** 2, 2 * xr * xi];
    const size = Math.sqrt(Math.hypot(sr, si));
    const angle = Math.atan2(si, sr) / 2;
    const [yr, yi] = [size * Math.cos(angle) * time, size * Math.sin(angle) * time];
    const cosh = [Math.cosh(yr) * Math.cos(yi), Math.sinh(yr) * Math.sin(yi)];
    const sinh = [Math.sinh(yr) * Math.cos(yi), Math.cosh(yr) * Math.sin(yi)];
    const over = yr ** 2 + yi ** 2;
    const shared = [(sinh[0] * yr + sinh[1] * yi) / over, (sinh[1] * yr - sinh[0] * yi) / over];
    const decayed = Math.exp((-(a + d) / 2) * time);
    const turn = (-(p + r) / 2) * time;
    const times = (u: readonly number[], v: readonly number[]) => [
      u[0] * v[0] - u[1] * v[1],
      u[0] * v[1] + u[1] * v[0],
    ];
    const whole = [decayed * Math.cos(turn), decayed * Math.sin(turn)];
    const part = times(shared, [xr * time, xi * time]);
    const first = times(whole, [cosh[0] - part[0], cosh[1] - part[1]]);
    const across = times(whole, times(shared, [0, -q * time]));
    expect(re.matrix[0]).toBeCloseTo(first[0], 12);
    expect(im.matrix[0]).toBeCloseTo(first[1], 12);
    expect(re.matrix[1]).toBeCloseTo(across[0], 12);
    expect(im.matrix[1]).toBeCloseTo(across[1], 12);
  }
});

test('propagators are symmetric contractions, and together one evolution', () => {
  for (const block of blocks) {
    const { modes } = block;
    const ladder = propagatorsOf(block);
    const apply = (l: number, [x, y]: Float64Array[]) => {
      const { re, im } = ladder[l];
      const sum = (matrix: Float64Array, of: Float64Array, r: number) =>
        row(block, matrix, r).reduce((total, value, c) => total + value * of[c], 0);
      return [
        x.map((_, r) => sum(re.matrix, x, r) - sum(im.matrix, y, r)),
        x.map((_, r) => sum(re.matrix, y, r) + sum(im.matrix, x, r)),
      ];
    };
    const start = [0, 1].map((part) =>
      Float64Array.from({ length: modes }, (_, i) => Math.cos(3 * i + part)),
    );
    const weight = ([x, y]: Float64Array[]) => Math.hypot(...x, ...y);
    ladder.forEach(({ re, im }, l) => {
      for (let r = 0; r < modes; r++)
        for (let c = 0; c < r; c++)
          for (const { matrix } of [re, im])
            expect(matrix[r * modes + c]).toBeCloseTo(matrix[c * modes + r], 12);
      expect(weight(apply(l, start))).toBeLessThan(weight(start));
      if (l === 0) return;
      let steps = start;
      for (let step = 0; step < rung; step++) steps = apply(l - 1, steps);
      const once = apply(l, start);
      for (const part of [0, 1])
        expect(Math.hypot(...once[part].map((value, i) => value - steps[part][i]))).toBeLessThan(1e-12);
    });
  }
});
