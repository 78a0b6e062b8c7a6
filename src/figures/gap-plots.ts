/** The Liouvillian gap as plots: figure 2d and what lies behind it. */

import { logLimits } from '../drawing/limits';
import type { Curve, Ink, PlotSpec } from '../drawing/plot-spec';
import type { ResultDocument } from '../experiments/experiment';
import type { GapResult } from '../experiments/spectrum/gap';
import { PAPER_RANGE } from '../experiments/spectrum/gap-fits';
import type { GapScalingResult } from '../experiments/spectrum/gap-scaling';
import { gapSlopes, inverseAtoms } from '../experiments/spectrum/gap-slopes';
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

/** Figure 2d's sizes, as far as the paper's text tells them, and its fit, in units of gamma_F. */
const paperSizes = { from: 18, to: PAPER_RANGE };
const paperFit = (atoms: number) => 1.72 * atoms ** -0.9;

/** The least lambda_1 over the drive against N, both fitted laws and the paper's. On log-log axes a power is a line, else an exponential. */
export function scalingPlot(result: GapScalingResult | null, axes: 'log-log' | 'semi-log'): PlotSpec {
  const points = result?.points ?? [];
  const sizes = points.map(({ atoms }) => atoms);
  const from = Math.min(paperSizes.from, ...sizes);
  const to = Math.max(paperSizes.to, ...sizes);
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

/**
 * The local slope against 1/N, and what it tends to: a power law is a line to 0, an exponential is level. Of a document without slopes, as earlier
 * releases wrote them, from its points.
 */
export function slopesPlot(result: GapScalingResult | null): PlotSpec {
  const { slopes, extrapolatedRate } = gapSlopes(result?.points ?? []);
  const rising = slopes.toReversed();
  const at = rising.map(inverseAtoms);
  const to = 1.05 * Math.max(1 / paperSizes.from, ...at);
  const law = (label: string, ink: Ink, values: readonly [number, number]): Curve => ({
    ...{ label, draw: 'line', ink, dashed: true, width: 1.5 },
    ...{ x: [0, to], y: values },
  });
  const fits = result?.fits;
  const curves: Curve[] = [law('the paper’s *N*^{−0.9}', 'guide', [0, 0.9 * to])];
  if (fits) {
    const power = fits.powerLaw.exponent.value;
    const rate = fits.exponential.rate.value;
    curves.push(
      law(`power, *N*^{−${power.toFixed(2)}}`, 'mean', [0, power * to]),
      law(`exponential, e^{−${rate.toFixed(4)} N}`, 'trace', [rate, rate]),
    );
  }
  if (slopes.length > 0)
    curves.push({
      ...{ label: 'computed ± bound', draw: 'points', ink: 'exact' },
      x: at,
      y: rising.map(({ rate }) => rate.value),
      error: rising.map(({ rate }) => rate.error),
    });
  if (extrapolatedRate)
    curves.push({
      ...{ label: 'extrapolated', draw: 'points', ink: 'upper' },
      ...{ x: [0], y: [extrapolatedRate.value], error: [extrapolatedRate.error] },
    });
  return {
    title: 'Local slope of the closing gap',
    x: { label: 'inverse number of atoms 1/*N*', min: -0.02 * to, max: to },
    y: {
      label: '−d ln *λ*_1/d*N*',
      min: 0,
      max: 1.3 * Math.max(0.04, ...slopes.map(({ rate }) => rate.value)),
    },
    curves,
    bands: [
      {
        ...{ axis: 'x', label: 'the paper’s sizes', ink: 'unstable' },
        ...{ from: 1 / paperSizes.to, to: 1 / paperSizes.from },
      },
    ],
  };
}
