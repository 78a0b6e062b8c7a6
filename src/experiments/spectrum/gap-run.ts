/** Computes lambda_1 and lambda_2. */
import type { Eigenpair } from '../../liouvillian/jacobi-davidson';
import type { BoundedDecay, SlowSpectrum } from '../../liouvillian/slow-spectrum';
import { isReal, type SystemParameters } from '../../parameters/system';
import type { RunContext } from '../experiment';
import type { GapOptions, GapResult } from './gap';
import { proveLifetime } from './proven-run';
import { withSlowSpectrum } from './spectral-run';

/** Asked relative error of the vectors, where they are to prove something. */
export const VECTORS = 1e-6;
/** lambda_2 says how isolated lambda_1 is: a percent is enough. */
const SECOND_TOLERANCE = 0.01;

export const run = (
  parameters: SystemParameters,
  { tolerance, prove }: GapOptions,
  context: RunContext,
): Promise<GapResult> =>
  withSlowSpectrum(parameters, context, 'slow mode', async (spectrum) => {
    const isProven = prove === 'on';
    const slowMode = await spectrum.slowMode({ tolerance, ...(isProven && { vectorTolerance: VECTORS }) });
    return {
      ...(await gapResult(spectrum, slowMode, tolerance, context)),
      ...(isProven && { proven: proveLifetime(spectrum, slowMode, context) }),
    };
  });

/** The gap's fields, and the warnings that belong to them. */
export async function gapResult(
  spectrum: SlowSpectrum,
  slowMode: Eigenpair,
  tolerance: number,
  { warn, unit }: RunContext,
): Promise<GapResult> {
  const { re, im, error, rightResidual, leftResidual, condition } = slowMode;
  // First, for its search goes further, and may find what is slower.
  const lambda2 = await secondOf(spectrum, slowMode, warn);
  const searched = spectrum.hasSearched(re);
  // Of a pair of high frequency the decay may be lost in the bound.
  const certified = error <= tolerance * Math.hypot(re, im) && isKnown(slowMode, 0.1) && searched;
  if (!searched) {
    warn(
      'lambda1 is not certified: pairs that oscillate at the Rabi frequency or its multiples may decay more slowly where it could not be looked.',
    );
  } else if (!certified) {
    warn(
      `lambda1 is not certified to ${tolerance}: its bound is ${(error * unit).toPrecision(2)}, and nothing below it is claimed.`,
    );
  }
  if (im !== 0)
    warn(
      'The slowest decay of the symmetric sector is a complex pair: it oscillates, and nothing is bistable.',
    );
  const { mode, searched: antisymmetricSearched } = await spectrum.antisymmetric(re);
  const antisymmetric = mode !== null && isKnown(mode) ? mode : null;
  const isOtherSlower = antisymmetric !== null && antisymmetric.re + antisymmetric.error < re - error;
  const slowest = isOtherSlower
    ? { ...antisymmetric, sector: 'antisymmetric' as const }
    : { re, im, error, sector: 'symmetric' as const };
  const isOtherKnown = mode === null || antisymmetric !== null;
  const isClaimed =
    isOtherKnown && isKnown(slowest) && antisymmetricSearched && spectrum.hasSearched(slowest.re);
  if (!isOtherKnown)
    warn('The slowest decay of the antisymmetric sector is not known: its bound is larger than itself.');
  else if (!isClaimed)
    warn('The slowest decay of both sectors is not claimed: not all places of it were looked at.');
  else if (isOtherSlower) {
    const mixing = isReal(spectrum.system)
      ? 'it never mixes with the symmetric one'
      : 'on resonance it never mixes with the symmetric one';
    warn(
      `The antisymmetric sector decays more slowly, at ${(antisymmetric.re * unit).toPrecision(6)}; ${mixing}.`,
    );
  }
  return {
    tolerance,
    lambda1: { value: re, error },
    frequency: im,
    certified,
    lambda2,
    sector: 'symmetric',
    slowest: isClaimed ? slowest : null,
    searchedWithin: Math.max(...spectrum.searched.map((disc) => disc.im + disc.radius)),
    searched: spectrum.searched,
    antisymmetric,
    residuals: { right: rightResidual, left: leftResidual },
    condition,
    matvecs: spectrum.matvecs,
  };
}

/** Whether a decay's bound is below itself, or below that part of it. */
const isKnown = ({ re, error }: { readonly re: number; readonly error: number }, part = 1) =>
  error < part * re;

/** lambda_2 where it is known to better than its own size, and sure to be the next. */
async function secondOf(
  spectrum: SlowSpectrum,
  slowMode: Eigenpair,
  warn: RunContext['warn'],
): Promise<BoundedDecay | null> {
  const second = await spectrum.secondMode(slowMode, SECOND_TOLERANCE);
  if (second === null) return null;
  const { re, im, error } = second;
  if (!spectrum.hasSearched(re, 1)) {
    warn('lambda2 is not claimed: a pair that decays more slowly may have been overlooked.');
    return null;
  }
  if (!isKnown(second)) {
    warn('lambda2 is not known: its error bound is larger than itself.');
    return null;
  }
  return { re, im, error };
}
