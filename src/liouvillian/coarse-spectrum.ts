/**
 * Where the iterations on the whole pyramid start, and what is known to be slow at all: steady state and slow modes of the model among the
 * lowest dark-port modes, found by inverting it about one shift after another.
 */

import { isReal, type SystemParameters } from '../parameters/system';
import type { OnBlocks, Shift, ShiftedInverse } from './block-elimination';
import { DarkModes } from './dark-modes';
import { type FollowedMode, followed } from './following';
import { leftStart } from './left-start';
import { Liouvillian } from './liouvillian';
import { matchSides } from './matching';
import { NearestEigenvalues, type Neighbourhood, type RitzPair, type Side } from './nearest-eigenvalues';
import { normBound } from './quotient';
import { axpy, dot, scale } from './vectors';
import { WholePyramid } from './whole-pyramid';

type Model = DarkModes | WholePyramid;

/** An eigenvalue of L as a decay re > 0 and a frequency im >= 0: -(re -+ i im). */
export interface Found {
  readonly re: number;
  readonly im: number;
  /** 1 of a mode that is on resonance of the symmetric sector, and 0 of the other; about that in between, as its share of W.U in turned axes is */
  readonly symmetric: number;
  /** to rounding: not of a model that is cut off */
  readonly exact: boolean;
}

interface FoundInModel extends Found {
  /** the shift of the search that found it */
  readonly about: Shift;
  readonly model: Model;
  readonly right: readonly Float64Array[];
  readonly left: readonly Float64Array[];
}

/** The same with real bases of its right and left subspace on the whole pyramid: one vector, or two for a pair. */
export interface Mode extends Found {
  /** traceless */
  readonly right: readonly Float64Array[];
  readonly left: readonly Float64Array[];
  /** the model's own left vectors: of the right norm, but with large residuals outside the model */
  readonly coarseLeft: readonly Float64Array[];
}

/** Every eigenvalue of the model that is nearer to -(re + i im) than the radius was seen; so were their complex conjugates. */
export interface Disc {
  /** the centre's decay and frequency, rates */
  readonly re: number;
  readonly im: number;
  readonly radius: number;
}

/**
 * Modes kept at first: 136 unknowns a block, factorised in milliseconds, and right to 1 percent where the drive is not strong. Large systems need
 * 300 a block: with 16 modes the right correction stalled at N = 200, with 24 it did not.
 */
const modesAtFirst = (atoms: number) => (atoms <= 120 ? 16 : 24);
const MOST_MODES = 32;
/** With both parts a block has twice the unknowns, and costs eight times as much. */
const MOST_MODES_OF_BOTH = 24;
/** Up to so many atoms all modes cost less than so many: a model of 32 modes takes 2 s of a core at 54 atoms, the whole pyramid 1.2. */
const MOST_ATOMS_RATHER_WHOLE = { one: { 24: 46, 32: 58 }, both: { 24: 42 } };
/** Modes kept where pairs are searched: they find them to a percent or better. All are kept of systems that are solved at once. */
const MOST_FOR_PAIRS = 24;
/** Below this many atoms all modes are kept: the model is exact and takes some ten milliseconds. */
const MOST_ATOMS_EXACT = 20;
/** The same where pairs may be slowest, and where states are far from dark: half a second; a system with both parts costs eight times as much. */
export const mostAtomsAtOnce = ({ parts }: Liouvillian) => (parts === 'both' ? 32 : 44);
/** The same where corrections fail: 940 unknowns in the largest plane, 10 s of a core and 0.4 GB. */
export const mostAtomsAtAll = ({ parts }: Liouvillian) => (parts === 'both' ? 54 : 72);
/** Pumped states, and those without emission, are not those that decay least between jumps. */
const isFarFromDark = ({ gamma1D, gammaF, pumping, collectivePumping }: SystemParameters) =>
  pumping + collectivePumping >= gamma1D + gammaF;
/** More modes are taken until the slow mode's residual is below this part of the second mode's decay rate. */
const SUFFICIENT = 0.1;
/**
 * Krylov dimensions: the nearest few eigenvalues of a large model, or some dozens of a small and exact one, so that its disc holds most of what may be
 * slower; what does not lie in it is searched for about another shift, which costs less than more dimensions do.
 */
const DIMENSIONS = 24;
const DIMENSIONS_WHEN_EXACT = 64;
/** The same about the shift of a pair. */
const PAIR_DIMENSIONS = 48;
/** All eigenvalues are sought of models up to this size. */
const MOST_UNKNOWNS_WHOLE = 500;
/** More are taken, step by step and up to so many, until this many eigenvalues converge. */
const GROWTH = 24;
const MOST_DIMENSIONS = 200;
const FEWEST_CONVERGED = 3;
/** The shift off the eigenvalue 0, in units of what each atom does by itself (or of the collective rates where that is nothing). */
const SHIFT = 0.01;
/** A normalised right vector of more trace than this is the steady state: that of a mode is 0, but for what the model leaves out. */
const TRACE = 0.1;
/** A share of the slowest modes that is this near to 0 or 1 tells the sector, in axes turned by less than this. */
const UNSURE = 0.2;
const SLOWEST = 4;
const HARDLY_TURNED = 0.5;
/** A shift is off the centre by this part of its decay: of independent atoms the centre is an eigenvalue, and about it nothing else would be seen. */
const BESIDE = 0.03;
/** Two eigenvalues are one below this distance, relative to them. */
const SAME = 1e-6;

export class CoarseSpectrum {
  readonly #found: FoundInModel[] = [];
  readonly #discs: Disc[] = [];
  #whole = false;
  /** trace 1, on the whole pyramid and among the modes; zero in the antisymmetric sector, which holds none */
  #steady: Float64Array;
  #steadyInModel: Float64Array = new Float64Array();

  private constructor(
    private readonly liouvillian: Liouvillian,
    private readonly model: Model,
    private readonly pause: () => Promise<void>,
    private readonly onBlocks?: OnBlocks,
  ) {
    this.#steady = new Float64Array(liouvillian.unknowns);
  }

  /** Steady state and the modes nearest 0; more dark-port modes are kept until they suffice. @param onBlocks of an elimination that takes a second */
  static async of(
    liouvillian: Liouvillian,
    pause: () => Promise<void>,
    onBlocks?: OnBlocks,
  ): Promise<CoarseSpectrum> {
    const { system } = liouvillian;
    const mostExact = isFarFromDark(system) ? mostAtomsAtOnce(liouvillian) : MOST_ATOMS_EXACT;
    const first = system.atoms <= mostExact ? mostExact + 1 : modesAtFirst(system.atoms);
    const mostModes = liouvillian.parts === 'both' ? MOST_MODES_OF_BOTH : MOST_MODES;
    const ratherWhole: Readonly<Record<number, number>> =
      MOST_ATOMS_RATHER_WHOLE[liouvillian.parts === 'both' ? 'both' : 'one'];
    for (let kept = first; ; kept += 8) {
      if (system.atoms <= (ratherWhole[kept] ?? 0))
        return CoarseSpectrum.ofAllModes(liouvillian, pause, onBlocks);
      const spectrum = new CoarseSpectrum(liouvillian, modelOf(liouvillian, kept), pause);
      await spectrum.searchNearZero();
      if (spectrum.holdsAllModes || kept + 8 > mostModes || spectrum.isSufficient()) {
        await spectrum.follow();
        return spectrum;
      }
    }
  }

  /** All modes kept: the spectrum of L to rounding. Some 40 ms at 32 atoms. */
  static async ofAllModes(
    liouvillian: Liouvillian,
    pause: () => Promise<void>,
    onBlocks?: OnBlocks,
  ): Promise<CoarseSpectrum> {
    const model = modelOf(liouvillian, liouvillian.system.atoms + 1);
    const spectrum = new CoarseSpectrum(liouvillian, model, pause, onBlocks);
    await spectrum.searchNearZero();
    await spectrum.follow();
    return spectrum;
  }

  /** The same in place of this one, which keeps fewer; of a large system with the pairs that this one has found. */
  async withAllModes(onBlocks: OnBlocks): Promise<CoarseSpectrum> {
    const whole = await CoarseSpectrum.ofAllModes(this.liouvillian, this.pause, onBlocks);
    if (whole.findsPairsExactly) return whole;
    whole.#found.push(...this.#found.filter(({ about }) => about.im > 0));
    whole.#found.sort((a, b) => a.re - b.re);
    whole.#discs.push(...this.#discs.filter(({ im }) => im > 0));
    return whole;
  }

  /** true when all dark-port modes are kept: then this is the spectrum, to rounding */
  get holdsAllModes(): boolean {
    return this.model.holdsAllModes;
  }

  get steady(): Float64Array {
    return this.#steady;
  }

  /** Of large systems not: their pairs are found among the lowest modes. */
  private get findsPairsExactly(): boolean {
    return this.holdsAllModes && this.liouvillian.system.atoms <= mostAtomsAtOnce(this.liouvillian);
  }

  /** by rising decay */
  get found(): readonly Found[] {
    return this.#found;
  }

  get discs(): readonly Disc[] {
    return this.#discs;
  }

  /** Whether every eigenvalue was seen, as of a few atoms. */
  get whole(): boolean {
    return this.#whole;
  }

  /** Whether an eigenvalue of this decay and frequency would have been seen. */
  hasSearched(re: number, im: number): boolean {
    return this.#discs.some((disc) => Math.hypot(re - disc.re, im - disc.im) < disc.radius * (1 - SAME));
  }

  /** Finds all modes, where that is a matter of seconds: of up to 12 atoms. */
  async searchWhole(): Promise<void> {
    const { model } = this;
    if (this.#whole || !model.holdsAllModes || model.unknowns > MOST_UNKNOWNS_WHOLE) return;
    await this.search(model, this.shiftNearZero(), model.unknowns);
  }

  /** Finds the modes about a complex centre, a decay and a frequency. */
  async searchPairs(re: number, im: number): Promise<void> {
    const { model, liouvillian } = this;
    const forPairs =
      model.modes > MOST_FOR_PAIRS && !this.findsPairsExactly ? modelOf(liouvillian, MOST_FOR_PAIRS) : model;
    await this.search(forPairs, { re: (BESIDE - 1) * re, im }, PAIR_DIMENSIONS);
  }

  /** What was found, on the whole pyramid. */
  mode(found: Found): Mode {
    const { liouvillian } = this;
    const { model, right, left } = this.#found.find((one) => one === found) as FoundInModel;
    const coarseLeft = left.map((w) => model.lift(w));
    const mode = {
      ...{ re: found.re, im: found.im, symmetric: found.symmetric, exact: found.exact },
      right: right.map((vector) => this.traceless(model.lift(vector))),
      left: coarseLeft,
      coarseLeft,
    };
    const isSlowest = found === this.#found[0] && model === this.model && found.im === 0;
    if (model instanceof WholePyramid || !isSlowest || liouvillian.parts === 'antisymmetric') return mode;
    return { ...mode, left: [leftStart(liouvillian, mode, model, left[0], this.#steadyInModel)] };
  }

  /** Takes the steady state out of a right vector; in place. */
  private traceless(vector: Float64Array): Float64Array {
    const { liouvillian } = this;
    axpy(-liouvillian.trace(vector), this.#steady, vector);
    return vector;
  }

  /** Says of each mode what it was on resonance, where its share alone does not tell. */
  private async follow(): Promise<void> {
    const { liouvillian, model, pause } = this;
    const { system, parts } = liouvillian;
    if (parts !== 'both' || isReal(system) || this.sharesTell()) return;
    const modesAt = async (part: number) => {
      if (part === 1) return this.lifted();
      const { detuning, collectiveShift } = system;
      const between = { ...system, detuning: part * detuning, collectiveShift: part * collectiveShift };
      const there = new Liouvillian(between, 'both');
      const spectrum = new CoarseSpectrum(there, modelOf(there, model.modes), pause);
      await spectrum.searchNearZero();
      return spectrum.lifted();
    };
    const modes = await followed(modesAt, (x, y) => liouvillian.inner(x, y));
    modes.forEach(({ symmetric }, i) => {
      this.#found[i] = { ...this.#found[i], symmetric };
    });
  }

  /** Axes that are hardly turned, in which the slowest modes are clearly of one sector. */
  private sharesTell(): boolean {
    const isClear = ({ symmetric }: Found) =>
      Math.abs(symmetric) < UNSURE || Math.abs(symmetric - 1) < UNSURE;
    return Math.abs(this.model.turn) < HARDLY_TURNED && this.#found.slice(0, SLOWEST).every(isClear);
  }

  private lifted(): FollowedMode[] {
    return this.#found.map(({ re, im, symmetric, model, right, left }) => ({
      ...{ re, im, symmetric },
      right: right.map((u) => model.lift(u)),
      left: left.map((w) => model.lift(w)),
    }));
  }

  /** Whether the slowest mode has a small residual on the whole pyramid. */
  private isSufficient(): boolean {
    const { liouvillian, model } = this;
    const [slow, second = slow] = this.#found;
    if (slow.right.length > 1) return false;
    const u = this.traceless(model.lift(slow.right[0]));
    const image = liouvillian.image('forward', u);
    axpy(slow.re, u, image);
    return liouvillian.norm(image) / liouvillian.norm(u) < SUFFICIENT * second.re;
  }

  private shiftNearZero(): Shift {
    const { gammaF, pumping, dephasing, ...collective } = this.liouvillian.system;
    const individual = gammaF + pumping + dephasing;
    const { gamma1D, collectivePumping, collectiveDephasing } = collective;
    const together = gamma1D + collectivePumping + collectiveDephasing;
    return { re: SHIFT * (individual > 0 ? individual : together), im: 0 };
  }

  private async searchNearZero(): Promise<void> {
    const dimensions = this.findsPairsExactly ? DIMENSIONS_WHEN_EXACT : DIMENSIONS;
    await this.search(this.model, this.shiftNearZero(), dimensions);
    if (this.#found.length === 0)
      throw new Error('No slow mode of the coarse model converged on both sides.');
  }

  private async bothSides(model: Model, shift: Shift, dimensions: number) {
    const inverse = await model.factorize(shift, this.pause, this.onBlocks);
    try {
      const right = await this.nearest(inverse, 'right', dimensions);
      return { right, left: await this.nearest(inverse, 'left', dimensions) };
    } finally {
      inverse.release();
    }
  }

  /** Some of the nearest eigenvalues at least, so that the slowest has another beyond it. */
  private async nearest(inverse: ShiftedInverse, side: Side, dimensions: number): Promise<Neighbourhood> {
    // The eigenvalue 0 is one more of the symmetric sector.
    const fewest = this.liouvillian.parts !== 'antisymmetric' ? FEWEST_CONVERGED : FEWEST_CONVERGED - 1;
    const search = new NearestEigenvalues(inverse, side);
    for (let most = dimensions; ; most += GROWTH) {
      const found = search.among(most);
      await this.pause();
      if (found.pairs.length >= fewest || most + GROWTH > MOST_DIMENSIONS) return found;
    }
  }

  /** Of bases that need not be biorthonormal: the mean of the share over the directions that both span. Where L is real, in the axes in which it is. */
  private symmetricShare(
    model: Model,
    right: readonly Float64Array[],
    left: readonly Float64Array[],
  ): number {
    const { liouvillian } = this;
    const isTurned = model.turn !== 0 && isReal(liouvillian.system);
    const inAxes = (vectors: readonly Float64Array[]) =>
      isTurned ? vectors.map((vector) => model.lift(vector)) : vectors;
    const [us, ws] = [inAxes(right), inAxes(left)];
    const overlaps = (of: (w: Float64Array, u: Float64Array) => number) =>
      ws.flatMap((w) => us.map((u) => of(w, u)));
    const inner = (w: Float64Array, u: Float64Array) => (isTurned ? liouvillian.inner(w, u) : dot(w, u));
    const part = (w: Float64Array, u: Float64Array) =>
      isTurned ? liouvillian.symmetricPart(w, u) : model.symmetricPart(w, u);
    const [a, b = 0, c = 0, d = 1] = overlaps(inner);
    const [A, B = 0, C = 0, D = 0] = overlaps(part);
    return (d * A - b * C - c * B + a * D) / (a * d - b * c) / us.length;
  }

  private async search(model: Model, shift: Shift, dimensions: number): Promise<void> {
    const { liouvillian } = this;
    const { right, left } = await this.bothSides(model, shift, dimensions);
    // The eigenvalue 0 is no mode, and may be among those about a shift of low frequency.
    const one = model.identity();
    const isSteady = ({ basis }: RitzPair) => Math.hypot(...basis.map((u) => dot(one, u))) > TRACE;
    const pairs = shift.im === 0 ? [...right.pairs] : right.pairs.filter((pair) => !isSteady(pair));
    if (shift.im === 0 && liouvillian.parts !== 'antisymmetric') {
      const [zero] = pairs.splice(0, 1);
      this.#steadyInModel = zero.basis[0];
      this.#steady = model.lift(zero.basis[0]);
      scale(this.#steady, 1 / liouvillian.trace(this.#steady));
    }
    // Beyond the norm of L there is none.
    let radius = Math.min(right.radius, Math.hypot(shift.re, shift.im) + normBound(liouvillian.system));
    const { matched, lost } = matchSides(pairs, left.pairs);
    this.#whole ||= model.holdsAllModes && right.radius === Number.POSITIVE_INFINITY && lost.length === 0;
    for (const pair of lost) {
      radius = Math.min(radius, Math.hypot(pair.re - shift.re, pair.im - shift.im));
    }
    const known = [...this.#found];
    for (const { right, left } of matched) {
      const decay = { re: -right.re, im: right.im };
      // From another centre; from this one two that are this near are two.
      const isKnown = known.some(
        (one) => Math.hypot(one.re - decay.re, one.im - decay.im) < SAME * Math.hypot(one.re, one.im),
      );
      if (isKnown) continue;
      const symmetric = this.symmetricShare(model, right.basis, left.basis);
      const [exact, bases] = [model.holdsAllModes, { right: right.basis, left: left.basis }];
      this.#found.push({ ...decay, symmetric, exact, about: shift, model, ...bases });
    }
    this.#found.sort((a, b) => a.re - b.re);
    this.#discs.push({ re: -shift.re, im: shift.im, radius });
  }
}

const modelOf = (liouvillian: Liouvillian, kept: number): Model =>
  kept > liouvillian.system.atoms ? new WholePyramid(liouvillian) : new DarkModes(liouvillian, kept);
