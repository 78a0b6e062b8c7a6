/** Steady states as plots: figures 2a, 2b, 2c and S4. */

import { linearLimits } from '../drawing/limits';
import { plainNotation } from '../drawing/notation';
import { short } from '../drawing/number';
import type { Curve, PlotAxis, PlotSpec } from '../drawing/plot-spec';
import type { ResultDocument } from '../experiments/experiment';
import type { SteadyStateResult } from '../experiments/spectrum/steady-state';
import type { SystemParameters } from '../parameters/system';
import {
  branchesBehind,
  branchMarks,
  driveAxis,
  driveOf,
  squeezingAxis,
  squeezingBehind,
} from './mean-field-behind';
import { bistableBands, branchCurve, inversionAxis } from './mean-field-plots';

/** For one number of atoms after another: exact states belong to neither branch. */
const series = [
  { ink: 'exact' },
  { ink: 'mean' },
  { ink: 'guide' },
  { ink: 'exact', dashed: true },
  { ink: 'mean', dashed: true },
  { ink: 'guide', dashed: true },
] as const satisfies readonly Pick<Curve, 'ink' | 'dashed'>[];
export const seriesOf = (i: number): Pick<Curve, 'ink' | 'dashed'> => series[i % series.length];

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
      ...seriesOf(i),
      x: group.map(driveOf),
      y: group.map(({ result, parameters }) => value(result, parameters)),
    }),
  );
}

/** Figure 2a: <S_z> per atom against the drive, beside the mean field. */
export function magnetizationPlot(
  parameters: SystemParameters,
  documents: readonly ResultDocument<SteadyStateResult>[],
  drives: readonly number[] = documents.map(driveOf),
): PlotSpec {
  const field = branchesBehind(parameters, documents).map((line) =>
    branchCurve(line, ({ sz }) => sz, { width: 1.5 }),
  );
  return {
    title: 'Steady-state magnetization',
    x: driveAxis(drives),
    y: inversionAxis(documents[0]?.parameters ?? parameters, 'magnetization 2⟨*S*_z⟩/*N*'),
    curves: [...field, ...sweepCurves(documents, ({ moments }, { atoms }) => (2 * moments.Sz) / atoms)],
    bands: bistableBands(documents[0]?.parameters ?? parameters),
  };
}

/** Figure 2c: the squeezing against the drive, beside Eq. (7) on the lower branch. */
export function squeezingPlot(
  parameters: SystemParameters,
  documents: readonly ResultDocument<SteadyStateResult>[],
  drives: readonly number[] = documents.map(driveOf),
): PlotSpec {
  const field = squeezingBehind(parameters, documents);
  const curves = [...field, ...sweepCurves(documents, ({ moments }) => moments.squeezing)];
  return {
    title: 'Steady-state spin squeezing',
    x: driveAxis(drives),
    y: squeezingAxis('squeezing *ξ*^2', curves),
    curves,
    marks: [{ axis: 'y', at: 1, label: 'squeezed below', ink: 'guide' }],
    bands: bistableBands(documents[0]?.parameters ?? parameters),
  };
}

/** m = -N/2 ... N/2 */
export const magnetizations = (atoms: number) => Array.from({ length: atoms + 1 }, (_, i) => i - atoms / 2);

/** The axis of m: from -N/2 to N/2, in whole steps. */
export const magnetizationAxis = (atoms: number): PlotAxis => ({
  label: 'magnetization *m*',
  min: -atoms / 2 - 0.5,
  max: atoms / 2 + 0.5,
  whole: (atoms % 2) / 2,
});

/** Where an axis of probabilities ends: in steps that seldom move it while the drive is dragged. */
export function probabilityEnd(probabilities: readonly number[]): number {
  const most = Math.max(...probabilities);
  return linearLimits(probabilities, { from: 0, to: 0, step: most > 0.1 ? 0.05 : most > 0.02 ? 0.02 : 0.005 })
    .max;
}

/**
 * Figure 2b: P_m at one drive, with the mean field's values.
 * @param label in the markup of `notation`, where it is not a run's of the present system
 */
export function steadyDistributionPlot(
  parameters: SystemParameters,
  result: SteadyStateResult | null,
  label = '*ρ*_s',
): PlotSpec {
  const { atoms } = parameters;
  const max = result ? probabilityEnd(result.Pm) : 1;
  return {
    title: 'Steady-state distribution of the magnetization',
    x: magnetizationAxis(atoms),
    y: { label: 'probability *P*_m', min: 0, max },
    curves: result ? [{ label, draw: 'bars', ink: 'exact', x: magnetizations(atoms), y: result.Pm }] : [],
    marks: branchMarks(parameters, 'Sz', 'x'),
  };
}

/** The most that can be looked at one by one. */
export const mostSmall = 12;

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
