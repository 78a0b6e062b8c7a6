/**
 * Mean vector and co-moments C_ab = sum (x_a - mean_a)(x_b - mean_b) over independent trajectories: what a function
 * of several means, such as the squeezing parameter, needs for its standard error.
 */
export class Covariance {
  count = 0;
  readonly mean: Float64Array;
  /** row-major, quantities x quantities */
  readonly comoments: Float64Array;

  /** x - mean, before and after x was taken in; of one trajectory after the other. */
  readonly #before: Float64Array;
  readonly #after: Float64Array;

  constructor(readonly quantities: number) {
    this.mean = new Float64Array(quantities);
    this.#before = new Float64Array(quantities);
    this.#after = new Float64Array(quantities);
    this.comoments = new Float64Array(quantities ** 2);
  }

  /** Takes these in place of what was there. */
  set(count: number, mean: ArrayLike<number>, comoments: ArrayLike<number>): void {
    this.count = count;
    this.mean.set(mean);
    this.comoments.set(comoments);
  }

  /** Adds one trajectory (Welford's update). */
  add(x: ArrayLike<number>): void {
    this.count += 1;
    const { quantities, mean, comoments, count } = this;
    const [before, after] = [this.#before, this.#after];
    for (let a = 0; a < quantities; a++) {
      before[a] = x[a] - mean[a];
      mean[a] += before[a] / count;
      after[a] = x[a] - mean[a];
    }
    for (let a = 0; a < quantities; a++) {
      for (let b = 0; b < quantities; b++) comoments[a * quantities + b] += before[a] * after[b];
    }
  }

  /** Adds the trajectories of another, which follow these (Chan's formula). */
  merge(other: Covariance): void {
    const { quantities, mean, comoments } = this;
    const total = this.count + other.count;
    const weight = other.count / total;
    const difference = Float64Array.from(mean, (value, a) => other.mean[a] - value);
    for (let a = 0; a < quantities; a++) {
      for (let b = 0; b < quantities; b++) {
        const between = difference[a] * difference[b] * this.count * weight;
        comoments[a * quantities + b] += other.comoments[a * quantities + b] + between;
      }
      mean[a] += difference[a] * weight;
    }
    this.count = total;
  }

  /**
   * Value and standard error of f at the means, to first order in their errors (delta method). The gradient is taken
   * by central differences over one standard error, the scale on which f must be smooth for the method to hold.
   */
  propagate(f: (mean: ArrayLike<number>) => number): { value: number; error: number } {
    const { quantities, mean, comoments, count } = this;
    const scale = 1 / (count - 1) / count;
    const gradient = this.gradient(f, (a) => Math.sqrt(comoments[a * quantities + a] * scale));
    let variance = 0;
    for (let a = 0; a < quantities; a++) {
      for (let b = 0; b < quantities; b++) {
        variance += gradient[a] * gradient[b] * comoments[a * quantities + b] * scale;
      }
    }
    return { value: f(mean), error: Math.sqrt(Math.max(0, variance)) };
  }

  /** The error of f that these errors of the means make, independent of each other, by differences over them. */
  propagateErrors(f: (mean: ArrayLike<number>) => number, errors: ArrayLike<number>): number {
    const gradient = this.gradient(f, (a) => errors[a]);
    return Math.hypot(...gradient.map((slope, a) => slope * errors[a]));
  }

  private gradient(f: (mean: ArrayLike<number>) => number, stepOf: (a: number) => number): Float64Array {
    const { mean } = this;
    return Float64Array.from(mean, (_, a) => {
      const step = stepOf(a);
      if (step === 0) return 0;
      const shifted = (by: number) => f(mean.map((value, b) => (a === b ? value + by : value)));
      return (shifted(step) - shifted(-step)) / (2 * step);
    });
  }
}
