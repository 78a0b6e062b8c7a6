/** The slow end of L in one sector, or of what a detuning makes of it: which modes are slowest, each corrected on the whole pyramid, and where they were looked for. */

import type { Sector } from '../operators/pyramid';
import type { OnBlocks } from './block-elimination';
import {
  CoarseSpectrum,
  type Disc,
  type Found,
  type Mode,
  mostAtomsAtAll,
  mostAtomsAtOnce,
} from './coarse-spectrum';
import type { CorrectionSolver } from './correction';
import { type Eigenpair, refineEigenpair } from './jacobi-davidson';
import type { Liouvillian } from './liouvillian';
import { solveObservable } from './observable-solution';
import { quotient } from './quotient';
import { type RightEigenvalue, rightEigenvalue } from './right-eigenvalue';
import { frequencyOff, mostSidebands, sidebands } from './sidebands';
import { refineSteadyState, type SteadyState } from './steady-state';
import { axpy } from './vectors';

/** Vectors that may be a better start than the coarse model's. */
export interface StartVectors {
  readonly right: Float64Array;
  readonly left: Float64Array;
}

export interface ModeRequest {
  /** asked error bound relative to the eigenvalue */
  readonly tolerance: number;
  /** asked error of the vectors, relative to them, where they are wanted */
  readonly vectorTolerance?: number;
  readonly start?: StartVectors | null;
}

/** What solves and what is told: shared by both sectors. */
export interface Workshop {
  readonly solver: (liouvillian: Liouvillian) => CorrectionSolver;
  readonly onMatvecs: (matvecs: number) => void;
  /** of an elimination of the whole pyramid */
  readonly onBlocks: OnBlocks;
  readonly pause: () => Promise<void>;
}

/** matvecs of all corrections so far, of both sectors */
export interface Spent {
  matvecs: number;
}

/** An eigenvalue of a model that is cut off may be this part lower on the whole pyramid. */
const UNSURE = 0.1;
/** Eigenvalues are the same below this distance, relative to them. */
const SAME = 1e-6;
/** A pair whose share is this near to one half was one mode of either sector, and is of both. */
const HALF = 0.25;
/**
 * Matvecs of a mode's corrections that cost half of what all modes cost, which are taken where these do not do: a matvec goes as N^3, that as N^7.
 * Where the coarse model's modes are near, 1,600 do at N = 54; at gamma_1D = 10 gamma_F 60,000 did not for lambda_2.
 */
const mostBeforeAllModes = (atoms: number) => Math.max(3000, 3300 * (atoms / 54) ** 4);
/** Modes that are corrected to see which is the slowest, at most. */
const MOST_CANDIDATES = 4;

export class SectorSpectrum {
  /** what a mode was corrected from */
  private readonly origins = new WeakMap<Eigenpair, Found>();

  private constructor(
    readonly liouvillian: Liouvillian,
    private readonly sector: Sector,
    private model: { coarse: CoarseSpectrum },
    private readonly workshop: Workshop,
    private readonly spent: Spent,
  ) {}

  /** Of a Liouvillian with both parts: the modes that are mostly of this sector. */
  static async of(
    liouvillian: Liouvillian,
    sector: Sector,
    workshop: Workshop,
    spent: Spent,
  ): Promise<SectorSpectrum> {
    const coarse = await CoarseSpectrum.of(liouvillian, workshop.pause, workshop.onBlocks);
    return new SectorSpectrum(liouvillian, sector, { coarse }, workshop, spent);
  }

  /** The other modes of the same Liouvillian, which has both parts. */
  opposite(): SectorSpectrum {
    const sector = this.sector === 'symmetric' ? 'antisymmetric' : 'symmetric';
    return new SectorSpectrum(this.liouvillian, sector, this.model, this.workshop, this.spent);
  }

  private get coarse(): CoarseSpectrum {
    return this.model.coarse;
  }

  /** true where the model is L itself: what is found then is exact to rounding */
  get holdsAllModes(): boolean {
    return this.coarse.holdsAllModes;
  }

  get steady(): Float64Array {
    return this.coarse.steady;
  }

  get discs(): readonly Disc[] {
    return this.coarse.discs;
  }

  /** by rising decay, uncorrected */
  get found(): readonly Found[] {
    const { found } = this.coarse;
    if (this.liouvillian.parts !== 'both') return found;
    return found.filter(({ symmetric, im }) => {
      const off = symmetric - 0.5;
      return (im > 0 && Math.abs(off) < HALF) || (this.sector === 'symmetric' ? off >= 0 : off < 0);
    });
  }

  /** Whether there is a slowest one, and with both parts one of those nearest 0: another may be slower than one from farther off. */
  get hasSeenSlowest(): boolean {
    const [first] = this.found;
    if (first === undefined) return false;
    const [nearZero] = this.coarse.discs;
    const distance = Math.hypot(first.re - nearZero.re, first.im - nearZero.im);
    return this.liouvillian.parts !== 'both' || distance <= nearZero.radius;
  }

  /**
   * Whether everything that decays as slowly as this was looked for.
   * @param place of this decay among all: 0 for the slowest
   */
  hasSearched(decay: number, place = 0): boolean {
    if (this.coarse.whole) return true;
    const centres = sidebands(this.liouvillian.system, this.sector, decay);
    const slower = this.found.filter(({ re }) => re < decay * (1 - SAME)).length;
    return (
      centres !== null &&
      this.coarse.hasSearched(decay, 0) &&
      centres.length <= mostSidebands &&
      centres.every(({ im }) => this.hasSearchedSideband(decay, im)) &&
      (slower <= place || !this.holdsAllModes)
    );
  }

  /** Whether a pair would have been seen that is somewhat off the mean field's frequency. */
  private hasSearchedSideband(decay: number, im: number): boolean {
    const off = frequencyOff(decay, im);
    return [im - off, im + off].every((frequency) => this.coarse.hasSearched(decay, frequency));
  }

  /**
   * The slowest mode, corrected; it has vectors where they were asked for.
   * @param limit a decay: only slower ones matter
   */
  async slowest(request: ModeRequest, limit = Number.POSITIVE_INFINITY): Promise<Eigenpair> {
    await this.search(0, limit);
    const pair = await this.correctSlowest(request);
    const isGood = pair.error <= request.tolerance * Math.hypot(pair.re, pair.im);
    const hasVectors =
      Math.max(pair.rightError, pair.leftError) <= (request.vectorTolerance ?? Number.POSITIVE_INFINITY);
    if ((isGood && hasVectors) || !(await this.solveOutright())) return pair;
    await this.search(0, limit);
    return this.correctSlowest(request);
  }

  /**
   * The next one, to a few digits; null where there is none (one atom). Its error is a bound, and says where the corrections failed.
   */
  async second(first: Eigenpair, tolerance: number): Promise<RightEigenvalue | null> {
    if (first.other !== null) return { re: first.other, im: 0, error: first.error, matvecs: 0 };
    await this.search(1);
    const value = await this.correctSecond(first, tolerance);
    const isGood = value !== null && value.error <= tolerance * Math.hypot(value.re, value.im);
    if (value === null || isGood || !(await this.solveOutright())) return value;
    await this.search(1);
    return this.correctSecond(first, tolerance);
  }

  /** rho_s of the symmetric sector, corrected with the help of a slow mode or of the model's. */
  async steadyState(slowMode: Eigenpair | null, tolerance: number): Promise<SteadyState> {
    const { coarse, liouvillian, workshop } = this;
    const [coarseSlow, second = coarseSlow] = coarse.found;
    // The slowest of all is what a residual may hide most of.
    const isSlowest = slowMode !== null && slowMode.re <= coarseSlow.re * (1 + UNSURE);
    const slow = isSlowest ? slowMode : coarse.mode(coarseSlow);
    const state = await refineSteadyState(liouvillian, workshop.solver(liouvillian), {
      start: coarse.steady,
      exact: coarse.holdsAllModes,
      slow: quotient(liouvillian, slow.right, slow.left, coarse.steady),
      separation: second.re,
      tolerance,
      onMatvecs: (matvecs) => workshop.onMatvecs(this.spent.matvecs + matvecs),
    });
    this.spent.matvecs += state.matvecs;
    return state;
  }

  /** X of L^+ X = <A> - A for an observable A of the symmetric sector, or of both parts. */
  async solveObservable(observable: Float64Array, steady: Float64Array): Promise<Float64Array> {
    const { coarse, liouvillian, workshop } = this;
    const [slow, second = slow] = coarse.found;
    const { X, matvecs } = await solveObservable(liouvillian, workshop.solver(liouvillian), {
      ...{ observable, steady, separation: second.re },
      onMatvecs: (matvecs) => workshop.onMatvecs(this.spent.matvecs + matvecs),
    });
    this.spent.matvecs += matvecs;
    return X;
  }

  /** Takes all dark-port modes into the model. @returns false where that cannot be or has been done */
  async solveOutright(mostAtoms = mostAtomsAtAll(this.liouvillian)): Promise<boolean> {
    if (this.coarse.holdsAllModes || this.liouvillian.system.atoms > mostAtoms) return false;
    this.model.coarse = await this.coarse.withAllModes(this.workshop.onBlocks);
    return true;
  }

  /** Looks where something slower than what was found `place`-th may be, until there is no such place. */
  async search(place: number, limit = Number.POSITIVE_INFINITY): Promise<void> {
    const decay = () => Math.min(limit, this.found[Math.min(place, this.found.length - 1)]?.re ?? limit);
    const centres = () => sidebands(this.liouvillian.system, this.sector, decay());
    // Far from bistability the model's lowest modes are not enough, and left vectors are not to be had by corrections.
    if (centres()?.length !== 0) await this.solveOutright(mostAtomsAtOnce(this.liouvillian));
    if (centres() === null) await this.coarse.searchWhole();
    if (this.coarse.whole || centres() === null) return;
    const tried = new Set<number>();
    for (;;) {
      const next = centres()?.find(({ im }) => !tried.has(im) && !this.hasSearchedSideband(decay(), im));
      if (next === undefined || tried.size === mostSidebands) return;
      tried.add(next.im);
      await this.coarse.searchPairs(next.re, next.im);
    }
  }

  /** Corrects modes by rising decay as long as another one may turn out slower. */
  private async correctSlowest(request: ModeRequest): Promise<Eigenpair> {
    let slowest: Eigenpair | null = null;
    for (const found of this.found.slice(0, MOST_CANDIDATES)) {
      if (slowest !== null && leastOf(found) >= slowest.re) break;
      const pair = await this.correct(found, [], request);
      if (slowest === null || pair.re < slowest.re) slowest = pair;
    }
    if (slowest === null) throw new Error(`No slow mode of the ${this.sector} sector was found.`);
    return slowest;
  }

  private async correctSecond(first: Eigenpair, tolerance: number): Promise<RightEigenvalue | null> {
    const distance = (found: Found) => Math.hypot(found.re - first.re, found.im - first.im);
    const origin =
      this.found.find((found) => found === this.origins.get(first)) ??
      this.found.reduce((best, found) => (distance(found) < distance(best) ? found : best));
    let second: RightEigenvalue | null = null;
    let tried = 0;
    for (const found of this.found) {
      if (found === origin) continue;
      if (second !== null && (leastOf(found) >= second.re || tried === MOST_CANDIDATES)) break;
      tried++;
      const value = await this.correctKnowing(found, first, tolerance);
      const isSame = Math.hypot(value.re - first.re, value.im - first.im) <= value.error + first.error;
      if (!isSame && (second === null || value.re < second.re)) second = value;
    }
    return second;
  }

  /** A second mode: a real one from its right vectors alone, where that does. */
  private async correctKnowing(found: Found, first: Eigenpair, tolerance: number): Promise<RightEigenvalue> {
    const { liouvillian, workshop, coarse } = this;
    if (found.im > 0) return this.correct(found, [first], { tolerance });
    const mode = coarse.mode(found);
    const value = await rightEigenvalue(liouvillian, workshop.solver(liouvillian), {
      shift: -mode.re,
      right: mode.right[0],
      left: mode.coarseLeft[0],
      steady: coarse.steady,
      slower: first.im === 0 && first.right.length === 1 ? first : null,
      separation: this.separation(found),
      tolerance,
      mostMatvecs: this.mostMatvecs,
      onMatvecs: (matvecs) => workshop.onMatvecs(this.spent.matvecs + matvecs),
    });
    this.spent.matvecs += value.matvecs;
    if (value.error <= tolerance * value.re || value.matvecs >= this.mostMatvecs) return value;
    const pair = await this.correct(found, [first], { tolerance });
    return pair.error < value.error ? pair : value;
  }

  private async correct(
    found: Found,
    known: readonly Eigenpair[],
    { tolerance, vectorTolerance = Number.POSITIVE_INFINITY, start = null }: ModeRequest,
  ): Promise<Eigenpair> {
    const { liouvillian, coarse, workshop } = this;
    const own = coarse.mode(found);
    const mode = start && own.right.length === 1 ? this.better(own, start) : own;
    const pair = await refineEigenpair(liouvillian, workshop.solver(liouvillian), {
      right: mode.right,
      left: mode.left,
      steady: coarse.steady,
      known,
      separation: this.separation(found),
      tolerance,
      vectorTolerance,
      mostMatvecs: this.mostMatvecs,
      onMatvecs: (matvecs) => workshop.onMatvecs(this.spent.matvecs + matvecs),
    });
    this.spent.matvecs += pair.matvecs;
    this.origins.set(pair, found);
    return pair;
  }

  /** Of two starts the one of smaller residual, on each side by itself. */
  private better(mode: Mode, start: StartVectors): Mode {
    const { liouvillian } = this;
    const residual = (x: Float64Array, side: 'right' | 'left') => {
      const image = liouvillian.image(side === 'right' ? 'forward' : 'transposed', x);
      axpy(mode.re, x, image);
      const scaleOf = side === 'right' ? liouvillian.norm(x) : Math.abs(liouvillian.inner(x, mode.right[0]));
      return liouvillian.norm(image) / scaleOf;
    };
    const choose = (side: 'right' | 'left') =>
      residual(start[side], side) < residual(mode[side][0], side) ? [start[side]] : mode[side];
    return { ...mode, right: choose('right'), left: choose('left') };
  }

  /** Of the corrections of one mode. */
  private get mostMatvecs(): number {
    const { atoms } = this.liouvillian.system;
    const hasResort = !this.coarse.holdsAllModes && atoms <= mostAtomsAtAll(this.liouvillian);
    return hasResort ? mostBeforeAllModes(atoms) : Number.POSITIVE_INFINITY;
  }

  /** From a mode to the next one; the eigenvalue 0 is no neighbour, for trace and identity take it out exactly. */
  private separation(found: Found): number {
    const others = this.coarse.found.filter((one) => one !== found);
    const distances = others.map((one) => Math.hypot(one.re - found.re, one.im - found.im));
    return distances.length > 0 ? Math.min(...distances) : found.re;
  }
}

/** What a mode's decay may be on the whole pyramid. */
const leastOf = ({ re, exact }: Found) => re * (exact ? 1 : 1 - UNSURE);
