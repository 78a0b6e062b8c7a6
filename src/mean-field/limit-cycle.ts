/** Oscillations that do not end: where the flow of the mean field comes back to where it was. */
import type { Branch } from './branches';
import { advance, type Derivative, integrate, startAt } from './dormand-prince';
import { type MeanField, type MeanSpin, meanFieldDerivative } from './equations';
import { GROUND } from './flow';

export interface LimitCycle {
  /** in the inverse of the rates' unit */
  readonly period: number;
  /** between which s_z swings */
  readonly sz: { readonly from: number; readonly to: number };
}

/** Followed for so many steps from each start. */
const MOST_STEPS = 50_000;
/** Swings of one period, at most. */
const MOST_SWINGS = 8;
const TOLERANCE = 1e-9;
/** How far off a cycle, to go by what is left of its approach. */
const ACCURACY = 1e-6;
/** From how far off an unstable steady state the flow is followed, and how small a swing is none. */
const NEAR = 1e-3;

/**
 * The first cycle that the flow is found to settle on, from beside each unstable steady state and from the ground state; its numbers are good to
 * about 1e-6. Null where it settles on steady states, or is not found to repeat itself. Others may exist.
 */
export function limitCycle(field: MeanField, branches: readonly Branch[]): LimitCycle | null {
  const unstable = branches.filter(({ stable }) => !stable);
  const starts = unstable.flatMap(({ sx, sy, sz }): MeanSpin[] =>
    [NEAR, -NEAR].map((off) => [sx + off, sy + off, sz * (1 - NEAR)]),
  );
  const steady = branches.filter(({ stable }) => stable);
  // Without drive what attracts is a steady state or the circle of them.
  const isSearched = unstable.length > 0 && field.omega > 0;
  for (const start of isSearched ? [...starts, GROUND] : []) {
    const cycle = settled(field, start, steady);
    if (cycle !== null) return cycle;
  }
  return null;
}

/** A turning point of s_z. */
interface Turn {
  readonly t: number;
  readonly spin: readonly number[];
}

const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((x, i) => x - b[i]));

function settled(field: MeanField, start: MeanSpin, steady: readonly Branch[]): LimitCycle | null {
  const derivative = (spin: readonly number[]) => meanFieldDerivative(field, spin);
  const position = startAt(derivative, start, TOLERANCE);
  const [tops, bottoms]: Turn[][] = [[], []];
  for (let i = 0; i < MOST_STEPS; i++) {
    const { t, y } = position;
    advance(derivative, position, Number.POSITIVE_INFINITY, TOLERANCE);
    const rises = derivative(y)[2] > 0;
    if (i > 0 && rises !== derivative(position.y)[2] > 0) {
      (rises ? tops : bottoms).push(turnBetween(derivative, y, t, position.t - t));
      const swings = rises ? swingsOf(tops) : null;
      if (swings !== null) return cycleOf(tops, bottoms, swings);
    }
    if (steady.some(({ sx, sy, sz }) => distance(position.y, [sx, sy, sz]) < ACCURACY / 100)) return null;
  }
  return null;
}

/** Null of one too small to be told from a steady state. */
function cycleOf(tops: readonly Turn[], bottoms: readonly Turn[], swings: number): LimitCycle | null {
  const [first, last] = [tops.at(-1 - swings)!, tops.at(-1)!];
  if (distance(last.spin, bottoms.at(-1)!.spin) < 100 * ACCURACY) return null;
  const heights = (of: readonly Turn[]) => of.slice(-swings).map(({ spin }) => spin[2]);
  return {
    period: last.t - first.t,
    sz: { from: Math.min(...heights(bottoms)), to: Math.max(...heights(tops)) },
  };
}

/** Where the slope of s_z is 0 within dt after `spin`. */
function turnBetween(derivative: Derivative, spin: readonly number[], from: number, dt: number): Turn {
  const after = (t: number) => [...integrate(derivative, spin, [t], TOLERANCE)][0];
  const slope = (t: number) => derivative(after(t))[2];
  let [low, high] = [0, dt];
  let [atLow, atHigh] = [slope(low), slope(high)];
  let t = dt;
  // Regula falsi with the ends halved by turns (Illinois).
  for (let n = 0; n < 40 && high - low > 1e-12 * dt; n++) {
    t = (low * atHigh - high * atLow) / (atHigh - atLow);
    const at = slope(t);
    if (at === 0) break;
    if (at > 0 === atHigh > 0) {
      [high, atHigh] = [t, at];
      atLow /= 2;
    } else {
      [low, atLow] = [t, at];
      atHigh /= 2;
    }
  }
  return { t: from + t, spin: after(t) };
}

/** After how many tops the last ones come back, as far as they will; null where they do not. */
function swingsOf(tops: readonly Turn[]): number | null {
  for (let swings = 1; swings <= MOST_SWINGS && tops.length > 3 * swings; swings++) {
    const back = (n: number) => tops[tops.length - 1 - n * swings].spin;
    const [last, earlier] = [distance(back(0), back(1)), distance(back(1), back(2))];
    // What is left of a geometric approach; where rounding is all there is, nothing.
    const left = last < 1e-9 ? last : (last * last) / Math.max(0, earlier - last);
    if (last < ACCURACY && left < ACCURACY) return swings;
  }
  return null;
}
