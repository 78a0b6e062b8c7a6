/** How a traceless operator decays: its share of the slow mode analytically, the rest by evolution until nothing is left of it. */
import type { Eigenpair } from './jacobi-davidson';
import type { Liouvillian } from './liouvillian';
import { Signals } from './signals';
import { axpy } from './vectors';

/** A real slow mode: its rate and biorthonormal vectors, and bounds on what they are off. */
export interface SlowMode {
  readonly rate: number;
  readonly rateError: number;
  readonly right: Float64Array;
  readonly left: Float64Array;
  /** |L right + rate right| over |right|, a rate */
  readonly residual: number;
}

/** The slow mode of a spectrum, where it is real and one by itself; else null: what decays in time with others needs no splitting off. */
export function realSlowMode({
  re,
  im,
  other,
  error,
  right,
  left,
  rightResidual,
}: Eigenpair): SlowMode | null {
  if (im !== 0 || other !== null || right.length !== 1) return null;
  return { rate: re, rateError: error, right: right[0], left: left[0], residual: rightResidual };
}

/** What is left of x when it counts as nothing. */
const NOTHING = 1e-11;

export class Relaxation {
  private constructor(
    /** Tr[O exp(Lt) x] of the observables, without the slow mode */
    readonly rest: Signals,
    /** x holds so much of the slow mode */
    readonly amplitude: number,
    /** Tr[O right] of the observables */
    readonly slow: readonly number[],
    private readonly mode: SlowMode | null,
    /** bound on the trace norm of what exp(Lt) x is off at any time */
    readonly error: number,
  ) {}

  /**
   * @param steady takes out what rounding leaves of it in x, which would never decay; null where the sector has none
   * @param x without a part along the steady state; a zero vector stays one
   */
  static async of(
    liouvillian: Liouvillian,
    steady: Float64Array | null,
    mode: SlowMode | null,
    x: Float64Array,
    observables: readonly Float64Array[],
    pause: () => Promise<void>,
    onFall: (share: number) => void,
  ): Promise<Relaxation> {
    const fast = x.slice();
    let dropped = 0;
    let steadyDropped = 0;
    const split = (y: Float64Array) => {
      if (steady !== null) {
        const trace = liouvillian.trace(y);
        axpy(-trace, steady, y);
        steadyDropped += Math.abs(trace);
      }
      if (mode === null) return 0;
      const amplitude = liouvillian.inner(mode.left, y);
      axpy(-amplitude, mode.right, y);
      return amplitude;
    };
    const amplitude = split(fast);
    const rest = await Signals.of(
      liouvillian,
      fast,
      observables,
      NOTHING,
      pause,
      (y) => {
        dropped += Math.abs(split(y));
      },
      onFall,
    );
    // A trace norm is at most the root of the dimension times the Hilbert-Schmidt norm.
    const dimension = liouvillian.pyramid.blocks.reduce((sum, { dim }) => sum + dim, 0);
    const left = NOTHING * liouvillian.norm(fast);
    const drift = mode === null ? 0 : (Math.abs(amplitude) * mode.residual) / mode.rate;
    const error = rest.error + steadyDropped + Math.sqrt(dimension) * (dropped + left + drift);
    const slow = observables.map((observable) =>
      mode === null ? 0 : liouvillian.inner(observable, mode.right),
    );
    return new Relaxation(rest, amplitude, slow, mode, error);
  }

  /** Tr[O_q exp(Lt) x] */
  at(q: number, t: number): number {
    const { mode } = this;
    return (
      this.rest.at(q, t) + (mode === null ? 0 : this.amplitude * this.slow[q] * Math.exp(-mode.rate * t))
    );
  }

  /** int_0^T of it, and of t times it; T may be Infinity. */
  moments(q: number, T: number): readonly [number, number] {
    const { mode } = this;
    const [area, first] = this.rest.moments(q, T);
    if (mode === null) return [area, first];
    const share = this.amplitude * this.slow[q];
    const { rate } = mode;
    if (T === Number.POSITIVE_INFINITY) return [area + share / rate, first + share / rate ** 2];
    const x = rate * T;
    // 1 - (1 + x) exp(-x), without cancellation where x is small.
    const second = -Math.expm1(-x) - x * Math.exp(-x);
    return [area - (share * Math.expm1(-x)) / rate, first + (share * second) / rate ** 2];
  }

  /** int_0^infinity exp(Lt) x dt */
  get sum(): Float64Array {
    const sum = this.rest.sum.slice();
    if (this.mode !== null) axpy(this.amplitude / this.mode.rate, this.mode.right, sum);
    return sum;
  }
}
