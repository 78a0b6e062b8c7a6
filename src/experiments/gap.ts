/** The Liouvillian gap: lambda_1 with an error bound, and lambda_2 to a few digits. */
import { isBelowPairs } from '../liouvillian/coarse-spectrum';
import type { Eigenpair } from '../liouvillian/jacobi-davidson';
import { needUniqueSteadyState, type SlowSpectrum } from '../liouvillian/slow-spectrum';
import { checkOptions, type OptionTable, type Values } from '../parameters/options';
import type { Experiment, RunContext } from './experiment';
import { type Fields, flag, group, measured, number, orNull, type ResultOf, text } from './fields';
import { gapSeconds, tolerance, withSlowSpectrum } from './spectral-run';

export const gapFields = {
  /** asked error bound relative to lambda_1 */
  tolerance: number(),
  /** the slowest decay rate of the symmetric sector; the error is a bound */
  lambda1: measured('rate'),
  /** its oscillation frequency: 0 but for a complex pair, away from bistability */
  frequency: number('rate'),
  /** true when the bound meets the asked tolerance */
  certified: flag,
  /** null for one atom, which has no other */
  lambda2: orNull(group({ re: number('rate'), im: number('rate'), error: number('rate') })),
  /** where lambda_1 and lambda_2 were searched: the steady state and every real symmetric start live there */
  sector: text(['symmetric']),
  /** all eigenvalues up to this modulus were looked at: a pair that oscillates faster is not excluded */
  searchedWithin: number('rate'),
  /** the slowest decay of the other sector, up to 20 atoms */
  antisymmetric: orNull(group({ re: number('rate'), im: number('rate') })),
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
      const slowMode = await spectrum.slowMode({ tolerance, vectors: false });
      return gapResult(spectrum, slowMode, tolerance, context);
    }),
} as const satisfies Experiment<GapOptions, GapResult>;

/** The gap's fields, and the warnings that belong to them. */
export async function gapResult(
  spectrum: SlowSpectrum,
  slowMode: Eigenpair,
  tolerance: number,
  { warn }: RunContext,
): Promise<GapResult> {
  const { re, im, error, rightResidual, leftResidual, condition } = slowMode;
  const certified = error <= tolerance * Math.hypot(re, im);
  if (!certified) {
    warn(
      `lambda1 is not certified to ${tolerance}: its bound is ${error.toPrecision(2)}, and nothing below it is claimed.`,
    );
  }
  if (im !== 0)
    warn(
      'The slowest decay of the symmetric sector is a complex pair: it oscillates, and nothing is bistable.',
    );
  const second = await spectrum.secondMode(slowMode, SECOND_TOLERANCE);
  const antisymmetric = spectrum.antisymmetric();
  if (antisymmetric !== null && antisymmetric.re < re) {
    warn(
      `The antisymmetric sector decays more slowly, at ${antisymmetric.re.toPrecision(6)}; it never mixes with the symmetric one.`,
    );
  }
  const { system, searchedWithin } = spectrum;
  const rabi = 2 * system.omega;
  if (rabi > searchedWithin && !isBelowPairs(system, re)) {
    warn(
      `Eigenvalues beyond ${searchedWithin.toPrecision(3)} were not looked at: pairs that oscillate at the Rabi frequency, ${rabi.toPrecision(3)}, may decay more slowly.`,
    );
  }
  return {
    tolerance,
    lambda1: { value: re, error },
    frequency: im,
    certified,
    lambda2: second && { re: second.re, im: second.im, error: second.error },
    sector: 'symmetric',
    searchedWithin,
    antisymmetric,
    residuals: { right: rightResidual, left: leftResidual },
    condition,
    matvecs: spectrum.matvecs,
  };
}
