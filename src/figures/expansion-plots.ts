/** The mean field for several Gamma/gamma, its dipole, and its expansion in gamma: figure S1. */

import type { Curve, Ink, PlotAxis, PlotSpec } from '../drawing/plot-spec';
import { bistableInterval } from '../mean-field/branches';
import { ofEquation1 } from '../mean-field/equations';
import { branchExpansion, type ExpandedBranch } from '../mean-field/expansions';
import { PRESETS } from '../parameters/presets';
import { isEquation1, type MeanFieldRates, meanFieldRates } from '../parameters/system';
import {
  type BranchLine,
  bistableBands,
  branchCurve,
  inversionAxis,
  type MeanFieldCurves,
  meanFieldLines,
} from './mean-field-plots';

const { drive: shown, ratio: ratios } = PRESETS.S1.sweep;
const drive: PlotAxis = { label: 'drive *Ω*/*Ω*_c', min: shown.from, max: shown.to };
const inks: readonly Ink[] = ['exact', 'mean', 'guide', 'trace'];

/** One Gamma/gamma, at gamma = 1: the mean field does not see N. */
const ofRatio = (Gamma: number): MeanFieldRates => ({ gamma: 1, Gamma, omegaCritical: Gamma / 4 });
const families = ratios.map((ratio, i) => {
  const rates = ofRatio(ratio);
  const field = ofEquation1(rates, 0);
  const lines = meanFieldLines(field, rates.omegaCritical, bistableInterval(rates), shown.to);
  return { ratio, ink: inks[i], lines };
});

function familyCurves(value: (branch: BranchLine['branches'][number]) => number): Curve[] {
  return families.flatMap(({ ratio, ink, lines }) =>
    lines.map((line, i) =>
      branchCurve(line, value, {
        label: i === 0 ? `*Γ*/*γ* = ${ratio}` : `*Γ*/*γ* = ${ratio}, ${line.name}`,
        ...{ ink, width: 1.5, quiet: i > 0 },
      }),
    ),
  );
}

/** Figure S1a: s_z for several Gamma/gamma. */
export const familyPlot: PlotSpec = {
  title: 'Mean-field inversion for several ratios',
  x: drive,
  y: { label: 'inversion per atom *s*_z', min: -1.04, max: 0.04 },
  curves: familyCurves(({ sz }) => sz),
};

/** Figure S1b: the dipole s_y of the same, Eq. (S23). */
export const dipolePlot: PlotSpec = {
  title: 'Mean-field dipole for several ratios',
  x: drive,
  y: { label: 'dipole per atom *s*_y', min: 0 },
  curves: familyCurves(({ sy }) => sy),
};

const expanded: readonly [ExpandedBranch, string, Ink][] = [
  ['a', 'lower', 'lower'],
  ['b', 'middle', 'unstable'],
  ['c', 'upper', 'upper'],
];

/** Figure S1c: the branches of the system at hand beside their expansion to second order in gamma, which is Eq. (1)'s alone. */
export function expansionPlot({ system, drive, lines }: MeanFieldCurves): PlotSpec {
  const { gamma, Gamma, omegaCritical } = meanFieldRates(system);
  const end = drive.max ?? shown.to;
  const grid = Array.from({ length: 241 }, (_, i) => (end * (i + 1)) / 241);
  const expansions = expanded.map(([branch, name, ink]): Curve => {
    const y = grid.map((at) => {
      // In units of gamma, whose powers are then 1.
      const terms = branchExpansion({ Gamma: Gamma / gamma }, (at * omegaCritical) / gamma, branch);
      const value = terms && terms[0] + terms[1] + terms[2];
      // Where it has left the range of s_z it says nothing.
      return value !== null && value >= -1 && value <= 0 ? value : null;
    });
    return { label: `expansion, ${name}`, draw: 'line', ink, dashed: true, width: 1.5, x: grid, y };
  });
  const computed = lines.map(
    (line, i): Curve => ({
      label: i === 0 ? 'mean field' : line.name,
      draw: 'line',
      ink: 'exact',
      width: 1.5,
      quiet: i > 0,
      x: line.drives,
      y: line.branches.map(({ sz }) => sz),
    }),
  );
  return {
    title: 'Expansion of the mean field in gamma',
    x: drive,
    y: inversionAxis(system, 'inversion per atom *s*_z'),
    curves: omegaCritical > 0 && isEquation1(system) ? [...computed, ...expansions] : computed,
    bands: bistableBands(system),
  };
}
