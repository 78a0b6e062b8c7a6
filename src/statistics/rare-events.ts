/**
 * Floors of errors, for what an ensemble has hardly seen or not at all. The scatter of n independent trajectories tells the
 * error of a mean only where what makes up the mean was seen in several of them. Of anything else there is but a count:
 *
 * What was seen in k trajectories is to be expected in fewer than k + 1 + sqrt(k + 3/4) of n, at one standard deviation of a
 * Poisson variable (Gehrels, ApJ 303, 336 (1986)). If it moves a trajectory's value by at most `size`, it moves the mean by
 *
 *     size (1 + sqrt(k + 3/4)) / n                                                                    (1)
 *
 * beyond what was seen. With k = 0, 1.96 of these are 3.66 trajectories: more than the 3.00 in which 95 of 100 ensembles
 * would have seen it. Every floor is (1), with k and size by what is known of the quantity.
 */
import type { Covariance } from './covariance';

/** Fewer events than these tell little of how many there are: of 10, the 95 percent interval reaches from 5 to 18. */
export const fewestEvents = 10;

/** Fewer trajectories as far out as the farthest than these, and it alone decides what the scatter is. */
const fewestFarOut = 5;

/** Looks in fewer of which a state would have been found than these have hardly seen it. */
const fewestFound = 5;

/** Equation (1). */
export function missed(n: number, k: number, size: number): number {
  return (size * (1 + Math.sqrt(k + 3 / 4))) / n;
}

/** One quantity over trajectories; M2 is the sum of squared deviations from the mean. */
export interface Scatter {
  readonly count: number;
  readonly mean: number;
  readonly M2: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Floor of the error of a mean, by how far its trajectories scatter. If they scatter no more than rounding does, none has done
 * anything that the others have not: k = 0, and what one may do is anything within `range`. Else, D being how far the farthest
 * is from the mean, M2 / D^2 trajectories as far out as it would scatter as much as all do: that is k where it is small, and D the size.
 * Where it is not, many trajectories make up the scatter, and there is no floor.
 * @param range between the least and the most that a trajectory's value can be
 * @param resolution what rounding leaves of differences, relative to the range
 */
export function floorOfScatter(
  { count, mean, M2, least, most }: Scatter,
  range: number,
  resolution: number,
): number {
  if (most - least <= 2 * resolution * range) return missed(count, 0, range);
  const farthest = Math.max(most - mean, mean - least);
  const farOut = M2 / farthest ** 2;
  return farOut < fewestFarOut ? missed(count, farOut, farthest) : 0;
}

/**
 * Floor of the error of a state's probability, the trajectories' mean weight of it. A small one may be made up by a few looks in
 * which the weight is 1, and what is seen of it in the others, however well it is known, says nothing of those. Where of all looks
 * fewer than 5 would have found the state, or anything else, k = 0, and a trajectory may spend all its time in it.
 * @param looks of all trajectories, far enough apart in time to find different states
 */
export function floorOfProbability(count: number, looks: number, probability: number): number {
  const found = looks * Math.min(probability, 1 - probability);
  return found < fewestFound ? missed(count, 0, 1) : 0;
}

/**
 * Floor of the error of a mean of counts x >= 0. As far as scatter goes, (sum x)^2 / sum x^2 trajectories that have counted as much
 * as each other, sum x^2 / sum x, make up the mean: these are k and size where k is small, and few of those there are.
 * @param least that a trajectory can count above 0: the size where none has counted anything
 */
export function floorOfCounts(n: number, { sum, squares }: Moments, least: number): number {
  if (!(sum > 0)) return missed(n, 0, least);
  const k = sum ** 2 / squares;
  return k < Math.min(fewestEvents, n / 2) ? missed(n, k, squares / sum) : 0;
}

/** Sums over trajectories of some x and of x^2. */
export interface Moments {
  readonly sum: number;
  readonly squares: number;
}

/** Of x = weights . quantities. */
export function momentsOf({ count, mean, comoments }: Covariance, weights: readonly number[]): Moments {
  const quantities = mean.length;
  const average = weights.reduce((sum, weight, a) => sum + weight * mean[a], 0);
  let M2 = 0;
  weights.forEach((one, a) => {
    weights.forEach((other, b) => {
      M2 += one * other * comoments[a * quantities + b];
    });
  });
  return { sum: count * average, squares: Math.max(0, M2) + count * average ** 2 };
}

/**
 * What can have been missed of a product of powers 1 and -1 of means of counts, as a part of it.
 * @param factors places of the means in the sum
 */
export function partMissed(sum: Covariance, factors: readonly number[]): number {
  const parts = factors.map((factor) => {
    const alone = Array.from(sum.mean, (_, a) => (a === factor ? 1 : 0));
    const mean = sum.mean[factor];
    return mean === 0 ? 0 : floorOfCounts(sum.count, momentsOf(sum, alone), 0) / mean;
  });
  return Math.hypot(...parts);
}
