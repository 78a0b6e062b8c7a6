/** The general model's Liouvillian: against numbers from outside, all 2^N states, the twin, and its own symmetries. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gap } from '../../../src/experiments/spectrum/gap';
import { steadyState } from '../../../src/experiments/spectrum/steady-state';
import { timeEvolution } from '../../../src/experiments/spectrum/time-evolution';
import { CoarseSpectrum } from '../../../src/liouvillian/coarse-spectrum';
import { CpuCorrectionSolver } from '../../../src/liouvillian/cpu-correction';
import { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { momentsOfRho } from '../../../src/operators/moments';
import { isReal, type SystemInput, systemParameters } from '../../../src/parameters/system';
import { applyLiouvillian, applyLiouvillianTransposed } from '../../../src/twin/liouvillian';
import { fullSpace } from '../../oracle/full-space';
import { GENERAL } from '../reference';
import { runExperiment } from './run-experiment';

const noPause = async () => {};
const patternOf = ({ unknowns, weights }: Liouvillian, phase: number) =>
  Float64Array.from({ length: unknowns }, (_, i) => (weights[i] === 0 ? 0 : Math.sin(phase + 1.7 * i)));

const rate = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 30 }).map((tenths) => tenths / 10),
);
const shift = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -30, max: 30 }).map((tenths) => tenths / 10),
);
/** Any of the rates may be 0, but each atom decays. */
const anySystem = (atoms: fc.Arbitrary<number>): fc.Arbitrary<SystemInput> =>
  fc.record({
    atoms,
    gamma1d: rate,
    gammaf: fc.integer({ min: 1, max: 30 }).map((tenths) => tenths / 10),
    omega: rate,
    detuning: shift,
    collectiveShift: shift,
    pumping: rate,
    dephasing: rate,
    collectivePumping: rate,
    collectiveDephasing: rate,
  });
const some = (atoms: fc.Arbitrary<number>, count: number) =>
  fc.sample(anySystem(atoms), { numRuns: count, seed: 14 }).map((input) => systemParameters(input));

describe.each(GENERAL)('$name', ({ system, numbers }) => {
  test('steady state', async () => {
    const { result } = await runExperiment(steadyState, system);
    const { moments, errors, Pm, Pj } = result;
    for (const name of ['Sx', 'Sy', 'Sz', 'Sx2', 'Sy2', 'Sz2', 'squeezing'] as const) {
      const off = Math.abs(moments[name]! - numbers.steady[name]);
      expect(off, name).toBeLessThan(errors.moments[name]! + 1e-9 * Math.max(1, numbers.steady[name]));
    }
    for (const [m, p] of numbers.P_m.entries()) expect(Math.abs(Pm[m] - p)).toBeLessThan(errors.Pm + 1e-10);
    for (const [j, p] of numbers.P_j.entries()) expect(Math.abs(Pj[j] - p)).toBeLessThan(errors.Pj + 1e-10);
  });

  test('the eight slowest eigenvalues, and what is said of the slowest', async () => {
    const parts = isReal(system) ? (['symmetric', 'antisymmetric'] as const) : (['both'] as const);
    const spectra = await Promise.all(
      parts.map((part) => CoarseSpectrum.ofAllModes(new Liouvillian(system, part), noPause)),
    );
    const found = spectra.flatMap(({ found }) => found);
    for (const [re, im] of numbers.spectrum.slice(1)) {
      const off = found.map((mode) => Math.hypot(mode.re + re, mode.im - Math.abs(im)));
      expect(Math.min(...off)).toBeLessThan(1e-8);
    }
    const { result } = await runExperiment(gap, system);
    const { slowest, lambda1, certified, frequency } = result;
    expect(certified).toBe(true);
    expect(Math.abs(slowest!.re + numbers.spectrum[1][0])).toBeLessThan(slowest!.error + 1e-9);
    const isOne = numbers.spectrum.map(([re, im]) =>
      Math.hypot(re + lambda1.value, Math.abs(im) - frequency),
    );
    expect(Math.min(...isOne)).toBeLessThan(lambda1.error + 1e-9);
  });

  test('it is where evolution ends', async () => {
    const time = 40 / -numbers.spectrum[1][0];
    const { result } = await runExperiment(timeEvolution, system, { time, samples: 2, start: 'excited' });
    const { Sz, Sy, errors } = result.series;
    expect(Math.abs(Sz[2] - numbers.steady.Sz)).toBeLessThan(errors.Sz[2] + 1e-9);
    expect(Math.abs(Sy[2] - numbers.steady.Sy)).toBeLessThan(errors.Sy[2] + 1e-9);
    expect(result.traceError).toBeLessThan(1e-10);
  });
});

test('two to four atoms: what all 2^N states say of steady moments and eigenvalues', async () => {
  const systems = some(fc.integer({ min: 2, max: 4 }), 60);
  const full = await fullSpace(systems);
  for (const [i, system] of systems.entries()) {
    const { steady, eigenvalues } = full[i];
    const said = await runExperiment(gap, system);
    const { slowest, lambda1, frequency } = said.result;
    const decays = eigenvalues.filter(([re, im]) => Math.hypot(re, im) > 1e-9);
    const least = Math.min(...decays.map(([re]) => re));
    expect(Math.abs(slowest!.re - least), JSON.stringify(system)).toBeLessThan(slowest!.error + 1e-7);
    const off = decays.map(([re, im]) => Math.hypot(re - lambda1.value, Math.abs(im) - frequency));
    expect(Math.min(...off), JSON.stringify(system)).toBeLessThan(lambda1.error + 1e-7);
    const liouvillian = new Liouvillian(system);
    const { steady: rho } = await CoarseSpectrum.of(liouvillian, noPause);
    const moments = momentsOfRho(liouvillian.pyramid, rho);
    for (const [name, value] of Object.entries(steady)) {
      expect(moments, JSON.stringify(system)).toHaveProperty(name, expect.closeTo(value, 8));
    }
  }
});

describe('matvecs of random systems', () => {
  const systems = some(fc.integer({ min: 1, max: 12 }), 80);

  test('the trace is conserved, the identity is left alone, and L^T is the adjoint', () => {
    for (const system of systems) {
      const liouvillian = new Liouvillian(system);
      const [x, w] = [patternOf(liouvillian, 0), patternOf(liouvillian, 2)];
      const [Lx, Lw] = [liouvillian.image('forward', x), liouvillian.image('transposed', w)];
      const scale = 1e-13 * liouvillian.unknowns * (1 + system.atoms) ** 2 * 10;
      expect(Math.abs(liouvillian.inner(liouvillian.identity, Lx))).toBeLessThan(scale);
      expect(liouvillian.norm(liouvillian.image('transposed', liouvillian.identity))).toBeLessThan(scale);
      expect(Math.abs(liouvillian.inner(w, Lx) - liouvillian.inner(Lw, x))).toBeLessThan(scale);
    }
  });

  test('on resonance they are the twin’s', () => {
    for (const system of systems.map((system) => ({ ...system, detuning: 0, collectiveShift: 0 }))) {
      const liouvillian = new Liouvillian(system);
      const { pyramid, unknowns } = liouvillian;
      const x = patternOf(liouvillian, 1);
      const [forward, transposed] = [new Float64Array(unknowns), new Float64Array(unknowns)];
      applyLiouvillian(system, pyramid, x, forward);
      applyLiouvillianTransposed(system, pyramid, x, transposed);
      const scale = 1e-13 * (1 + system.atoms) ** 2 * 20;
      liouvillian.image('forward', x).forEach((value, i) => {
        expect(Math.abs(value - forward[i])).toBeLessThan(scale);
      });
      liouvillian.image('transposed', x).forEach((value, i) => {
        expect(Math.abs(value - transposed[i])).toBeLessThan(scale);
      });
    }
  });

  test('turning both signs of delta and Delta is complex conjugation: R stays, B turns its sign', () => {
    for (const system of systems.filter((system) => !isReal(system))) {
      const liouvillian = new Liouvillian(system);
      const opposite = new Liouvillian({
        ...system,
        detuning: -system.detuning,
        collectiveShift: -system.collectiveShift,
      });
      const n = liouvillian.pyramid.unknowns;
      const conjugate = (x: Float64Array) => x.map((value, i) => (i < n ? value : 0 - value));
      const x = patternOf(liouvillian, 1);
      const one = conjugate(liouvillian.image('forward', x));
      const other = opposite.image('forward', conjugate(x));
      expect(other).toEqual(one);
    }
  });

  test('WebAssembly solves its equations as the float64 operator sees them', async () => {
    for (const system of systems.slice(0, 40)) {
      const liouvillian = new Liouvillian(system);
      const rhs = patternOf(liouvillian, 3);
      for (const direction of ['forward', 'transposed'] as const) {
        const solver = new CpuCorrectionSolver(liouvillian, noPause);
        // Far beyond the spectrum, so that the iteration converges whatever the system.
        const theta = 40 + 10 * system.atoms ** 2;
        const equation = { direction, theta: [theta], deflations: [], deflationRate: 1, rhs: [rhs] };
        const { x } = await solver.solve({ ...equation, reduction: 1e-11, mostMatvecs: 2000 });
        const image = liouvillian.image(direction, x[0]);
        const left = image.map((value, i) => value - theta * x[0][i] - rhs[i]);
        expect(liouvillian.norm(left), JSON.stringify(system)).toBeLessThan(1e-9 * liouvillian.norm(rhs));
      }
    }
  });
});
