/** How the gap closes: the minimum of lambda_1 over the drive for several N at a fixed ratio Gamma/gamma, and two laws fitted to it. */
import { bistableIntervals } from '../../mean-field/bistability';
import { InputError } from '../../parameters/errors';
import {
  checkOptions,
  flagOf,
  numbersIn,
  type OptionTable,
  pick,
  type Raw,
  type Values,
} from '../../parameters/options';
import { PRESETS } from '../../parameters/presets';
import {
  isEquation1,
  meanFieldRates,
  type SystemParameters,
  systemParameters,
} from '../../parameters/system';
import { MAX_ATOMS } from '../../parameters/system-options';
import type { Experiment, ResultDocument } from '../experiment';
import { type Fields, flag, group, list, measured, number, orNull, type ResultOf } from '../fields';
import { readDocument } from '../read-document';
import { fitFields } from './gap-fits';
import { slopeFields } from './gap-slopes';
import { gapSeconds, tolerance } from './spectral';

const point = group({
  atoms: number(),
  /** where lambda_1 is least, and how far off that may be */
  driveOverCritical: number(),
  driveError: number(),
  /** the least lambda_1; the error is a bound at this drive */
  lambda1: measured('gammaF'),
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
  ...slopeFields,
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
  merge: {
    value: { kind: 'files' },
    help: 'merge the points of JSON documents of other numbers of atoms instead of computing any',
  },
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
  const [bistable] = bistableIntervals(parameters);
  if (bistable !== undefined) return bistable;
  const takes = isEquation1(parameters) ? 'above 8' : 'one beside these rates';
  throw new InputError(
    'ratio',
    ratioOf(parameters),
    `${takes}, where the mean field is bistable and the gap has a minimum`,
  );
}

const individual = ['detuning', 'pumping', 'dephasing'] as const;
const collective = ['collectiveShift', 'collectivePumping', 'collectiveDephasing'] as const;

/** What the general model adds, in units of gamma; what is collective in units of gamma_1D, beside which it stays whatever N. */
function shares(parameters: SystemParameters) {
  const { gamma } = meanFieldRates(parameters);
  return [
    ...individual.map((name) => ({ name, share: parameters[name] / gamma, of: 'gamma' as const })),
    ...collective.map((name) => ({
      name,
      share: parameters[name] / parameters.gamma1D,
      of: 'gamma1D' as const,
    })),
  ];
}

/** A system of another size at the same ratio, gamma = 1. */
export function sized(parameters: SystemParameters, atoms: number, drive: number): SystemParameters {
  const ratio = ratioOf(parameters);
  const unit = { gamma: 1, gamma1D: ratio / (atoms - 1) };
  const more = shares(parameters).map(({ name, share, of }) => [name, share * unit[of]]);
  return systemParameters({ atoms, ratio, drive, ...Object.fromEntries(more) });
}

export interface Earlier {
  readonly name: string;
  readonly document: ResultDocument<GapScalingResult>;
}

/** The runs that `merge` names, or the one of `resume`; none without either. */
function earlierRuns(raw: Raw): readonly Earlier[] {
  const { merge, resume } = checkOptions(pick(scalingOptions, ['merge', 'resume']), raw);
  const second = (['atoms', 'tolerance', 'resume'] as const).find((name) => raw[name] !== undefined);
  if (merge !== undefined && second !== undefined)
    throw new InputError(flagOf(second), raw[second], 'left out with --merge');
  if (merge !== undefined && merge.length < 2)
    throw new InputError('merge', merge[0]?.name, 'at least two files');
  const argument = merge === undefined ? 'resume' : 'merge';
  return (merge ?? (resume ? [resume] : []))
    .map((named) => ({ name: named.name, document: readDocument(argument, named, { command, fields }) }))
    .sort((a, b) => a.document.parameters.atoms - b.document.parameters.atoms);
}

const command = 'gap-scaling';
export const gapScaling = {
  command,
  does: 'the minimum of lambda_1 over the drive for several N, with both fits',
  takes: scalingOptions,
  engines: 'either',
  fields,
  told: ({ points }) => ({ atoms: points.map(({ atoms }) => atoms).join() }),
  systems: ({ points }, parameters) =>
    points.map(({ atoms, driveOverCritical }) => sized(parameters, atoms, driveOverCritical)),
  // Some ten drives for each size, each from the vectors of the ones before.
  seconds: (system, { atoms = scalingOptions.atoms.value.default }) =>
    6 * numbersIn(atoms).reduce((seconds, size) => seconds + gapSeconds({ ...system, atoms: size }), 0),
  earlier: earlierRuns,
  parameters: (said, raw, [first] = []) => {
    const nothingSaid = Object.values(said).every((value) => value === undefined);
    if (raw.merge !== undefined && first !== undefined && nothingSaid) return first.document.parameters;
    if (said.ratio === undefined) return systemParameters(said);
    const { atoms } = checkOptions(scalingOptions, raw);
    requireRatio(atoms, said.ratio);
    return systemParameters({ ...said, atoms: atoms[0] });
  },
  options: (raw, parameters, earlier = []) => {
    bistableDrives(parameters);
    if (raw.merge !== undefined) return mergedPoints(earlier, parameters);
    const ratio = ratioOf(parameters);
    const { atoms: sizes, tolerance } = checkOptions(scalingOptions, raw);
    requireRatio(sizes, ratio);
    const finished = earlier.flatMap((run) => finishedPoints('resume', run, parameters, tolerance));
    return { sizes, tolerance, finished };
  },
} as const satisfies Experiment<GapScalingOptions, GapScalingResult, readonly Earlier[]>;

/** All there is, as well known as the least of it was asked for. */
function mergedPoints(earlier: readonly Earlier[], parameters: SystemParameters): GapScalingOptions {
  const tolerance = Math.max(...earlier.map((run) => run.document.result.tolerance));
  const finished = earlier.flatMap((run) => finishedPoints('merge', run, parameters, tolerance));
  const sizes = finished.map(({ atoms }) => atoms).sort((a, b) => a - b);
  const twice = sizes.find((atoms, i) => atoms === sizes[i - 1]);
  if (twice !== undefined)
    throw new InputError('merge', `N = ${twice} twice`, 'files of different numbers of atoms');
  return { sizes, tolerance, finished };
}

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

/**
 * The points of an earlier document that are known as well as asked, or as it could be then.
 * @throws InputError for another ratio, or other rates beside it
 */
function finishedPoints(
  argument: 'resume' | 'merge',
  earlier: Earlier,
  parameters: SystemParameters,
  tolerance: number,
): readonly GapPoint[] {
  const { result, parameters: before } = earlier.document;
  const ratio = ratioOf(parameters);
  if (Math.abs(result.ratio / ratio - 1) > 1e-9)
    throw new InputError(argument, earlier.name, `a gap-scaling at the same ratio Gamma/gamma = ${ratio}`);
  const then = shares(before);
  for (const [i, { name, share, of }] of shares(parameters).entries())
    if (Math.abs(then[i].share - share) > 1e-9 * Math.abs(share))
      throw new InputError(
        argument,
        earlier.name,
        `a gap-scaling at the same --${flagOf(name)}, ${share} ${of}`,
      );
  return result.points.filter((point) => result.tolerance <= tolerance || isWithin(point, tolerance));
}
