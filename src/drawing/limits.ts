/**
 * Limits of an axis that follow its data in few steps: round values beyond them. While results come in they move outward
 * alone.
 */

/** Of a logarithmic axis: the next of 1, 2 and 5 times a power of ten beyond the values above 0; none without such. */
export function logLimits(values: readonly (number | null)[]): { min?: number; max?: number } {
  const known = values.filter(
    (value): value is number => value !== null && value > 0 && value < Number.POSITIVE_INFINITY,
  );
  if (known.length === 0) return {};
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return { min: beyond(least / 1.02, -1), max: beyond(most * 1.02, 1) };
}

/** The last of 1, 2, 5 and 10 times its power of ten that is not above the value; the first that is not below it. */
function beyond(value: number, direction: -1 | 1): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 2, 5, 10].map((step) => Number((step * power).toPrecision(3)));
  return (
    (direction < 0 ? steps.findLast((step) => step <= value) : steps.find((step) => step >= value)) ?? value
  );
}

/**
 * Of a linear axis in steps of `step`: what the values need with a little air, no less than [from, to], and no more than `most`, beyond which
 * a curve is marked as leaving.
 */
export function linearLimits(
  values: readonly (number | null)[],
  {
    from,
    to,
    step,
    most = Number.POSITIVE_INFINITY,
  }: { from: number; to: number; step: number; most?: number },
): { min: number; max: number } {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  const air = 0.2 * step;
  const inSteps = (value: number, round: (value: number) => number) =>
    Number((round(value / step) * step).toPrecision(9));
  return {
    min: Math.min(from, ...known.map((value) => inSteps(value - air, Math.floor))),
    max: Math.min(most, Math.max(to, ...known.map((value) => inSteps(value + air, Math.ceil)))),
  };
}
