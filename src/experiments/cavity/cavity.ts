/** What a cavity's own parameters make of the atoms in it, Eq. (S10): the system that the other commands take. */
import { type EffectiveParameters, effectiveParameters } from '../../parameters/cavity';
import { InputError } from '../../parameters/errors';
import { checkOptions, keysOf, type OptionTable, type Values } from '../../parameters/options';
import { type SystemParameters, systemParameters } from '../../parameters/system';
import type { SystemInput } from '../../parameters/system-options';
import type { Experiment } from '../experiment';
import { type Fields, fieldsOf, group, number, orNull, type ResultOf, text } from '../fields';

const rate = { kind: 'number', to: 1e200, unit: 'rate' } as const;

/** By default a fast cavity on resonance that makes figure 4's system. */
const cavityOptions = {
  g: { value: { ...rate, above: 0, default: 500 }, help: 'coupling of one atom to the mode' },
  kappa: { value: { ...rate, above: 0, default: 1e5 }, help: 'decay of the mode through the mirror' },
  cavityDetuning: {
    value: { ...rate, from: -rate.to, default: 0 },
    help: 'detuning delta_c, laser minus cavity',
  },
  laser: {
    value: { ...rate, from: 0, default: 3102.5 },
    help: 'drive Omega_L of the mode, Omega_L (c + c+)',
  },
} as const satisfies OptionTable;
export type CavityOptions = Values<typeof cavityOptions>;

const fields = {
  ...fieldsOf(cavityOptions, keysOf(cavityOptions)),
  omega: number('rate'),
  gamma1D: number('rate'),
  collectiveShift: number('rate'),
  /** 4 g^2/(kappa gamma_F): gamma_1D/gamma_F of the cavity on resonance; null without individual decay */
  cooperativity: orNull(number()),
  /** how fast the atoms are beside the mode, in units of |i delta_c - kappa/2|: N gamma_1D, Omega, N |Delta| and |delta| */
  validity: group({
    collectiveDecay: number(),
    drive: number(),
    collectiveShift: number(),
    detuning: number(),
  }),
  /** of the other commands, for this system */
  options: text(),
} as const satisfies Fields;
export type CavityResult = ResultOf<typeof fields>;

export const cavity = {
  command: 'cavity',
  does: 'what a cavity makes of the atoms in it: Omega, gamma_1D, Delta (S10)',
  takes: cavityOptions,
  ofSystem: ['atoms', 'gammaf', 'detuning'],
  engines: 'cpu',
  fields,
  seconds: () => 0.01,
  parameters: effectiveSystem,
  options: (raw) => checkOptions(cavityOptions, raw),
} as const satisfies Experiment<CavityOptions, CavityResult>;

/** The option that says most of each effective parameter. */
const origins: Readonly<Record<string, keyof CavityOptions>> = {
  gamma1d: 'g',
  omega: 'laser',
  'collective-shift': 'cavityDetuning',
};

/** @throws InputError naming the option at fault, also where what follows from it is no rate that a system takes */
function effectiveSystem(said: SystemInput, raw: Readonly<Record<string, unknown>>): SystemParameters {
  const own = checkOptions(cavityOptions, raw);
  const made: EffectiveParameters = effectiveParameters({ ...own, atoms: 1, detuning: 0 });
  const { gamma1D: gamma1d, omega, collectiveShift } = made;
  if (gamma1d === 0) throw new InputError('g', own.g, 'larger: gamma_1D of (S10) is too small for a number');
  try {
    return systemParameters({ ...said, gamma1d, omega, collectiveShift });
  } catch (error) {
    if (!(error instanceof InputError) || !(error.argument in origins)) throw error;
    const name = origins[error.argument];
    const takes = `such that ${error.argument} of (S10), here ${error.got}, is ${error.takes}`;
    throw new InputError(name === 'cavityDetuning' ? 'cavity-detuning' : name, own[name], takes);
  }
}
