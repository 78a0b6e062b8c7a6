/** The oracle itself: against the 2^N states of a few atoms, and against the reference numbers. */
import { expect, test } from 'vitest';
import { systemParameters } from '../../src/parameters/system';
import { fullSpace } from '../oracle/full-space';
import { type Mode, truths } from '../oracle/oracle';
import { FIGURE_4, SMALL } from './reference';

const few = [2, 3, 4].flatMap((atoms) =>
  [
    { gamma1d: 2, gammaf: 1, omega: 1.6 },
    { gamma1d: 0.3, gammaf: 2.2, omega: 7 },
    { gamma1d: 10, gammaf: 0.3, omega: 0.9 },
  ].map((rates) => systemParameters({ atoms, ...rates })),
);

test('two to four atoms: all eigenvalues and the moments of the 2^N states', async () => {
  const [reduced, full] = await Promise.all([truths(few, 100), fullSpace(few)]);
  full.forEach(({ eigenvalues, steady }, i) => {
    const { symmetric, antisymmetric } = reduced[i];
    const both = (modes: readonly Mode[]) =>
      modes.flatMap(([re, im]): Mode[] =>
        im === 0
          ? [[re, 0]]
          : [
              [re, im],
              [re, -im],
            ],
      );
    const all: Mode[] = [[0, 0], ...both(symmetric), ...both(antisymmetric)];
    expect(all).toHaveLength(eigenvalues.length);
    for (const [re, im] of eigenvalues) {
      const off = all.map((mode) => Math.hypot(mode[0] - re, mode[1] - im));
      const nearest = off.indexOf(Math.min(...off));
      expect(off[nearest]).toBeLessThan(1e-7);
      all.splice(nearest, 1);
    }
    const { Pj: _, ...moments } = reduced[i].steady;
    for (const [name, value] of Object.entries(moments)) {
      expect(steady).toHaveProperty(name, expect.closeTo(value, 11));
    }
  });
});

test('the reference numbers of 5 and 18 atoms', async () => {
  const points = [SMALL, FIGURE_4];
  const found = await truths(points.map(({ system }) => system));
  points.forEach(({ numbers }, i) => {
    const { symmetric, refined, metastable, steady } = found[i];
    const [first, second] = refined.symmetric;
    expect(symmetric[0][0]).toBeCloseTo(first.re, 10);
    expect(first.re).toBeCloseTo(numbers.lambda1, 8);
    expect([second.re, second.im]).toEqual(numbers.lambda2.map((part) => expect.closeTo(part, 8)));
    expect(metastable).toMatchObject({
      aPlus: expect.closeTo(numbers.a_plus, 8),
      aMinus: expect.closeTo(numbers.a_minus, 8),
      ratePlus: expect.closeTo(numbers.Gamma_plus, 8),
      rateMinus: expect.closeTo(numbers.Gamma_minus, 8),
      committor: {
        pPlus: expect.closeTo(numbers.committor.p_plus_steady, 8),
        ratePlus: expect.closeTo(numbers.committor.rate_plus, 8),
        rateMinus: expect.closeTo(numbers.committor.rate_minus, 8),
      },
    });
    const { Sy, Sz, Sx2, Sy2, Sz2 } = numbers.steady;
    for (const [name, value] of Object.entries({ Sy, Sz, Sx2, Sy2, Sz2 })) {
      expect(steady).toHaveProperty(name, expect.closeTo(value, 7));
    }
    expect(steady.Pj.slice(0, 3)).toEqual(numbers.P_j.slice(0, 3).map((p) => expect.closeTo(p, 8)));
  });
});
