/** The distribution of m along a sweep, as one picture. */
import { columnEdges, type Heat, type HeatScale } from '../../../src/drawing/heat';
import { linearLimits } from '../../../src/drawing/limits';
import type { PlotSpec } from '../../../src/drawing/plot-spec';
import type { ResultDocument } from '../../../src/experiments/experiment';
import type { SteadyStateResult } from '../../../src/experiments/spectrum/steady-state';
import { branchesBehind, driveAxis, driveOf } from '../../../src/figures/mean-field-behind';
import { branchCurve } from '../../../src/figures/mean-field-plots';
import { byAtoms } from '../../../src/figures/steady-plots';
import type { SystemParameters } from '../../../src/parameters/system';

/** Below this a probability is not seen in the waterfall. */
const faintest = 1e-3;

/**
 * P_m of one number of atoms along a sweep: the distribution as columns over the drive, the mean field's branches on it.
 * @param drives all of the sweep's, computed already or not
 */
export function waterfallPlot(
  parameters: SystemParameters,
  documents: readonly ResultDocument<SteadyStateResult>[],
  drives: readonly number[],
  atoms: number,
  kind: HeatScale['kind'],
): PlotSpec {
  const group = new Map(
    byAtoms(documents)
      .get(atoms)
      ?.map((document) => [driveOf(document), document.result.Pm]),
  );
  const nothing = Array<null>(atoms + 1).fill(null);
  const all = [...group.values()];
  const full = linearLimits(all.flat(), { from: 0, to: 0.1, step: 0.05, most: 1 }).max;
  const seen = all.map((Pm) => Pm.findLastIndex((p) => p > faintest));
  const end = 1 + 1 / atoms;
  const heat: Heat = {
    label: '*P*_m',
    ink: 'exact',
    x: drives,
    y: [-end, end],
    values: drives.map((drive) => group.get(drive) ?? nothing),
    scale: { clear: kind === 'log' ? faintest : 0, full, kind },
  };
  const edges = columnEdges(heat);
  const field = branchesBehind(parameters, documents, drives).map((line) =>
    branchCurve(line, ({ sz }) => sz, line.ink === 'unstable' ? {} : { width: 2.5 }),
  );
  return {
    title: `Distribution of the magnetization along the sweep, N = ${atoms}`,
    x: { ...driveAxis(drives), min: edges[0], max: edges[edges.length - 1] },
    y: {
      label: 'magnetization 2*m*/*N*',
      min: -end,
      max: Math.max(0.2, (2 * Math.max(...seen) + 1) / atoms - 1),
    },
    curves: field,
    // Shaded, the bistable drives would look like probabilities; the branches' folds show them.
    heat,
  };
}
