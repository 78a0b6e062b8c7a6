/** The two metastable states, their weights and switching rates: Eqs. (4), (5), (10), and by the committor. */
import { checkOptions, type OptionTable, type Values } from '../../parameters/options';
import { needUniqueSteadyState } from '../../parameters/unique-steady-state';
import type { Experiment } from '../experiment';
import { aside, type Fields, group, number, type ResultOf } from '../fields';
import { gapFields, gapOptions } from './gap';
import { phaseSpace, phaseSpaceFields, toldPhaseSpace } from './phase-space';
import { gapSeconds } from './spectral';
import { fidelityFields, stateErrorFields, stateFields } from './state-fields';

const takes = { ...gapOptions, phaseSpace } as const satisfies OptionTable;
export type MetastableOptions = Values<typeof takes>;

const weightFields = {
  /** a_+- = Tr(rho_s rho_+-) / Tr(rho_+-^2), Eq. (5): their sum is only near 1 */
  aPlus: number(),
  aMinus: number(),
  /** out of "+" and out of "-": lambda_1 a_-+, Eq. (10) */
  ratePlus: number('rate'),
  rateMinus: number('rate'),
  /** by the left vector: the weight of "+" in the steady state, and the rates lambda_1 (1 - weight) out of each */
  committor: group({ pPlus: number(), ratePlus: number('rate'), rateMinus: number('rate') }),
} as const satisfies Fields;
const state = group({ ...stateFields, ...fidelityFields });
const stateErrors = group({ ...stateErrorFields, ...fidelityFields });

const pictures = phaseSpaceFields('steady', 'plus', 'minus');

const fields = {
  ...gapFields,
  ...weightFields,
  errors: aside({ ...weightFields, plus: stateErrors, minus: stateErrors, phaseSpace: pictures.errors }),
  plus: state,
  minus: state,
  phaseSpace: pictures.picture,
} as const satisfies Fields;
export type MetastableResult = ResultOf<typeof fields>;

export const metastable = {
  command: 'metastable',
  does: 'the metastable states rho_+-, their weights and switching rates',
  takes,
  engines: 'either',
  fields,
  bounds: ({ errors }) => errors,
  told: toldPhaseSpace,
  certifies: () => true,
  seconds: (system) => 1.5 * gapSeconds(system),
  options: (raw, parameters) => {
    needUniqueSteadyState(parameters);
    return checkOptions(takes, raw);
  },
} as const satisfies Experiment<MetastableOptions, MetastableResult>;
