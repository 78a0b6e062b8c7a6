/** The master equation in time, from a pure state of all atoms: figure S3. */
import { Evolution, startState, startStates } from '../liouvillian/evolution';
import { Liouvillian } from '../liouvillian/liouvillian';
import { momentsOfRho, type SpinMoments, squeezingError } from '../operators/moments';
import { InputError } from '../parameters/errors';
import { checkOptions, numberIn, type OptionTable, type Values } from '../parameters/options';
import { ownUnit, type SystemParameters } from '../parameters/system';
import type { Experiment } from './experiment';
import { type Fields, group, list, number, numbers, orNull, type ResultOf, series, text } from './fields';
import { paced } from './pace';
import { breathing } from './spectral-run';
import { fidelities } from './states';

const momentLists = {
  Sz: numbers(),
  Sy: numbers(),
  squeezing: list(orNull(number())),
  /** null without collective decay */
  crssFidelity: list(orNull(number())),
  crssFidelityAllJ: list(orNull(number())),
} as const satisfies Fields;
const fields = {
  start: text(startStates),
  /** one entry a sample, t = 0 first; moments in the paper's axes */
  series: series({
    t: numbers('1/rate'),
    ...momentLists,
    /** bounds on what the series of the same names are off; of the squeezing to first order */
    errors: group(momentLists),
  }),
  /** |Tr rho - 1| at the end: what rounding left */
  traceError: number(),
} as const satisfies Fields;
export type TimeEvolutionResult = ResultOf<typeof fields>;

const evolutionOptions = {
  time: {
    value: { kind: 'number', above: 0, to: 1e9, default: 100, unit: '1/rate' },
    placeholder: 't',
    help: 'length, in the inverse unit of the rates',
  },
  samples: {
    value: { kind: 'whole number', from: 1, to: 10_000, default: 200 },
    help: 'sample times after t = 0',
  },
  start: {
    value: { kind: 'choice', of: startStates, default: 'ground' },
    placeholder: 'state',
    help: 'all atoms',
  },
} as const satisfies OptionTable;
type EvolutionOptions = Values<typeof evolutionOptions>;

export const timeEvolution = {
  command: 'time-evolution',
  does: 'the master equation in time: <S_z>(t), squeezing, CRSS fidelity',
  takes: evolutionOptions,
  fields,
  told: ({ series: { t } }) => ({ time: t[t.length - 1], samples: t.length - 1 }),
  seconds({ atoms, gamma1D, gammaF, omega }, { time = evolutionOptions.time.value.default }) {
    return 0.05 + 8e-8 * numberIn(time) * (gamma1D * atoms + gammaF + omega) * atoms ** 3;
  },
  options: (raw, parameters) => {
    const options = checkOptions(evolutionOptions, raw, ownUnit(parameters));
    if (options.start === 'crss' && parameters.gamma1D === 0) {
      throw new InputError('start', options.start, 'ground or excited without collective decay');
    }
    return options;
  },
  run: async (parameters, { time, samples, start }, context): Promise<TimeEvolutionResult> => {
    const liouvillian = new Liouvillian(parameters);
    const { pyramid } = liouvillian;
    const rho = startState(liouvillian, start);
    const evolution = new Evolution(liouvillian);
    const pause = breathing(context);
    const report = paced(context, 'time evolution', 'samples', samples);
    const moments = [momentsOfRho(pyramid, rho)];
    const overlaps = [fidelities(parameters, pyramid, rho)];
    // In the trace norm.
    let error = 0;
    const errors = [sampleErrors(parameters, moments[0], error)];
    const result = (): TimeEvolutionResult => ({
      start,
      series: {
        t: moments.map((_, k) => (k * time) / samples),
        Sz: moments.map(({ Sz }) => Sz),
        Sy: moments.map(({ Sy }) => Sy),
        squeezing: moments.map(({ squeezing }) => squeezing),
        crssFidelity: overlaps.map(({ crssFidelity }) => crssFidelity),
        crssFidelityAllJ: overlaps.map(({ crssFidelityAllJ }) => crssFidelityAllJ),
        errors: {
          Sz: errors.map(({ Sz }) => Sz),
          Sy: errors.map(({ Sy }) => Sy),
          squeezing: errors.map(({ squeezing }) => squeezing),
          crssFidelity: errors.map(({ crssFidelity }) => crssFidelity),
          crssFidelityAllJ: errors.map(({ crssFidelityAllJ }) => crssFidelityAllJ),
        },
      },
      traceError: Math.abs(pyramid.trace(rho) - 1),
    });
    for (let sample = 1; sample <= samples; sample++) {
      try {
        error += await evolution.advance(rho, time / samples, pause);
      } catch (cause) {
        // Stopped: the samples so far are the result.
        if (context.signal.aborted) break;
        throw cause;
      }
      const now = momentsOfRho(pyramid, rho);
      moments.push(now);
      errors.push(sampleErrors(parameters, now, error));
      overlaps.push(fidelities(parameters, pyramid, rho));
      report(sample);
      if (sample % 20 === 0) context.onPartial(result());
    }
    return result();
  },
} as const satisfies Experiment<EvolutionOptions, TimeEvolutionResult>;

/** |Tr(O x)| is at most the largest eigenvalue of O times the trace norm `error` of x; both fidelities are of projectors. */
function sampleErrors({ atoms, gamma1D }: SystemParameters, moments: SpinMoments, error: number) {
  const [first, second] = [(error * atoms) / 2, (error * atoms ** 2) / 4];
  const bounds = { Sx: 0, Sy: first, Sz: first, Sx2: second, Sy2: second, Sz2: second, SySz: second };
  const fidelity = gamma1D === 0 ? null : error;
  return {
    Sz: first,
    Sy: first,
    squeezing: squeezingError(atoms, moments, bounds),
    crssFidelity: fidelity,
    crssFidelityAllJ: fidelity,
  };
}
