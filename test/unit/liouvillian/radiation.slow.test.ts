/** The light, `Light` and `Counts`: against numbers from outside, one atom's closed forms, and its own sum rules. */
import { Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { radiation } from '../../../src/experiments/radiation/radiation';
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
