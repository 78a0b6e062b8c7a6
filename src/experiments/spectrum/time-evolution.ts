/** The master equation in time, from a pure state of all atoms: figure S3. */
import { InputError } from '../../parameters/errors';
import { checkOptions, numberIn, type OptionTable, type Values } from '../../parameters/options';
import { startStates } from '../../parameters/start-state';
import { isReal, ownUnit } from '../../parameters/system';
import type { Experiment } from '../experiment';
import {
  type Fields,
  group,
  list,
  number,
  numbers,
  optional,
  orNull,
  type ResultOf,
  ramp,
  series,
  text,
} from '../fields';
import { hysteresisField } from '../ramps/hysteresis';
import { rampOption, systemOfRamp, withTimeOfRamp } from '../ramps/ramp-option';

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
    /** Omega/Omega_c of a ramp, after its jumps */
    drive: optional(numbers()),
    ...momentLists,
    /** bounds on what the series of the same names are off; of the squeezing to first order */
    errors: group(momentLists),
  }),
  /** |Tr rho - 1| at the end: what rounding left */
  traceError: number(),
  ramp,
  /** of a ramp that goes up and comes back; errors are bounds */
  hysteresis: hysteresisField,
} as const satisfies Fields;
export type TimeEvolutionResult = ResultOf<typeof fields>;

const evolutionOptions = {
  // First, since a time is by default as long as it.
  ...rampOption,
  time: {
    value: { kind: 'number', above: 0, to: 1e9, default: 100, unit: '1/rate' },
    placeholder: 't',
    help: 'length, in the inverse unit of the rates; with a ramp by default as long as it',
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
export type EvolutionOptions = Values<typeof evolutionOptions>;

export const timeEvolution = {
  command: 'time-evolution',
  does: 'the master equation in time: <S_z>(t), squeezing, CRSS fidelity',
  takes: evolutionOptions,
  engines: 'cpu',
  fields,
  told: ({ series: { t } }) => ({ time: t[t.length - 1], samples: t.length - 1 }),
  // By the norm of L, and twice the unknowns where rho is complex.
  seconds(system, raw) {
    const { time = evolutionOptions.time.value.default, ramp } = withTimeOfRamp(raw);
    const { atoms, omega, gamma1D, gammaF, pumping, dephasing } = system;
    const { detuning, collectiveShift, collectivePumping, collectiveDephasing } = system;
    const collective = gamma1D + collectivePumping + collectiveDephasing + Math.abs(collectiveShift);
    const norm = collective * atoms + gammaF + pumping + dephasing + Math.abs(detuning) + omega;
    const passes = (isReal(system) ? 1 : 2) * (ramp === undefined ? 1 : 3);
    return 0.05 + 8e-8 * passes * numberIn(time) * norm * atoms ** 3;
  },
  parameters: systemOfRamp,
  options: (raw, parameters) => {
    const options = checkOptions(evolutionOptions, withTimeOfRamp(raw), ownUnit(parameters));
    if (options.start === 'crss' && parameters.gamma1D === 0) {
      throw new InputError('start', options.start, 'ground or excited without collective decay');
    }
    return options;
  },
} as const satisfies Experiment<EvolutionOptions, TimeEvolutionResult>;
