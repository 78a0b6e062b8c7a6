/** The least and the most of many quantities over trajectories: the same in whatever order these come. */
export class Extremes {
  readonly least: Float64Array;
  readonly most: Float64Array;

  constructor(readonly quantities: number) {
    this.least = new Float64Array(quantities).fill(Number.POSITIVE_INFINITY);
    this.most = new Float64Array(quantities).fill(Number.NEGATIVE_INFINITY);
  }

  /** Takes in the extremes over further trajectories. */
  merge(least: ArrayLike<number>, most: ArrayLike<number>): void {
    for (let q = 0; q < this.quantities; q++) {
      this.least[q] = Math.min(this.least[q], least[q]);
      this.most[q] = Math.max(this.most[q], most[q]);
    }
  }
}
