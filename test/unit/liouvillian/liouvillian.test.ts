/** The stencil in float64 against the twin, element by element, and its exact properties. */
import { describe, expect, test } from 'vitest';
import { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { systemParameters } from '../../../src/parameters/system';
import { applyLiouvillian, applyLiouvillianTransposed } from '../../../src/twin/liouvillian';

const systems = [1, 2, 5, 18, 21, 54].map((atoms) =>
  systemParameters({ atoms, gamma1d: 0.7, gammaf: 0.4, omega: 1.3 }),
);

describe.each(systems)('$atoms atoms', (system) => {
  const liouvillian = new Liouvillian(system);
  const { pyramid, unknowns } = liouvillian;
  const pattern = (phase: number) =>
    Float64Array.from({ length: unknowns }, (_, i) => Math.sin(phase + 1.7 * i));
  const [x, w] = [pattern(0), pattern(2)];
  const apply = (direction: 'apply' | 'applyTransposed', vector: Float64Array) => {
    const y = new Float64Array(unknowns);
    liouvillian[direction](vector, y);
    return y;
  };

  test('L x and L^T x are the twin’s', () => {
    const [forward, transposed] = [new Float64Array(unknowns), new Float64Array(unknowns)];
    applyLiouvillian(system, pyramid, x, forward);
    applyLiouvillianTransposed(system, pyramid, w, transposed);
    const scale = system.atoms ** 2;
    apply('apply', x).forEach((value, i) => {
      expect(Math.abs(value - forward[i])).toBeLessThan(1e-13 * scale);
    });
    apply('applyTransposed', w).forEach((value, i) => {
      expect(Math.abs(value - transposed[i])).toBeLessThan(1e-13 * scale);
    });
  });

  test('the trace is conserved, and the identity is left alone', () => {
    expect(Math.abs(pyramid.trace(apply('apply', x)))).toBeLessThan(1e-13 * unknowns * system.atoms);
    const image = apply('applyTransposed', liouvillian.identity);
    expect(Math.max(...image.map(Math.abs))).toBeLessThan(1e-13 * system.atoms ** 2);
  });

  test('<w, L x> = <L^T w, x>', () => {
    const [left, right] = [
      liouvillian.inner(w, apply('apply', x)),
      liouvillian.inner(apply('applyTransposed', w), x),
    ];
    expect(Math.abs(left - right)).toBeLessThan(1e-12 * unknowns * system.atoms ** 2);
  });
});
