/** The mean field behind other results: its branches as marks, and as curves along a sweep of the drive. */
import { linearLimits } from '../drawing/limits';
import { memo } from '../drawing/memo';
import type { Curve, PlotAxis, PlotMark } from '../drawing/plot-spec';
import type { ResultDocument } from '../experiments/experiment';
import { meanFieldBranches } from '../mean-field/branches';
import { meanFieldOf } from '../mean-field/equations';
import { lowerBranchSqueezing } from '../mean-field/squeezing';
import { isEquation1, type SystemParameters } from '../parameters/system';
import { type BranchLine, meanFieldCurves, undrivenOnce } from './mean-field-plots';

/** Marks at the stable branches: values of a collective spin component, N s/2. */
export function branchMarks(
  parameters: SystemParameters,
  component: 'Sz' | 'Sy',
  axis: PlotMark['axis'],
): PlotMark[] {
  const stable = meanFieldBranches(meanFieldOf(parameters)).filter(
    // On a circle the dipole's phase is anybody's.
    ({ stable, circling }) => stable && (component === 'Sz' || circling === null),
  );
  return stable.map((branch, i) => ({
    axis,
    at: (parameters.atoms / 2) * (component === 'Sz' ? branch.sz : branch.sy),
    label: stable.length === 1 ? 'mean field' : i === 0 ? 'lower mean field' : 'upper mean field',
    ink: i === 0 ? 'lower' : 'upper',
  }));
}

/** The drive of a result: Omega/Omega_c, or Omega where Omega_c = 0. */
export const driveOf = ({ parameters }: ResultDocument) => parameters.driveOverCritical ?? parameters.omega;

/** The axis of a sweep: its drives, rising, with room for the points at both ends. */
export function driveAxis(drives: readonly number[]): PlotAxis {
  const [from = 0.5, to = 1] = drives.length < 2 ? [] : [drives[0], drives[drives.length - 1]];
  const air = 0.012 * (to - from);
  return { label: 'drive *Ω*/*Ω*_c', min: from - air, max: to + air };
}

/** The axis of the squeezing: from its best to where it is none any more; curves that go on upwards are marked. */
export const squeezingAxis = (label: string, curves: readonly Curve[]): PlotAxis => ({
  label,
  ...linearLimits(
    curves.flatMap(({ y }) => Array.from(y)),
    { from: 0.6, to: 1.2, step: 0.2, most: 2.6 },
  ),
});

const undriven = undrivenOnce();
const fieldCurves = memo(meanFieldCurves);

/** Every branch along a sweep's drives and beyond, the lower one first. */
export function branchesBehind(
  parameters: SystemParameters,
  documents: readonly ResultDocument[],
  drives: readonly number[] = documents.map(driveOf),
): readonly BranchLine[] {
  const system = undriven(documents[0]?.parameters ?? parameters);
  return fieldCurves(system, Math.max(1.2, ...drives)).lines;
}

/** Eq. (7) along the lower branch; nothing in the general model, of which it does not hold. */
export function squeezingBehind(parameters: SystemParameters, documents: readonly ResultDocument[]): Curve[] {
  const system = documents[0]?.parameters ?? parameters;
  if (!isEquation1(system)) return [];
  const [{ drives, branches }] = branchesBehind(parameters, documents);
  const y = branches.map((branch) => lowerBranchSqueezing(system, branch));
  return [{ label: 'mean field, (7)', draw: 'line', ink: 'lower', width: 1.5, x: drives, y }];
}
