/**
 * The unit that a system is computed in. Eq. (1) knows no unit: multiply all rates by a factor, divide all times by it,
 * and nothing else changes. Numbers do: the square of a rate of 1e-165 is 0 in float64, that of 1e-25 in float32.
 */

/** Rates within this factor of 1 are computed as they are. */
const ORDINARY = 2 ** 20;

/**
 * A power of 4, by which rates and their square roots scale exactly. It is 1 unless all rates lie far from 1 on one side
 * of it; then it is that next to the largest of small rates, or to the smallest rate of a jump of large ones.
 * @param rates all of them, without their signs
 * @param jumps those of jumps
 */
export function unitOf(rates: readonly number[], jumps: readonly number[]): number {
  const most = Math.max(...rates);
  return most < 1 / ORDINARY ? powerOfFour(most) : unitOfLarge(jumps);
}

/** The same where no rate may be small: 1 unless all rates of jumps are large; one that is 0 does not count. */
export function unitOfLarge(jumps: readonly number[]): number {
  const least = Math.min(...jumps.filter((rate) => rate > 0));
  return least > ORDINARY && Number.isFinite(least) ? powerOfFour(least) : 1;
}

/** The one at x or next below it. */
function powerOfFour(x: number): number {
  return 4 ** Math.floor(Math.log2(x) / 2);
}
