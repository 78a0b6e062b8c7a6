/** The slow end of the Liouvillian's spectrum: rho_s, lambda_1 and lambda_2 with their vectors and error bounds, and the other sector's. */
import { isReal, type SystemParameters } from '../parameters/system';
import { needUniqueSteadyState } from '../parameters/unique-steady-state';
import type { Disc } from './coarse-spectrum';
import type { Eigenpair } from './jacobi-davidson';
import { Liouvillian } from './liouvillian';
import { roundingOf } from './quotient';
import type { RightEigenvalue } from './right-eigenvalue';
import { type ModeRequest, SectorSpectrum, type Spent, type Workshop } from './sector-spectrum';
import { isSolved, type SteadyState } from './steady-state';

/** A decay rate re and a frequency im with a bound on what they are off, in the unit of the rates. */
export interface BoundedDecay {
  readonly re: number;
  readonly im: number;
  readonly error: number;
}

/**
 * A mode this much slower than the next stands in the way of the steady state, and is corrected first. That took 3,300 matvecs instead of
 * 4,740 at N = 90, R = 15.5, drive 0.78, and 4,400 instead of 9,040 at N = 110, 0.765; where the ratio was 0.1 to 0.4 it took 10 to 100 percent more.
 */
const ISOLATED = 0.08;
const ROUGH: ModeRequest = { tolerance: 0.03 };
/** The other sector's slowest is known to this where it is not the slowest of all. */
const OTHER_SECTOR = 0.01;

export class SlowSpectrum {
  private other: SectorSpectrum | undefined;

  private constructor(
    readonly system: SystemParameters,
    private readonly symmetric: SectorSpectrum,
    private readonly workshop: Workshop,
    private readonly spent: Spent,
  ) {}

  /**
   * Solves the coarse model: a fraction of a second up to some hundred atoms.
   * @throws InputError where the steady state is not unique
   */
  static async of(system: SystemParameters, workshop: Workshop): Promise<SlowSpectrum> {
    needUniqueSteadyState(system);
    const spent = { matvecs: 0 };
    const symmetric = await SectorSpectrum.of(new Liouvillian(system), 'symmetric', workshop, spent);
    return new SlowSpectrum(system, symmetric, workshop, spent);
  }

  get liouvillian(): Liouvillian {
    return this.symmetric.liouvillian;
  }

  /** matvecs of all corrections so far */
  get matvecs(): number {
    return this.spent.matvecs;
  }

  /** Where the symmetric sector was looked through. */
  get searched(): readonly Disc[] {
    return this.symmetric.discs;
  }

  /** Whether every mode of the symmetric sector that decays as slowly as its `place`-th was looked for. */
  hasSearched(decay: number, place = 0): boolean {
    return this.symmetric.hasSearched(decay, place);
  }

  /** lambda_1: the slowest decay of the symmetric sector, in which rho_s relaxes. */
  slowMode(request: ModeRequest): Promise<Eigenpair> {
    return this.symmetric.slowest(request);
  }

  /** lambda_2, the next one, to a few digits; null where there is none (one atom). */
  secondMode(first: Eigenpair, tolerance: number): Promise<RightEigenvalue | null> {
    return this.symmetric.second(first, tolerance);
  }

  /**
   * The slowest decay found in the antisymmetric sector, which never mixes with the other where L is real; else of the modes that are mostly of it.
   * @param limit a decay: what is slower was looked for, and `searched` says whether everywhere; `mode` is null where none was found
   */
  async antisymmetric(
    limit: number,
  ): Promise<{ readonly mode: BoundedDecay | null; readonly searched: boolean }> {
    const { system, workshop, spent } = this;
    // With emission alone L is triangular in m + m' and its eigenvalues are its diagonal.
    if (system.omega === 0 && isReal(system) && isEmissionAlone(system))
      return { mode: this.slowestCoherence(), searched: true };
    this.other ??=
      this.liouvillian.parts === 'both'
        ? this.symmetric.opposite()
        : await SectorSpectrum.of(new Liouvillian(system, 'antisymmetric'), 'antisymmetric', workshop, spent);
    await this.other.search(0, limit);
    const { hasSeenSlowest } = this.other;
    if (!hasSeenSlowest) return { mode: null, searched: this.other.hasSearched(limit) };
    const { re, im, error } = await this.other.slowest({ tolerance: OTHER_SECTOR }, limit);
    return { mode: { re, im, error }, searched: this.other.hasSearched(Math.min(re, limit)) };
  }

  /** rho_s; a slow mode, where it has been found, makes it faster and surer. */
  async steadyState(slowMode: Eigenpair | null, tolerance: number): Promise<SteadyState> {
    const slow = slowMode ?? (this.isSlowModeIsolated() ? await this.slowMode(ROUGH) : null);
    const state = await this.symmetric.steadyState(slow, tolerance);
    if (isSolved(state) || !(await this.symmetric.solveOutright())) return state;
    return this.symmetric.steadyState(slow, tolerance);
  }

  /** X of L^+ X = <A> - A, as good as float64 leaves it. @param observable A, packed; in the sector of rho_s where that is real */
  solveObservable(observable: Float64Array, steady: Float64Array): Promise<Float64Array> {
    return this.symmetric.solveObservable(observable, steady);
  }

  private isSlowModeIsolated(): boolean {
    const { holdsAllModes, found } = this.symmetric;
    const [slow, second] = found;
    return !holdsAllModes && second !== undefined && slow.re < ISOLATED * Math.hypot(second.re, second.im);
  }

  private slowestCoherence(): BoundedDecay {
    const { diagonal, weights } = this.liouvillian;
    const re = diagonal.reduce(
      (least, d, i) => (weights[i] === 2 ? Math.min(least, -d) : least),
      Number.POSITIVE_INFINITY,
    );
    return { re, im: 0, error: roundingOf(this.system) };
  }
}

/** Collective dephasing may be on: it moves no element to another. */
const isEmissionAlone = ({ pumping, dephasing, collectivePumping }: SystemParameters) =>
  pumping + dephasing + collectivePumping === 0;
