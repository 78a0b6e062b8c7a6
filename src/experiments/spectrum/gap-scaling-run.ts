/** Computes the gap's minimum for one N after another, and fits both laws. */
import { interpolatedStart, type KnownMode } from '../../liouvillian/interpolated-start';
import type { SystemParameters } from '../../parameters/system';
import type { RunContext } from '../experiment';
import { gapFits } from './gap-fits';
import {
  bistableDrives,
  type GapPoint,
  type GapScalingOptions,
  type GapScalingResult,
  isWithin,
  ratioOf,
  sized,
} from './gap-scaling';
import { gapSlopes } from './gap-slopes';
import { minimize } from './minimize';
import { withSlowSpectrum } from './spectral-run';

/** While the minimum is searched its value need not be better known than this. */
const SEARCH_TOLERANCE = 1e-4;
/** lambda_1 rises by 650 dx^2 about its minimum at N = 54, and by less than N^2 dx^2 elsewhere: this leaves 1e-5 of it. */
const driveTolerance = (atoms: number) => 3e-3 / atoms;
/** The first step of the search, in the drive. */
const firstStep = (atoms: number) => 0.5 / atoms;

export async function run(
  parameters: SystemParameters,
  { sizes, tolerance, finished }: GapScalingOptions,
  context: RunContext,
): Promise<GapScalingResult> {
  const ratio = ratioOf(parameters);
  const bistable = bistableDrives(parameters);
  const points: GapPoint[] = [];
  const result = (): GapScalingResult => ({
    ...{ ratio, tolerance },
    points: [...points],
    fits: gapFits(points),
    ...gapSlopes(points),
  });
  for (const atoms of sizes) {
    const known = finished.find((point) => point.atoms === atoms);
    try {
      const point =
        known ??
        (await minimumGap(parameters, atoms, expectedDrive(points, atoms, bistable), tolerance, context));
      points.push(point);
      warnOf(point, tolerance, context);
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
}

/** What a point is to be read with, whichever run computed it. */
function warnOf(point: GapPoint, tolerance: number, { warn }: RunContext): void {
  const { atoms, searched, lambda1 } = point;
  if (!searched)
    warn(`N = ${atoms}: lambda1 is not certified; a pair that decays more slowly may have been overlooked.`);
  if (!isWithin(point, tolerance)) {
    const share = (lambda1.error / lambda1.value).toPrecision(2);
    warn(`N = ${atoms}: lambda1 is not certified to ${tolerance}; its bound is ${share} of it.`);
  }
}

/** Searches the drive of the smallest lambda_1; each evaluation starts from the vectors of the ones before. */
async function minimumGap(
  parameters: SystemParameters,
  atoms: number,
  start: number,
  tolerance: number,
  context: RunContext,
): Promise<GapPoint> {
  const known: KnownMode[] = [];
  let matvecs = 0;
  const evaluate = async (drive: number, asked: number) => {
    const system: SystemParameters = sized(parameters, atoms, drive);
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
  const lambda1 = { value: mode.re / system.gammaF, error: mode.error / system.gammaF };
  return { atoms, driveOverCritical: drive, driveError: driveTolerance(atoms), lambda1, searched, matvecs };
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
