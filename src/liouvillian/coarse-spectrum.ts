/** Where the iterations on the whole pyramid start: steady state and slow modes of the model among the lowest dark-port modes. */
import type { SystemParameters } from '../parameters/system';
import { nearestEigenvalues, type RitzPair } from './arnoldi';
import { DarkModes } from './dark-modes';
import type { Liouvillian } from './liouvillian';
import { axpy, scale } from './vectors';

/** An eigenvalue re + i im of L (re < 0) with real bases of its right and left subspace: one vector, or two for a pair. */
export interface Mode {
  readonly re: number;
  readonly im: number;
  readonly right: readonly Float64Array[];
  readonly left: readonly Float64Array[];
  /** the model's own left vectors: of the right norm, but with large residuals outside the model */
  readonly coarseLeft: readonly Float64Array[];
}

export interface CoarseSpectrum {
  /** trace 1 */
  readonly steady: Float64Array;
  /** by rising decay rate; traceless on the right */
  readonly modes: readonly Mode[];
  /** every eigenvalue of the model up to this modulus was seen */
  readonly searchedWithin: number;
  /** dark-port modes kept in a block */
  readonly kept: number;
  /** true when that is all of them: then this is the spectrum, to rounding */
  readonly complete: boolean;
}

/**
 * Modes kept at first: 136 unknowns a block, factorised in some 8 ms, and right to 1 percent where the drive is not strong. Large systems need
 * 300 a block: with 16 modes the right correction stalled at N = 200, with 24 it did not.
 */
const fewest = (atoms: number) => (atoms <= 120 ? 16 : 24);
const MOST = 32;
/** Below this many atoms all modes are kept: the model is exact and still takes a fraction of a second. */
export const COMPLETE = 20;
/** More modes are taken until the slow mode's residual is below this part of the second mode's decay rate. */
const SUFFICIENT = 0.1;
/** Krylov dimensions: the nearest few eigenvalues of a large model, or most of a small and exact one. */
const DIMENSIONS = 24;
export const COMPLETE_DIMENSIONS = 80;
/** Up to this many unknowns, 12 atoms, all eigenvalues can be had, in about a second. */
const MOST_DIMENSIONS = 260;
/** The shift off the eigenvalue 0, in units of gamma_F (or of gamma_1D where that is all there is). */
const SHIFT = 0.01;

/** Coarse steady state and slowest modes, lifted to the whole pyramid. */
export function coarseSpectrum(liouvillian: Liouvillian): CoarseSpectrum {
  const { system } = liouvillian;
  const first = system.atoms <= COMPLETE ? COMPLETE + 1 : fewest(system.atoms);
  for (let kept = first; ; kept += 8) {
    const model = new DarkModes(system, kept);
    if (model.complete) return completeSpectrum(liouvillian, model);
    const spectrum = spectrumOf(liouvillian, model, model.factorize(spectralShift(system)), DIMENSIONS);
    if (kept + 8 > MOST || isSufficient(liouvillian, spectrum)) return spectrum;
  }
}

/** All modes kept: the spectrum of L to rounding. Some ten seconds at the most atoms it is meant for, 32. */
export function completeSpectrum(
  liouvillian: Liouvillian,
  model = new DarkModes(liouvillian.system, liouvillian.system.atoms + 1),
): CoarseSpectrum {
  const inverse = model.factorize(spectralShift(liouvillian.system));
  const spectrum = spectrumOf(liouvillian, model, inverse, COMPLETE_DIMENSIONS);
  const mayMissPairs = !isBelowPairs(liouvillian.system, -spectrum.modes[0].re);
  return mayMissPairs && model.unknowns <= MOST_DIMENSIONS
    ? spectrumOf(liouvillian, model, inverse, model.unknowns)
    : spectrum;
}

/**
 * Whether a decay is slower than any Rabi sideband's, which oscillate at 2 Omega and its multiples, far from the shift: one atom's decays at 3/4
 * gamma_F and more, and collective decay adds to it.
 */
export function isBelowPairs({ gammaF }: SystemParameters, rate: number): boolean {
  return rate < gammaF / 2;
}

/** How far from 0 the spectrum is inverted. */
export function spectralShift({ gammaF, gamma1D }: SystemParameters): number {
  return SHIFT * (gammaF > 0 ? gammaF : gamma1D);
}

function spectrumOf(
  liouvillian: Liouvillian,
  model: DarkModes,
  inverse: ReturnType<DarkModes['factorize']>,
  dimensions: number,
): CoarseSpectrum {
  const { pyramid, identity } = liouvillian;
  const right = nearestEigenvalues(model.unknowns, inverse.shift, dimensions, (x) => inverse.solve(x));
  const left = nearestEigenvalues(model.unknowns, inverse.shift, dimensions, (x) =>
    inverse.solveTransposed(x),
  );
  const steady = model.lift(pyramid, right[0].basis[0]);
  scale(steady, 1 / liouvillian.inner(identity, steady));
  const pairs = right.slice(1).map((pair) => ({ pair, partner: partnerOf(pair, left) }));
  const modes = pairs
    .flatMap(({ pair, partner }) => (partner ? [{ pair, partner }] : []))
    .sort((a, b) => b.pair.re - a.pair.re)
    .slice(0, 3)
    .map(({ pair, partner }) => {
      const rightBasis = pair.basis.map((vector) => {
        const lifted = model.lift(pyramid, vector);
        axpy(-liouvillian.inner(identity, lifted), steady, lifted);
        return lifted;
      });
      return { re: pair.re, im: pair.im, right: rightBasis, left: partner.basis };
    });
  const lifted = modes.map((mode) => {
    const coarseLeft = mode.left.map((w) => model.lift(pyramid, w));
    return { ...mode, left: coarseLeft, coarseLeft };
  });
  const [slow] = modes;
  if (slow === undefined) throw new Error('No slow mode of the coarse model converged on both sides.');
  if (!model.complete && slow.right.length === 1) {
    const smooth = blockwise(liouvillian, model, slow.left[0], right[0].basis[0]);
    lifted[0] = { ...lifted[0], left: [betterLeft(liouvillian, lifted[0], smooth)] };
  }
  // As far as every eigenvalue has both its vectors.
  const lost = pairs.find(({ partner }) => !partner)?.pair;
  const farthest = lost ?? right[right.length - 1];
  const searchedWithin = Math.hypot(farthest.re, farthest.im);
  return { steady, searchedWithin, modes: lifted, kept: model.modes, complete: model.complete };
}

/**
 * A left vector that lives on the lowest modes alone has a large residual on the others. The committor depends mostly on j: its mean over
 * the steady state in each block, times the identity, is the other start.
 */
function blockwise(
  liouvillian: Liouvillian,
  model: DarkModes,
  left: Float64Array,
  steady: Float64Array,
): Float64Array {
  const weight = model.perBlock(model.identity(), steady).map(Math.abs);
  const value = model.perBlock(left, steady).map((sum, b) => sum / weight[b]);
  // Blocks that hold next to nothing of the steady state take their neighbour's value.
  const populated = weight.map((w) => w > 1e-4);
  const known = [...populated.keys()].filter((b) => populated[b]);
  const nearest = value.map((_, b) =>
    known.reduce((a, c) => (Math.abs(c - b) < Math.abs(a - b) ? c : a), known[0]),
  );
  const smooth = new Float64Array(liouvillian.unknowns);
  liouvillian.pyramid.forEach((index, b, r, c) => {
    if (r === c) smooth[index] = value[nearest[b]];
  });
  return smooth;
}

/** Of the lifted and the blockwise left vector the one of smaller residual. */
function betterLeft(liouvillian: Liouvillian, mode: Mode, smooth: Float64Array): Float64Array {
  const [lifted] = mode.left;
  const residual = (w: Float64Array) => {
    const image = liouvillian.image('transposed', w);
    axpy(-mode.re, w, image);
    return liouvillian.norm(image) / Math.abs(liouvillian.inner(w, mode.right[0]));
  };
  return residual(lifted) < residual(smooth) ? lifted : smooth;
}

function isSufficient(liouvillian: Liouvillian, { modes }: CoarseSpectrum): boolean {
  const [slow, second] = modes;
  const scaleOf = Math.abs((second ?? slow).re);
  if (slow.right.length > 1) return false;
  const [u] = slow.right;
  const image = liouvillian.image('forward', u);
  axpy(-slow.re, u, image);
  return liouvillian.norm(image) / liouvillian.norm(u) < SUFFICIENT * scaleOf;
}

function distance(a: RitzPair, b: RitzPair): number {
  return Math.hypot(a.re - b.re, a.im - b.im) + (a.basis.length === b.basis.length ? 0 : Number.MAX_VALUE);
}

/** The left vectors of the same eigenvalue: both sides have it to far better than a percent, where they have it. */
function partnerOf(pair: RitzPair, others: readonly RitzPair[]): RitzPair | undefined {
  const nearest = others.reduce((best, other) =>
    distance(pair, other) < distance(pair, best) ? other : best,
  );
  return distance(pair, nearest) <= 0.01 * Math.hypot(pair.re, pair.im) ? nearest : undefined;
}
