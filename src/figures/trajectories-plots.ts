/** An ensemble's result as plots: the mean in time, the distribution of m. */

import type { Heat } from '../drawing/heat';
import type { Curve, Ink, PlotMark, PlotSpec } from '../drawing/plot-spec';
import type { TimeEvolutionResult } from '../experiments/spectrum/time-evolution';
import type { TrajectoriesResult } from '../experiments/trajectories/trajectories-result';
import type { SystemParameters } from '../parameters/system';
import { observableTable } from '../trajectories/observables';
import { branchesBehind, branchMarks, driveAxis } from './mean-field-behind';
import { branchCurve } from './mean-field-plots';
import { magnetizationAxis, magnetizations } from './steady-plots';

/** Components of the collective spin with a mean; that of S_x is zero. */
export type Component = 'Sz' | 'Sy';

/** Time in the unit that the rates leave: 1/gamma_F or 1/gamma where one of these is 1. */
export function timeLabel({ gammaF, gamma1D }: SystemParameters): string {
  if (gammaF === 1) return 'time *t*, units of 1/*γ*_F';
  if (Math.abs(gammaF + gamma1D - 1) < 1e-12) return 'time *t*, units of 1/*γ*';
  return 'time *t*, units of 1/rate';
}

/**
 * The ensemble's mean in time with one standard error over its density, and the exact steady value.
 * @param evolution the master equation's way from the ground state, where it has been followed for the same system
 */
export function meanPlot(
  parameters: SystemParameters,
  result: TrajectoriesResult | null,
  component: Component,
  evolution: TimeEvolutionResult | null,
): PlotSpec {
  const series = result?.series;
  const exact = result?.exact?.[component];
  const curves: Curve[] = series
    ? [
        {
          label: 'mean ± standard error',
          draw: 'line',
          ink: 'mean',
          x: series.t,
          y: series[component].mean,
          error: series[component].error,
        },
      ]
    : [];
  if (series && evolution)
    curves.push({
      label: 'master equation',
      draw: 'line',
      ink: 'exact',
      width: 1.5,
      dashed: true,
      x: evolution.series.t,
      y: evolution.series[component],
    });
  // Under a ramp they are of its beginning alone.
  const marks: PlotMark[] = result?.ramp === undefined ? branchMarks(parameters, component, 'y') : [];
  if (exact !== undefined) marks.push({ axis: 'y', at: exact, label: 'exact steady state', ink: 'exact' });
  const { atoms } = parameters;
  return {
    title: `Ensemble mean of ${component}`,
    x: { label: timeLabel(parameters), min: 0, ...(!series && { max: 1 }) },
    y: {
      label: `mean of ${observableTable[component].symbol}`,
      ...(component === 'Sz' && { min: -atoms / 2, max: atoms / 4 }),
    },
    curves,
    heat: component === 'Sz' && result?.density ? heatOf(result.density) : undefined,
    marks,
  };
}

const heatOf = ({ t, from, to, counts }: NonNullable<TrajectoriesResult['density']>): Heat => ({
  label: 'density of trajectories',
  x: [t[0], t[t.length - 1]],
  y: [from, to],
  values: counts,
});

/** Figures 2b, 3b: the distribution of m, measured beside exact. */
export function distributionPlot(parameters: SystemParameters, result: TrajectoriesResult | null): PlotSpec {
  const { atoms } = parameters;
  const m = magnetizations(atoms);
  const curves: Curve[] = [];
  if (result?.exact) curves.push({ label: 'exact', draw: 'bars', ink: 'exact', x: m, y: result.exact.Pm });
  if (result?.Pm)
    curves.push({
      label: 'ensemble ± standard error',
      draw: 'points',
      ink: 'mean',
      x: m,
      y: result.Pm.map(({ value }) => value),
      error: result.Pm.map(({ error }) => error),
    });
  return {
    title: 'Distribution of the magnetization',
    x: magnetizationAxis(atoms),
    y: { label: 'probability *P*_m', min: 0, ...(curves.length === 0 && { max: 1 }) },
    curves,
    marks: branchMarks(parameters, 'Sz', 'x'),
  };
}

/** <S_z> against the drive that a ramp takes up and back, each way by itself, over the mean field's branches. */
export function hysteresisPlot(
  parameters: SystemParameters,
  { up, down }: NonNullable<TrajectoriesResult['hysteresis']>,
): PlotSpec {
  const { atoms } = parameters;
  const way = (label: string, ink: Ink, { drive, Sz }: typeof up): Curve => {
    // In the order of the drive, whichever way it goes.
    const falls = drive.length > 1 && drive[0] > drive[drive.length - 1];
    const rising = (values: readonly number[]) => (falls ? values.toReversed() : values);
    return {
      ...{ label, draw: 'line', ink, width: 3 },
      ...{ x: rising(drive), y: rising(Sz.mean), error: rising(Sz.error) },
    };
  };
  const behind = branchesBehind(parameters, [], [...up.drive, ...down.drive]).map((line) =>
    branchCurve(line, ({ sz }) => (sz * atoms) / 2, {
      label: `mean field, ${line.name}`,
      dashed: true,
      width: 1.5,
    }),
  );
  const drives = [...new Set([...up.drive, ...down.drive])].sort((a, b) => a - b);
  return {
    title: 'Hysteresis loop',
    x: driveAxis(drives),
    y: { label: `mean of ${observableTable.Sz.symbol}`, min: -atoms / 2, max: atoms / 20 },
    curves: [way('drive up', 'mean', up), way('drive down', 'exact', down), ...behind],
  };
}
