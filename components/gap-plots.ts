/** The Liouvillian gap as plots: figure 2d and what lies behind it. */
import type { ResultDocument } from '../src/experiments/experiment';
import type { GapResult } from '../src/experiments/gap';
import { bistableInterval } from '../src/mean-field/branches';
import { meanFieldRates, type SystemParameters } from '../src/parameters/system';
import type { Curve, PlotMark, PlotSpec } from './plot/plot-spec';
import { byAtoms, driveOf, seriesInks } from './steady-plots';

/** Rates in the paper's unit, gamma_F; as they are where that is 0. */
export const rateUnit = ({ gammaF }: SystemParameters) => gammaF || 1;
export const rateLabel = ({ gammaF }: SystemParameters) => (gammaF > 0 ? ', units of *γ*_F' : '');

/** lambda_1 against the drive, with its error bounds. */
export function gapPlot(
  parameters: SystemParameters,
  documents: readonly ResultDocument<GapResult>[],
): PlotSpec {
  const interval = bistableInterval(meanFieldRates(documents[0]?.parameters ?? parameters));
  const curves: Curve[] = [...byAtoms(documents)].flatMap(([atoms, group], i): Curve[] => {
    const x = group.map(driveOf);
    const y = group.map(({ result, parameters }) => result.lambda1.value / rateUnit(parameters));
    const error = group.map(({ result, parameters }) => result.lambda1.error / rateUnit(parameters));
    const ink = seriesInks[i % seriesInks.length];
    return [
      { label: `*N* = ${atoms}`, draw: 'line', ink, width: 1.5, x, y },
      { label: `*N* = ${atoms} ± bound`, draw: 'points', ink, quiet: true, x, y, error },
    ];
  });
  const edges: PlotMark[] = interval
    ? [
        { axis: 'x', at: interval.from, label: 'mean field bistable from', ink: 'upper' },
        { axis: 'x', at: interval.to, label: 'to', ink: 'lower' },
      ]
    : [];
  return {
    title: 'Liouvillian gap against the drive',
    x: { label: 'drive *Ω*/*Ω*_c', ...(curves.length === 0 && { min: 0.5, max: 1 }) },
    y: {
      label: `gap *λ*_1${rateLabel(parameters)}`,
      scale: 'log',
      ...(curves.length === 0 && { min: 0.01, max: 1 }),
    },
    curves,
    marks: edges,
  };
}
