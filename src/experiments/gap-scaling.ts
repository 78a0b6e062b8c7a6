/** How the gap closes: the minimum of lambda_1 over the drive for several N at a fixed ratio Gamma/gamma, and two laws fitted to it. */
import { interpolatedStart, type KnownMode } from '../liouvillian/interpolated-start';
import { bistableInterval } from '../mean-field/branches';
import { InputError } from '../parameters/errors';
import {
  checkOptions,
  type NamedDocument,
  numbersIn,
  type OptionTable,
  type Values,
} from '../parameters/options';
import { PRESETS } from '../parameters/presets';
import { MAX_ATOMS, meanFieldRates, type SystemParameters, systemParameters } from '../parameters/system';
import type { Experiment, RunContext } from './experiment';
import { type Fields, group, list, measured, number, orNull, type ResultOf } from './fields';
import { fitFields, gapFits } from './gap-fits';
import { minimize } from './minimize';
import { gapSeconds, tolerance, withSlowSpectrum } from './spectral-run';

const point = group({
  atoms: number(),
  /** where lambda_1 is least, and how far off that may be */
  driveOverCritical: number(),
  driveError: number(),
  /** the least lambda_1, in units of gammaF; the error is a bound at this drive */
  lambda1: measured(),
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
type GapPoint = GapScalingResult['points'][number];

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
  /** points of an earlier run at the same ratio, which are not computed again */
  readonly finished: readonly GapPoint[];
}

/** While the minimum is searched its value need not be better known than this. */
const SEARCH_TOLERANCE = 1e-4;
/** lambda_1 rises by 650 dx^2 about its minimum at N = 54, and by less than N^2 dx^2 elsewhere: this leaves 1e-5 of it. */
const driveTolerance = (atoms: number) => 3e-3 / atoms;
/** The first step of the search, in the drive. */
const firstStep = (atoms: number) => 0.5 / atoms;

/** Gamma/gamma */
function ratioOf(parameters: SystemParameters): number {
  const { gamma, Gamma } = meanFieldRates(parameters);
  return Gamma / gamma;
}

/** The drives between which the gap has its minimum, in units of Omega_c. */
function bistableDrives(parameters: SystemParameters): { from: number; to: number } {
  const bistable = bistableInterval(meanFieldRates(parameters));
  if (bistable !== null) return bistable;
  const takes = 'above 8, where the mean field is bistable and the gap has a minimum';
  throw new InputError('ratio', ratioOf(parameters), takes);
}

export const gapScaling = {
  command: 'gap-scaling',
  does: 'the minimum of lambda_1 over the drive for several N, with both fits',
  takes: scalingOptions,
  fields,
  // Some ten drives for each size, each from the vectors of the ones before.
  seconds: (_, { atoms = scalingOptions.atoms.value.default }) =>
    6 * numbersIn(atoms).reduce((seconds, size) => seconds + gapSeconds(size), 0),
  parameters: (said, raw) => {
    if (said.ratio === undefined) return systemParameters(said);
    const { atoms } = checkOptions(scalingOptions, raw);
    requireRatio(atoms, said.ratio);
    return systemParameters({ ...said, atoms: atoms[0] });
  },
  options: (raw, parameters) => {
    bistableDrives(parameters);
    const ratio = ratioOf(parameters);
    const { atoms: sizes, tolerance, resume } = checkOptions(scalingOptions, raw);
    requireRatio(sizes, ratio);
    return { sizes, tolerance, finished: finishedPoints(resume, ratio) };
  },
  run: async (parameters, { sizes, tolerance, finished }, context): Promise<GapScalingResult> => {
    const ratio = ratioOf(parameters);
    const bistable = bistableDrives(parameters);
    const points: GapPoint[] = [];
    const result = (): GapScalingResult => ({
      ...{ ratio, tolerance },
      points: [...points],
      fits: gapFits(points),
    });
    for (const atoms of sizes) {
      const known = finished.find((point) => point.atoms === atoms);
      try {
        points.push(
          known ??
            (await minimumGap(atoms, ratio, expectedDrive(points, atoms, bistable), tolerance, context)),
        );
      } catch (cause) {
        // Stopped: what is finished is the result.
        if (context.signal.aborted && points.length > 0) break;
        throw cause;
      }
      context.onProgress({
        phase: `N = ${atoms}`,
        done: points.length,
        total: sizes.length,
        unit: 'points',
        seconds: 0,
        rate: null,
        eta: null,
      });
      context.onPartial(result());
    }
    return result();
  },
} as const satisfies Experiment<GapScalingOptions, GapScalingResult>;

/** Searches the drive of the smallest lambda_1; each evaluation starts from the vectors of the ones before. */
async function minimumGap(
  atoms: number,
  ratio: number,
  start: number,
  tolerance: number,
  context: RunContext,
): Promise<GapPoint> {
  const known: KnownMode[] = [];
  let matvecs = 0;
  const evaluate = async (drive: number, asked: number) => {
    const system: SystemParameters = systemParameters({ atoms, ratio, drive });
    const phase = `N = ${atoms}, drive ${drive.toFixed(4)}`;
    const { mode, searched } = await withSlowSpectrum(system, context, phase, async (spectrum) => {
      const from = interpolatedStart(spectrum.liouvillian, known, drive);
      const mode = await spectrum.slowMode({ tolerance: asked, start: from });
      return { mode, searched: spectrum.hasSearched(mode.re) };
    });
    matvecs += mode.matvecs;
    known.push({ at: drive, mode });
    return { mode, searched, system };
  };
  const drive = await minimize(
    async (drive) => Math.log((await evaluate(drive, SEARCH_TOLERANCE)).mode.re),
    start,
    firstStep(atoms),
    driveTolerance(atoms),
  );
  const { mode, searched, system } = await evaluate(drive, tolerance);
  if (!searched) {
    context.warn(
      `N = ${atoms}: lambda1 is not certified; a pair that decays more slowly may have been overlooked.`,
    );
  }
  if (mode.error > tolerance * mode.re) {
    context.warn(
      `N = ${atoms}: lambda1 is not certified to ${tolerance}; its bound is ${(mode.error / mode.re).toPrecision(2)} of it.`,
    );
  }
  const lambda1 = { value: mode.re / system.gammaF, error: mode.error / system.gammaF };
  return { atoms, driveOverCritical: drive, driveError: driveTolerance(atoms), lambda1, matvecs };
}

/** From the points before, as a line in 1/N; else the lower third of the mean field's bistable interval, less what small N takes off. */
function expectedDrive(
  points: readonly GapPoint[],
  atoms: number,
  { from, to }: { from: number; to: number },
): number {
  if (points.length < 2) return points.at(-1)?.driveOverCritical ?? from + (to - from) * (0.6 - 9 / atoms);
  const [a, b] = points.slice(-2);
  const slope = (b.driveOverCritical - a.driveOverCritical) / (1 / b.atoms - 1 / a.atoms);
  return b.driveOverCritical + slope * (1 / atoms - 1 / b.atoms);
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

/** The points of an earlier document (a NamedDocument), if it holds some at this ratio. @throws InputError */
function finishedPoints(earlier: NamedDocument | undefined, ratio: number): GapPoint[] {
  if (earlier === undefined) return [];
  const { name } = earlier;
  const result = (earlier.document as { result?: Partial<GapScalingResult> } | null)?.result;
  if (!Array.isArray(result?.points))
    throw new InputError('resume', name, 'the document of an earlier gap-scaling');
  if (Math.abs((result.ratio ?? 0) / ratio - 1) > 1e-9) {
    throw new InputError('resume', name, `a gap-scaling at the same ratio Gamma/gamma = ${ratio}`);
  }
  return result.points;
}
