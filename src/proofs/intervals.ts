/** Arithmetic of intervals, rounded outwards: every operation of float64 is right to half an ulp of its result. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

const ULP = 2 ** -52;

/** Two numbers that rounding may have moved inwards, each by a few ulps of its own size or of `size`. */
export const outwards = (lower: number, upper: number, size = 0): Interval => ({
  lower: lower - 2 * ULP * (Math.abs(lower) + size) - Number.MIN_VALUE,
  upper: upper + 2 * ULP * (Math.abs(upper) + size) + Number.MIN_VALUE,
});

export const exactly = (x: number): Interval => ({ lower: x, upper: x });

export const plus = (...terms: readonly Interval[]): Interval =>
  terms.reduce((a, b) => (isZero(a) ? b : isZero(b) ? a : outwards(a.lower + b.lower, a.upper + b.upper)));

export const minus = (a: Interval, { lower, upper }: Interval): Interval =>
  plus(a, { lower: -upper, upper: -lower });

export const times = (...factors: readonly Interval[]): Interval => factors.reduce(product);

function product(a: Interval, b: Interval): Interval {
  // Nothing is lost where one of them is 0 exactly.
  if (isZero(a) || isZero(b)) return exactly(0);
  const ends = [a.lower * b.lower, a.lower * b.upper, a.upper * b.lower, a.upper * b.upper];
  return outwards(Math.min(...ends), Math.max(...ends));
}

export function square(a: Interval): Interval {
  const ends = [a.lower * a.lower, a.upper * a.upper];
  const { lower, upper } = outwards(Math.min(...ends), Math.max(...ends));
  return { lower: a.lower <= 0 && a.upper >= 0 ? 0 : Math.max(0, lower), upper };
}

/** a / b; all numbers where b may be 0 */
export function over(a: Interval, b: Interval): Interval {
  if (b.lower <= 0 && b.upper >= 0)
    return { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
  return times(a, outwards(1 / b.upper, 1 / b.lower));
}

/** of what is known to be 0 or more */
export function root(a: Interval): Interval {
  const { lower, upper } = outwards(Math.sqrt(Math.max(0, a.lower)), Math.sqrt(Math.max(0, a.upper)));
  return { lower: Math.max(0, lower), upper };
}

export const contains = (outer: Interval, inner: Interval): boolean =>
  outer.lower <= inner.lower && inner.upper <= outer.upper;

export const isZero = ({ lower, upper }: Interval) => lower === 0 && upper === 0;
