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
    const { next, slopeThere, errors } = step(f, y, slope, h);
    let excess = 0;
    for (let i = 0; i < y.length; i++) {
      excess = Math.max(excess, Math.abs(errors[i] / (tolerance * (1 + Math.abs(y[i])))));
    }
    // Without this a slope that overflows would be tried for ever.
    if (Number.isNaN(excess)) throw new Error(`No slope is finite at t = ${t}, y = ${y.join(', ')}.`);
    // A step cut short by a time asked for says nothing about how far the next one may go.
    const factor = Math.min(5, Math.max(0.2, 0.9 * excess ** -0.2));
    if (excess > 1 || h === proposed) position.proposed = h * factor;
    if (excess > 1) continue;
    position.y = next;
    position.slope = slopeThere;
    position.t = h === end - t ? end : t + h;
    return;
  }
}

/** By the sums of Dormand and Prince (1980). Each is written out: a flow takes tens of thousands of steps while the page answers. @param k1 f(y) */
function step(f: Derivative, y: readonly number[], k1: readonly number[], h: number) {
  const n = y.length;
  const at = y.slice();
  for (let i = 0; i < n; i++) at[i] = y[i] + h * ((1 / 5) * k1[i]);
  const k2 = f(at);
  for (let i = 0; i < n; i++) at[i] = y[i] + h * ((3 / 40) * k1[i] + (9 / 40) * k2[i]);
  const k3 = f(at);
  for (let i = 0; i < n; i++) at[i] = y[i] + h * ((44 / 45) * k1[i] + (-56 / 15) * k2[i] + (32 / 9) * k3[i]);
  const k4 = f(at);
  for (let i = 0; i < n; i++)
    at[i] =
      y[i] +
      h * ((19372 / 6561) * k1[i] + (-25360 / 2187) * k2[i] + (64448 / 6561) * k3[i] + (-212 / 729) * k4[i]);
  const k5 = f(at);
  for (let i = 0; i < n; i++)
    at[i] =
      y[i] +
      h *
        ((9017 / 3168) * k1[i] +
          (-355 / 33) * k2[i] +
          (46732 / 5247) * k3[i] +
          (49 / 176) * k4[i] +
          (-5103 / 18656) * k5[i]);
  const k6 = f(at);
  const next = y.slice();
  for (let i = 0; i < n; i++)
    next[i] +=
      h *
      ((35 / 384) * k1[i] +
        (500 / 1113) * k3[i] +
        (125 / 192) * k4[i] +
        (-2187 / 6784) * k5[i] +
        (11 / 84) * k6[i]);
  const k7 = f(next);
  // Of the fifth order less that of the fourth.
  for (let i = 0; i < n; i++)
    at[i] =
      h *
      ((71 / 57600) * k1[i] +
        (-71 / 16695) * k3[i] +
        (71 / 1920) * k4[i] +
        (-17253 / 339200) * k5[i] +
        (22 / 525) * k6[i] +
        (-1 / 40) * k7[i]);
  return { next, slopeThere: k7, errors: at };
}
