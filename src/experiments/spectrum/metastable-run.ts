/** Computes the two metastable states from the slow mode and the steady state. */
import type { Eigenpair } from '../../liouvillian/jacobi-davidson';
import {
  type MetastableErrors,
  type MetastableStates,
  metastableErrors,
  metastableStates,
  movesPopulations,
} from '../../liouvillian/metastable';
import type { StartVectors } from '../../liouvillian/sector-spectrum';
import type { SlowSpectrum } from '../../liouvillian/slow-spectrum';
import type { SteadyState } from '../../liouvillian/steady-state';
import { InputError } from '../../parameters/errors';
import type { SystemParameters } from '../../parameters/system';
import type { Measured } from '../../statistics/estimate';
import type { RunContext } from '../experiment';
import { gapResult, VECTORS } from './gap-run';
import type { MetastableOptions, MetastableResult } from './metastable';
import { proveLifetime } from './proven-run';
import { withSlowSpectrum } from './spectral-run';
import {
  fidelities,
  fidelityErrors,
  picture,
  pictureErrors,
  summarize,
  summaryErrors,
  warnIfRough,
} from './states';

/** Asked relative errors: of the vectors at the least, and of the weights that are printed. */
const FINEST_VECTORS = 1e-11;
const WEIGHTS = 1e-4;
const MOST_ROUNDS = 3;

export const run = (
  parameters: SystemParameters,
  options: MetastableOptions,
  context: RunContext,
): Promise<MetastableResult> =>
  withSlowSpectrum(parameters, context, 'metastable states', (spectrum) =>
    statesOf(spectrum, parameters, options, context),
  );

async function statesOf(
  spectrum: SlowSpectrum,
  parameters: SystemParameters,
  { tolerance, phaseSpace }: MetastableOptions,
  context: RunContext,
): Promise<MetastableResult> {
  const { states, errors, slowMode, steady } = await solvedStates(spectrum, parameters, tolerance, context);
  const gapFields = await gapResult(spectrum, slowMode, tolerance, context);
  const { liouvillian } = spectrum;
  const { pyramid } = liouvillian;
  const { plus, minus, aPlus, aMinus, pPlus } = states;
  const lambda1 = gapFields.lambda1;
  const rate = (weight: number, error: number): Measured => ({
    value: lambda1.value * weight,
    error: lambda1.value * error + lambda1.error * (weight + error),
  });
  const paper = { plus: rate(aMinus, errors.aMinus), minus: rate(aPlus, errors.aPlus) };
  const committor = { plus: rate(1 - pPlus, errors.pPlus), minus: rate(pPlus, errors.pPlus) };
  const describe = (state: Float64Array) => ({
    ...summarize(pyramid, state),
    ...fidelities(parameters, pyramid, state),
  });
  const describeErrors = (state: Float64Array, error: number) => ({
    ...summaryErrors(pyramid, state, error),
    ...fidelityErrors(parameters, pyramid, error),
  });
  const asked = phaseSpace === 'on';
  return {
    ...gapFields,
    proven: proveLifetime(spectrum, slowMode, context),
    aPlus,
    aMinus,
    ratePlus: paper.plus.value,
    rateMinus: paper.minus.value,
    committor: { pPlus, ratePlus: committor.plus.value, rateMinus: committor.minus.value },
    errors: {
      aPlus: errors.aPlus,
      aMinus: errors.aMinus,
      ratePlus: paper.plus.error,
      rateMinus: paper.minus.error,
      committor: { pPlus: errors.pPlus, ratePlus: committor.plus.error, rateMinus: committor.minus.error },
      plus: describeErrors(plus, errors.plus),
      minus: describeErrors(minus, errors.minus),
      ...(asked && {
        phaseSpace: {
          steady: pictureErrors(pyramid, steady.rho, steady.error * liouvillian.norm(steady.rho)),
          plus: pictureErrors(pyramid, plus, errors.plus),
          minus: pictureErrors(pyramid, minus, errors.minus),
        },
      }),
    },
    plus: describe(plus),
    minus: describe(minus),
    ...(asked && {
      phaseSpace: {
        steady: picture(pyramid, steady.rho),
        plus: picture(pyramid, plus),
        minus: picture(pyramid, minus),
      },
    }),
  };
}

/** The two states, their vectors refined until the weights are known well, or as far as it goes. */
async function solvedStates(
  spectrum: SlowSpectrum,
  parameters: SystemParameters,
  tolerance: number,
  context: RunContext,
): Promise<{ states: MetastableStates; errors: MetastableErrors; slowMode: Eigenpair; steady: SteadyState }> {
  const refuse = (takes: string) =>
    new InputError('drive', parameters.driveOverCritical ?? parameters.omega * context.unit, takes);
  let asked = Math.min(tolerance, VECTORS);
  let start: StartVectors | null = null;
  for (let round = 1; ; round++) {
    const slowMode = await spectrum.slowMode({ tolerance, vectorTolerance: asked, start });
    if (slowMode.right.length > 1) {
      throw refuse(
        'one with a real slowest mode of its own (here it is one of a pair, which does not split into two states)',
      );
    }
    if (!movesPopulations(spectrum.liouvillian, slowMode.right)) {
      throw refuse(
        "above 0 (here the slowest mode is a coherence, as a laser's line is, which does not split into two states)",
      );
    }
    if (!spectrum.hasSearched(slowMode.re)) {
      throw refuse(
        'one whose slowest mode is known (here a pair that decays more slowly may have been overlooked)',
      );
    }
    const steady = await spectrum.steadyState(slowMode, asked);
    const states = metastableStates(spectrum.liouvillian, slowMode, steady.rho);
    const errors = metastableErrors(spectrum.liouvillian, states, slowMode, steady);
    const { aPlus, aMinus, pPlus } = states;
    const off = Math.max(
      errors.aPlus / aPlus,
      errors.aMinus / aMinus,
      errors.pPlus / pPlus,
      errors.pPlus / (1 - pPlus),
    );
    if (off > WEIGHTS && asked > FINEST_VECTORS && round < MOST_ROUNDS) {
      asked = Math.max(FINEST_VECTORS, asked * Math.min(0.1, WEIGHTS / off / 2));
      start = { right: slowMode.right[0], left: slowMode.left[0] };
      continue;
    }
    if (!(Math.max(errors.aPlus, errors.aMinus, errors.pPlus, errors.plus, errors.minus) < 1)) {
      throw new Error(
        'The metastable states are not known: corrections of the slow mode stall, and the bounds on the weights are larger than their range.',
      );
    }
    warnIfRough(steady, context);
    if (states.isBeyond) {
      context.warn(
        'The committor of the steady state lies outside 0 to 1, where it is cut off: these two states are not metastable.',
      );
    }
    return { states, errors, slowMode, steady };
  }
}
