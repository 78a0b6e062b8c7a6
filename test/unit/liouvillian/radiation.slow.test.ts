/** The light, `Light`, `Counts` and `phasesOf`: against numbers from outside, one atom's closed forms, and its own sum rules. */
import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { radiation } from '../../../src/experiments/radiation/radiation';
import { metastable } from '../../../src/experiments/spectrum/metastable';
import { CpuCorrectionSolver } from '../../../src/liouvillian/cpu-correction';
import { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { SlowSpectrum } from '../../../src/liouvillian/slow-spectrum';
import { axpy } from '../../../src/liouvillian/vectors';
import { counted, lowered, quadratures } from '../../../src/operators/ports';
import { systemParameters } from '../../../src/parameters/system';
import { LIGHT } from '../reference';
import { runExperiment } from './run-experiment';

describe.each(LIGHT)('$name', ({ system, numbers }) => {
  test('field, g2, spectrum and counts', async () => {
    const { g2, spectrum_of_light: spectrum, scgf, field, counting } = numbers;
    const taus = g2.tau.join();
    const { result, warnings } = await runExperiment(radiation, system, {
      taus,
      frequencies: spectrum.omega.join(),
      countingFields: scgf.s.join(),
    });
    expect(warnings).toEqual([]);
    const near = (value: number, truth: number, error: number, what: string) =>
      // The numbers have eleven digits.
      expect(Math.abs(value - truth), what).toBeLessThan(error + 2e-10 * Math.max(1, Math.abs(truth)));
    const { errors } = result;
    near(result.field.re, field.re, errors.field.re, 'field.re');
    near(result.field.im, field.im, errors.field.im, 'field.im');
    near(result.intensity, field.intensity, errors.intensity, 'intensity');
    near(result.coherent, field.coherent, errors.coherent, 'coherent');
    for (const [i, truth] of g2.value.entries())
      near(result.g2.value[i], truth, result.g2.error[i], `g2(${g2.tau[i]})`);
    spectrum.omega.forEach((omega, i) => {
      const at = result.spectrum.omega.indexOf(omega);
      near(result.spectrum.value[at], spectrum.value[i], result.spectrum.error[at], `S(${omega})`);
    });
    near(result.counting.rate, counting.rate, errors.counting.rate, 'rate');
    near(result.counting.fano, counting.fano_infinite, errors.counting.fano, 'Fano');
    const { theta } = result.counting;
    scgf.s.forEach((s, i) => {
      const at = theta.s.indexOf(s);
      near(theta.value[at]!, scgf.theta[i], theta.error[at]!, `theta(${s})`);
    });
    for (const error of [errors.intensity, errors.counting.fano / result.counting.fano, result.g2.error[0]])
      expect(error).toBeLessThan(1e-5);
  });
});

/** <dS_+(t) dS_-> of one driven atom by its Bloch equations, for S_- = i a, S_+ = -i b and S_z. */
function mollow(omega: number, gamma: number, frequency: number): number {
  const z = -0.5 / (1 + (8 * omega ** 2) / gamma ** 2);
  const y = (4 * omega * z) / gamma;
  const bloch = [
    [-gamma / 2, 0, 2 * omega],
    [0, -gamma / 2, 2 * omega],
    [-omega, -omega, -gamma],
  ];
  const start = [-(y ** 2), z + 0.5 - y ** 2, -y * (z + 0.5)];
  // (i w - M)(p + i q) = start
  const rows = [
    ...bloch.map((row, i) => [...row.map((m) => -m), ...unit(i, -frequency)]),
    ...bloch.map((row, i) => [...unit(i, frequency), ...row.map((m) => -m)]),
  ];
  return 2 * solve(new Matrix(rows), Matrix.columnVector([...start, 0, 0, 0])).get(1, 0);
}
const unit = (i: number, value: number) => [0, 1, 2].map((k) => (k === i ? value : 0));

test.each([0.4, 1, 6])('one atom driven at Omega = %d: the textbook’s g2 and spectrum', async (omega) => {
  const [gamma1d, gammaf] = [0.7, 0.3];
  const system = systemParameters({ atoms: 1, gamma1d, gammaf, omega });
  const { result } = await runExperiment(radiation, system, {});
  const mu = Math.sqrt(Math.abs(4 * omega ** 2 - 1 / 16));
  expect(4 * omega ** 2).toBeGreaterThan(1 / 16);
  result.g2.tau.forEach((tau, i) => {
    const truth = 1 - Math.exp(-0.75 * tau) * (Math.cos(mu * tau) + (0.75 / mu) * Math.sin(mu * tau));
    expect(Math.abs(result.g2.value[i] - truth), `tau = ${tau}`).toBeLessThan(result.g2.error[i] + 1e-12);
  });
  result.spectrum.omega.forEach((frequency, i) => {
    const off = Math.abs(result.spectrum.value[i] - mollow(omega, 1, frequency));
    expect(off, `omega = ${frequency}`).toBeLessThan(result.spectrum.error[i] + 1e-12);
    expect(result.spectrum.error[i]).toBeLessThan(1e-6);
  });
});

const bistable = systemParameters({ atoms: 10, gamma1d: 10, gammaf: 1, drive: 0.73 });

test('the incoherent spectrum and intensity are those of the dipole at every port, the counts are not', async () => {
  const results = [];
  for (const port of ['atoms', 'mirror', 'cavity'])
    results.push((await runExperiment(radiation, bistable, { port, countingFields: '0' })).result);
  const [atoms, ...others] = results;
  for (const other of others) {
    expect(Math.abs(other.incoherent - atoms.incoherent)).toBeLessThan(1e-9);
    expect(Math.abs(other.intensity - other.coherent - atoms.incoherent)).toBeLessThan(1e-7);
    other.spectrum.value.forEach((value, i) => {
      expect(Math.abs(value - atoms.spectrum.value[i])).toBeLessThan(2 * atoms.spectrum.error[i]);
    });
    expect(Math.abs(other.counting.fano - atoms.counting.fano)).toBeGreaterThan(0.1);
  }
});

test('g1(0) = 1; theta and its derivatives at 0 are the rate, the Fano factor and the third cumulant', async () => {
  const h = 1e-4;
  const { result } = await runExperiment(radiation, bistable, {
    taus: '0,1e6',
    countingFields: `${-h},0,${h}`,
  });
  const { g1, g2, counting, intensity, coherent, incoherent } = result;
  expect(g1.re[0]).toBeCloseTo(1, 9);
  expect(g1.re[1]).toBeCloseTo(coherent / intensity, 9);
  expect(g2.value[1]).toBeCloseTo(1, 9);
  expect(coherent + incoherent).toBeCloseTo(intensity, 8);
  const { rate, fano, thirdCumulant, theta, windows } = counting;
  const [before, at, after] = theta.rate as number[];
  expect(Math.abs(theta.value[1]!)).toBeLessThan(1e-9);
  expect(Math.abs(at / rate - 1)).toBeLessThan(1e-7);
  // To second order in h, which the next two derivatives bring.
  expect(Math.abs((before - after) / (2 * h) / rate / fano - 1)).toBeLessThan(1e-3);
  expect(Math.abs((before - 2 * at + after) / h ** 2 / rate / thirdCumulant - 1)).toBeLessThan(1e-2);
  expect(windows.fano[0]).toBeCloseTo(fano, 3);
});

test('the two states shine with the weights of the metastable states, and follow one another as Eq. (9) says', async () => {
  const taus = [0, 1, 5, 1e6];
  const { result } = await runExperiment(radiation, bistable, { taus: taus.join(), countingFields: '0' });
  const states = (await runExperiment(metastable, bistable)).result;
  const { pPlus, probability, intensity } = result.phases!;
  const errors = result.errors.phases!;
  expect(Math.abs(pPlus - states.committor.pPlus)).toBeLessThan(errors.pPlus + 1e-6);
  // |<S_->|^2 + ... of the states: <S_+ S_-> = <S_x^2> + <S_y^2> + <S_z>.
  for (const which of ['plus', 'minus'] as const) {
    const { Sx2, Sy2, Sz } = states[which].moments;
    expect(intensity[which]).toBeCloseTo(Sx2 + Sy2 + Sz, 4);
  }
  const { lambda1 } = states;
  taus.forEach((tau, i) => {
    const left = Math.exp(-lambda1.value * tau);
    expect(probability.fromPlus[i]).toBeCloseTo(pPlus + (1 - pPlus) * left, 6);
    expect(probability.fromMinus[i]).toBeCloseTo(pPlus * (1 - left), 6);
  });
  // An undriven laser's slow mode is a coherence, which splits into no two phases.
  const laser = systemParameters({ atoms: 6, gamma1d: 1, gammaf: 0.3, omega: 0, pumping: 1.5 });
  expect(
    (await runExperiment(radiation, laser, { taus: '0', countingFields: '0' })).result.phases,
  ).toBeNull();
});

test('a detector that misses photons counts as a generator tilted by its share says', async () => {
  const efficiency = 0.3;
  const h = 1e-3;
  const { result } = await runExperiment(radiation, bistable, {
    efficiency,
    taus: '0.3',
    countingFields: `${-2 * h},${-h},0,${h},${2 * h},0.4`,
  });
  const whole = (await runExperiment(radiation, bistable, { taus: '0.3', countingFields: '0' })).result;
  const { theta, rate, fano, thirdCumulant, windows } = result.counting;
  expect(rate).toBeCloseTo(efficiency * whole.counting.rate, 9);
  expect(windows.fano[0] - 1).toBeCloseTo(efficiency * (whole.counting.windows.fano[0] - 1), 9);
  const [a, b, c, d, e] = theta.value as number[];
  // Derivatives at 0 by five points, to fourth and second order in h.
  expect(Math.abs((a - 8 * b + 8 * d - e) / (12 * h) / rate + 1)).toBeLessThan(1e-4);
  expect(Math.abs((-a + 16 * b - 30 * c + 16 * d - e) / (12 * h ** 2) / rate / fano - 1)).toBeLessThan(1e-3);
  expect(Math.abs((e - 2 * d + 2 * b - a) / (2 * h ** 3) / rate / -thirdCumulant - 1)).toBeLessThan(0.05);
  // theta' is minus the rate that is given, at 0 and away from it.
  expect(Math.abs((d - b) / (2 * h) / theta.rate[2]! + 1)).toBeLessThan(1e-3);
});

test.each([1, 0.6])(
  'theta of an efficiency of %d is the largest eigenvalue of the tilted matrix',
  async (efficiency) => {
    const system = systemParameters({ atoms: 3, gamma1d: 1.2, gammaf: 0.8, omega: 1.1 });
    const { theta } = (
      await runExperiment(radiation, system, { efficiency, countingFields: '-0.5,0.7', taus: '0' })
    ).result.counting;
    const liouvillian = new Liouvillian(system);
    const { unknowns } = liouvillian;
    theta.s.forEach((s, k) => {
      const columns = Array.from({ length: unknowns }, (_, i) => {
        const x = Float64Array.from({ length: unknowns }, (_, l) => (l === i ? 1 : 0));
        const image = liouvillian.image('forward', x);
        axpy(efficiency * Math.expm1(-s) * system.gamma1D, counted(liouvillian.pyramid, x, 0), image);
        return [...image];
      });
      const { realEigenvalues } = new EigenvalueDecomposition(new Matrix(columns).transpose());
      expect(theta.value[k]).toBeCloseTo(Math.max(...realEigenvalues), 9);
    });
  },
);

test.each([
  // The mirror's field is mostly the drive's: what rounding leaves of it never decays, and must not be waited for.
  [{ atoms: 9, gamma1d: 0.262, gammaf: 0.326, omega: 17.6, pumping: 0.0119 }, 'cavity'],
  // A vector of theta may be exact at once.
  [
    { atoms: 1, gamma1d: 0.0929, gammaf: 0.1031, omega: 16.03, collectivePumping: 0.2104, detuning: -0.117 },
    'mirror',
  ],
])('light that is mostly the drive’s own is counted like a laser’s: %o at the %s', async (rates, port) => {
  const { result } = await runExperiment(radiation, systemParameters(rates), { port, taus: '0,1' });
  const { fano, thirdCumulant, theta } = result.counting;
  expect(Math.abs(fano - 1)).toBeLessThan(0.1);
  expect(Math.abs(thirdCumulant - 1)).toBeLessThan(0.3);
  for (const value of [...theta.value, ...theta.error, ...result.spectrum.value])
    expect(Number.isFinite(value)).toBe(true);
});

test('the second derivative of theta at 0 over the rate is the Fano factor of g2’s integral, to 1e-6', async () => {
  const system = systemParameters({ atoms: 6, gamma1d: 1, gammaf: 1, omega: 1.4 });
  const steps = [0.04, 0.02, 0.01, 0.005];
  const { result } = await runExperiment(radiation, system, {
    countingFields: steps.flatMap((h) => [-h, h]).join(),
  });
  const { theta, fano, rate } = result.counting;
  const at = (s: number) => theta.value[theta.s.indexOf(s)]!;
  // Differences, whose error is a series in h^2, extrapolated to h = 0.
  let second = steps.map((h) => (at(h) + at(-h)) / h ** 2);
  for (let order = 1; second.length > 1; order++)
    second = second.slice(1).map((finer, i) => finer + (finer - second[i]) / (4 ** order - 1));
  expect(Math.abs(second[0] / rate / fano - 1)).toBeLessThan(1e-6);
});

test.each([
  { atoms: 8, gamma1d: 10, gammaf: 1, drive: 0.73 },
  { atoms: 6, gamma1d: 1, gammaf: 1, omega: 1.4, detuning: 0.6, dephasing: 0.2 },
])('the spectrum integrates to the incoherent intensity: %o', async (rates) => {
  // omega = scale tan(x): trapezoids in x converge fast, since the integrand is smooth and periodic in it.
  const [points, scale] = [600, 2];
  const x = Array.from({ length: points }, (_, i) => Math.PI * ((i + 0.5) / points - 0.5));
  const { result } = await runExperiment(radiation, systemParameters(rates), {
    frequencies: x.map((angle) => scale * Math.tan(angle)).join(),
    countingFields: '0',
  });
  const { omega, value, error } = result.spectrum;
  const weights = omega.map((w) => (scale * (1 + (w / scale) ** 2)) / (2 * points));
  const integral = value.reduce((sum, S, i) => sum + weights[i] * S, 0);
  // The bound holds at each frequency; where the light is dark already, far out, it would be all that is summed.
  const off = Math.abs(integral - result.incoherent);
  expect(off).toBeLessThan(100 * error[0] + result.errors.incoherent);
  expect(off).toBeLessThan(1e-6 * result.incoherent);
});

/** S(omega) on resonance by solves alone: 2 Re Tr[S_+ (i omega - L)^-1 dS_- rho], no mode split off. */
async function solvedSpectrum(system: ReturnType<typeof systemParameters>, frequencies: readonly number[]) {
  const even = new Liouvillian(system);
  const odd = new Liouvillian(system, 'antisymmetric');
  const { pyramid, unknowns: n } = even;
  const pause = async () => {};
  const solvers = [even, odd].map((liouvillian) => new CpuCorrectionSolver(liouvillian, pause));
  try {
    const spectrum = await SlowSpectrum.of(system, {
      solver: () => solvers[0],
      onMatvecs: () => {},
      onBlocks: () => {},
      pause,
    });
    const pair = await spectrum.slowMode({ tolerance: 1e-9, vectorTolerance: 1e-9 });
    const { rho } = await spectrum.steadyState(pair, 1e-12);
    const { H, K } = lowered(pyramid, rho);
    const { Sx, Sy } = quadratures(pyramid);
    const h = H.slice(0, n);
    axpy(-even.inner(Sx.slice(0, n), rho), rho, h);
    const parts = [
      { liouvillian: even, solver: solvers[0], rhs: h, observable: Sx.slice(0, n), sign: 1 },
      { liouvillian: odd, solver: solvers[1], rhs: K.slice(n), observable: Sy.slice(n), sign: -1 },
    ];
    const values: number[] = [];
    for (const omega of frequencies) {
      let value = 0;
      for (const { liouvillian, solver, rhs, observable, sign } of parts) {
        // (i omega - L)(u + i v) = rhs in its two parts, by solves on what is left of the ones before.
        let [u, v] = [new Float64Array(n), new Float64Array(n)];
        for (let round = 0; round < 3; round++) {
          const a = liouvillian.image('forward', u);
          const b = liouvillian.image('forward', v);
          axpy(omega, v, a);
          axpy(1, rhs, a);
          axpy(-omega, u, b);
          const { x } = await solver.solve({
            direction: 'forward',
            theta: [0, omega, -omega, 0],
            deflations: liouvillian === even ? [{ image: rho, functional: even.identity }] : [],
            deflationRate: 1,
            rhs: [a.map((y) => -y), b.map((y) => -y)],
            reduction: 1e-4,
            mostMatvecs: 20000,
          });
          u = u.map((y, i) => y + x[0][i]);
          v = v.map((y, i) => y + x[1][i]);
          // The deflation keeps the trace at 0 to float32 alone.
          if (liouvillian === even) for (const y of [u, v]) axpy(-even.inner(even.identity, y), rho, y);
        }
        value += 2 * sign * liouvillian.inner(observable, u);
      }
      values.push(value);
    }
    return { values, rate: pair.re };
  } finally {
    for (const solver of solvers) solver.close();
  }
}

test('the narrow line of 54 atoms, read off a spectrum that nothing was split off, is as wide as lambda_1', async () => {
  const system = systemParameters({ atoms: 54, ratio: 15.5, drive: 0.75 });
  const expected = 0.026;
  const frequencies = [0, 0.5, 1, 1.5].map((x) => x * expected);
  const { values, rate } = await solvedSpectrum(system, frequencies);
  // A / (w^2 + G^2) + B + C w^2: for a given G the three are linear, and G is where the fourth value fits.
  const misfit = (G: number) => {
    const rows = frequencies.map((w) => [1 / (w ** 2 + G ** 2), 1, w ** 2]);
    const fit = solve(new Matrix(rows.slice(0, 3)), Matrix.columnVector(values.slice(0, 3))).getColumn(0);
    return rows[3].reduce((sum, x, i) => sum + x * fit[i], 0) - values[3];
  };
  let [low, high] = [0.9 * expected, 1.1 * expected];
  const sign = Math.sign(misfit(low));
  expect(Math.sign(misfit(high))).toBe(-sign);
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (Math.sign(misfit(middle)) === sign) low = middle;
    else high = middle;
  }
  expect(Math.abs(low / rate - 1)).toBeLessThan(1e-4);
});

test('the spectrum with the slow line split off is the one of solves', async () => {
  const system = systemParameters({ atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 });
  const frequencies = [0, 0.1, 1, 30];
  const { values } = await solvedSpectrum(system, frequencies);
  const { result } = await runExperiment(radiation, system, {
    frequencies: frequencies.join(),
    taus: '0',
    countingFields: '0',
  });
  const { value, error } = result.spectrum;
  for (const [i, solved] of values.entries()) {
    expect(Math.abs(value[i] - solved), `S(${frequencies[i]})`).toBeLessThan(error[i]);
    expect(error[i]).toBeLessThan(1e-4 * values[0]);
  }
});
