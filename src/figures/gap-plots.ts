/** The Liouvillian gap as plots: figure 2d and what lies behind it. */

import { logLimits } from '../drawing/limits';
import type { Curve, Ink, PlotSpec } from '../drawing/plot-spec';
import type { ResultDocument } from '../experiments/experiment';
import type { GapResult } from '../experiments/spectrum/gap';
import type { GapScalingResult } from '../experiments/spectrum/gap-scaling';
import type { SystemParameters } from '../parameters/system';
import { driveAxis, driveOf } from './mean-field-behind';
import { bistableBands } from './mean-field-plots';
import { byAtoms, seriesOf } from './steady-plots';

/** Rates in the paper's unit, gamma_F; as they are where that is 0. */
export const rateUnit = ({ gammaF }: SystemParameters) => gammaF || 1;
export const rateLabel = ({ gammaF }: SystemParameters) => (gammaF > 0 ? ', units of *γ*_F' : '');

/** lambda_1 against the drive, with its error bounds. */
export function gapPlot(
  parameters: SystemParameters,
  documents: readonly ResultDocument<GapResult>[],
  drives: readonly number[] = documents.map(driveOf),
): PlotSpec {
  const curves: Curve[] = [...byAtoms(documents)].flatMap(([atoms, group], i): Curve[] => {
    const x = group.map(driveOf);
    const y = group.map(({ result, parameters }) => result.lambda1.value / rateUnit(parameters));
    const error = group.map(({ result, parameters }) => result.lambda1.error / rateUnit(parameters));
    const look = seriesOf(i);
    return [
      { label: `*N* = ${atoms}`, draw: 'line', ...look, width: 1.5, x, y },
      { label: `*N* = ${atoms} ± bound`, draw: 'points', ...look, quiet: true, x, y, error },
    ];
  });
  const gaps = documents.map(({ result, parameters }) => result.lambda1.value / rateUnit(parameters));
  return {
    title: 'Liouvillian gap against the drive',
    x: driveAxis(drives),
    y: {
      label: `gap *λ*_1${rateLabel(parameters)}`,
      scale: 'log',
      ...(curves.length === 0 ? { min: 0.01, max: 1 } : logLimits(gaps)),
    },
    curves,
    bands: bistableBands(documents[0]?.parameters ?? parameters),
  };
}

/** Figure 2d's fit, in units of gamma_F. */
const paperFit = (atoms: number) => 1.72 * atoms ** -0.9;

/** The least lambda_1 over the drive against N, both fitted laws and the paper's. On log-log axes a power is a line, else an exponential. */
export function scalingPlot(result: GapScalingResult | null, axes: 'log-log' | 'semi-log'): PlotSpec {
  const points = result?.points ?? [];
  const sizes = points.map(({ atoms }) => atoms);
  const from = Math.min(18, ...sizes);
  const to = Math.max(54, ...sizes);
  const grid = Array.from({ length: 101 }, (_, i) => from * (to / from) ** (i / 100));
  const law = (label: string, ink: Ink, value: (atoms: number) => number, dashed = true): Curve => ({
    label,
    draw: 'line',
    ink,
    dashed,
    width: 1.5,
    x: grid,
    y: grid.map(value),
  });
  const fits = result?.fits;
  const curves: Curve[] = [law('the paper’s 1.72 *N*^{−0.9}', 'guide', paperFit)];
  if (fits) {
    const { powerLaw, exponential } = fits;
    curves.push(
      law(
        `power, *N*^{−${powerLaw.exponent.value.toFixed(2)}}`,
        'mean',
        (n) => powerLaw.prefactor.value * n ** -powerLaw.exponent.value,
      ),
      law(
        `exponential, e^{−${exponential.rate.value.toFixed(4)} N}`,
        'trace',
        (n) => exponential.prefactor.value * Math.exp(-exponential.rate.value * n),
      ),
    );
  }
  if (points.length > 0)
    curves.push({
      label: 'computed ± bound',
      draw: 'points',
      ink: 'exact',
      x: sizes,
      y: points.map(({ lambda1 }) => lambda1.value),
      error: points.map(({ lambda1 }) => lambda1.error),
    });
  return {
    title: `Closing of the gap, ${axes} axes`,
    x: {
      label: 'atoms *N*',
      scale: axes === 'log-log' ? 'log' : 'linear',
      min: from * 0.95,
      max: to * 1.05,
      whole: 0,
    },
    y: { label: 'least gap *λ*_1, units of *γ*_F', scale: 'log' },
    curves,
  };
}
