import { expect, test } from 'vitest';
import { CpuCorrectionSolver } from '../../../src/liouvillian/cpu-correction';
import { roundingOf } from '../../../src/liouvillian/quotient';
import { SlowSpectrum } from '../../../src/liouvillian/slow-spectrum';
import { systemParameters } from '../../../src/parameters/system';
import { FIGURE_2B } from '../reference';

test('an eigenvalue asked for beyond rounding is corrected as far as rounding lets it, and no farther', async () => {
  const system = systemParameters({ ...FIGURE_2B.system, atoms: 40 });
  let solves = 0;
  const spectrum = await SlowSpectrum.of(system, {
    solver: (liouvillian) => {
      const solver = new CpuCorrectionSolver(liouvillian, async () => {});
      return {
        solve: (equation) => {
          solves += 1;
          return solver.solve(equation);
        },
      };
    },
    onMatvecs: () => {},
    onBlocks: () => {},
    pause: async () => {},
  });
  const { re, error, condition } = await spectrum.slowMode({ tolerance: 1e-15 });
  const least = condition * roundingOf(system);
  expect(1e-15 * re).toBeLessThan(least);
  expect(error).toBeGreaterThan(least);
  expect(error).toBeLessThanOrEqual(2 * least);
  expect(solves).toBeLessThanOrEqual(10);
});
