/**
 * The master equation in time, rho(t + h) = sum_k (h L)^k/k! rho(t), to float64's rounding: the scaled Taylor series of Al-Mohy and Higham,
 * SIAM J. Sci. Comput. 33, 488 (2011). Slow motion needs few terms, and no stiffness limits the step.
 */
import { crssAmplitudes, crssAngle, crssEigenvalue } from '../operators/crss';
import { InputError } from '../parameters/errors';
import type { StartState } from '../parameters/start-state';
import type { Liouvillian } from './liouvillian';
import { Series } from './series';

/** |psi><psi|, packed. @throws InputError for the CRSS without collective decay */
export function startState({ pyramid, system, unknowns }: Liouvillian, start: StartState): Float64Array {
  const [{ j, dim }] = pyramid.blocks;
  const psi = new Float64Array(dim);
  if (start === 'crss') {
    if (system.gamma1D === 0)
      throw new InputError('start', start, 'ground or excited without collective decay');
    psi.set(crssAmplitudes(j, crssEigenvalue(system)));
  } else psi[start === 'ground' ? 0 : dim - 1] = 1;
  const rho = new Float64Array(unknowns);
  const angle = start === 'crss' ? crssAngle(system) : 0;
  for (let r = 0; r < dim; r++) {
    for (let c = 0; c <= r; c++) {
      const i = pyramid.index(0, r, c);
      rho[i] = psi[r] * psi[c] * Math.cos(angle * (r - c));
      if (angle !== 0) rho[pyramid.unknowns + i] = psi[r] * psi[c] * Math.sin(angle * (r - c));
    }
  }
  return rho;
}

/**
 * h |L| of a step. The terms grow like exp of it before they fall, and take that much of the precision at most. Matvecs with 3, 4, 5, 6, 8
 * and 12: at figure 4 to t = 100 373,000, 307,000, 302,000, 336,000, 376,000 and 417,000; at N = 54 28,800, 22,500, 18,700, 19,400, 21,000 and
 * 23,100. Runge-Kutta of fourth order at its limit of stability took 798,000 and 42,400, and was off by up to 9e-6 in <S_z>.
 */
export const STEP = 5;
/** Rounding of one matvec, some eight products a row. */
export const ROUNDING = 8 * Number.EPSILON;

export class Evolution {
  private constructor(
    private readonly series: Series,
    private readonly liouvillian: Liouvillian,
    /** bound on |L x| / |x| in the sum of all matrix elements' absolute values */
    private readonly largest: number,
  ) {}

  static of(liouvillian: Liouvillian): Evolution {
    return new Evolution(Series.of(liouvillian), liouvillian, normBound(liouvillian));
  }

  /** A copy of the state now. */
  get state(): Float64Array {
    return this.series.x;
  }

  set state(rho: Float64Array) {
    this.series.x = rho;
  }

  /** int exp(Lt) rho dt over all steps from the first */
  get integral(): Float64Array {
    return this.series.integral;
  }

  /**
   * Moves rho on by `time`, in place, in equal steps. `pause` is awaited between matvecs.
   * @returns bound on the error that this adds, in the trace norm, in which L lets none grow: of the series' rest, and an estimate of rounding.
   *   An observable O is then off by |O| (its largest eigenvalue) times the sum of these at most.
   */
  async advance(rho: Float64Array, time: number, pause: () => Promise<void>): Promise<number> {
    const steps = Math.max(1, Math.ceil((time * this.largest) / STEP));
    this.state = rho;
    let error = 0;
    for (let step = 0; step < steps; step++) error += await this.step(time / steps, pause);
    rho.set(this.state);
    return error;
  }

  /** The longest step whose series converges well. */
  get longestStep(): number {
    return STEP / this.largest;
  }

  /** Tr[O term] of the series' term of the moment, for an observable of few elements. */
  ofTerm(observable: Float64Array): () => number {
    return this.series.productWith(observable, this.liouvillian);
  }

  /** One step of at most the longest. @param onTerm is called at each term of the series, (h L)^k/k! rho */
  async step(h: number, pause: () => Promise<void>, onTerm: () => void = () => {}): Promise<number> {
    const { series, largest } = this;
    let size = series.first(h);
    onTerm();
    const negligible = Number.EPSILON * size;
    let rounding = 0;
    for (let k = 1; ; k++) {
      rounding += ROUNDING * ((h * largest) / k) * size;
      size = series.next(h, k);
      onTerm();
      await pause();
      // The terms behind this one fall at least like a geometric series of this ratio.
      const ratio = (h * largest) / (k + 1);
      const rest = ratio < 1 ? (size * ratio) / (1 - ratio) : Number.POSITIVE_INFINITY;
      if (rest <= negligible) return rest + rounding;
    }
  }
}

/** The largest sum of absolute values in a column of L: a row of L^T. */
export function normBound({ pyramid, stencils: { transposed } }: Liouvillian): number {
  const { diagonal, next, previous, jumps, level, rowOffset } = transposed;
  let largest = 0;
  pyramid.forEach((_, b, r, c) => {
    const [k, l] = [rowOffset[b] + r, rowOffset[b] + c];
    const drive = Math.abs(next[k]) + Math.abs(next[l]) + Math.abs(previous[k]) + Math.abs(previous[l]);
    const turn = level === null ? 0 : Math.abs(level[k] - level[l]);
    let size = drive + turn - diagonal[k] - diagonal[l];
    for (const { stay, above, below } of jumps)
      size += Math.abs(stay[k] * stay[l]) + above[k] * above[l] + below[k] * below[l];
    largest = Math.max(largest, size);
  });
  return largest;
}
