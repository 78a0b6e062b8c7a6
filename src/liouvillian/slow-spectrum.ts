/** The slow end of the Liouvillian's spectrum: rho_s, lambda_1 and lambda_2 with their vectors and error bounds. */
import { InputError } from '../parameters/errors';
import type { SystemParameters } from '../parameters/system';
import { nearestEigenvalues } from './arnoldi';
import {
  COMPLETE,
  COMPLETE_DIMENSIONS,
  type CoarseSpectrum,
  coarseSpectrum,
  completeSpectrum,
  type Mode,
  spectralShift,
} from './coarse-spectrum';
import type { CorrectionSolver } from './correction';
import { DarkModes } from './dark-modes';
import { type Eigenpair, refineEigenpair } from './jacobi-davidson';
import { Liouvillian } from './liouvillian';
import { quotient } from './quotient';
import { type RightEigenvalue, rightEigenvalue } from './right-eigenvalue';
import { isSolved, refineSteadyState, type SteadyState } from './steady-state';
import { axpy } from './vectors';

export interface SlowModeRequest {
  /** asked error bound relative to |lambda_1| */
  readonly tolerance: number;
  /** true when the vectors matter too: they are then refined to the tolerance themselves */
  readonly vectors: boolean;
  /** vectors that may be a better start than the coarse model's, such as those of neighbouring drives */
  readonly start?: { readonly right: Float64Array; readonly left: Float64Array } | null;
}

/** A decay rate of the antisymmetric sector: re + i im */
export interface DecayRate {
  readonly re: number;
  readonly im: number;
}

/** @throws InputError where every j keeps its weight, so that 0 is an eigenvalue many times over */
export function needUniqueSteadyState({ atoms, gammaF }: SystemParameters): void {
  if (gammaF > 0 || atoms === 1) return;
  const takes = 'above 0 for a unique steady state (without individual decay every j keeps its weight)';
  throw new InputError('gammaf', gammaF, takes);
}

/** The most atoms whose Liouvillian is solved outright where corrections fail. */
const MOST_COMPLETE = 32;

/**
 * A mode this much slower than the next stands in the way of the steady state, and is corrected first. That took 3,300 matvecs instead of
 * 4,740 at N = 90, R = 15.5, drive 0.78, and 4,400 instead of 9,040 at N = 110, 0.765; where the ratio was 0.1 to 0.4 it took 10 to 100 percent more.
 */
const ISOLATED = 0.08;
const ROUGH = { tolerance: 0.03, vectors: false } as const;

export class SlowSpectrum {
  readonly liouvillian: Liouvillian;
  private coarse: CoarseSpectrum;
  private spent = 0;

  /**
   * Solves the coarse model: a fraction of a second up to some hundred atoms.
   * @param onMatvecs is told the matvecs done so far
   * @throws InputError where the steady state is not unique
   */
  constructor(
    readonly system: SystemParameters,
    private readonly solver: (liouvillian: Liouvillian) => CorrectionSolver,
    private readonly onMatvecs: (matvecs: number) => void = () => {},
  ) {
    needUniqueSteadyState(system);
    this.liouvillian = new Liouvillian(system);
    this.coarse = coarseSpectrum(this.liouvillian);
  }

  /**
   * How far from 0 all eigenvalues were looked at. A pair that oscillates faster than this could decay more slowly than lambda_1; the eigenvalues of
   * bistability are the nearest of all.
   */
  get searchedWithin(): number {
    return this.coarse.searchedWithin;
  }

  /** matvecs of all corrections so far */
  get matvecs(): number {
    return this.spent;
  }

  /** lambda_1: the slowest decay of the symmetric sector. */
  async slowMode({ tolerance, vectors, start = null }: SlowModeRequest): Promise<Eigenpair> {
    const [slow] = this.coarse.modes;
    const mode = start && slow.right.length === 1 ? this.better(slow, start) : slow;
    const vectorTolerance = vectors ? tolerance : Number.POSITIVE_INFINITY;
    const pair = await this.refine(mode, [], tolerance, vectorTolerance);
    const certified = pair.error <= tolerance * Math.hypot(pair.re, pair.im);
    if (certified || this.coarse.complete || this.system.atoms > MOST_COMPLETE) return pair;
    // Far from bistability the corrections may not converge; a small system is then solved outright.
    this.coarse = completeSpectrum(this.liouvillian);
    return this.refine(this.coarse.modes[0], [], tolerance, vectorTolerance);
  }

  /**
   * lambda_2, the next one, to a few digits; null where there is none (one atom). A complex pair is taken from the coarse model, with the bound
   * that its float64 residual gives.
   */
  async secondMode(first: Eigenpair, tolerance: number): Promise<RightEigenvalue | null> {
    const { liouvillian, coarse } = this;
    if (first.other !== null) return { re: first.other, im: 0, error: first.error, matvecs: 0 };
    const second = coarse.modes[1];
    if (second === undefined) return null;
    if (second.right.length > 1) return this.refine(second, [first], tolerance, Number.POSITIVE_INFINITY, 0);
    const value = await rightEigenvalue(liouvillian, this.solver(liouvillian), {
      shift: second.re,
      right: second.right[0],
      left: second.coarseLeft[0],
      steady: coarse.steady,
      known: first,
      separation: this.separation(second),
      tolerance,
      onMatvecs: (matvecs) => this.onMatvecs(this.spent + matvecs),
    });
    this.spent += value.matvecs;
    return value;
  }

  /** rho_s; a slow mode, where it has been found, makes it faster and surer. */
  async steadyState(slowMode: Eigenpair | null, tolerance: number): Promise<SteadyState> {
    const slow = slowMode ?? (this.isSlowModeIsolated() ? await this.slowMode(ROUGH) : null);
    const state = await this.solveSteadyState(slow, tolerance);
    if (isSolved(state) || this.coarse.complete || this.system.atoms > MOST_COMPLETE) return state;
    this.coarse = completeSpectrum(this.liouvillian);
    return this.solveSteadyState(slow, tolerance);
  }

  private isSlowModeIsolated(): boolean {
    const { complete, modes } = this.coarse;
    const [slow, second] = modes;
    return (
      !complete && second !== undefined && Math.abs(slow.re) < ISOLATED * Math.hypot(second.re, second.im)
    );
  }

  private async solveSteadyState(slowMode: Eigenpair | null, tolerance: number): Promise<SteadyState> {
    const { coarse, liouvillian } = this;
    const [coarseSlow, second] = coarse.modes;
    const slow = slowMode ?? coarseSlow;
    const state = await refineSteadyState(liouvillian, this.solver(liouvillian), {
      start: coarse.steady,
      exact: coarse.complete,
      slow: quotient(liouvillian, slow.right, slow.left, coarse.steady),
      separation: Math.abs((second ?? coarseSlow).re),
      tolerance,
      onMatvecs: (matvecs) => this.onMatvecs(this.spent + matvecs),
    });
    this.spent += state.matvecs;
    return state;
  }

  /** The slowest decay of the antisymmetric sector, exactly, for up to 20 atoms; null beyond. It never mixes with the other. */
  antisymmetric(): DecayRate | null {
    const { system } = this;
    if (system.atoms > COMPLETE) return null;
    // Without a drive L is triangular in m + m' and its eigenvalues are its diagonal.
    if (system.omega === 0) return { re: this.slowestCoherence(), im: 0 };
    const model = new DarkModes(system, COMPLETE + 1, 'antisymmetric');
    const inverse = model.factorize(spectralShift(system));
    const pairs = nearestEigenvalues(model.unknowns, inverse.shift, COMPLETE_DIMENSIONS, (x) =>
      inverse.solve(x),
    );
    const { re, im } = pairs.reduce((slowest, pair) => (pair.re > slowest.re ? pair : slowest));
    return { re: -re, im };
  }

  /** Of two starts the one of smaller residual, on each side by itself. */
  private better(mode: Mode, start: { readonly right: Float64Array; readonly left: Float64Array }): Mode {
    const { liouvillian } = this;
    const image = new Float64Array(liouvillian.unknowns);
    const residual = (x: Float64Array, side: 'right' | 'left') => {
      if (side === 'right') liouvillian.apply(x, image);
      else liouvillian.applyTransposed(x, image);
      axpy(-mode.re, x, image);
      const scaleOf = side === 'right' ? liouvillian.inner(x, x) : liouvillian.inner(x, mode.right[0]) ** 2;
      return liouvillian.inner(image, image) / scaleOf;
    };
    const choose = (side: 'right' | 'left') =>
      residual(start[side], side) < residual(mode[side][0], side) ? [start[side]] : mode[side];
    return { ...mode, right: choose('right'), left: choose('left') };
  }

  private slowestCoherence(): number {
    const { diagonal, weights } = this.liouvillian;
    return diagonal.reduce(
      (least, d, i) => (weights[i] === 2 ? Math.min(least, -d) : least),
      Number.POSITIVE_INFINITY,
    );
  }

  private async refine(
    mode: Mode,
    known: readonly Eigenpair[],
    tolerance: number,
    vectorTolerance: number,
    mostSolves?: number,
  ): Promise<Eigenpair> {
    const { liouvillian, coarse } = this;
    const pair = await refineEigenpair(liouvillian, this.solver(liouvillian), {
      right: mode.right,
      left: mode.left,
      steady: coarse.steady,
      known,
      separation: this.separation(mode),
      tolerance,
      vectorTolerance,
      ...(mostSolves === undefined ? {} : { mostSolves }),
      onMatvecs: (matvecs) => this.onMatvecs(this.spent + matvecs),
    });
    this.spent += pair.matvecs;
    return pair;
  }

  /** From a mode to the next one; the eigenvalue 0 is no neighbour, for trace and identity take it out exactly. */
  private separation(mode: Mode): number {
    // A start from elsewhere keeps the eigenvalue of the mode that it stands for.
    const others = this.coarse.modes.filter(({ re, im }) => re !== mode.re || im !== mode.im);
    const distances = others.map((other) => Math.hypot(other.re - mode.re, other.im - mode.im));
    return distances.length > 0 ? Math.min(...distances) : Math.abs(mode.re);
  }
}
