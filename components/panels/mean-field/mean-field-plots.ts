/** The mean field as plots: figures 1b and S2 for the system at hand. */

import type { Curve, Ink, PlotAxis, PlotMark, PlotSpec } from '../../../src/drawing/plot-spec';
import {
  type Branch,
  bistableInterval,
  dickeBranch,
  meanFieldBranches,
} from '../../../src/mean-field/branches';
import { flowTimes, GROUND, type MeanSpin, meanFieldFlow } from '../../../src/mean-field/flow';
import { PRESETS } from '../../../src/parameters/presets';
import { type MeanFieldRates, meanFieldRates, type SystemParameters } from '../../../src/parameters/system';

/** The drive on the plots' axis: Omega/Omega_c, or Omega where Omega_c = 0. */
export const driveValue = ({ driveOverCritical, omega }: SystemParameters) => driveOverCritical ?? omega;

/** Where the drive's axis ends: past Omega_c, or else gamma, and past the present drive in steps that do not jump while it moves. */
export function driveEnd(parameters: SystemParameters): number {
  const value = driveValue(parameters);
  let end = 1.2 * (parameters.driveOverCritical === null ? meanFieldRates(parameters).gamma : 1);
  while (value > end) end *= 1.5;
  return Number(end.toPrecision(3));
}

/** One branch on its stretch of drives. */
export interface BranchLine {
  readonly name: string;
  readonly ink: Ink;
  readonly drives: number[];
  readonly branches: Branch[];
}

/** What the curves depend on: all but the drive itself, so that they stay while that moves. */
export interface MeanFieldCurves {
  readonly rates: MeanFieldRates;
  readonly drive: PlotAxis;
  readonly lines: readonly BranchLine[];
}

/** @param end where the drive's axis ends */
export function meanFieldCurves(
  atoms: number,
  gamma1D: number,
  gammaF: number,
  end: number,
): MeanFieldCurves {
  const rates = meanFieldRates({ atoms, gamma1D, gammaF });
  return {
    rates,
    drive: {
      label: rates.omegaCritical > 0 ? 'drive *Ω*/*Ω*_c' : 'drive *Ω*',
      min: 0,
      max: end,
    },
    lines: meanFieldLines(rates, end),
  };
}

/** Every branch up to that drive, the lower one first. */
export function meanFieldLines(rates: MeanFieldRates, end: number): BranchLine[] {
  const unit = rates.omegaCritical || 1;
  const interval = bistableInterval(rates);
  const points = 241;
  const drives = Array.from({ length: points }, (_, i) => (end * i) / (points - 1));
  // Both ends of the interval, just inside, so that the stretches meet where they should.
  if (interval) drives.push(interval.from * (1 + 1e-9), interval.to * (1 - 1e-9));
  drives.sort((a, b) => a - b);
  const line = (name: string, ink: Ink): BranchLine => ({ name, ink, drives: [], branches: [] });
  const lower = line(interval ? 'lower branch' : 'mean field', 'lower');
  const middle = line('unstable', 'unstable');
  const upper = line('upper branch', 'upper');
  for (const drive of drives) {
    const branches = meanFieldBranches(rates, drive * unit);
    const past = interval !== null && drive > (interval.from + interval.to) / 2;
    const lines = branches.length === 3 ? [lower, middle, upper] : [past ? upper : lower];
    for (const [i, { drives, branches: on }] of lines.entries()) {
      drives.push(drive);
      on.push(branches[i]);
    }
  }
  return interval ? [lower, middle, upper] : [lower];
}

/** Figure 1b: s_z of every branch against the drive, and the Dicke problem's for comparison. */
export function inversionPlot({ drive, lines }: MeanFieldCurves, critical: boolean): PlotSpec {
  const curves: Curve[] = lines.map(({ name, ink, drives, branches }) => ({
    label: name,
    draw: 'line',
    ink,
    ...(ink === 'unstable' ? { dashed: true } : { width: 3 }),
    x: drives,
    y: branches.map(({ sz }) => sz),
  }));
  const below = Array.from({ length: 101 }, (_, i) => i / 100);
  const dicke: Curve = {
    label: 'Dicke, *γ*_F = 0',
    draw: 'line',
    ink: 'guide',
    dashed: true,
    width: 1.5,
    x: below,
    y: below.map((x) => dickeBranch(x)!.sz),
  };
  return {
    title: 'Mean-field inversion',
    x: drive,
    y: { label: 'inversion per atom *s*_z', min: -1.04, max: 0.04 },
    curves: critical ? [dicke, ...curves] : curves,
  };
}

/** Figure S2c: the real parts of the Jacobian's eigenvalues on every branch; above zero it is unstable. */
export function stabilityPlot({ rates: { gamma }, drive, lines }: MeanFieldCurves): PlotSpec {
  return {
    title: 'Stability eigenvalues of the mean field',
    x: drive,
    y: { label: 'Re of the eigenvalues of (S31), units of *γ*' },
    curves: lines.flatMap(({ name, ink, drives, branches }) =>
      [0, 1, 2].map(
        (i): Curve => ({
          label: i === 0 ? name : `${name}, ${i + 1}`,
          draw: 'line',
          ink,
          quiet: i > 0,
          ...(ink === 'unstable' && { dashed: true }),
          x: drives,
          y: branches.map(({ eigenvalues }) => eigenvalues[i].re / gamma),
        }),
      ),
    ),
    marks: [{ axis: 'y', at: 0, label: 'stable below', ink: 'exact' }],
  };
}

/** Starts of the flow: the ground state, and spins on the way up. */
export const flowStarts: readonly MeanSpin[] = [
  GROUND,
  ...[-0.8, -0.6, -0.4, -0.2, 0].map((z): MeanSpin => [0, 0, z]),
  [0, 0.9, 0],
];

/** Times at which the flow is drawn, in units of 1/gamma: as in figure S2, or as far as the spin's turns allow. */
export function flowTimesOf(parameters: SystemParameters): number[] {
  const rates = meanFieldRates(parameters);
  const { to, points } = PRESETS.S2.sweep.flow;
  return flowTimes(rates, parameters.omega, to / rates.gamma, points).map((t) => t * rates.gamma);
}

/** s_z from one start, time by time. */
export function* flowFrom(
  parameters: SystemParameters,
  start: MeanSpin,
  times: readonly number[],
): Generator<number, void> {
  const rates = meanFieldRates(parameters);
  const unscaled = times.map((t) => t / rates.gamma);
  for (const [, , sz] of meanFieldFlow(rates, parameters.omega, start, unscaled)) yield sz;
}

/** A system's flow: s_z from several starts at times in units of 1/gamma. */
export interface Flow {
  readonly parameters: SystemParameters;
  readonly times: readonly number[];
  readonly lines: readonly (readonly number[])[];
}

/** Whether the flow ends before the time of figure S2, and so perhaps before anything is steady. */
export const isCutShort = ({ times }: Flow) =>
  times[times.length - 1] < (1 - 1e-9) * PRESETS.S2.sweep.flow.to;

/** Figure S2a: where the mean field goes from several starts, coloured by where it arrives. */
export function flowPlot({ parameters, times, lines }: Flow): PlotSpec {
  const stable = meanFieldBranches(meanFieldRates(parameters), parameters.omega).filter(
    ({ stable }) => stable,
  );
  const named = new Set<Ink>();
  return {
    title: 'Mean-field flow in time',
    x: { label: 'time *t*, units of 1/*γ*', min: 0, max: times[times.length - 1] },
    y: {
      label: 'inversion per atom *s*_z',
      min: -1.04,
      max: lines.flat().some((sz) => sz > 0.1) ? 1.04 : 0.1,
    },
    curves: lines.map((flow, i): Curve => {
      const last = flow[flow.length - 1];
      const ink: Ink =
        stable.length > 1 && Math.abs(last - stable[1].sz) < Math.abs(last - stable[0].sz)
          ? 'upper'
          : 'lower';
      const quiet = named.has(ink);
      named.add(ink);
      const label = quiet
        ? `start ${i + 1}`
        : ink === 'lower'
          ? 'to the lower branch'
          : 'to the upper branch';
      return { label, draw: 'line', ink, width: 1.5, quiet, x: times, y: flow };
    }),
    marks: stable.map(
      ({ sz }, i): PlotMark => ({
        axis: 'y',
        at: sz,
        label: `steady, ${sz.toFixed(3).replace('-', '−')}`,
        ink: i === 0 ? 'lower' : 'upper',
      }),
    ),
  };
}
