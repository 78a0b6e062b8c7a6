/** The two metastable states as plots: figures 3a to 3d. */

import type { Curve, Ink, PlotSpec } from '../drawing/plot-spec';
import type { ResultDocument } from '../experiments/experiment';
import type { MetastableResult } from '../experiments/spectrum/metastable';
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
import { magnetizationAxis, magnetizations, probabilityEnd } from './steady-plots';

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
export function statesPlot(
  parameters: SystemParameters,
  documents: Documents,
  drives: readonly number[] = documents.map(driveOf),
): PlotSpec {
  const field = branchesBehind(parameters, documents).map((line) =>
    branchCurve(line, ({ sz }) => sz, { width: 1.5 }),
  );
  const perAtom =
    (state: 'plus' | 'minus') =>
    (result: MetastableResult, { atoms }: SystemParameters) =>
      (2 * result[state].moments.Sz) / atoms;
  return {
    title: 'Magnetization of the metastable states',
    x: driveAxis(drives),
    y: inversionAxis(documents[0]?.parameters ?? parameters, 'magnetization 2⟨*S*_z⟩/*N*'),
    bands: bistableBands(documents[0]?.parameters ?? parameters),
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

/**
 * Figure 3b: a_+- times the distributions of m, and their sum.
 * @param at which point of a sweep it is, in the markup of `notation`; empty for a run of the present system
 */
export function weightedPlot(
  parameters: SystemParameters,
  result: MetastableResult | null,
  at = '',
): PlotSpec {
  const m = magnetizations(parameters.atoms);
  const plus = result?.plus.Pm.map((p) => result.aPlus * p) ?? [];
  const minus = result?.minus.Pm.map((p) => result.aMinus * p) ?? [];
  const sum = plus.map((p, i) => p + minus[i]);
  const curves: Curve[] = [
    { label: '*a*_+*P*_m of *ρ*_+', draw: 'bars', ink: 'lower', x: m, y: plus },
    { label: '*a*_−*P*_m of *ρ*_−', draw: 'bars', ink: 'upper', x: m, y: minus },
    { label: `their sum${at}`, draw: 'line', ink: 'exact', x: m, y: sum },
  ];
  return {
    title: 'Distributions of the magnetization in the metastable states',
    x: magnetizationAxis(parameters.atoms),
    y: { label: 'weight × probability', min: 0, max: result ? probabilityEnd(sum) : 1 },
    curves: result ? curves : [],
    marks: branchMarks(parameters, 'Sz', 'x'),
  };
}

/** Figure 3c: how much of "+" is a coherently radiating spin state. */
export function fidelityPlot(
  documents: Documents,
  drives: readonly number[] = documents.map(driveOf),
): PlotSpec {
  return {
    title: 'Fidelity of the metastable state with the CRSS',
    x: driveAxis(drives),
    y: { label: 'fidelity of *ρ*_+ with the CRSS', min: 0, max: 1.04 },
    bands: documents.length === 0 ? [] : bistableBands(documents[0].parameters),
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
export function plusSqueezingPlot(
  parameters: SystemParameters,
  documents: Documents,
  drives: readonly number[] = documents.map(driveOf),
): PlotSpec {
  const field = squeezingBehind(parameters, documents);
  const own = points('*ρ*_+', 'lower', documents, ({ plus }) => plus.moments.squeezing);
  const curves = documents.length === 0 ? field : [...field, own];
  return {
    title: 'Spin squeezing of the metastable state',
    x: driveAxis(drives),
    y: squeezingAxis('squeezing *ξ*^2 of *ρ*_+', curves),
    curves,
    bands: bistableBands(documents[0]?.parameters ?? parameters),
    marks: [{ axis: 'y', at: 1, label: 'squeezed below', ink: 'guide' }],
  };
}
