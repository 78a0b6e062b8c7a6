/**
 * How much work goes into one submit. Operating systems reset a GPU that is busy for seconds, and a page shares
 * it with the compositor, so each submit is cut to some tens of milliseconds by the measured time of the last.
 */

/** Aim of one submit, ms: well under the 100 ms that a page may take, well over what a submit costs. */
const target = 40;

export class Slice {
  private size: number;

  /**
   * @param first steps of the first submit: small, since nothing is known of the device yet
   * @param most steps that one submit may ever hold
   */
  constructor(
    first: number,
    private readonly most: number,
  ) {
    this.size = Math.min(first, most);
  }

  /** Steps to put into the next submit. */
  get steps(): number {
    return Math.max(1, Math.floor(this.size));
  }

  /** A submit of `steps` took `milliseconds` of the GPU. Grows at most fourfold at once: timings are noisy. */
  took(steps: number, milliseconds: number): void {
    const ideal = (steps * target) / Math.max(milliseconds, 0.1);
    this.size = Math.min(this.most, Math.max(1, Math.min(ideal, 4 * steps)));
  }
}
