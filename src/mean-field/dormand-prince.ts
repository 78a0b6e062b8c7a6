/** dy/dt as a function of y; every state has the same length. */
export type Derivative = (y: readonly number[]) => readonly number[];

/** Where an integration is, and how far its next step may go. */
export interface Position {
  t: number;
  y: readonly number[];
  /** f(y): the last of a step's slopes is the first of the next */
  slope: readonly number[];
  proposed: number;
}

export function startAt(f: Derivative, start: readonly number[], tolerance: number): Position {
  const slope = f(start);
  const fastest = slope.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { t: 0, y: [...start], slope, proposed: Math.cbrt(tolerance) / (fastest || 1) };
}

/**
 * Integrates the autonomous dy/dt = f(y) from y(0) = start and gives y at each of `times` (rising, from 0 on), one after
 * the other. Dormand and Prince's embedded Runge-Kutta pair of orders 5 and 4; the difference of the two is kept below
 * tolerance (1 + |y|) in every component and step, and a step ends at every time asked for. The steps are about
 * tolerance^(1/5) over the fastest rate, which the caller bounds by the times.
 */
export function* integrate(
  f: Derivative,
  start: readonly number[],
  times: readonly number[],
  tolerance: number,
): Generator<readonly number[], void> {
  const position = startAt(f, start, tolerance);
  for (const end of times) {
    while (position.t < end) advance(f, position, end, tolerance);
    yield position.y;
  }
}

/** One step of it, not past `end`. */
export function advance(f: Derivative, position: Position, end: number, tolerance: number): void {
  for (;;) {
    const { t, y, slope, proposed } = position;
    const h = Math.min(proposed, end - t);
    const { next, slopes } = step(f, y, slope, h);
    let excess = 0;
    for (let i = 0; i < y.length; i++) {
      const error = h * weighted(slopes, ERROR, i);
      excess = Math.max(excess, Math.abs(error / (tolerance * (1 + Math.abs(y[i])))));
    }
    // Without this a slope that overflows would be tried for ever.
    if (Number.isNaN(excess)) throw new Error(`No slope is finite at t = ${t}, y = ${y.join(', ')}.`);
    // A step cut short by a time asked for says nothing about how far the next one may go.
    const factor = Math.min(5, Math.max(0.2, 0.9 * excess ** -0.2));
    if (excess > 1 || h === proposed) position.proposed = h * factor;
    if (excess > 1) continue;
    position.y = next;
    position.slope = slopes[slopes.length - 1];
    position.t = h === end - t ? end : t + h;
    return;
  }
}

// The coefficients of Dormand and Prince (1980): stages, fifth order (the last row), and fifth minus fourth order.
const STAGES = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/** Loops and no callbacks: a flow takes tens of thousands of steps while the page answers. @param slope f(y) */
function step(f: Derivative, y: readonly number[], slope: readonly number[], h: number) {
  const slopes = [slope];
  let next = y;
  for (const stage of STAGES) {
    const at: number[] = [];
    for (let i = 0; i < y.length; i++) at.push(h * weighted(slopes, stage, i) + y[i]);
    next = at;
    slopes.push(f(at));
  }
  return { next, slopes };
}

/** The weighted sum of the slopes' components i. */
function weighted(slopes: readonly (readonly number[])[], weights: readonly number[], i: number): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k] * slopes[k][i];
  return sum;
}
