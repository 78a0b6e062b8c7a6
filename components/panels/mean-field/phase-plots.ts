/** The phase diagram over drive and Gamma/gamma as a plot, and the grid of points that a run colours it by. */
import type { Heat } from '../../../src/drawing/heat';
import type { Curve, Ink, PlotBand, PlotRegion, PlotSpec } from '../../../src/drawing/plot-spec';
import type { Command } from '../../../src/experiments/registry';
import type { RunRequest } from '../../../src/experiments/run';
import type { PhaseRow } from '../../../src/mean-field/phase-rows';
import { InputError } from '../../../src/parameters/errors';
import { decayRatio, systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';
import { atRatio, type PhasePlace } from '../../parameters/view';

/** Where the axis of Gamma/gamma ends: in steps that do not jump while the ratio moves. */
export function ratioEnd(ratio: number): number {
  let end = 20;
  while (ratio > end) end *= 1.5;
  return Number(end.toPrecision(3));
}

/** The greatest ratio that there are runs of: at N - 1 there is no individual decay. */
export const mostRatio = (atoms: number) => 0.99 * (atoms - 1);

/** Drives and ratios of the run's grid, each in equal steps. */
function phaseGrid(atoms: number, end: number): { drives: number[]; ratios: number[] } {
  const most = Math.min(end, mostRatio(atoms));
  const least = Math.min(5, most / 3);
  const drives = Array.from({ length: 13 }, (_, i) => Number((0.5 + 0.05 * i).toFixed(2)));
  const ratios = Array.from({ length: 7 }, (_, i) =>
    Number((least + ((most - least) * i) / 6).toPrecision(4)),
  );
  return { drives, ratios };
}

/** One request a point, row by row from the highest ratio down, where the physics is. */
export function phaseRequests(command: Command, own: SystemInput, end: number): RunRequest[] {
  const { atoms = 1, ratio, gammaf = 0 } = own;
  // Without individual decay there is one ratio, N - 1.
  if (!(atoms > 1) || (ratio === undefined && !(gammaf > 0))) return [];
  const { drives, ratios } = phaseGrid(atoms, end);
  return ratios
    .toReversed()
    .flatMap((ratio) =>
      drives.map((drive) => ({ command, system: { ...atRatio(own, ratio), drive }, options: {} })),
    );
}

/** One point of the run. */
export interface PhasePoint extends PhasePlace {
  /** null where there is none yet */
  readonly value: number | null;
}

/** Points as cells; requests that are refused have none. */
export function cellsOf(
  requests: readonly RunRequest[],
  points: readonly PhasePoint[],
): { drives: number[]; ratios: number[]; values: (number | null)[][] } {
  const asked = requests.flatMap(({ system }) => {
    try {
      const { driveOverCritical, ...parameters } = systemParameters(system);
      return driveOverCritical === null ? [] : [{ drive: driveOverCritical, ratio: decayRatio(parameters) }];
    } catch (error) {
      if (error instanceof InputError) return [];
      throw error;
    }
  });
  // A ratio that is said by two rates comes back to some last digits.
  const distinct = (values: number[]) =>
    [...new Set(values.map((value) => Number(value.toPrecision(6))))].sort((a, b) => a - b);
  const [drives, ratios] = [
    distinct(asked.map(({ drive }) => drive)),
    distinct(asked.map(({ ratio }) => ratio)),
  ];
  const values = drives.map(() => ratios.map((): number | null => null));
  for (const { drive, ratio, value } of points) {
    const column = drives.indexOf(Number(drive.toPrecision(6)));
    const row = ratios.indexOf(Number(ratio.toPrecision(6)));
    if (column >= 0 && row >= 0) values[column][row] = value;
  }
  return { drives, ratios, values };
}

export interface PhaseQuantity {
  /** in the markup of `notation` */
  readonly label: string;
  /** the lower the darker: a gap over decades, a squeezing below 1 */
  readonly kind: 'log' | 'linear';
}

export function phaseHeat(
  { label, kind }: PhaseQuantity,
  { drives, ratios, values }: ReturnType<typeof cellsOf>,
): Heat | undefined {
  const known = values.flat().filter((value) => value !== null);
  if (known.length === 0 || ratios.length < 2) return undefined;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const half = (ratios[ratios.length - 1] - ratios[0]) / (ratios.length - 1) / 2;
  return {
    label,
    ink: 'exact',
    x: drives,
    y: [ratios[0] - half, ratios[ratios.length - 1] + half],
    values,
    // The last shade before nothing is still a shade.
    scale:
      kind === 'log'
        ? { clear: 1.2 * most, full: least, kind }
        : { clear: Math.max(1, 1.01 * least), full: least, kind },
  };
}

/** Where the axis of the drive begins: the mean field has one state at small drives. */
export const driveStart = (drive: number) => (drive < 0.4 ? 0 : 0.4);

/** @param start where the axis of the drive begins; `end` where it ends; `top` where that of the ratio does */
export function phasePlot(
  rows: readonly PhaseRow[],
  atoms: number,
  start: number,
  end: number,
  top: number,
  heat: Heat | undefined,
): PlotSpec {
  const tongues = tonguesOf(rows);
  const named = new Set<Ink>();
  const edge = (label: string, ink: Ink, points: readonly (readonly [number, number])[]) =>
    monotone(points).map((stretch): Curve => {
      const quiet = named.has(ink);
      named.add(ink);
      return {
        label,
        draw: 'line',
        ink,
        width: 2.5,
        quiet,
        x: stretch.map(([drive]) => drive),
        y: stretch.map(([, ratio]) => ratio),
      };
    });
  const regions = tongues.map(
    (tongue): PlotRegion => ({
      label: 'bistable in the mean field',
      ink: 'unstable',
      outline: [
        ...tongue.map(({ from, ratio }) => [from, ratio] as const),
        ...tongue.toReversed().map(({ to, ratio }) => [to, ratio] as const),
      ],
    }),
  );
  const beyond: PlotBand[] =
    atoms - 1 < top
      ? [{ axis: 'y', from: atoms - 1, to: top, label: '*Γ*/*γ* is at most *N* − 1', ink: 'guide' }]
      : [];
  return {
    title: 'Phase diagram over drive and decay ratio',
    x: { label: 'drive *Ω*/*Ω*_c', min: start, max: end },
    y: { label: 'ratio *Γ*/*γ*', min: 0, max: top },
    curves: tongues.flatMap((tongue) => [
      ...edge(
        'bistable from',
        'upper',
        tongue.map(({ from, ratio }) => [from, ratio] as const),
      ),
      ...edge(
        'bistable up to',
        'lower',
        tongue.map(({ to, ratio }) => [to, ratio] as const),
      ),
    ]),
    heat,
    bands: beyond,
    regions: regions.slice(0, 1),
  };
}

interface Width {
  readonly ratio: number;
  readonly from: number;
  readonly to: number;
}

/** Consecutive rows of as many intervals, interval by interval: a region each. */
function tonguesOf(rows: readonly PhaseRow[]): Width[][] {
  const tongues: Width[][] = [];
  let open: Width[][] = [];
  for (const { ratio, intervals } of rows) {
    if (intervals.length !== open.length) {
      open = intervals.map(() => []);
      tongues.push(...open);
    }
    for (const [i, { from, to }] of intervals.entries()) open[i].push({ ratio, from, to });
  }
  return tongues.filter(({ length }) => length > 1);
}

/** A line in stretches along which x rises. */
function monotone(points: readonly (readonly [number, number])[]): (readonly [number, number])[][] {
  const stretches: (readonly [number, number])[][] = [];
  let direction = 0;
  for (const [i, point] of points.entries()) {
    const step = i === 0 ? 0 : Math.sign(point[0] - points[i - 1][0]);
    const turns = step !== 0 && direction !== 0 && step !== direction;
    if (i === 0) stretches.push([point]);
    else if (turns) stretches.push([points[i - 1], point]);
    else stretches[stretches.length - 1].push(point);
    if (step !== 0) direction = step;
  }
  return stretches.map((stretch) =>
    stretch[0][0] <= stretch[stretch.length - 1][0] ? stretch : stretch.toReversed(),
  );
}
