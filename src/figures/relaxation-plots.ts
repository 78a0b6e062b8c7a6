/** The master equation in time as plots: figure S3. */

import type { Curve, Ink, PlotSpec } from '../drawing/plot-spec';
import type { ResultDocument } from '../experiments/experiment';
import type { SteadyStateResult } from '../experiments/spectrum/steady-state';
import type { TimeEvolutionResult } from '../experiments/spectrum/time-evolution';
import { dickeBranch } from '../mean-field/branches';
import type { StartState } from '../parameters/start-state';
import { isEquation1, type SystemParameters } from '../parameters/system';
import { branchMarks } from './mean-field-behind';
import { timeLabel } from './trajectories-plots';

type Documents = readonly ResultDocument<TimeEvolutionResult>[];

const starts: Record<StartState, { label: string; ink: Ink }> = {
  ground: { label: 'from the ground state', ink: 'exact' },
  excited: { label: 'from all excited', ink: 'trace' },
  crss: { label: 'from the CRSS', ink: 'mean' },
};

function curvesOf(
  documents: Documents,
  value: (series: TimeEvolutionResult['series']) => readonly (number | null)[],
): Curve[] {
  return documents.map(
    ({ result: { start, series } }): Curve => ({
      ...starts[start],
      draw: 'line',
      x: series.t,
      y: value(series),
    }),
  );
}

const timeAxis = (parameters: SystemParameters, documents: Documents) => ({
  label: timeLabel(parameters),
  min: 0,
  ...(documents.length === 0 && { max: 1 }),
});

/** Figure S3a: <S_z> in time between the mean field's branches, the Dicke problem's value and the steady state's. */
export function relaxationPlot(
  parameters: SystemParameters,
  documents: Documents,
  steady: SteadyStateResult | null,
): PlotSpec {
  const { atoms, driveOverCritical } = parameters;
  const marks = branchMarks(parameters, 'Sz', 'y');
  const dicke = driveOverCritical !== null && isEquation1(parameters) ? dickeBranch(driveOverCritical) : null;
  if (dicke) marks.push({ axis: 'y', at: (atoms / 2) * dicke.sz, label: 'Dicke, *γ*_F = 0', ink: 'guide' });
  if (steady) marks.push({ axis: 'y', at: steady.moments.Sz, label: 'steady state', ink: 'exact' });
  return {
    title: 'Relaxation of the magnetization',
    x: timeAxis(parameters, documents),
    y: { label: '⟨*S*_z⟩', min: -0.52 * atoms, max: 0.52 * atoms },
    curves: curvesOf(documents, ({ Sz }) => Sz),
    marks,
  };
}

/** Figure S3b: how near the state comes to the CRSS on its way. */
export function crssPlot(parameters: SystemParameters, documents: Documents): PlotSpec {
  return {
    title: 'Relaxation of the CRSS fidelity',
    x: timeAxis(parameters, documents),
    y: { label: 'fidelity with the CRSS', min: 0, max: 1.04 },
    curves: curvesOf(documents, ({ crssFidelity }) => crssFidelity),
  };
}
