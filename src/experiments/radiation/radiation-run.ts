/** Computes the light of the steady state. */
import { realSlowMode } from '../../liouvillian/relaxation';
import { displacement } from '../../operators/ports';
import type { SystemParameters } from '../../parameters/system';
import type { RunContext } from '../experiment';
import { paced } from '../pace';
import { pausing, withSlowSpectrum } from '../spectrum/spectral-run';
import { warnIfRough } from '../spectrum/states';
import { Counts } from './counts';
import { detected, detectedErrors, detectedFano, fieldSlope, perfectField } from './detection';
import { Light } from './light';
import { phasesOf } from './phases';
import type { RadiationOptions, RadiationResult } from './radiation';

/** Asked of the slow mode and of the steady state. */
const VECTORS = 1e-9;
const STEADY = 1e-11;

export const run = (
  parameters: SystemParameters,
  options: RadiationOptions,
  context: RunContext,
): Promise<RadiationResult> =>
  withSlowSpectrum(parameters, context, 'slow mode', async (spectrum) => {
    const { liouvillian } = spectrum;
    const { gamma1D } = parameters;
    const pair = await spectrum.slowMode({ tolerance: VECTORS, vectorTolerance: VECTORS });
    const slow = realSlowMode(pair);
    const steady = await spectrum.steadyState(pair, STEADY);
    warnIfRough(steady, context);
    const beta = displacement(options.port, parameters);
    const pause = pausing(context);
    const report = paced(context, 'correlations', 'percent', 100);
    const told = (from: number, to: number) => (share: number) =>
      report(Math.round(100 * (from + share * (to - from))));
    const light = await Light.of(liouvillian, steady, slow, beta, pause, told(0, 0.4));
    const counts = await Counts.of(liouvillian, steady, slow, beta, pause, told(0.4, 0.8));
    const rate = slow?.rate ?? pair.re;
    const taus = options.taus ?? defaultTaus(rate);
    const frequencies = options.frequencies ?? defaultFrequencies(rate, parameters);
    const { efficiency } = options;
    const perfect = {
      rate: counts.rate,
      fano: counts.fano(Number.POSITIVE_INFINITY),
      thirdCumulant: counts.thirdCumulant,
    };
    const counted = detected(perfect, efficiency);
    const fields = options.countingFields ?? defaultFields(rate, counted.rate, counted.fano);
    const points = await counts.theta(
      fields.map((s) => perfectField(s, efficiency)),
      pair,
      {
        threads: context.threads.corrections,
        pause,
        onMatvecs: () => {},
      },
    );
    points.forEach(({ isLargest }, i) => {
      if (!isLargest)
        context.warn(
          `theta(${fields[i]}) is left out: the eigenvalue found there is not sure to be the largest.`,
        );
    });
    report(100);
    const two = slow === null ? null : phasesOf(liouvillian, pair, steady, beta, taus);
    const spectra = light.spectra(frequencies, gamma1D);
    const { errors, intensity, coherent, incoherent, field } = light;
    const fieldSize = Math.hypot(field.re + beta, field.im);
    const coherentError = 2 * fieldSize * errors.field;
    const slopes = points.map(({ rate }, i) => rate * fieldSlope(fields[i], efficiency));
    const known = (values: readonly number[]) =>
      values.map((value, i) => (points[i].isLargest ? value : null));
    const lengths = taus.filter((tau) => tau > 0);
    return {
      port: options.port,
      field: { re: -field.im, im: field.re },
      intensity,
      coherent,
      incoherent,
      g1: {
        tau: taus,
        re: taus.map((tau) => (coherent + light.normal(tau).re) / intensity),
        im: taus.map((tau) => light.normal(tau).im / intensity),
        error: taus.map(() => (errors.correlation + coherentError + errors.intensity) / intensity),
      },
      g2: {
        tau: taus,
        value: taus.map((tau) => counts.g2(tau).value),
        error: taus.map((tau) => counts.g2(tau).error),
      },
      spectrum: {
        omega: frequencies,
        value: spectra.map(({ value }) => value),
        error: spectra.map(() => light.spectrumError),
      },
      lines: light.line === null ? [] : [lineOf(light.line, errors.correlation)],
      quadratureSpectrum: {
        omega: frequencies,
        least: spectra.map(({ least }) => least),
        phase: spectra.map(({ phase }) => phase),
        error: spectra.map(() => 4 * gamma1D * light.spectrumError),
      },
      phases: two?.phases ?? null,
      counting: {
        efficiency,
        ...counted,
        windows: {
          time: lengths,
          fano: lengths.map((T) => detectedFano(counts.fano(T), efficiency)),
          error: lengths.map(() => efficiency * counts.errors.fano),
        },
        theta: {
          s: fields,
          value: known(points.map(({ theta }) => theta)),
          rate: known(slopes),
          legendre: known(points.map(({ theta }, i) => -fields[i] * slopes[i] - theta)),
          error: known(points.map(({ error }) => error)),
        },
      },
      errors: {
        field: { re: errors.field, im: errors.field },
        intensity: errors.intensity,
        coherent: coherentError,
        incoherent: errors.intensity + 2 * Math.hypot(field.re, field.im) * errors.field,
        phases: two?.errors ?? null,
        counting: detectedErrors(counts.errors, efficiency),
      },
    };
  });

/** What is off of a correlation is off of no more than all of it in the line. */
const lineOf = (line: NonNullable<Light['line']>, correlationError: number) => ({
  halfWidth: line.rate,
  center: 0,
  weight: line.normal.re,
  errors: { halfWidth: line.rateError, center: 0, weight: correlationError },
});

/** From 0 and a ten-thousandth of five lifetimes up to them. */
function defaultTaus(rate: number): number[] {
  const last = 5 / rate;
  return [0, ...Array.from({ length: 63 }, (_, i) => last * 10 ** (-4 * (1 - i / 62)))];
}

/** Both signs, from a tenth of the slowest rate to beyond the sidebands at 2 Omega. */
function defaultFrequencies(rate: number, { omega, gammaF, gamma1D, detuning }: SystemParameters): number[] {
  const last = 5 * omega + 2 * Math.abs(detuning) + 10 * (gammaF + gamma1D);
  const first = rate / 10;
  const positive = Array.from({ length: 64 }, (_, i) => first * (last / first) ** (i / 63));
  return [...positive.map((value) => -value).toReversed(), ...positive];
}

/** About s = lambda_1 / (r_+ - r_-), where one phase's counts outweigh the other's; 2 p_+ p_- (r_+ - r_-)^2 / lambda_1 is the rate times Fano - 1. */
function defaultFields(rate: number, countRate: number, fano: number): number[] {
  const difference = Math.sqrt(Math.max(2 * rate * countRate * Math.abs(fano - 1), (0.01 * countRate) ** 2));
  const middle = Math.min(0.1, rate / difference);
  const positive = Array.from({ length: 10 }, (_, i) => middle * 10 ** (-1 + (2 * i) / 9));
  return [...positive.map((s) => -s).toReversed(), 0, ...positive];
}
