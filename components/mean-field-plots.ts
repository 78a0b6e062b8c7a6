/** The mean field's curves as plots: figures 1b and S1 for the system at hand. */
import { bistableInterval, dickeBranch, meanFieldBranches } from '../src/mean-field/branches';
import { meanFieldRates, type SystemParameters } from '../src/parameters/system';
import type { Curve, PlotSpec } from './plot/plot-spec';

/** The drive as the plots have it: Omega/Omega_c, or Omega where Omega_c = 0. */
function driveUnit(omegaCritical: number): { label: string; unit: number } {
  return omegaCritical > 0
    ? { label: 'drive *Ω*/*Ω*_c', unit: omegaCritical }
    : { label: 'drive *Ω*', unit: 1 };
}

/** The drive on that axis. */
export const driveValue = ({ driveOverCritical, omega }: SystemParameters) => driveOverCritical ?? omega;

/** Where the drive's axis ends: past Omega_c, and past the present drive in steps that do not jump while it moves. */
export function driveEnd(parameters: SystemParameters): number {
  const value = driveValue(parameters);
  let end = 1.2;
  while (value > end) end *= 1.5;
  return Number(end.toPrecision(3));
}

interface Line {
  x: number[];
  y: number[];
}

/**
 * s_z of every branch against the drive, each branch on its own stretch of drives. Takes all but the drive itself: the
 * curve stays while that moves.
 * @param end where the drive's axis ends
 */
export function inversionPlot(atoms: number, gamma1D: number, gammaF: number, end: number): PlotSpec {
  const rates = meanFieldRates({ atoms, gamma1D, gammaF });
  const critical = rates.omegaCritical > 0;
  const { label, unit } = driveUnit(rates.omegaCritical);
  const interval = bistableInterval(rates);
  const points = 241;
  const drives = Array.from({ length: points }, (_, i) => (end * i) / (points - 1));
  // Both ends of the interval, just inside, so that the stretches meet where they should.
  if (interval) drives.push(interval.from * (1 + 1e-9), interval.to * (1 - 1e-9));
  drives.sort((a, b) => a - b);
  const lower: Line = { x: [], y: [] };
  const middle: Line = { x: [], y: [] };
  const upper: Line = { x: [], y: [] };
  for (const drive of drives) {
    const branches = meanFieldBranches(rates, drive * unit);
    const lines =
      branches.length === 3
        ? [lower, middle, upper]
        : [interval && drive > (interval.from + interval.to) / 2 ? upper : lower];
    for (const [i, line] of lines.entries()) {
      line.x.push(drive);
      line.y.push(branches[i].sz);
    }
  }
  const dicke = drives.filter((drive) => drive <= 1);
  const curves: Curve[] = interval
    ? [
        { label: 'lower branch', draw: 'line', ink: 'lower', width: 3, ...lower },
        { label: 'unstable', draw: 'line', ink: 'unstable', dashed: true, ...middle },
        { label: 'upper branch', draw: 'line', ink: 'upper', width: 3, ...upper },
      ]
    : [{ label: 'mean field', draw: 'line', ink: 'lower', width: 3, ...lower }];
  if (critical)
    curves.unshift({
      label: 'Dicke, *γ*_F = 0',
      draw: 'line',
      ink: 'guide',
      dashed: true,
      width: 1.5,
      x: dicke,
      y: dicke.map((drive) => dickeBranch(drive)!.sz),
    });
  return {
    title: 'Mean-field inversion',
    x: { label, min: 0, max: end },
    y: { label: 'inversion per atom *s*_z', min: -1.04, max: 0.04 },
    curves,
  };
}
