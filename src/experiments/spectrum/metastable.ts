/** The two metastable states, their weights and switching rates: Eqs. (4), (5), (10), and by the committor. */
import { checkOptions } from '../../parameters/options';
import { needUniqueSteadyState } from '../../parameters/unique-steady-state';
import type { Experiment } from '../experiment';
import { aside, type Fields, group, number, type ResultOf } from '../fields';
import { type GapOptions, gapFields, gapOptions } from './gap';
import { gapSeconds } from './spectral';
import { fidelityFields, stateErrorFields, stateFields } from './state-fields';

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

const fields = {
  ...gapFields,
  ...weightFields,
  errors: aside({ ...weightFields, plus: stateErrors, minus: stateErrors }),
  plus: state,
  minus: state,
} as const satisfies Fields;
export type MetastableResult = ResultOf<typeof fields>;

export const metastable = {
  command: 'metastable',
  does: 'the metastable states rho_+-, their weights and switching rates',
  takes: gapOptions,
  engines: 'either',
  fields,
  bounds: ({ errors }) => errors,
  seconds: (system) => 1.5 * gapSeconds(system),
  options: (raw, parameters) => {
    needUniqueSteadyState(parameters);
    return checkOptions(gapOptions, raw);
  },
} as const satisfies Experiment<GapOptions, MetastableResult>;
