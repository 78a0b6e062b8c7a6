/** The Liouvillian gap: lambda_1 with an error bound, and lambda_2 to a few digits. */
import type { Disc } from '../liouvillian/coarse-spectrum';
import type { Eigenpair } from '../liouvillian/jacobi-davidson';
import { type BoundedDecay, needUniqueSteadyState, type SlowSpectrum } from '../liouvillian/slow-spectrum';
import type { Sector } from '../operators/pyramid';
import type { Experiment, Measured, RunContext } from './experiment';
import { withSlowSpectrum } from './spectral-run';
import { toleranceOption } from './tolerance';
import type { UnitsOf } from './units';

export interface GapResult {
  /** the slowest decay rate of the symmetric sector, in which rho_s relaxes; the error is a bound */
  readonly lambda1: Measured;
  /** its oscillation frequency: 0 but for a complex pair, away from bistability */
  readonly frequency: number;
  /** true when the bound meets the asked tolerance and nothing slower can have been overlooked where it was looked for */
  readonly certified: boolean;
  /** null for one atom, which has no other, and where it is not known or not sure to be the next */
  readonly lambda2: BoundedDecay | null;
  /** where lambda_1 and lambda_2 were searched: the steady state and every real symmetric start live there */
  readonly sector: 'symmetric';
  /** the slowest decay of both sectors; null where slower ones may have been overlooked */
  readonly slowest: (BoundedDecay & { readonly sector: Sector }) | null;
  /** the highest frequency that was looked at */
  readonly searchedWithin: number;
  /** where eigenvalues were looked for: all within the radius of a decay `re` and a frequency `im` */
  readonly searched: readonly Disc[];
  /** the slowest decay found in the other sector, which was looked through for what is slower than lambda_1 */
  readonly antisymmetric: BoundedDecay | null;
  /** |L rho_1 - lambda rho_1| / |rho_1| and the same for the left vector, in the unit of the rates */
  readonly residuals: { readonly right: number; readonly left: number };
  /** |W| |rho_1| / |Tr W rho_1| in Hilbert-Schmidt norms */
  readonly condition: number;
  readonly matvecs: number;
}

export interface GapOptions {
  /** asked error bound relative to lambda_1 */
  readonly tolerance: number;
}

/** lambda_2 says how isolated lambda_1 is: a percent is enough. */
const SECOND_TOLERANCE = 0.01;

export const gapUnits = {
  lambda1: 'rate',
  frequency: 'rate',
  certified: '1',
  lambda2: 'rate',
  sector: '1',
  slowest: { re: 'rate', im: 'rate', error: 'rate', sector: '1' },
  searchedWithin: 'rate',
  searched: 'rate',
  antisymmetric: 'rate',
  residuals: 'rate',
  condition: '1',
  matvecs: '1',
} as const satisfies UnitsOf<GapResult>;

export const gap: Experiment<GapOptions, GapResult> = {
  command: 'gap',
  options: (raw, parameters) => {
    needUniqueSteadyState(parameters);
    return { tolerance: toleranceOption(raw) };
  },
  units: { options: '1', result: gapUnits },
  run: (parameters, { tolerance }, context) =>
    withSlowSpectrum(parameters, context, 'slow mode', async (spectrum) => {
      const slowMode = await spectrum.slowMode({ tolerance });
      return gapResult(spectrum, slowMode, tolerance, context);
    }),
};

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
  const certified = error <= tolerance * Math.hypot(re, im) && searched;
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
  const { searched: antisymmetricSearched, ...antisymmetric } = await spectrum.antisymmetric(re);
  const isOtherKnown = antisymmetric.error < Math.hypot(antisymmetric.re, antisymmetric.im);
  const isOtherSlower = antisymmetric.re < re;
  const slowest = isOtherSlower
    ? { ...antisymmetric, sector: 'antisymmetric' as const }
    : { re, im, error, sector: 'symmetric' as const };
  const isClaimed = isOtherKnown && antisymmetricSearched && spectrum.hasSearched(slowest.re);
  if (!isOtherKnown)
    warn('The slowest decay of the antisymmetric sector is not known: its bound is larger than itself.');
  else if (!isClaimed)
    warn('The slowest decay of both sectors is not claimed: not all places of it were looked at.');
  else if (isOtherSlower) {
    warn(
      `The antisymmetric sector decays more slowly, at ${(antisymmetric.re * unit).toPrecision(6)}; it never mixes with the symmetric one.`,
    );
  }
  return {
    lambda1: { value: re, error },
    frequency: im,
    certified,
    lambda2,
    sector: 'symmetric',
    slowest: isClaimed ? slowest : null,
    searchedWithin: Math.max(...spectrum.searched.map((disc) => disc.im + disc.radius)),
    searched: spectrum.searched,
    antisymmetric: isOtherKnown ? antisymmetric : null,
    residuals: { right: rightResidual, left: leftResidual },
    condition,
    matvecs: spectrum.matvecs,
  };
}

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
  if (error >= Math.hypot(re, im)) {
    warn('lambda2 is not known: its error bound is larger than itself.');
    return null;
  }
  return { re, im, error };
}
