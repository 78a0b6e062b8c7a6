/** The mean field behind other results: its branches as marks, and as curves along a sweep of the drive. */
import type { PlotAxis, PlotMark } from '../../src/drawing/plot-spec';
import type { ResultDocument } from '../../src/experiments/experiment';
import { meanFieldBranches } from '../../src/mean-field/branches';
import { meanFieldRates, type SystemParameters } from '../../src/parameters/system';
import { type BranchLine, meanFieldCurves } from '../panels/mean-field/mean-field-plots';
import { memo } from './memo';

/** Marks at the stable branches: values of a collective spin component, N s/2. */
export function branchMarks(
  parameters: SystemParameters,
  component: 'Sz' | 'Sy',
  axis: PlotMark['axis'],
): PlotMark[] {
  const stable = meanFieldBranches(meanFieldRates(parameters), parameters.omega).filter(
    ({ stable }) => stable,
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

/** The axis of a sweep: its drives from the least to the greatest. */
export const driveAxis = (documents: readonly ResultDocument[]): PlotAxis => ({
  label: 'drive *Ω*/*Ω*_c',
  ...(documents.length < 2
    ? { min: 0.5, max: 1 }
    : { min: Math.min(...documents.map(driveOf)), max: Math.max(...documents.map(driveOf)) }),
});

const fieldCurves = memo(meanFieldCurves);

/** Every branch along a sweep's drives and beyond, the lower one first. */
export function branchesBehind(
  parameters: SystemParameters,
  documents: readonly ResultDocument[],
): readonly BranchLine[] {
  const { atoms, gamma1D, gammaF } = documents[0]?.parameters ?? parameters;
  return fieldCurves(atoms, gamma1D, gammaF, Math.max(1.2, ...documents.map(driveOf))).lines;
}
