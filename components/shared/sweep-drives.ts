/** The drives of a run's sweep, and the present one as a line across its plots. */
import { short } from '../../src/drawing/number';
import { driveOf } from '../../src/figures/mean-field-behind';
import type { SystemParameters } from '../../src/parameters/system';
import type { PlotLineSpec } from '../plot/plot-line';
import type { RunState } from '../runs/runs';

/** The drives of a sweep, rising: those it was asked for, from its start; with results from elsewhere the results'. */
export function drivesOf(run: RunState | null): readonly number[] {
  const asked = run?.requests.map(({ system }) => system.drive) ?? [];
  const drives = asked.every((drive) => drive !== undefined) ? asked : (run?.documents.map(driveOf) ?? []);
  return [...new Set(drives)].sort((a, b) => a - b);
}

/** The present drive's line, for every plot over the drive; none over Omega/Omega_c where Omega_c = 0. */
export const driveLine = ({ driveOverCritical }: SystemParameters): PlotLineSpec | null =>
  driveOverCritical === null ? null : { x: driveOverCritical, words: short(driveOverCritical), step: 0.001 };
