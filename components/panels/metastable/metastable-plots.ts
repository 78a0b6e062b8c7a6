/** The two metastable states as plots: figures 3a to 3d. */

import type { Curve, Ink, PlotSpec } from '../../../src/drawing/plot-spec';
import type { ResultDocument } from '../../../src/experiments/experiment';
import type { MetastableResult } from '../../../src/experiments/spectrum/metastable';
import type { SystemParameters } from '../../../src/parameters/system';
import {
  branchesBehind,
  branchMarks,
  driveAxis,
  driveOf,
  squeezingBehind,
} from '../../shared/mean-field-behind';
import { magnetizations } from '../steady-state/steady-plots';

type Documents = readonly ResultDocument<MetastableResult>[];

/** Points of one quantity against the drive. */
function points(
  label: string,
  ink: Ink,
  documents: Documents,
  value: (result: MetastableResult, parameters: SystemParameters) => number | null,
): Curve {
  return {
    label,
    draw: 'points',
    ink,
    x: documents.map(driveOf),
    y: documents.map(({ result, parameters }) => value(result, parameters)),
  };
}

/** Figure 3a: <S_z> in "+" and in "-" against the drive, beside the branches. */
export function statesPlot(parameters: SystemParameters, documents: Documents): PlotSpec {
  const field = branchesBehind(parameters, documents).map(
    ({ name, ink, drives, branches }): Curve => ({
      label: name,
      draw: 'line',
      ink,
      width: 1.5,
      ...(ink === 'unstable' && { dashed: true }),
      x: drives,
      y: branches.map(({ sz }) => sz),
    }),
  );
  const perAtom =
    (state: 'plus' | 'minus') =>
    (result: MetastableResult, { atoms }: SystemParameters) =>
      (2 * result[state].moments.Sz) / atoms;
  return {
    title: 'Magnetization of the metastable states',
    x: driveAxis(documents),
    y: { label: 'magnetization 2⟨*S*_z⟩/*N*', min: -1.04, max: 0.1 },
    curves:
      documents.length === 0
        ? field
        : [
            ...field,
            points('*ρ*_+', 'lower', documents, perAtom('plus')),
            points('*ρ*_−', 'upper', documents, perAtom('minus')),
          ],
  };
}

/** Figure 3b: a_+- times the distributions of m, and their sum. */
export function weightedPlot(parameters: SystemParameters, result: MetastableResult | null): PlotSpec {
  const m = magnetizations(parameters.atoms);
  const plus = result?.plus.Pm.map((p) => result.aPlus * p) ?? [];
  const minus = result?.minus.Pm.map((p) => result.aMinus * p) ?? [];
  const curves: Curve[] = [
    { label: '*a*_+*P*_m of *ρ*_+', draw: 'bars', ink: 'lower', x: m, y: plus },
    { label: '*a*_−*P*_m of *ρ*_−', draw: 'bars', ink: 'upper', x: m, y: minus },
    { label: 'their sum', draw: 'line', ink: 'exact', x: m, y: plus.map((p, i) => p + minus[i]) },
  ];
  return {
    title: 'Distributions of the magnetization in the metastable states',
    x: { label: 'magnetization *m*', min: -parameters.atoms / 2 - 0.5, max: parameters.atoms / 2 + 0.5 },
    y: { label: 'weight × probability', min: 0, ...(!result && { max: 1 }) },
    curves: result ? curves : [],
    marks: branchMarks(parameters, 'Sz', 'x'),
  };
}

/** Figure 3c: how much of "+" is a coherently radiating spin state. */
export function fidelityPlot(documents: Documents): PlotSpec {
  return {
    title: 'Fidelity of the metastable state with the CRSS',
    x: driveAxis(documents),
    y: { label: 'fidelity of *ρ*_+ with the CRSS', min: 0, max: 1.04 },
    curves:
      documents.length === 0
        ? []
        : [
            points('a CRSS in every *j*', 'mean', documents, ({ plus }) => plus.crssFidelityAllJ),
            points('*j* = *N*/2 alone', 'lower', documents, ({ plus }) => plus.crssFidelity),
            points('square root of *j* = *N*/2 alone', 'guide', documents, ({ plus }) =>
              plus.crssFidelity === null ? null : Math.sqrt(plus.crssFidelity),
            ),
          ],
  };
}

/** Figure 3d: the squeezing of "+" beside Eq. (7). */
export function plusSqueezingPlot(parameters: SystemParameters, documents: Documents): PlotSpec {
  const field = squeezingBehind(parameters, documents);
  return {
    title: 'Spin squeezing of the metastable state',
    x: driveAxis(documents),
    y: { label: 'squeezing *ξ*^2 of *ρ*_+', min: 0.4, max: 2 },
    curves:
      documents.length === 0
        ? field
        : [...field, points('*ρ*_+', 'lower', documents, ({ plus }) => plus.moments.squeezing)],
    marks: [{ axis: 'y', at: 1, label: 'squeezed below', ink: 'guide' }],
  };
}
