/** Corrections on a part of the pyramid: the equation restricted to it, solved; and where they look on the whole one. */
import { describe, expect, test } from 'vitest';
import { BicgstabMemory } from '../../../src/liouvillian/bicgstab-memory';
import {
  type CorrectionEquation,
  type CorrectionSolver,
  preconditionedOperator,
  preconditioner,
} from '../../../src/liouvillian/correction';
import { CpuCorrectionSolver } from '../../../src/liouvillian/cpu-correction';
import { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { elementsIn, type Region, regionOf, widen } from '../../../src/liouvillian/region';
import { SlowSpectrum } from '../../../src/liouvillian/slow-spectrum';
import { systemParameters } from '../../../src/parameters/system';

const pattern = (length: number, phase: number) =>
  Float64Array.from({ length }, (_, i) => Math.sin(phase + 1.7 * i));

/** A vector with zeros outside a region. */
function within(liouvillian: Liouvillian, region: Region, vector: Float64Array): Float64Array {
  const { pyramid, halves, stencils } = liouvillian;
  const kept = vector.slice();
  for (const { first } of halves)
    pyramid.forEach((index, b, r, c) => {
      if (c < region[stencils.forward.rowOffset[b] + r]) kept[first + index] = 0;
    });
  return kept;
}

/** Up to three columns of some rows, which begin where the number of the row says. */
function band({ pyramid, stencils }: Liouvillian): Region {
  const region = new Int32Array(stencils.forward.diagonal.length);
  for (const { index: b, dim } of pyramid.blocks)
    for (let r = 0; r < dim; r++) {
      const isKept = b >= 1 && b <= 3 && r >= 3 && r <= 7;
      region[stencils.forward.rowOffset[b] + r] = isKept ? r - 2 + (r % 3) : r + 1;
    }
  return region;
}

/** Falls off from the diagonal of the rows about a place in the pyramid. */
function hill(liouvillian: Liouvillian, row: number, block: number, width: number): Float64Array {
  const { pyramid, halves } = liouvillian;
  const vector = new Float64Array(liouvillian.unknowns);
  for (const { first } of halves)
    pyramid.forEach((index, b, r, c) => {
      vector[first + index] = Math.exp(-((r - row) ** 2 + (c - row) ** 2 + (b - block) ** 2) / width ** 2);
    });
  return vector;
}

const size = (vector: Float64Array) => Math.sqrt(vector.reduce((sum, value) => sum + value ** 2, 0));

const systems = [
  ['Eq. (1)', { atoms: 15, ratio: 8, drive: 0.75 }],
  ['pumping and dephasing', { atoms: 14, gamma1d: 1, gammaf: 0.4, omega: 2, pumping: 0.3, dephasing: 0.2 }],
  ['a detuning', { atoms: 13, gamma1d: 1, gammaf: 0.4, omega: 2, detuning: 0.7, pumping: 0.1 }],
] as const;

describe.each(systems)('%s', (_, input) => {
  const liouvillian = new Liouvillian(systemParameters(input));
  const { unknowns } = liouvillian;
  const region = band(liouvillian);

  test('one step of L or of its transpose stays in the widened region, and needs it', () => {
    const vector = within(liouvillian, region, pattern(unknowns, 1));
    for (const direction of ['forward', 'transposed'] as const) {
      const image = liouvillian.image(direction, vector);
      expect(within(liouvillian, widen(liouvillian, region), image)).toEqual(image);
      expect(within(liouvillian, region, image)).not.toEqual(image);
    }
  });

  test.each(['forward', 'transposed'] as const)(
    '%s: solved where it is, and 0 elsewhere',
    async (direction) => {
      const equation: CorrectionEquation = {
        ...{ direction, theta: [0.31], deflationRate: 0.05, reduction: 1e-9, mostMatvecs: 4000 },
        deflations: [{ image: pattern(unknowns, 2), functional: pattern(unknowns, 4) }],
        rhs: [pattern(unknowns, 3)],
      };
      const weights = preconditioner(liouvillian, 0.31);
      const b = within(
        liouvillian,
        region,
        equation.rhs[0].map((value, i) => weights[i] * value),
      );
      const memory = BicgstabMemory.of(liouvillian, null);
      // In between the whole pyramid, which leaves its numbers where those of the region will be.
      for (const here of [region, null, region]) {
        memory.set(equation, here);
        memory.start([b]);
        for (let cycle = 0; cycle < 300 && memory.cycle(false)! > 1e-22 * size(b) ** 2; cycle++);
      }
      const [x] = memory.solution('now');
      expect(within(liouvillian, region, x)).toEqual(x);
      const image = new Float64Array(unknowns);
      preconditionedOperator(liouvillian, equation)(x, image);
      const left = within(
        liouvillian,
        region,
        b.map((value, i) => value - image[i]),
      );
      // P and the deflations are in float32.
      expect(size(left)).toBeLessThan(1e-6 * size(b));
    },
  );
});

test('a region holds all but what may lie outside, and none pays for what is everywhere', () => {
  const liouvillian = new Liouvillian(systemParameters({ atoms: 100, ratio: 15.5, drive: 0.75 }));
  const vector = hill(liouvillian, 40, 20, 4);
  let before = 0;
  for (const outside of [0.1, 1e-3, 1e-6]) {
    const region = regionOf(liouvillian, [{ vector, outside }])!;
    const kept = within(liouvillian, region, vector);
    expect(size(vector.map((value, i) => value - kept[i]))).toBeLessThanOrEqual(outside * size(vector));
    const elements = elementsIn(liouvillian, region);
    expect(elements).toBeGreaterThanOrEqual(kept.filter((value) => value !== 0).length);
    expect(elements).toBeGreaterThan(before);
    before = elements;
  }
  const everywhere = pattern(liouvillian.unknowns, 1);
  expect(regionOf(liouvillian, [{ vector: everywhere, outside: 1e-3 }])).toBeNull();
});

test('the corrections of 120 atoms are sought in regions, and solved on the whole pyramid as asked', async () => {
  const system = systemParameters({ atoms: 120, ratio: 15.5, drive: 0.765 });
  const pause = async () => {};
  const corrected: { part: number; reduction: number; asked: number; left: number }[] = [];
  const solver = (liouvillian: Liouvillian): CorrectionSolver => {
    const cpu = new CpuCorrectionSolver(liouvillian, pause);
    return {
      solve: async (equation) => {
        const correction = await cpu.solve(equation);
        const [x] = correction.x;
        const image = new Float64Array(x.length);
        preconditionedOperator(liouvillian, equation)(x, image);
        const weights = preconditioner(liouvillian, equation.theta[0]);
        const b = equation.rhs[0].map((value, i) => weights[i] * value);
        corrected.push({
          part: x.filter((value) => value !== 0).length / x.length,
          reduction: correction.reduction,
          asked: equation.reduction,
          left: size(b.map((value, i) => value - image[i])) / size(b),
        });
        return correction;
      },
    };
  };
  const spectrum = await SlowSpectrum.of(system, { solver, pause, onMatvecs: () => {}, onBlocks: () => {} });
  const { re, error } = await spectrum.slowMode({ tolerance: 1e-5 });
  // What corrections on the whole pyramid find to 1e-8.
  expect(Math.abs(re - 0.00649444268)).toBeLessThan(error + 1e-10);
  expect(error).toBeLessThan(1e-5 * re);
  expect(corrected.length).toBeGreaterThan(2);
  for (const { reduction, asked, left } of corrected) {
    expect(left).toBeCloseTo(reduction, 9);
    expect(left).toBeLessThanOrEqual(2 * asked);
  }
  expect(Math.min(...corrected.map(({ part }) => part))).toBeLessThan(0.6);
});
