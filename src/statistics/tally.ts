/**
 * Means and variances of many quantities over independent trajectories, as (n, mean, M2) with
 * M2 = sum (x - mean)^2: merged by Chan's formula, never through sums of squares, so that nothing cancels.
 */
export class Tally {
  /** trajectories so far */
  count = 0;
  readonly mean: Float64Array;
  readonly M2: Float64Array;

  constructor(readonly quantities: number) {
    this.mean = new Float64Array(quantities);
    this.M2 = new Float64Array(quantities);
  }

  /** Takes these in place of what was there. */
  set(count: number, mean: ArrayLike<number>, M2: ArrayLike<number>): void {
    this.count = count;
    this.mean.set(mean);
    this.M2.set(M2);
  }

  /** Adds `count` further trajectories, whose mean and M2 are given for each quantity. */
  merge(count: number, mean: ArrayLike<number>, M2: ArrayLike<number>): void {
    const total = this.count + count;
    for (let q = 0; q < this.quantities; q++) {
      const difference = mean[q] - this.mean[q];
      this.mean[q] += (difference * count) / total;
      this.M2[q] += M2[q] + (difference ** 2 * this.count * count) / total;
    }
    this.count = total;
  }

  /** One standard error of the mean of quantity q; trajectories are the independent units. Needs two of them. */
  standardError(q: number): number {
    return Math.sqrt(this.M2[q] / (this.count - 1) / this.count);
  }
}
