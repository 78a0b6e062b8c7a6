/** Proves what a run found. */
import type { Eigenpair } from '../../liouvillian/jacobi-davidson';
import type { SlowSpectrum } from '../../liouvillian/slow-spectrum';
import { packedOperator, spinOperators } from '../../operators/spin-operators';
import {
  enclosureOf,
  isZeroBySymmetry,
  type Moment,
  momentsOfSqueezing,
  squeezingWithin,
} from '../../proofs/enclosures';
import { exactly, type Interval } from '../../proofs/intervals';
import { distanceOf, isBetween0And1, lifetimeOf, timeOf } from '../../proofs/lifetimes';
import type { RunContext } from '../experiment';
import type { ProvenLifetime, provable } from './proven';

/** Encloses means of rho_s, each by a solve of its own. */
export async function proveMeans(
  spectrum: SlowSpectrum,
  rho: Float64Array,
  asked: readonly (typeof provable)[number][],
  { warn, certify }: RunContext,
): Promise<Partial<Record<(typeof provable)[number], Interval>>> {
  const { liouvillian, system } = spectrum;
  const { pyramid } = liouvillian;
  const operators: Record<string, Float64Array> = {};
  const enclosures: Partial<Record<Moment, Interval>> = {};
  const needed = asked.flatMap((name) => (name === 'squeezing' ? momentsOfSqueezing : [name]));
  for (const moment of new Set(needed)) {
    if (isZeroBySymmetry(system, moment)) {
      enclosures[moment] = exactly(0);
      continue;
    }
    const X = await spectrum.solveObservable(
      packedOperator(spinOperators[moment], pyramid, liouvillian.unknowns),
      rho,
    );
    operators[moment] = X;
    enclosures[moment] = enclosureOf(system, pyramid, moment, X);
  }
  const proven = asked.flatMap((name) => {
    const found =
      name === 'squeezing'
        ? squeezingWithin(system.atoms, enclosures as Record<Moment, Interval>)
        : enclosures[name]!;
    if (found === null) warn('The squeezing is not proven: the mean spin is not known to differ from 0.');
    return found === null ? [] : [[name, found]];
  });
  if (proven.length > 0) certify?.(operators);
  return Object.fromEntries(proven);
}

/** What the vectors of the slowest mode prove of it; null of a pair's, and where they prove nothing. */
export function proveLifetime(
  { liouvillian, system }: SlowSpectrum,
  { re, im, left, right }: Eigenpair,
  { certify }: RunContext,
): ProvenLifetime | null {
  if (im !== 0 || right.length > 1 || !(re > 0)) return null;
  const { pyramid } = liouvillian;
  const lifetime = lifetimeOf(system, pyramid, re, left[0], right[0]);
  const within = distanceOf(system, pyramid, lifetime);
  const until = timeOf(system, pyramid, lifetime);
  if (!isBetween0And1(pyramid, lifetime.Q) || !(within < 1 && until < Number.POSITIVE_INFINITY)) return null;
  certify?.({ Q: lifetime.Q, c: Float64Array.of(lifetime.c), u: lifetime.u });
  return { rate: re, within, until };
}
