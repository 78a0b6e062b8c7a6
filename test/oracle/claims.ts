/** What the lab says of a system against the oracle's truth. */
import { type GapResult, gap } from '../../src/experiments/spectrum/gap';
import { type MetastableResult, metastable } from '../../src/experiments/spectrum/metastable';
import type { StateErrors, StateSummary } from '../../src/experiments/spectrum/state-fields';
import { steadyState } from '../../src/experiments/spectrum/steady-state';
import { InputError } from '../../src/parameters/errors';
import type { SystemParameters } from '../../src/parameters/system';
import { runExperiment } from '../unit/liouvillian/run-experiment';
import type { Moments, RefinedMode, Truth } from './oracle';

/** One quantity of one system. */
export interface Claim {
  readonly quantity: string;
  /** false where the lab says that it does not know */
  readonly claimed: boolean;
  /** what is wrong with the claim, or null */
  readonly fault: string | null;
}

interface Eigenvalue {
  readonly re: number;
  readonly im: number;
  readonly error: number;
}

/** What float64 leaves of a product of two printed numbers. */
const ROUNDING = 1e-12;

/** Claims of the `gap` command. */
export async function gapClaims(system: SystemParameters, truth: Truth): Promise<Claim[]> {
  return claimsOfGap((await runExperiment(gap, system)).result, truth);
}

/** Claims of the `steady-state` command. */
export async function steadyStateClaims(system: SystemParameters, truth: Truth): Promise<Claim[]> {
  const { result } = await runExperiment(steadyState, system);
  return claimsOfState('steady', result, result.errors, truth.steady, truth);
}

/** Claims of the `metastable` command, the gap's fields among them; null where it refuses, as it does for a pair. */
export async function metastableClaims(system: SystemParameters, truth: Truth): Promise<Claim[] | null> {
  try {
    const { result } = await runExperiment(metastable, system);
    return [...claimsOfGap(result, truth), ...claimsOfMetastable(result, truth)];
  } catch (cause) {
    if (cause instanceof InputError) return null;
    throw cause;
  }
}

function claimsOfGap(
  { lambda1, frequency, certified, lambda2, slowest }: GapResult,
  { refined }: Truth,
): Claim[] {
  const { symmetric, antisymmetric } = refined;
  const first = { re: lambda1.value, im: frequency, error: lambda1.error };
  // One mode less: of two that all but coalesce the other is next, unless they are said to be a pair.
  const isPair = (mode: RefinedMode) => frequency > 0 && distance(mode, first) <= first.error + mode.error;
  const others = symmetric.filter((mode) => mode !== nearest(symmetric, first) && !isPair(mode));
  const ofBoth = eigenvalueClaim('slowest', slowest, [...symmetric, ...antisymmetric]);
  const claims = [
    ofBoth,
    eigenvalueClaim('lambda1', certified ? first : null, symmetric),
    eigenvalueClaim('lambda2', lambda2, others),
  ];
  if (slowest === null || ofBoth.fault !== null) return claims;
  return [...claims, eigenvalueClaim('slowest', slowest, refined[slowest.sector])];
}

const distance = (a: Omit<Eigenvalue, 'error'>, b: Omit<Eigenvalue, 'error'>) =>
  Math.hypot(a.re - b.re, Math.abs(a.im) - Math.abs(b.im));

const nearest = (modes: readonly RefinedMode[], to: Omit<Eigenvalue, 'error'>) =>
  modes.reduce((best, mode) => (distance(mode, to) < distance(best, to) ? mode : best));

/** That it is the slowest of some modes: one of them, and none of them is slower. */
function eigenvalueClaim(quantity: string, said: Eigenvalue | null, modes: readonly RefinedMode[]): Claim {
  if (said === null) return { quantity, claimed: false, fault: null };
  if (modes.length === 0) return { quantity, claimed: true, fault: 'there is none' };
  const slowest = modes.reduce((least, mode) => (mode.re < least.re ? mode : least));
  const mode = nearest(modes, said);
  const allowed = said.error + mode.error + slowest.error;
  const isRight = distance(mode, said) <= allowed && said.re <= slowest.re + allowed;
  const isBound = said.error >= 0 && said.error < Math.hypot(said.re, said.im);
  const text = `${said.re} + ${said.im}i +- ${said.error}; the truth is ${slowest.re} + ${slowest.im}i`;
  return { quantity, claimed: true, fault: isRight && isBound ? null : text };
}

function claimsOfMetastable(result: MetastableResult, truth: Truth): Claim[] {
  const { metastable: states } = truth;
  const quantity = 'metastable';
  if (states === null) return [{ quantity, claimed: true, fault: 'one of a pair was split' }];
  const { lambda1, errors, committor, plus, minus } = result;
  const scale = lambda1.value;
  // Off the bistable region rho_s can lie beyond rho_+; a chance is from 0 to 1 all the same.
  const pPlus = Math.min(1, Math.max(0, states.committor.pPlus));
  const weights = { aPlus: result.aPlus, aMinus: result.aMinus, pPlus: committor.pPlus };
  const known = { aPlus: states.aPlus, aMinus: states.aMinus, pPlus };
  const bounds = { aPlus: errors.aPlus, aMinus: errors.aMinus, pPlus: errors.committor.pPlus };
  const value = (quantity: string, said: number, error: number, exact: number, range: number) =>
    valueClaim(quantity, said, error, exact, range, truth);
  // Rates by Eq. (10) and by the committor: lambda_1 times a weight.
  const rate = (
    quantity: string,
    said: number,
    error: number,
    weight: number,
    weightError: number,
    exact: number,
  ) => [
    value(quantity, said, error, exact, scale),
    consistencyClaim(quantity, { said, error, weight, weightError, lambda1 }),
  ];
  return [
    { quantity, claimed: true, fault: null },
    value('aPlus', weights.aPlus, bounds.aPlus, known.aPlus, 1),
    value('aMinus', weights.aMinus, bounds.aMinus, known.aMinus, 1),
    value('pPlus', weights.pPlus, bounds.pPlus, known.pPlus, 1),
    ...rate('ratePlus', result.ratePlus, errors.ratePlus, weights.aMinus, bounds.aMinus, states.ratePlus),
    ...rate('rateMinus', result.rateMinus, errors.rateMinus, weights.aPlus, bounds.aPlus, states.rateMinus),
    ...rate(
      'committor.ratePlus',
      committor.ratePlus,
      errors.committor.ratePlus,
      1 - weights.pPlus,
      bounds.pPlus,
      (1 - pPlus) * (states.committor.ratePlus + states.committor.rateMinus),
    ),
    ...rate(
      'committor.rateMinus',
      committor.rateMinus,
      errors.committor.rateMinus,
      weights.pPlus,
      bounds.pPlus,
      pPlus * (states.committor.ratePlus + states.committor.rateMinus),
    ),
    ...claimsOfState('plus', plus, errors.plus, states.plus, truth),
    ...claimsOfState('minus', minus, errors.minus, states.minus, truth),
  ];
}

/** @param range of the quantity: no bound is larger, and the oracle's rounding is relative to it */
function valueClaim(
  quantity: string,
  said: number,
  error: number,
  exact: number,
  range: number,
  { stateError }: Truth,
): Claim {
  const allowed = error + 10 * stateError * range;
  const isRight = Math.abs(said - exact) <= allowed && error >= 0 && error <= range;
  return { quantity, claimed: true, fault: isRight ? null : `${said} +- ${error}; the truth is ${exact}` };
}

interface Rate {
  readonly said: number;
  readonly error: number;
  readonly weight: number;
  readonly weightError: number;
  readonly lambda1: { readonly value: number; readonly error: number };
}

/** A rate is lambda_1 times a weight, and so is its error: lambda_1 dp + p dlambda_1. */
function consistencyClaim(quantity: string, { said, error, weight, weightError, lambda1 }: Rate): Claim {
  const product = lambda1.value * weight;
  const expected = lambda1.value * weightError + weight * lambda1.error;
  const slack = weightError * lambda1.error + ROUNDING * lambda1.value;
  const isConsistent =
    Math.abs(said - product) <= ROUNDING * lambda1.value &&
    error >= (1 - 1e-6) * Math.min(expected, lambda1.value) - slack &&
    error <= (1 + 1e-6) * expected + slack;
  const text = `${said} +- ${error} for ${lambda1.value} +- ${lambda1.error} times ${weight} +- ${weightError}`;
  return { quantity: `${quantity} = lambda1 x weight`, claimed: true, fault: isConsistent ? null : text };
}

function claimsOfState(
  state: string,
  said: StateSummary,
  errors: StateErrors,
  exact: Moments,
  truth: Truth,
): Claim[] {
  const { atoms } = truth.system;
  const [first, second] = [atoms / 2, (atoms * (atoms + 2)) / 4];
  const ranges = { Sy: first, Sz: first, Sx2: second, Sy2: second, Sz2: second };
  const moments = (['Sy', 'Sz', 'Sx2', 'Sy2', 'Sz2'] as const).map((name) =>
    valueClaim(
      `${state}.${name}`,
      said.moments[name],
      errors.moments[name],
      exact[name],
      ranges[name],
      truth,
    ),
  );
  const weights = said.Pj.map((p, k) => valueClaim(`${state}.Pj`, p, errors.Pj, exact.Pj[k], 1, truth));
  return [...moments, ...weights];
}

/** Every fault with the system that shows it, and by quantity how many there were to claim and how many were not claimed. */
export class Verdict {
  readonly faults: string[] = [];
  private readonly counts = new Map<string, { tried: number; unclaimed: number }>();

  add({ atoms, gamma1D, gammaF, omega }: SystemParameters, claims: readonly Claim[]): void {
    for (const { quantity, claimed, fault } of claims) {
      const { tried, unclaimed } = this.of(quantity);
      this.counts.set(quantity, { tried: tried + 1, unclaimed: unclaimed + (claimed ? 0 : 1) });
      if (fault === null) continue;
      const options = `--atoms ${atoms} --gamma1d ${gamma1D} --gammaf ${gammaF} --omega ${omega}`;
      this.faults.push(`${options}: ${quantity} ${fault}`);
    }
  }

  of(quantity: string): { readonly tried: number; readonly unclaimed: number } {
    return this.counts.get(quantity) ?? { tried: 0, unclaimed: 0 };
  }
}
