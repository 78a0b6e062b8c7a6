/** The light of the steady state, exactly: field, correlations, spectrum and the statistics of counts at a port. */
import { ports } from '../../operators/ports';
import { InputError } from '../../parameters/errors';
import { checkOptions, type OptionTable, type Values } from '../../parameters/options';
import { needUniqueSteadyState } from '../../parameters/unique-steady-state';
import type { Experiment } from '../experiment';
import {
  aside,
  type Fields,
  group,
  list,
  number,
  numbers,
  orNull,
  type ResultOf,
  series,
  text,
} from '../fields';
import { gapSeconds } from '../spectrum/spectral';

const lineFields = { halfWidth: number('rate'), center: number('rate'), weight: number() } as const;

const fields = {
  port: text(ports),
  /** <S_-> of the dipole */
  field: group({ re: number(), im: number() }),
  /** <A^+ A> of the port's A, |<A>|^2, and their difference, which is the same at every port */
  intensity: number(),
  coherent: number(),
  incoherent: number(),
  /** <A^+(tau) A> / <A^+ A> */
  g1: series({ tau: numbers('1/rate'), re: numbers(), im: numbers(), error: numbers() }),
  /** <A^+ A^+(tau) A(tau) A> / <A^+ A>^2 */
  g2: series({ tau: numbers('1/rate'), value: numbers(), error: numbers() }),
  /** the incoherent part, 2 Re int exp(-i omega t) <dS_+(t) dS_-> dt, omega from the laser: the integral over omega / 2 pi is `incoherent` */
  spectrum: series({ omega: numbers('rate'), value: numbers('1/rate'), error: numbers('1/rate') }),
  /** lines of slow modes, parts of the spectrum: 2 weight halfWidth / ((omega - center)^2 + halfWidth^2) */
  lines: list(group({ ...lineFields, errors: aside(lineFields) })),
  /** the output's quietest quadrature at each frequency, vacuum 1, and its phase: of exp(-i phase) S_- + h.c. */
  quadratureSpectrum: series({
    omega: numbers('rate'),
    least: numbers(),
    phase: numbers(),
    error: numbers(),
  }),
  /** where two metastable states are: how brightly each shines, p_+ in the steady state, and p_+(t) from either, Eq. (9) */
  phases: orNull(
    group({
      intensity: group({ plus: number(), minus: number() }),
      pPlus: number(),
      probability: series({
        tau: numbers('1/rate'),
        fromPlus: numbers(),
        fromMinus: numbers(),
        error: numbers(),
      }),
    }),
  ),
  counting: group({
    /** of the detector: the share of photons that it sees */
    efficiency: number(),
    rate: number('rate'),
    /** of long windows: variance and third cumulant of the count over its mean */
    fano: number(),
    thirdCumulant: number(),
    /** of windows of a length */
    windows: series({ time: numbers('1/rate'), fano: numbers(), error: numbers() }),
    /** the scaled cumulant generating function, <exp(-s K)> ~ exp(theta t); -theta'(s); and -s rate - theta, the decay rate of the chance to count at that rate */
    theta: series({
      s: numbers(),
      value: list(orNull(number('rate'))),
      rate: list(orNull(number('rate'))),
      legendre: list(orNull(number('rate'))),
      error: list(orNull(number('rate'))),
    }),
  }),
  errors: aside({
    field: group({ re: number(), im: number() }),
    intensity: number(),
    coherent: number(),
    incoherent: number(),
    phases: orNull(group({ intensity: group({ plus: number(), minus: number() }), pPlus: number() })),
    counting: group({ rate: number('rate'), fano: number(), thirdCumulant: number() }),
  }),
} as const satisfies Fields;
export type RadiationResult = ResultOf<typeof fields>;

const most = 1000;
export const radiationTable = {
  efficiency: {
    value: { kind: 'number', above: 0, to: 1, default: 1 },
    help: 'share of the photons that are counted; g1, g2 and the spectra are the same for any',
  },
  port: {
    value: { kind: 'choice', of: ports, default: 'atoms' },
    placeholder: 'where',
    page: { label: 'Port' },
    help: 'where the light is looked at',
  },
  taus: {
    value: { kind: 'numbers', from: 0, to: 1e9, most, unit: '1/rate' },
    usually: '64 up to five times 1/lambda_1',
    help: 'delays of g1 and g2, and lengths of windows of counting',
  },
  frequencies: {
    value: { kind: 'numbers', from: -1e9, to: 1e9, most, unit: 'rate' },
    usually: '128 from a tenth of lambda_1 to beyond the sidebands, both signs',
    help: 'frequencies of the spectra, from the laser',
  },
  countingFields: {
    value: { kind: 'numbers', from: -5, to: 5, most: 200 },
    usually: '21 about the crossover',
    help: 'values of s of theta(s)',
  },
} as const satisfies OptionTable;
export type RadiationOptions = Values<typeof radiationTable>;

export const radiation = {
  command: 'radiation',
  does: 'the light: g1, g2, spectrum, and the statistics of counts at a port',
  takes: radiationTable,
  engines: 'cpu',
  fields,
  bounds: ({ errors }) => errors,
  seconds(system) {
    // Four decays to 1e-11, in steps of the inverse of |L|, and theta(s).
    const { atoms, omega, gamma1D, gammaF, pumping, dephasing } = system;
    const { collectivePumping, collectiveDephasing, collectiveShift } = system;
    const collective = gamma1D + collectivePumping + collectiveDephasing + Math.abs(collectiveShift);
    const norm = collective * atoms ** 2 + (omega + gammaF + pumping + dephasing) * atoms;
    const decay = gammaF + pumping + dephasing || collective;
    return 12 * gapSeconds(system) + (1.4e-7 * norm * atoms ** 3) / decay;
  },
  options: (raw, parameters) => {
    needUniqueSteadyState(parameters);
    if (parameters.gamma1D === 0)
      throw new InputError('gamma1d', 0, 'a rate above 0 (without collective decay no light is collected)');
    const { omega, pumping, collectivePumping } = parameters;
    if (omega === 0 && pumping === 0 && collectivePumping === 0)
      throw new InputError(
        'omega',
        0,
        'a drive above 0 (without one and without pumping the atoms are dark)',
      );
    return checkOptions(radiationTable, raw);
  },
} as const satisfies Experiment<RadiationOptions, RadiationResult>;
