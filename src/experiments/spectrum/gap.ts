/** The Liouvillian gap: lambda_1 with an error bound, and lambda_2 to a few digits. */
import { checkOptions, type OptionTable, type Values } from '../../parameters/options';
import { needUniqueSteadyState } from '../../parameters/unique-steady-state';
import type { Experiment } from '../experiment';
import { type Fields, flag, group, list, measured, number, orNull, type ResultOf, text } from '../fields';
import { proveLifetime, provenLifetime } from './proven';
import { gapSeconds, tolerance } from './spectral';

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
  /**
   * where lambda_1 and lambda_2 were searched: the steady state and every real symmetric start live there. With a detuning or a collective
   * shift the sectors mix: then those modes that are of it on resonance, followed from there
   */
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
  proven: provenLifetime,
} as const satisfies Fields;
export type GapResult = ResultOf<typeof gapFields>;

export const gapOptions = { tolerance } as const satisfies OptionTable;
const takes = { ...gapOptions, prove: proveLifetime } as const satisfies OptionTable;
export type GapOptions = Values<typeof takes>;

export const gap = {
  command: 'gap',
  does: 'lambda_1 and lambda_2, each with an error bar',
  takes,
  engines: 'either',
  fields: gapFields,
  told: ({ proven }) => ({ prove: proven === undefined ? undefined : 'on' }),
  certifies: ({ prove }) => prove === 'on',
  seconds: gapSeconds,
  options: (raw, parameters) => {
    needUniqueSteadyState(parameters);
    return checkOptions(takes, raw);
  },
} as const satisfies Experiment<GapOptions, GapResult>;
