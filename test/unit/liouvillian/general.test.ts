/** The general model's Liouvillian: against numbers from outside, all 2^N states, the twin, and its own symmetries. */
import fc from 'fast-check';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { gap } from '../../../src/experiments/spectrum/gap';
import { gapScaling } from '../../../src/experiments/spectrum/gap-scaling';
import { metastable } from '../../../src/experiments/spectrum/metastable';
import { steadyState } from '../../../src/experiments/spectrum/steady-state';
import { timeEvolution } from '../../../src/experiments/spectrum/time-evolution';
import { CoarseSpectrum } from '../../../src/liouvillian/coarse-spectrum';
import { CpuCorrectionSolver } from '../../../src/liouvillian/cpu-correction';
import { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { metastableStates } from '../../../src/liouvillian/metastable';
import { SlowSpectrum } from '../../../src/liouvillian/slow-spectrum';
import { momentsOfRho } from '../../../src/operators/moments';
import type { Pyramid } from '../../../src/operators/pyramid';
import { isReal, systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';
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

test('one atom, dephased and driven far off resonance, is found however slowly it forgets', async () => {
  const rates = { gamma1d: 0, gammaf: 0, collectiveDephasing: 1e-6 };
  const system = systemParameters({ atoms: 1, omega: 1, detuning: 10, ...rates });
  const { result } = await runExperiment(gap, system);
  // The spin along its axis forgets by the part of S_z across it: 4 Omega^2 / (4 Omega^2 + delta^2) of half the rate.
  expect(result.lambda1.value).toBeCloseTo(((1e-6 / 2) * 4) / 104, 12);
});

test('the laser’s line is no pair of metastable states', async () => {
  await expect(runExperiment(metastable, GENERAL[1].system)).rejects.toThrow(
    /above 0 \(here the slowest mode is a coherence/,
  );
});

describe('metastable states off resonance', () => {
  const near = { atoms: 18, detuning: 1e-4 };
  const far = {
    atoms: 12,
    gamma1d: 10,
    gammaf: 1,
    drive: 0.75,
    detuning: 1.5,
    collectiveShift: 0.4,
    dephasing: 0.1,
  };

  test('next to resonance they are those of resonance', async () => {
    const [off, on] = await Promise.all(
      [near, { atoms: 18 }].map((input) => runExperiment(metastable, systemParameters(input))),
    );
    for (const name of ['aPlus', 'aMinus', 'ratePlus', 'rateMinus'] as const)
      expect(off.result[name]).toBeCloseTo(on.result[name], 6);
    expect(off.result.committor.pPlus).toBeCloseTo(on.result.committor.pPlus, 6);
    expect(off.result.plus.moments.Sz).toBeCloseTo(on.result.plus.moments.Sz, 5);
    expect(off.result.plus.moments.Sx).not.toBe(0);
  });

  test('turning both signs turns S_x alone', async () => {
    const turned = { ...far, detuning: -far.detuning, collectiveShift: -far.collectiveShift };
    const [one, other] = await Promise.all(
      [far, turned].map((input) => runExperiment(metastable, systemParameters(input))),
    );
    const [a, b] = [one.result, other.result];
    expect(b.lambda1.value).toBeCloseTo(a.lambda1.value, 9);
    expect(b.aPlus).toBeCloseTo(a.aPlus, 7);
    expect(b.plus.moments.Sx).toBeCloseTo(-a.plus.moments.Sx, 7);
    expect(Math.abs(a.plus.moments.Sx)).toBeGreaterThan(0.1);
    expect(b.minus.moments.squeezing).toBeCloseTo(a.minus.moments.squeezing!, 6);
  });

  test('they are positive, of trace 1, orthogonal, and rho_1 lies between them', async () => {
    const system = systemParameters(far);
    const liouvillian = new Liouvillian(system);
    const workshop = { solver: () => solver, onMatvecs: () => {}, onBlocks: () => {}, pause: noPause };
    const solver = new CpuCorrectionSolver(liouvillian, noPause);
    const spectrum = await SlowSpectrum.of(system, workshop);
    const mode = await spectrum.slowMode({ tolerance: 1e-9 });
    const { rho } = await spectrum.steadyState(mode, 1e-9);
    const { plus, minus } = metastableStates(spectrum.liouvillian, mode, rho);
    const { pyramid, unknowns } = spectrum.liouvillian;
    for (const state of [plus, minus]) {
      expect(pyramid.trace(state)).toBeCloseTo(1, 12);
      expect(Math.min(...eigenvaluesOf(pyramid, state))).toBeGreaterThan(-1e-12);
    }
    expect(unknowns).toBe(2 * pyramid.unknowns);
    expect(spectrum.liouvillian.inner(plus, minus)).toBeCloseTo(0, 12);
    const [u] = mode.right;
    const apart = plus.map((value, i) => value - minus[i]);
    const overlap = spectrum.liouvillian.inner(u, apart) / spectrum.liouvillian.norm(apart);
    expect(Math.abs(overlap)).toBeCloseTo(1, 9);
  });
});

/** Of a packed Hermitian operator, all blocks' together and each twice: those of R, -B; B, R. */
function eigenvaluesOf(pyramid: Pyramid, x: Float64Array): number[] {
  const imaginary = x.subarray(pyramid.unknowns);
  return pyramid.blocks.flatMap(({ index: b, dim }) => {
    const element = (r: number, c: number) => {
      const [row, column] = [r % dim, c % dim];
      if (Math.floor(r / dim) === Math.floor(c / dim)) return pyramid.element(x, b, row, column);
      return Math.sign(row - column) * pyramid.element(imaginary, b, row, column) * (r >= dim ? 1 : -1);
    };
    const block = Array.from({ length: 2 * dim }, (_, r) =>
      Array.from({ length: 2 * dim }, (_, c) => element(r, c)),
    );
    return new EigenvalueDecomposition(new Matrix(block), { assumeSymmetric: true }).realEigenvalues;
  });
}

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

test('the closing of the gap off resonance: each point is the least of its size, and other rates are not gone on with', async () => {
  const input = { atoms: 15, ratio: 12, drive: 0.72, detuning: 0.3, collectiveShift: 0.05 };
  const system = systemParameters(input);
  const { result } = await runExperiment(gapScaling, system, { atoms: '14,15' });
  const [, point] = result.points;
  expect(point.searched).toBe(true);
  const at = async (drive: number) => {
    const other = await runExperiment(gap, systemParameters({ ...input, drive }));
    return other.result.lambda1.value / system.gammaF;
  };
  expect(await at(point.driveOverCritical)).toBeCloseTo(point.lambda1.value, 6);
  for (const off of [-0.01, 0.01])
    expect(await at(point.driveOverCritical + off)).toBeGreaterThan(point.lambda1.value);
});

describe('frequencies far above all rates', () => {
  const base = { atoms: 4, gamma1d: 1, gammaf: 0.5 };
  const far: SystemInput[] = [
    { omega: 0.7, detuning: 1e9 },
    { omega: 0.7, detuning: 5e8 },
    { omega: 1e9, detuning: 0.3 },
    { omega: 1e8, detuning: 0.3 },
    { omega: 1e9 },
    { omega: 0.7, collectiveShift: 1e9 },
  ];

  test.each(far)('%o: nothing is claimed that rounding hides', async (more) => {
    const system = systemParameters({ ...base, ...more });
    const { result } = await runExperiment(gap, system);
    const { lambda1, certified, slowest, lambda2 } = result;
    if (certified) expect(lambda1.error).toBeLessThanOrEqual(0.1 * lambda1.value);
    if (slowest) expect(slowest.error).toBeLessThan(slowest.re);
    if (lambda2) expect(lambda2.error).toBeLessThan(lambda2.re);
    const steady = await runExperiment(steadyState, system);
    const { moments, errors } = steady.result;
    for (const [name, error] of Object.entries(errors.moments))
      if (error !== null) expect(error, name).toBeGreaterThanOrEqual(0);
    // No spin of four atoms is longer: what is off is inside its bound.
    const { Sx2, Sy2, Sz2 } = errors.moments;
    expect(moments.Sx2 + moments.Sy2 + moments.Sz2).toBeLessThanOrEqual(6 + Sx2 + Sy2 + Sz2 + 1e-9);
  });
});

test('lambda_1 follows the mode of resonance, wherever the mean spin turns', async () => {
  // Followed in 60 steps from resonance: a symmetric pair, and a real antisymmetric mode that stays the slower one up to delta = 3.
  const modes = [
    { detuning: 1, pair: [1.59485, 3.92153], real: 1.18861 },
    { detuning: 1.5, pair: [1.5816, 4.09935], real: 1.25033 },
    { detuning: 3, pair: [1.56295, 4.78535], real: 1.43077 },
    { detuning: 5, pair: [1.5293, 6.01186], real: 1.63665 },
  ];
  for (const { detuning, pair, real } of modes) {
    const rates = { gamma1d: 0.1, gammaf: 2, omega: 2, collectiveShift: 0.1 };
    const { result } = await runExperiment(gap, systemParameters({ atoms: 8, ...rates, detuning }));
    expect(result.lambda1.value).toBeCloseTo(pair[0], 4);
    expect(result.frequency).toBeCloseTo(pair[1], 4);
    expect(result.antisymmetric!.re).toBeCloseTo(real, 4);
    expect(result.slowest!.re).toBeCloseTo(Math.min(pair[0], real), 4);
  }
});

test('the CRSS of a collective shift is where evolution starts', async () => {
  for (const collectiveShift of [0, 0.5, -5]) {
    const system = systemParameters({ atoms: 6, gamma1d: 1, gammaf: 0.3, omega: 0.9, collectiveShift });
    const { result } = await runExperiment(timeEvolution, system, { time: 1, samples: 1, start: 'crss' });
    expect(result.series.crssFidelity[0]).toBeCloseTo(1, 12);
  }
});
