/** Proven bounds on means: they hold the truth to 40 digits, and of any system; they are narrow; and they trust no X. */
import { Matrix, solve } from 'ml-matrix';
import { expect, test } from 'vitest';
import { steadyState } from '../../../src/experiments/spectrum/steady-state';
import { CpuCorrectionSolver } from '../../../src/liouvillian/cpu-correction';
import { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { solveObservable } from '../../../src/liouvillian/observable-solution';
import { momentsOfRho } from '../../../src/operators/moments';
import { packedOperator, spinOperators } from '../../../src/operators/spin-operators';
import { systemParameters } from '../../../src/parameters/system';
import { enclosureOf, isZeroBySymmetry, momentsOfSqueezing } from '../../../src/proofs/enclosures';
import { images } from '../../../src/proofs/image';
import type { Interval } from '../../../src/proofs/intervals';
import { runExperiment } from '../liouvillian/run-experiment';
import { FIGURE_2B, FIGURE_4, LIGHT, RATIO, SMALL } from '../reference';
import { anySystems } from './any-system';
import truths from './forty-digits.json';

const all = 'Sx,Sy,Sz,Sx2,Sy2,Sz2,squeezing';
const points = [
  { name: 'figure 4', system: FIGURE_4.system },
  { name: 'small', system: SMALL.system },
  { name: 'ratio', system: RATIO.system },
  { name: 'figure 2b', system: FIGURE_2B.system },
  ...LIGHT,
] as const;

const holds = ({ lower, upper }: Interval, truth: number) => lower <= truth && truth <= upper;
/** relative to what it encloses; a mean that vanishes is measured by N/2 */
const widthOf = ({ lower, upper }: Interval, atoms: number) => {
  const mean = Math.abs(lower + upper) / 2;
  return (upper - lower) / (mean < 1e-9 ? atoms / 2 : mean);
};

test.each(points)('$name: every mean to 40 digits lies within its bounds', async ({ name, system }) => {
  const truth = (truths as Record<string, Record<string, string>>)[name];
  const { result } = await runExperiment(steadyState, system, { prove: all });
  const proven = Object.entries(result.proven!) as [string, Interval][];
  expect(proven.map(([moment]) => moment).join()).toBe(all);
  for (const [moment, interval] of proven) {
    expect(
      holds(interval, Number(truth[moment])),
      `${moment} in [${interval.lower}, ${interval.upper}]`,
    ).toBe(true);
    expect(interval.upper - interval.lower, moment).toBeLessThan(1e-7);
  }
  const { Sy, Sz, squeezing } = result.proven!;
  for (const narrow of [Sy!, Sz!]) expect(widthOf(narrow, system.atoms)).toBeLessThan(1e-10);
  expect(widthOf(squeezing!, system.atoms)).toBeLessThan(1e-8);
});

/** rho_s by elimination in the dense matrix of L, whose first equation makes way for the trace. */
function exactState(liouvillian: Liouvillian): Float64Array {
  const { unknowns, identity, weights } = liouvillian;
  const kept = Array.from({ length: unknowns }, (_, i) => i).filter((i) => weights[i] > 0);
  const matrix = Matrix.zeros(kept.length, kept.length);
  kept.forEach((i, column) => {
    const unit = new Float64Array(unknowns);
    unit[i] = 1;
    const image = liouvillian.image('forward', unit);
    kept.forEach((k, row) => {
      matrix.set(row, column, row === 0 ? identity[i] : image[k]);
    });
  });
  const right = Matrix.columnVector(kept.map((_, row) => (row === 0 ? 1 : 0)));
  const found = solve(matrix, right).to1DArray();
  const rho = new Float64Array(unknowns);
  kept.forEach((i, k) => {
    rho[i] = found[k];
  });
  return rho;
}

test('300 systems with any rates: the truth lies within the bounds, which are narrow', async () => {
  let widest = 0;
  for (const system of anySystems(300, 2, 6)) {
    const liouvillian = new Liouvillian(system);
    const { pyramid } = liouvillian;
    const rho = exactState(liouvillian);
    const truth = momentsOfRho(pyramid, rho);
    const solver = new CpuCorrectionSolver(liouvillian, async () => {});
    for (const moment of ['Sy', 'Sz'] as const) {
      const observable = packedOperator(spinOperators[moment], pyramid, liouvillian.unknowns);
      const request = { observable, steady: rho, separation: system.gammaF };
      const { X } = await solveObservable(liouvillian, solver, request);
      const { lower, upper } = enclosureOf(system, pyramid, moment, X);
      // What elimination leaves of the truth.
      const off = 1e-12 * system.atoms;
      const text = `${moment} = ${truth[moment]} in [${lower}, ${upper}] of ${JSON.stringify(system)}`;
      expect(holds({ lower: lower - off, upper: upper + off }, truth[moment]), text).toBe(true);
      widest = Math.max(widest, (upper - lower) / system.atoms);
    }
  }
  expect(widest).toBeLessThan(1e-9);
});

const sines = ({ unknowns, weights }: Liouvillian, phase: number) =>
  Float64Array.from({ length: unknowns }, (_, i) => (weights[i] === 0 ? 0 : Math.sin(phase + 1.7 * i * i)));

test('any X at all gives true bounds, wide ones', () => {
  for (const system of anySystems(60, 2, 5, 7)) {
    const liouvillian = new Liouvillian(system, 'both');
    const solved = new Liouvillian(system);
    const truth = momentsOfRho(solved.pyramid, exactState(solved));
    for (const moment of momentsOfSqueezing) {
      if (isZeroBySymmetry(system, moment)) continue;
      const interval = enclosureOf(system, liouvillian.pyramid, moment, sines(liouvillian, 1));
      expect(holds(interval, truth[moment]), `${moment} of ${JSON.stringify(system)}`).toBe(true);
    }
  }
});

test('the image is that of the solvers, forward and adjoint, to the rounding that it tells', () => {
  for (const system of [...anySystems(40, 1, 9, 3), systemParameters({ atoms: 40, ratio: 15.5 })]) {
    const liouvillian = new Liouvillian(system, 'both');
    const { pyramid } = liouvillian;
    const x = sines(liouvillian, 2);
    for (const direction of ['forward', 'adjoint'] as const) {
      const known = liouvillian.image(direction === 'forward' ? 'forward' : 'transposed', x);
      let [i, exact] = [0, 0];
      for (const { re, im, error } of images({ system, pyramid, direction, x })) {
        for (const [k, bound] of error.entries()) {
          const off = Math.hypot(re[k] - known[i], im[k] - known[pyramid.unknowns + i]);
          expect(off).toBeLessThanOrEqual(2 * bound);
          exact = Math.max(exact, bound / (1 + Math.hypot(re[k], im[k])));
          i++;
        }
      }
      expect(i).toBe(pyramid.unknowns);
      expect(exact).toBeLessThan(1e-11);
    }
  }
});
