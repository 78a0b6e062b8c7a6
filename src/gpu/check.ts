/** One line of the self-test. */
export interface Check {
  readonly name: string;
  readonly passed: boolean;
  /** largest error found, and the largest that passes, both in the unit that the name says; finite */
  readonly worst: number;
  readonly allowed: number;
}

/** Numbers of an adapter beside their truth. */
export class Comparison {
  private worst = 0;

  /** @param unit of the error: 1 for an absolute one */
  add(value: number, truth: number, unit = 1): void {
    const error = Math.abs(value - truth) / unit;
    // The largest double stands for what is no number, or is missing: JSON knows no other.
    if (!(error <= this.worst)) this.worst = Number.isFinite(error) ? error : Number.MAX_VALUE;
  }

  /** Two lists; one that is too short has wrong numbers at its end. */
  addAll(values: ArrayLike<number>, truths: ArrayLike<number>, unit = 1): void {
    const length = Math.max(values.length, truths.length);
    for (let i = 0; i < length; i++) this.add(values[i], truths[i], unit);
  }

  check(name: string, allowed: number): Check {
    return { name, passed: this.worst <= allowed, worst: this.worst, allowed };
  }
}
