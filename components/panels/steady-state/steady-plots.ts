/** Steady states as plots: figures 2a, 2b, 2c and S4. */

import { plainNotation } from '../../../src/drawing/notation';
import { short } from '../../../src/drawing/number';
import type { Curve, Ink, PlotSpec } from '../../../src/drawing/plot-spec';
import type { ResultDocument } from '../../../src/experiments/experiment';
import type { SteadyStateResult } from '../../../src/experiments/spectrum/steady-state';
import type { SystemParameters } from '../../../src/parameters/system';
import {
  branchesBehind,
  branchMarks,
  driveAxis,
  driveOf,
  squeezingBehind,
} from '../../shared/mean-field-behind';
import { inversionAxis } from '../mean-field/mean-field-plots';

/** For one number of atoms after another. */
export const seriesInks: readonly Ink[] = ['lower', 'mean', 'upper', 'guide', 'trace', 'unstable'];

/** The documents of a sweep by number of atoms, each by rising drive. */
export function byAtoms<Result>(
  documents: readonly ResultDocument<Result>[],
): Map<number, ResultDocument<Result>[]> {
  const groups = new Map<number, ResultDocument<Result>[]>();
  for (const document of documents) {
    const { atoms } = document.parameters;
    groups.set(atoms, [...(groups.get(atoms) ?? []), document]);
  }
  return groups;
}

/** One curve for each number of atoms against the drive. */
export function sweepCurves<Result>(
  documents: readonly ResultDocument<Result>[],
  value: (result: Result, parameters: SystemParameters) => number | null,
): Curve[] {
  return [...byAtoms(documents)].map(
    ([atoms, group], i): Curve => ({
      label: `*N* = ${atoms}`,
      draw: 'line',
      ink: seriesInks[i % seriesInks.length],
      x: group.map(driveOf),
      y: group.map(({ result, parameters }) => value(result, parameters)),
    }),
  );
}

/** Figure 2a: <S_z> per atom against the drive, beside the mean field. */
export function magnetizationPlot(
  parameters: SystemParameters,
  documents: readonly ResultDocument<SteadyStateResult>[],
): PlotSpec {
  const field = branchesBehind(parameters, documents).map(
    ({ name, ink, drives, branches }): Curve => ({
      label: ink === 'lower' ? 'mean field' : name,
      draw: 'line',
      ink: ink === 'unstable' ? 'unstable' : 'exact',
      ...(ink === 'unstable' && { dashed: true }),
      quiet: ink === 'upper',
      width: 1.5,
      x: drives,
      y: branches.map(({ sz }) => sz),
    }),
  );
  return {
    title: 'Steady-state magnetization',
    x: driveAxis(documents),
    y: inversionAxis(documents[0]?.parameters ?? parameters, 'magnetization 2⟨*S*_z⟩/*N*'),
    curves: [...field, ...sweepCurves(documents, ({ moments }, { atoms }) => (2 * moments.Sz) / atoms)],
  };
}

/** Figure 2c: the squeezing against the drive, beside Eq. (7) on the lower branch. */
export function squeezingPlot(
  parameters: SystemParameters,
  documents: readonly ResultDocument<SteadyStateResult>[],
): PlotSpec {
  const field = squeezingBehind(parameters, documents);
  return {
    title: 'Steady-state spin squeezing',
    x: driveAxis(documents),
    y: { label: 'squeezing *ξ*^2', min: 0.4, max: 2 },
    curves: [...field, ...sweepCurves(documents, ({ moments }) => moments.squeezing)],
    marks: [{ axis: 'y', at: 1, label: 'squeezed below', ink: 'guide' }],
  };
}

/** m = -N/2 ... N/2 */
export const magnetizations = (atoms: number) => Array.from({ length: atoms + 1 }, (_, i) => i - atoms / 2);

/** Figure 2b: P_m at one drive, with the mean field's values. */
export function steadyDistributionPlot(
  parameters: SystemParameters,
  result: SteadyStateResult | null,
): PlotSpec {
  const { atoms } = parameters;
  return {
    title: 'Steady-state distribution of the magnetization',
    x: { label: 'magnetization *m*', min: -atoms / 2 - 0.5, max: atoms / 2 + 0.5 },
    y: { label: 'probability *P*_m', min: 0, ...(!result && { max: 1 }) },
    curves: result
      ? [{ label: '*ρ*_s', draw: 'bars', ink: 'exact', x: magnetizations(atoms), y: result.Pm }]
      : [],
    marks: branchMarks(parameters, 'Sz', 'x'),
  };
}

/** The most that can be looked at one by one. */
const mostSmall = 12;

/** Figure S4: P_m at each point of a small sweep; none of a larger one. */
export function smallDistributionPlots(documents: readonly ResultDocument<SteadyStateResult>[]): PlotSpec[] {
  if (documents.length > mostSmall) return [];
  return documents.map((document) => {
    const { parameters, result } = document;
    const at = `*N* = ${parameters.atoms}, *Ω*/*Ω*_c = ${short(driveOf(document))}`;
    const spec = steadyDistributionPlot(parameters, result);
    return {
      ...spec,
      title: `Distribution at ${plainNotation(at)}`,
      y: { ...spec.y, label: '*P*_m' },
      curves: spec.curves.map((curve) => ({ ...curve, label: at })),
    };
  });
}
