/** The fields of the theory that an ensemble is held against, and how far it goes. */
import { type Field, type Fields, group, number, optional, over, type ResultOf } from '../fields';
import { fidelityFields, momentFields } from '../spectrum/state-fields';
import { forEachCurrent } from './observable-fields';

/** Most atoms for the slow mode beside an ensemble: it takes ten seconds on one core, as long as ensembles that see it switch. */
export const mostSlow = 110;

const processFields = <Rate extends Field>(rate: Rate) =>
  ({
    collectivePerTime: rate,
    individualPerTime: rate,
    individual: group({ sameJ: rate, toLowerJ: rate, toHigherJ: rate }),
  }) as const;

/** Jumps of emission, and beside them of pumping and of dephasing where there is any. */
export const jumpFields = <Rate extends Field>(rate: Rate) =>
  group({
    ...processFields(rate),
    pumping: optional(group(processFields(rate))),
    dephasing: optional(group(processFields(rate))),
  });

/** The steady state of the master equation itself. */
export const exactFields = {
  ...momentFields,
  SySz: number(),
  /** off resonance and with a collective shift: else they are 0 */
  SxSy: optional(number()),
  SxSz: optional(number()),
  ...fidelityFields,
  ...forEachCurrent(number('rate^1/2')),
  jumps: jumpFields(number('rate')),
  Pm: over('m', number()),
  Pj: over('j', number()),
  /** |L rho| / |rho| */
  residual: number('rate'),
} as const satisfies Fields;
export type ExactSteadyState = ResultOf<typeof exactFields>;

/** Rates out of "+" and "-" by the committor: lambda_1 (1 - pPlus) and lambda_1 pPlus. */
export const predictedFields = {
  lambda1: number('rate'),
  pPlus: number(),
  ratePlus: number('rate'),
  rateMinus: number('rate'),
} as const satisfies Fields;

/** The paper's, Eq. (10): lambda_1 a_-+. */
export const paperFields = {
  aPlus: number(),
  aMinus: number(),
  ratePlus: number('rate'),
  rateMinus: number('rate'),
} as const satisfies Fields;
