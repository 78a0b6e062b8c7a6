/**
 * Photodetection, Eq. (S16), as `shaders/photodetection/` walks it: jumps sqrt(gamma_1D) S_- and the three channels of one atom's
 * emission (same j, j -> j-1, j -> j+1), as many of pumping and of dephasing where there is any, and between jumps d psi/dt = D psi
 * (src/operators/drift.ts), where psi is complex (A) off resonance and with a collective shift.
 *
 * Waiting times are exact, by thinning: candidates come at the rate B_j, the largest that the jump rate R = |C psi|^2 / |psi|^2
 * can be in block j, and one at psi is a jump with probability R / B_j. exp(D h) is a Taylor series over at most `longest`, of
 * as many orders as h needs, each a pass over the rows of the state, which lie side by side in vectors. While the drive changes a step is two
 * of them (src/trajectories/drive-stretches.ts).
 */

import { allChannels, chanceOf, jump, pumping, weightAt } from './channels';
import * as ensemble from './ensemble';
import { beginNext, draw, emptyRecord, finish, imaginary, psi, sample, walker } from './ensemble';
import { bytes, isComplex, lanes, plus, ramp, splat, total } from './lanes';
import { uniform01, word0, word1, word2 } from './philox';
import * as counting from './photon-counting';

// Set by the host.
/** [block] bound B_j, longest, radius, and the rates by channel (f64; src/operators/drift.ts) */
export let drift: usize = 0;
export let gamma1D: f64 = 0;
/** the chance that a collective photon is detected */
export let efficiency: f64 = 1;
/** whether channels of pumping and dephasing follow those of emission */
export let hasMoreChannels: bool = false;
/** tables of the rows: the diagonal of D, the energies h where psi is complex, and Omega sqrt(r (dim - r)) */
export let diagonal: usize = 0;
export let energies: usize = 0;
export let coupling: usize = 0;
/** Stretches of a ramp: when each begins, Omega there, how it changes in time, and the longest step (f64); none under a constant drive. */
export let stretches: usize = 0;
export let stretchCount: i32 = 0;
/** Under a ramp `coupling` is without Omega, and these are the couplings of the sweep under way. */
export let driven: usize = 0;
/** [order] the largest radius times h that so many orders reach (f64) */
export let reachOfOrder: usize = 0;
/** [block] address of its committor: row r's elements c <= r, off-diagonals twice, rows padded to vectors; complex ones in two parts */
export let committors: usize = 0;
export let hasCommittor: bool = false;
/** two states on the way, with zeros before them */
export let even: usize = 0;
export let odd: usize = 0;

const driftNumbers = 15;
const ratesInDrift = 3;
/** |psi|^2, and psi^T X psi for X the squares of what the channels do: r (dim - r), r (r - 1), (dim - r)(dim - r + 1) */
export let norm: f64 = 1;
let lowered: f64 = 0;
let twiceLowered: f64 = 0;
let raised: f64 = 0;

export function driftOf(which: i32): f64 {
  return f64.load(drift + 8 * usize(walker.block * driftNumbers + which));
}

/** Where the couplings of the sweep under way are. */
let couplings: usize = 0;

/** The vector one row below `here`, whose vector before is `before`. */
function oneBelow<T>(before: v128, here: v128): v128 {
  return sizeof<T>() === 4 ? i32x4.shuffle(before, here, 3, 4, 5, 6) : i64x2.shuffle(before, here, 1, 2);
}

function oneAbove<T>(here: v128, after: v128): v128 {
  return sizeof<T>() === 4 ? i32x4.shuffle(here, after, 1, 2, 3, 4) : i64x2.shuffle(here, after, 1, 2);
}

/** to = psi + factor D from, over the vectors of the block's rows; `to` may be psi, where `from` is not. */
function order<T, A>(from: usize, to: usize, factor: f64, end: usize): void {
  const factors = splat<T>(factor);
  const table = usize(walker.block) * ensemble.rowStride;
  let before = splat<T>(0);
  let here = v128.load(from);
  let yBefore = before;
  let y = before;
  if (isComplex<A>()) y = v128.load(from + imaginary);
  for (let at: usize = 0; at < end; at += 16) {
    const after = v128.load(from + at, 16);
    const decay = v128.load(diagonal + table + at);
    const withAbove = v128.load(couplings + at + sizeof<T>());
    const withBelow = v128.load(couplings + at);
    const drifted = v128.mul<T>(decay, here);
    const above = v128.mul<T>(withAbove, oneAbove<T>(here, after));
    const below = v128.mul<T>(withBelow, oneBelow<T>(before, here));
    let sum = v128.add<T>(drifted, v128.sub<T>(above, below));
    if (isComplex<A>()) {
      const yAfter = v128.load(from + imaginary + at, 16);
      const energy = v128.load(energies + table + at);
      const yDrifted = v128.sub<T>(v128.mul<T>(decay, y), v128.mul<T>(energy, here));
      const yAbove = v128.mul<T>(withAbove, oneAbove<T>(y, yAfter));
      const yBelow = v128.mul<T>(withBelow, oneBelow<T>(yBefore, y));
      const ySum = v128.add<T>(yDrifted, v128.sub<T>(yAbove, yBelow));
      sum = plus<T>(sum, energy, y);
      v128.store(to + imaginary + at, plus<T>(v128.load(psi + imaginary + at), factors, ySum));
      yBefore = y;
      y = yAfter;
    }
    v128.store(to + at, plus<T>(v128.load(psi + at), factors, sum));
    before = here;
    here = after;
  }
}

/** psi <- exp(D h) psi */
export function evolve<T, A>(h: f64, dim: i32): void {
  couplings = coupling + usize(walker.block) * ensemble.rowStride;
  sweep<T, A>(h, dim);
}

/** The same at another drive Omega. */
function evolveAt<T, A>(omega: f64, h: f64, dim: i32): void {
  const factors = splat<T>(omega);
  const roots = coupling + usize(walker.block) * ensemble.rowStride;
  couplings = driven;
  // Past the last row there is a zero.
  for (let at: usize = 0, end = bytes<T>(dim + 1); at < end; at += 16) {
    v128.store(driven + at, v128.mul<T>(factors, v128.load(roots + at)));
  }
  sweep<T, A>(h, dim);
}

/** y_{p+1} = psi, y_k = psi + (h/k) D y_{k+1}, psi <- y_1 */
function sweep<T, A>(h: f64, dim: i32): void {
  const end = (bytes<T>(dim) + 15) & ~15;
  const reached = h * driftOf(2);
  let k = 2;
  while (f64.load(reachOfOrder + 8 * usize(k)) < reached) k++;
  let from = psi;
  let to = even;
  for (; k > 1; k--) {
    // Beyond the rows a state on the way may hold those of a larger block.
    v128.store(to + end, splat<T>(0));
    if (isComplex<A>()) v128.store(to + imaginary + end, splat<T>(0));
    order<T, A>(from, to, h / f64(k), end);
    from = to;
    to = to === even ? odd : even;
  }
  order<T, A>(from, psi, h, end);
}

function ofStretch(i: i32, which: i32): f64 {
  return f64.load(stretches + 8 * usize(4 * i + which));
}

/** The time of the trajectory under way. */
function now(): f64 {
  const next = ensemble.isBefore()
    ? f64(walker.passed) * ensemble.intervalBefore
    : f64(ensemble.slotsBefore) * ensemble.intervalBefore + f64(walker.slot) * ensemble.interval;
  return next - walker.untilSample;
}

/** The stretch of the ramp at a time; each begins as much early as rounding may have left before it. */
function stretchAt(t: f64): i32 {
  const rounding = 1e-15 * t + 1e-13 * ensemble.interval;
  let i = 0;
  while (i + 1 < stretchCount && ofStretch(i + 1, 0) <= t + rounding) i++;
  return i;
}

/** psi <- what it is after a time h of that stretch, from t on. */
function evolveIn<T, A>(stretch: i32, t: f64, h: f64, dim: i32): void {
  const slope = ofStretch(stretch, 2);
  const omega = ofStretch(stretch, 1) + slope * (t - ofStretch(stretch, 0));
  if (slope === 0) {
    evolveAt<T, A>(omega, h, dim);
  } else {
    evolveAt<T, A>(omega + (slope * h) / 6, h / 2, dim);
    evolveAt<T, A>(omega + (slope * 5 * h) / 6, h / 2, dim);
  }
}

/** The norm, and the rates' parts of it. */
export function measure<T, A>(dim: i32): void {
  let r = ramp<T>();
  let fromTop = v128.sub<T>(splat<T>(f64(dim)), r);
  const step = splat<T>(f64(lanes<T>()));
  const one = splat<T>(1);
  let weights = splat<T>(0);
  let x = weights;
  let y = weights;
  let z = weights;
  for (let at: usize = 0, end = bytes<T>(dim); at < end; at += 16) {
    const weight = weightAt<T, A>(at);
    const ofRow = v128.mul<T>(weight, r);
    const ofTop = v128.mul<T>(weight, fromTop);
    weights = v128.add<T>(weights, weight);
    x = plus<T>(x, ofRow, fromTop);
    y = plus<T>(y, ofRow, v128.sub<T>(r, one));
    z = plus<T>(z, ofTop, v128.add<T>(fromTop, one));
    r = v128.add<T>(r, step);
    fromTop = v128.sub<T>(fromTop, step);
  }
  norm = total<T>(weights);
  lowered = total<T>(x);
  twiceLowered = total<T>(y);
  raised = total<T>(z);
}

/** psi *= factor */
function scale<T, A>(factor: f64, dim: i32): void {
  const factors = splat<T>(factor);
  for (let at: usize = 0, end = bytes<T>(dim); at < end; at += 16) {
    v128.store(psi + at, v128.mul<T>(factors, v128.load(psi + at)));
    if (isComplex<A>()) {
      v128.store(psi + imaginary + at, v128.mul<T>(factors, v128.load(psi + imaginary + at)));
    }
  }
}

/** |C psi|^2 of the channels of pumping and dephasing, and the rates of all channels up to each. */
const chances = memory.data(8 * allChannels, 8);
const upTo = memory.data(8 * allChannels, 8);

/** Adds their rates to those of emission; returns the rate of all jumps. */
function addMoreChannels<T, A>(ofEmission: f64, dim: i32): f64 {
  let sum = ofEmission;
  for (let channel = pumping; channel < allChannels; channel++) {
    const rate = driftOf(ratesInDrift + channel);
    const chance = rate > 0 ? chanceOf<T, A>(channel, dim) : 0;
    sum += rate * chance;
    f64.store(chances + 8 * usize(channel), chance);
    f64.store(upTo + 8 * usize(channel), sum);
  }
  return sum;
}
/** The rate of collective photons right after one. */
function rateAfterPhoton<T, A>(dim: i32): f64 {
  let after: f64 = 0;
  for (let r = 1; r < dim; r++) {
    const x = <f64>load<T>(psi + bytes<T>(r));
    let weight = f64(r * (dim - r)) * f64((r - 1) * (dim - r + 1)) * x * x;
    if (isComplex<A>()) {
      const y = <f64>load<T>(psi + imaginary + bytes<T>(r));
      weight += f64(r * (dim - r)) * f64((r - 1) * (dim - r + 1)) * y * y;
    }
    after += weight;
  }
  return (gamma1D * after) / lowered;
}

function wait(bits: u32): void {
  // Where no state of the block ever jumps, the wait is longer than any run.
  walker.untilEvent = -Math.log(uniform01(bits)) / max(driftOf(0), 1e-30);
}

/** A candidate: a jump with probability R / B_j, its channel in proportion to |C psi|^2. */
export function decide<T, A>(dim: i32): void {
  draw(walker.event++);
  const waiting = word1;
  const isDetected = uniform01(word2) <= efficiency;
  const bound = driftOf(0) * norm;
  const level = uniform01(word0) * bound;
  const upTo0 = gamma1D * lowered;
  const upTo1 = upTo0 + driftOf(ratesInDrift + 1) * lowered;
  const upTo2 = upTo1 + driftOf(ratesInDrift + 2) * twiceLowered;
  const upTo3 = upTo2 + driftOf(ratesInDrift + 3) * raised;
  const all = hasMoreChannels ? addMoreChannels<T, A>(upTo3, dim) : upTo3;
  if (!(all <= 1.0001 * bound)) walker.alarms++;
  if (level < upTo3) {
    const channel = i32(level >= upTo0) + i32(level >= upTo1) + i32(level >= upTo2);
    counting.recordJump<T>(ensemble.jumps, channel, isDetected || channel > 0);
    if (isDetected && counting.countsDelays(channel)) counting.countDelay<T>(rateAfterPhoton<T, A>(dim));
    jump<T, A>(channel, channel === 3 ? raised : channel === 2 ? twiceLowered : lowered, dim);
    norm = 1;
  } else if (level < all) {
    let channel = pumping;
    while (level >= f64.load(upTo + 8 * usize(channel))) channel++;
    counting.recordJump<T>(ensemble.jumps, channel, true);
    jump<T, A>(channel, f64.load(chances + 8 * usize(channel)), dim);
    norm = 1;
  } else if (!(norm > 1e-8 && norm < 1e8)) {
    scale<T, A>(1 / sqrt(norm), dim);
    norm = 1;
  }
  wait(waiting);
}

/** psi^+ p psi, p the committor of the block. */
export function committed<T, A>(dim: i32): f64 {
  let row = load<usize>(committors + 4 * usize(walker.block));
  let sum = splat<T>(0);
  for (let r = 0; r < dim; r++) {
    const end = (bytes<T>(r + 1) + 15) & ~15;
    let part = splat<T>(0);
    let partImaginary = part;
    for (let at: usize = 0; at < end; at += 16) {
      const p = v128.load(row + at);
      const x = v128.load(psi + at);
      part = plus<T>(part, p, x);
      if (isComplex<A>()) {
        const q = v128.load(row + end + at);
        const y = v128.load(psi + imaginary + at);
        part = v128.sub<T>(part, v128.mul<T>(q, y));
        partImaginary = plus<T>(plus<T>(partImaginary, p, y), q, x);
      }
    }
    row += isComplex<A>() ? 2 * end : end;
    sum = plus<T>(sum, part, v128.load_splat<T>(psi + bytes<T>(r)));
    if (isComplex<A>()) {
      sum = plus<T>(sum, partImaginary, v128.load_splat<T>(psi + imaginary + bytes<T>(r)));
    }
  }
  return total<T>(sum);
}

/** One step: to the next sample, the next candidate, the end of a delay bin, of a stretch or of a series, whichever is first. */
function step<T, A>(): void {
  const dim = ensemble.atoms + 1 - 2 * walker.block;
  const isRamped = stretchCount > 0;
  const t = isRamped ? now() : 0;
  const stretch = isRamped ? stretchAt(t) : 0;
  const isEven = !isRamped || ofStretch(stretch, 2) === 0;
  let h = min(min(walker.untilSample, walker.untilEvent), isEven ? driftOf(1) : ofStretch(stretch, 3));
  if (stretch + 1 < stretchCount) h = min(h, ofStretch(stretch + 1, 0) - t);
  if (counting.delayBins > 0) h = min(h, counting.untilBin());
  const sampleIsDue = h === walker.untilSample;
  const candidateIsDue = h === walker.untilEvent;
  if (isRamped) evolveIn<T, A>(stretch, t, h, dim);
  else evolve<T, A>(h, dim);
  measure<T, A>(dim);
  walker.untilSample -= h;
  walker.untilEvent -= h;
  walker.steps++;
  if (counting.delayBins > 0) counting.passBins<T>(h, (gamma1D * lowered) / norm);
  if (sampleIsDue) {
    if (counting.delayBins > 0 && walker.slot === ensemble.burnInSlots) counting.startBins();
    sample<T, A>(norm, hasCommittor ? committed<T, A>(dim) / norm : 0);
  }
  if (candidateIsDue) decide<T, A>(dim);
}

/** The block's next trajectory, from all atoms in the ground state, |N/2, -N/2>. */
export function beginTrajectory<T, A>(): void {
  beginNext();
  memory.fill(psi, 0, bytes<T>(ensemble.atoms + 1));
  if (isComplex<A>()) memory.fill(psi + imaginary, 0, bytes<T>(ensemble.atoms + 1));
  store<T>(psi, <T>1);
  norm = 1;
  draw(walker.event++);
  wait(word1);
  counting.beginCounting();
}

/** Goes on from a sample into an empty record: a walk without an end. */
export function goOn(): void {
  emptyRecord();
  counting.beginCounting();
}

/** Goes on from a state of norm 1 that the host has put into psi, in whatever tables it has changed. The wait for a candidate is drawn anew, as it may be at any time. */
export function takeUp(block: i32): void {
  goOn();
  walker.block = block;
  walker.untilSample = ensemble.interval;
  norm = 1;
  draw(walker.event++);
  wait(word1);
}

/** Takes the trajectory on, up to sample `last` at most; true at its end. */
export function walkTrajectory<T, A>(last: i32): bool {
  const until = min(last, ensemble.slots);
  while (walker.slot < until) step<T, A>();
  if (until < ensemble.slots) return false;
  finish<T>();
  counting.joinWindows<T>();
  return true;
}
