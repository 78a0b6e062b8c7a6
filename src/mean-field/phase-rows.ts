/** The mean field's phase diagram, row by row: between which drives it is bistable at one Gamma/gamma after another. */
import type { Interval } from './bistability';

export interface PhaseRow {
  /** Gamma/gamma */
  readonly ratio: number;
  /** of the drive in units of Omega_c, rising; empty where no drive has two stable states */
  readonly intervals: readonly Interval[];
}

/**
 * Rows by rising ratio. Where bistability begins or ends between two of them one more lies on its side of the end, to 1e-6 of the
 * ratio: with Eq. (1) the cusp, Gamma/gamma = 8 at Omega/Omega_c = sqrt(27/32), where both folds (S24) meet at q = 1/8.
 * @param intervalsAt the intervals at a ratio
 * @param ratios rising
 */
export function* phaseRows(
  intervalsAt: (ratio: number) => readonly Interval[],
  ratios: readonly number[],
): Generator<PhaseRow, void> {
  let last: PhaseRow | undefined;
  for (const ratio of ratios) {
    const row = { ratio, intervals: intervalsAt(ratio) };
    if (last && last.intervals.length > 0 !== row.intervals.length > 0) yield end(intervalsAt, last, row);
    yield row;
    last = row;
  }
}

/** The bistable row next to where bistability begins or ends between two. */
function end(intervalsAt: (ratio: number) => readonly Interval[], a: PhaseRow, b: PhaseRow): PhaseRow {
  let [bistable, other] = a.intervals.length > 0 ? [a, b] : [b, a];
  while (Math.abs(bistable.ratio - other.ratio) > 1e-6 * b.ratio) {
    const ratio = (bistable.ratio + other.ratio) / 2;
    const row = { ratio, intervals: intervalsAt(ratio) };
    if (row.intervals.length > 0) bistable = row;
    else other = row;
  }
  return bistable;
}
