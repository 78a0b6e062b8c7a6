/** The two metastable states, their weights and switching rates: Eqs. (4), (5), (10), and by the committor. */
import { metastableStates } from '../liouvillian/metastable';
import { needUniqueSteadyState, type SlowSpectrum } from '../liouvillian/slow-spectrum';
import { InputError } from '../parameters/errors';
import { checkOptions } from '../parameters/options';
import type { SystemParameters } from '../parameters/system';
import type { Experiment, RunContext } from './experiment';
import { aside, type Fields, group, number, type ResultOf } from './fields';
import { type GapOptions, gapFields, gapOptions, gapResult } from './gap';
import { gapSeconds, withSlowSpectrum } from './spectral-run';
import {
  fidelities,
  fidelityErrors,
  fidelityFields,
  stateErrorFields,
  stateFields,
  summarize,
  summaryErrors,
  warnIfRough,
} from './states';

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

/** Vectors are refined to this, relative to their length. */
const VECTOR_TOLERANCE = 1e-6;
/** Weights are quadratic in the states and normalised by parts of them: errors of the vectors come this much larger. */
const MAGNIFIED = 20;

export const metastable = {
  command: 'metastable',
  does: 'the metastable states rho_+-, their weights and switching rates',
  takes: gapOptions,
  fields,
  bounds: ({ errors }) => errors,
  seconds: ({ atoms }) => 1.5 * gapSeconds(atoms),
  options: (raw, parameters) => {
    needUniqueSteadyState(parameters);
    return checkOptions(gapOptions, raw);
  },
  run: (parameters, { tolerance }, context): Promise<MetastableResult> =>
    withSlowSpectrum(parameters, context, 'metastable states', (spectrum) =>
      statesOf(spectrum, parameters, tolerance, context),
    ),
} as const satisfies Experiment<GapOptions, MetastableResult>;

async function statesOf(
  spectrum: SlowSpectrum,
  parameters: SystemParameters,
  tolerance: number,
  context: RunContext,
): Promise<MetastableResult> {
  const asked = Math.min(tolerance, VECTOR_TOLERANCE);
  const slowMode = await spectrum.slowMode({ tolerance: asked, vectors: true });
  if (slowMode.right.length > 1) {
    const takes =
      'one with a real slowest mode of its own (here it is one of a pair, which does not split into two states)';
    throw new InputError('drive', parameters.driveOverCritical ?? parameters.omega, takes);
  }
  const steady = await spectrum.steadyState(slowMode, asked);
  warnIfRough(steady, context);
  const { rho } = steady;
  const gapFields = await gapResult(spectrum, slowMode, tolerance, context);
  const { liouvillian } = spectrum;
  const { pyramid } = liouvillian;
  const { plus, minus, aPlus, aMinus, pPlus } = metastableStates(liouvillian, slowMode, rho);
  const lambda1 = slowMode.re;
  const describe = (state: Float64Array) => ({
    ...summarize(pyramid, state),
    ...fidelities(parameters, pyramid, state),
  });
  const separation = gapFields.lambda2 ? gapFields.lambda2.re - lambda1 : lambda1;
  const modeError =
    (slowMode.rightResidual + slowMode.leftResidual * slowMode.condition) / Math.abs(separation);
  const weights = MAGNIFIED * (modeError + steady.error);
  const rates = weights + slowMode.error / lambda1;
  const weightsAndRates = {
    aPlus,
    aMinus,
    ratePlus: lambda1 * aMinus,
    rateMinus: lambda1 * aPlus,
    committor: { pPlus, ratePlus: lambda1 * (1 - pPlus), rateMinus: lambda1 * pPlus },
  };
  const describeErrors = (state: Float64Array) => {
    const error = weights * liouvillian.norm(state);
    return { ...summaryErrors(pyramid, state, error), ...fidelityErrors(parameters, pyramid, error) };
  };
  return {
    ...gapFields,
    ...weightsAndRates,
    errors: {
      aPlus: weights * aPlus,
      aMinus: weights * aMinus,
      ratePlus: rates * weightsAndRates.ratePlus,
      rateMinus: rates * weightsAndRates.rateMinus,
      committor: {
        pPlus: weights * pPlus,
        ratePlus: rates * weightsAndRates.committor.ratePlus,
        rateMinus: rates * weightsAndRates.committor.rateMinus,
      },
      plus: describeErrors(plus),
      minus: describeErrors(minus),
    },
    plus: describe(plus),
    minus: describe(minus),
  };
}
