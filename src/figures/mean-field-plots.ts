/** The mean field as plots: figures 1b and S2 for the system at hand. */

import type { Curve, Ink, PlotAxis, PlotBand, PlotMark, PlotSpec } from '../drawing/plot-spec';
import { bistableIntervals, driveUnit, foldedDrives, type Interval } from '../mean-field/bistability';
import { type Branch, dickeBranch, meanFieldBranches, meanFieldCaveat } from '../mean-field/branches';
import { type MeanField, type MeanSpin, meanFieldOf } from '../mean-field/equations';
import { flowTimes, GROUND, meanFieldFlow } from '../mean-field/flow';
import { PRESETS } from '../parameters/presets';
import { isEquation1, isReal, meanFieldRates, type SystemParameters, sameSystem } from '../parameters/system';

/** The drive on the plots' axis: Omega/Omega_c, or Omega where Omega_c = 0. */
export const driveValue = ({ driveOverCritical, omega }: SystemParameters) => driveOverCritical ?? omega;

/** The rate that the mean field's times and eigenvalues are shown in: gamma, or where nothing decays what else acts on a dipole. */
export function timeUnit(parameters: SystemParameters): { rate: number; symbol: string } {
  const { gamma } = meanFieldRates(parameters);
  if (gamma > 0) return { rate: gamma, symbol: '*γ*' };
  return { rate: meanFieldOf(parameters).transverse, symbol: '(*w* + *W* + *γ*_φ + *Γ*_φ)' };
}

/** Where the drive's axis ends: past Omega_c, or else gamma, and past the present drive in steps that do not jump while it moves. */
export function driveEnd(parameters: SystemParameters): number {
  const value = driveValue(parameters);
  let end = 1.2 * (parameters.driveOverCritical === null ? timeUnit(parameters).rate : 1);
  while (value > end) end *= 1.5;
  return Number(end.toPrecision(3));
}

/** The axis of s_z: atoms that nothing pumps stay below 0. */
export const inversionAxis = ({ pumping, collectivePumping }: SystemParameters, label: string): PlotAxis => ({
  label,
  min: -1.04,
  max: pumping + collectivePumping > 0 ? 1.04 : 0.04,
});

/** One branch on its stretch of drives. */
export interface BranchLine {
  readonly name: string;
  readonly ink: Ink;
  readonly drives: number[];
  readonly branches: Branch[];
}

/** What the curves depend on: all but the drive itself, so that they stay while that moves. */
export interface MeanFieldCurves {
  /** without its drive */
  readonly system: SystemParameters;
  readonly drive: PlotAxis;
  readonly lines: readonly BranchLine[];
}

/** The system without its drive: the same object as before while nothing else of it changes. */
export function undrivenOnce(): (parameters: SystemParameters) => SystemParameters {
  let last: SystemParameters | undefined;
  return (parameters) => {
    const undriven = { ...parameters, omega: 0, driveOverCritical: parameters.driveOverCritical && 0 };
    if (last === undefined || !sameSystem(last, undriven)) last = undriven;
    return last;
  };
}

/** @param end where the drive's axis ends */
export function meanFieldCurves(system: SystemParameters, end: number): MeanFieldCurves {
  const label = system.driveOverCritical === null ? 'drive *Ω*' : 'drive *Ω*/*Ω*_c';
  const lines = meanFieldLines(meanFieldOf(system), driveUnit(system), foldedDrives(system), end);
  return { system, drive: { label, min: 0, max: end }, lines };
}

/**
 * Every branch up to that drive, the lower one first; one that gains or loses stability in several lines.
 * @param field at whatever drive
 * @param unit of the drive
 * @param folded between which drives there are three of them
 */
export function meanFieldLines(
  field: MeanField,
  unit: number,
  folded: Interval | null,
  end: number,
): BranchLine[] {
  const points = 241;
  const drives = Array.from({ length: points }, (_, i) => (end * i) / (points - 1));
  // Both ends of the interval, just inside, so that the stretches meet where they should.
  if (folded) drives.push(folded.from * (1 + 1e-9), folded.to * (1 - 1e-9));
  drives.sort((a, b) => a - b);
  const names = folded ? ['lower branch', 'unstable', 'upper branch'] : ['mean field'];
  const inks: readonly Ink[] = ['lower', 'unstable', 'upper'];
  const stretches: BranchLine[][] = names.map(() => []);
  // Beyond the fold atoms that rather fall are on the upper branch, those that rather rise on the lower one.
  const beyond = field.up > field.down ? [2, 0] : [0, 2];
  for (const drive of drives) {
    const branches = meanFieldBranches({ ...field, omega: drive * unit }).filter(
      ({ circling }) => circling === null,
    );
    const isPast = folded !== null && drive > (folded.from + folded.to) / 2;
    const at = branches.length === 3 ? [0, 1, 2] : [folded === null ? 0 : beyond[Number(isPast)]];
    for (const [i, branch] of branches.entries()) {
      const [line, name] = [stretches[at[i]], names[at[i]]];
      const { stable } = branch;
      if (line.length === 0 || line.at(-1)!.branches[0].stable !== stable) {
        const isMiddle = at[i] === 1;
        line.push({
          name: stable || isMiddle ? name : `${name}, unstable`,
          ink: stable ? inks[at[i]] : 'unstable',
          drives: [],
          branches: [],
        });
      }
      line.at(-1)!.drives.push(drive);
      line.at(-1)!.branches.push(branch);
    }
  }
  return stretches.flat();
}

/** A quantity along a branch, dashed where that is unstable. @param look beside or in place of the branch's own */
export const branchCurve = (
  { name, ink, drives, branches }: BranchLine,
  value: (branch: Branch) => number,
  look: Partial<Pick<Curve, 'label' | 'ink' | 'dashed' | 'width' | 'quiet'>> = {},
): Curve => ({
  ...{ label: name, draw: 'line', ink },
  ...look,
  ...(ink === 'unstable' && { dashed: true }),
  ...{ x: drives, y: branches.map(value) },
});

/** Where the mean field has two stable branches, for every plot over the drive: nowhere where it does not hold. */
export const bistableBands = (parameters: SystemParameters): PlotBand[] =>
  meanFieldCaveat(parameters) !== null
    ? []
    : bistableIntervals(parameters).map(({ from, to }) => ({
        axis: 'x',
        from,
        to,
        label: 'bistable in the mean field',
        ink: 'unstable',
      }));

/**
 * Figure 1b: s_z of every branch against the drive, and the Dicke problem's for comparison.
 * @param axis of s_z
 */
export function inversionPlot(
  { system, drive, lines }: MeanFieldCurves,
  axis = inversionAxis(system, 'inversion per atom *s*_z'),
): PlotSpec {
  const curves = lines.map((line) =>
    branchCurve(line, ({ sz }) => sz, line.ink === 'unstable' ? {} : { width: 3 }),
  );
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
    y: axis,
    curves: isEquation1(system) && system.driveOverCritical !== null ? [dicke, ...curves] : curves,
    bands: bistableBands(system),
  };
}

/** Figure S2c: the real parts of the Jacobian's eigenvalues on every branch; above zero it is unstable. */
export function stabilityPlot({ system, drive, lines }: MeanFieldCurves): PlotSpec {
  const { rate, symbol } = timeUnit(system);
  const inOrder = (eigenvalues: Branch['eigenvalues']) => {
    const parts = eigenvalues.map(({ re }) => re);
    // Off resonance none is that of s_x: pairs come and go along a branch.
    return isReal(system) ? parts : parts.sort((a, b) => a - b);
  };
  return {
    title: 'Stability eigenvalues of the mean field',
    x: drive,
    y: { label: `Re of the eigenvalues of (S31), units of ${symbol}` },
    curves: lines.flatMap((line) =>
      [0, 1, 2].map((i) =>
        branchCurve(line, ({ eigenvalues }) => inOrder(eigenvalues)[i] / rate, {
          label: i === 0 ? line.name : `${line.name}, ${i + 1}`,
          quiet: i > 0,
        }),
      ),
    ),
    marks: [{ axis: 'y', at: 0, label: 'stable below', ink: 'exact' }],
    bands: bistableBands(system),
  };
}

/** Without a drive a pumped atom's dipole grows from what there is of one, which the ground state has not. */
export const isSeeded = ({ omega, pumping, collectivePumping }: SystemParameters) =>
  omega === 0 && pumping + collectivePumping > 0;

/** Starts of the flow: the ground state, and spins on the way up. */
export function flowStarts(parameters: SystemParameters): readonly MeanSpin[] {
  const dipole = isSeeded(parameters) ? 1e-3 : 0;
  const upwards = [-0.8, -0.6, -0.4, -0.2, 0].map((z): MeanSpin => [0, dipole, z]);
  return [dipole === 0 ? GROUND : [0, dipole, -1 + dipole], ...upwards, [0, 0.9, 0]];
}

/** Times at which the flow is drawn, in units of 1/gamma: as in figure S2, or as far as the spin's turns allow. */
export function flowTimesOf(parameters: SystemParameters): number[] {
  const { rate } = timeUnit(parameters);
  const { to, points } = PRESETS.S2.sweep.flow;
  return flowTimes(meanFieldOf(parameters), to / rate, points).map((t) => t * rate);
}

/** s_z from one start, time by time. */
export function* flowFrom(
  parameters: SystemParameters,
  start: MeanSpin,
  times: readonly number[],
): Generator<number, void> {
  const { rate } = timeUnit(parameters);
  const unscaled = times.map((t) => t / rate);
  for (const [, , sz] of meanFieldFlow(meanFieldOf(parameters), start, unscaled)) yield sz;
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
  const stable = meanFieldBranches(meanFieldOf(parameters)).filter(({ stable }) => stable);
  const named = new Set<Ink>();
  return {
    title: 'Mean-field flow in time',
    x: { label: `time *t*, units of 1/${timeUnit(parameters).symbol}`, min: 0, max: times[times.length - 1] },
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
        : stable.length === 0
          ? 'to no steady state'
          : stable[0].circling !== null
            ? 'lasing'
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
