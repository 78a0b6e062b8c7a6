/** The Liouvillian gap: lambda_1 with an error bound, and lambda_2 to a few digits. */
import type { Eigenpair } from '../liouvillian/jacobi-davidson';
import { type BoundedDecay, needUniqueSteadyState, type SlowSpectrum } from '../liouvillian/slow-spectrum';
import { checkOptions, type OptionTable, type Values } from '../parameters/options';
import type { Experiment, RunContext } from './experiment';
import { type Fields, flag, group, list, measured, number, orNull, type ResultOf, text } from './fields';
import { gapSeconds, tolerance, withSlowSpectrum } from './spectral-run';

/** A decay and its frequency; the error is a bound on both. */
const decay = { re: number('rate'), im: number('rate'), error: number('rate') };

export const gapFields = {
  /** asked error bound relative to lambda_1 */
  tolerance: number(),
  /** the slowest decay rate of the symmetric sector, in which rho_s relaxes; the error is a bound */
  lambda1: measured('rate'),
  /** its oscillation frequency: 0 but for a complex pair, away from bistability */
  frequency: number('rate'),
  /** true when the bound meets the asked tolerance and nothing slower can have been overlooked where it was looked for */
  certified: flag,
  /** null for one atom, which has no other, and where it is not known or not sure to be the next */
  lambda2: orNull(group(decay)),
  /** where lambda_1 and lambda_2 were searched: the steady state and every real symmetric start live there */
  sector: text(['symmetric']),
  /** the slowest decay of both sectors; null where slower ones may have been overlooked */
  slowest: orNull(group({ ...decay, sector: text(['symmetric', 'antisymmetric']) })),
  /** the highest frequency that was looked at */
  searchedWithin: number('rate'),
  /** where eigenvalues were looked for: all within the radius of a decay `re` and a frequency `im` */
  searched: list(group({ re: number('rate'), im: number('rate'), radius: number('rate') })),
  /** the slowest decay found in the other sector, which was looked through for what is slower than lambda_1 */
  antisymmetric: orNull(group(decay)),
  /** |L rho_1 - lambda rho_1| / |rho_1| and the same for the left vector */
  residuals: group({ right: number('rate'), left: number('rate') }),
  /** |W| |rho_1| / |Tr W rho_1| in Hilbert-Schmidt norms */
  condition: number(),
  matvecs: number(),
} as const satisfies Fields;
export type GapResult = ResultOf<typeof gapFields>;

/** lambda_2 says how isolated lambda_1 is: a percent is enough. */
const SECOND_TOLERANCE = 0.01;

export const gapOptions = { tolerance } as const satisfies OptionTable;
export type GapOptions = Values<typeof gapOptions>;

export const gap = {
  command: 'gap',
  does: 'lambda_1 and lambda_2, each with an error bar',
  takes: gapOptions,
  fields: gapFields,
  seconds: ({ atoms }) => gapSeconds(atoms),
  options: (raw, parameters) => {
    needUniqueSteadyState(parameters);
    return checkOptions(gapOptions, raw);
  },
  run: (parameters, { tolerance }, context): Promise<GapResult> =>
    withSlowSpectrum(parameters, context, 'slow mode', async (spectrum) => {
      const slowMode = await spectrum.slowMode({ tolerance });
      return gapResult(spectrum, slowMode, tolerance, context);
    }),
} as const satisfies Experiment<GapOptions, GapResult>;

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
    tolerance,
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
