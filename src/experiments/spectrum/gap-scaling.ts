/** How the gap closes: the minimum of lambda_1 over the drive for several N at a fixed ratio Gamma/gamma, and two laws fitted to it. */
import { bistableInterval } from '../../mean-field/branches';
import { InputError } from '../../parameters/errors';
import { checkOptions, numbersIn, type OptionTable, type Values } from '../../parameters/options';
import { PRESETS } from '../../parameters/presets';
import {
  MAX_ATOMS,
  meanFieldRates,
  needEquation1,
  type SystemParameters,
  systemParameters,
} from '../../parameters/system';
import type { Experiment, ResultDocument } from '../experiment';
import { type Fields, flag, group, list, measured, number, orNull, type ResultOf } from '../fields';
import { readDocument } from '../read-document';
import { fitFields } from './gap-fits';
import { gapSeconds, tolerance } from './spectral';

const point = group({
  atoms: number(),
  /** where lambda_1 is least, and how far off that may be */
  driveOverCritical: number(),
  driveError: number(),
  /** the least lambda_1, in units of gammaF; the error is a bound at this drive */
  lambda1: measured(),
  /** true when nothing slower can have been overlooked where it was looked for */
  searched: flag,
  matvecs: number(),
});
const fields = {
  /** Gamma/gamma, the same for all N */
  ratio: number(),
  /** asked error bound relative to lambda_1 */
  tolerance: number(),
  /** by rising N */
  points: list(point),
  /** null for fewer than two points */
  fits: orNull(group(fitFields)),
} as const satisfies Fields;
export type GapScalingResult = ResultOf<typeof fields>;
export type GapPoint = GapScalingResult['points'][number];

const scalingOptions = {
  atoms: {
    value: { kind: 'whole numbers', from: 10, to: MAX_ATOMS, default: PRESETS['2d'].sweep.atoms },
    placeholder: 'N,N,...',
    help: 'numbers of atoms',
  },
  tolerance,
  resume: { value: { kind: 'file' }, help: 'JSON document of an earlier run, whose points are kept' },
} as const satisfies OptionTable;

export interface GapScalingOptions extends Pick<Values<typeof scalingOptions>, 'tolerance'> {
  readonly sizes: readonly number[];
  /** points of an earlier run at the same ratio and known well enough, which are not computed again */
  readonly finished: readonly GapPoint[];
}

/** Gamma/gamma */
export function ratioOf(parameters: SystemParameters): number {
  const { gamma, Gamma } = meanFieldRates(parameters);
  return Gamma / gamma;
}

/** The drives between which the gap has its minimum, in units of Omega_c. */
export function bistableDrives(parameters: SystemParameters): { from: number; to: number } {
  const bistable = bistableInterval(meanFieldRates(parameters));
  if (bistable !== null) return bistable;
  const takes = 'above 8, where the mean field is bistable and the gap has a minimum';
  throw new InputError('ratio', ratioOf(parameters), takes);
}

interface Earlier {
  readonly name: string;
  readonly document: ResultDocument<GapScalingResult>;
}

const command = 'gap-scaling';
export const gapScaling = {
  command,
  does: 'the minimum of lambda_1 over the drive for several N, with both fits',
  takes: scalingOptions,
  engines: 'either',
  fields,
  told: ({ points }) => ({ atoms: points.map(({ atoms }) => atoms).join() }),
  // Some ten drives for each size, each from the vectors of the ones before.
  seconds: (_, { atoms = scalingOptions.atoms.value.default }) =>
    6 * numbersIn(atoms).reduce((seconds, size) => seconds + gapSeconds(size), 0),
  earlier(raw) {
    const { resume } = checkOptions({ resume: scalingOptions.resume }, raw);
    return resume && { name: resume.name, document: readDocument('resume', resume, { command, fields }) };
  },
  parameters: (said, raw) => {
    if (said.ratio === undefined) return systemParameters(said);
    const { atoms } = checkOptions(scalingOptions, raw);
    requireRatio(atoms, said.ratio);
    return systemParameters({ ...said, atoms: atoms[0] });
  },
  options: (raw, parameters, earlier?: Earlier) => {
    needEquation1(parameters, 'gap-scaling');
    bistableDrives(parameters);
    const ratio = ratioOf(parameters);
    const { atoms: sizes, tolerance } = checkOptions(scalingOptions, raw);
    requireRatio(sizes, ratio);
    return { sizes, tolerance, finished: finishedPoints(earlier, ratio, tolerance) };
  },
} as const satisfies Experiment<GapScalingOptions, GapScalingResult, Earlier | undefined>;

/** Gamma/gamma is below N - 1 with individual decay, and without it there is no gap. @throws InputError naming the sizes at fault */
function requireRatio(sizes: readonly number[], ratio: number): void {
  // A ratio of rates is known to rounding.
  const small = sizes.filter((atoms) => atoms - 1 <= ratio * (1 + 1e-12));
  if (small.length === 0) return;
  const leftOut = small.map((atoms) => `${atoms} (N - 1 = ${atoms - 1})`).join(', ');
  const takes = `numbers N with N - 1 above the ratio Gamma/gamma = ${Number(ratio.toPrecision(6))}, which leaves out ${leftOut}`;
  throw new InputError('atoms', sizes.join(','), takes);
}

/** Whether its bound is as small as asked. */
export const isWithin = ({ lambda1: { value, error } }: GapPoint, tolerance: number) =>
  error <= tolerance * value;

/** The points of an earlier document that are known as well as asked, or as it could be then. @throws InputError for another ratio */
function finishedPoints(earlier: Earlier | undefined, ratio: number, tolerance: number): readonly GapPoint[] {
  if (earlier === undefined) return [];
  const { result } = earlier.document;
  if (Math.abs(result.ratio / ratio - 1) > 1e-9) {
    throw new InputError('resume', earlier.name, `a gap-scaling at the same ratio Gamma/gamma = ${ratio}`);
  }
  return result.points.filter((point) => result.tolerance <= tolerance || isWithin(point, tolerance));
}
