/**
 * The merged dark port off resonance or with a collective shift, where a Hamiltonian is left (src/operators/detuned-dark-port.ts), as
 * `shaders/dark-port/detuned.wgsl` walks it: dark-port.ts's jumps of complex amplitudes, and between them
 *
 *   d a/dt = -(K + i H) a,   chance of no jump up to t: |a(t)|^2 / |a(0)|^2.
 *
 * The state goes on by exact propagators, by the longest of a ladder of times for which there is no jump, and for less than the
 * shortest by a Taylor series, on which the jump's time is found. Right after a jump |a|^2 = 1/u: the next comes where it has fallen to 1.
 */
import {
  atJump,
  channels,
  choice,
  close,
  columnsOf,
  decay,
  hasCommittor,
  image,
  leaveBy,
  matrixOf,
  modes,
  negligible,
  now,
  occupiedOf,
  reached,
  refill,
  start,
  stride,
  vectors,
  waiting,
} from './dark-port-modes';
import * as ensemble from './ensemble';
import { beginNext, finish, imaginary, psi, sample, walker } from './ensemble';
import { bytes, lanes, log, plus, splat, total } from './lanes';
import { multiply, multiplyComplex } from './matrix';

// Set by the host. Complex amplitudes of the modes are real parts, and `part` bytes on imaginary ones.
export let part: usize = 0;
/** how many times a ladder has, each `rung` times the one before */
export let rungs: i32 = 0;
export let rung: f64 = 0;
/** [block] the shortest (f64) */
export let shortest: usize = 0;
/** terms of the Taylor series after the first, and room for all of them */
export let orders: i32 = 0;
export let series: usize = 0;
/** [row] cosine and sine of the angle by which turned axes turn a state's row */
export let cosine: usize = 0;
export let sine: usize = 0;

/** A block's tables after its channels: H, exp(-(K + iH) t) of each rung in two parts, and the committor in two. */
function propagatorOf(l: i32): i32 {
  return channels + 1 + 2 * l;
}

/** vectors of `now` that are not all 0 */
let occupied: i32 = 0;
/** of the amplitudes last weighed: |a|^2 and the rate of jumps times it, sum 2 k_i |a_i|^2 */
let weight: f64 = 0;
let rate: f64 = 0;

function weigh<T>(x: usize, vectors: i32): void {
  const k = decay + bytes<T>(walker.block * modes);
  let sum = splat<T>(0);
  let slow = sum;
  for (let at: usize = 0, end = usize(vectors) << 4; at < end; at += 16) {
    const re = v128.load(x + at);
    const im = v128.load(x + part + at);
    const square = plus<T>(v128.mul<T>(re, re), im, im);
    sum = v128.add<T>(sum, square);
    slow = plus<T>(slow, v128.load(k + at), square);
  }
  weight = total<T>(sum);
  rate = 2 * total<T>(slow);
}

/** Columns of x, of its first `most` vectors, that hold all of a weight above `least`. */
function filled<T>(x: usize, most: i32, least: f64): i32 {
  return columnsOf<T>(max(occupiedOf<T>(x, most, least), occupiedOf<T>(x + part, most, least)));
}

function copy(from: usize, to: usize, vectors: i32): void {
  memory.copy(to, from, usize(vectors) << 4);
  memory.copy(to + part, from + part, usize(vectors) << 4);
}

function timeOf(l: i32): f64 {
  let time = f64.load(shortest + 8 * usize(walker.block));
  for (; l > 0; l--) time *= rung;
  return time;
}

/** Goes on to the next sample or to the jump, whichever is first; true at a jump, whose amplitudes are then in `image`. */
function advance<T>(): bool {
  if (walker.untilSample === 0) return false;
  weigh<T>(now, occupied);
  // Rates change on the way: the guess only says which rung is tried first.
  const guess = (4 * log<T>(weight)) / max(rate, 1e-30);
  let highest = rungs - 1;
  let l = highest;
  while (l > 0 && timeOf(l) > guess) l--;
  let taken = 0;
  while (l >= 0) {
    const time = timeOf(l);
    if (time <= walker.untilSample) {
      const columns = filled<T>(now, occupied, negligible * weight);
      const propagator = propagatorOf(l);
      const height = reached(propagator, columns);
      const re = matrixOf<T>(propagator);
      const im = matrixOf<T>(propagator + 1);
      const left = multiplyComplex<T>(re, im, stride(), height, columns, now, image, part);
      if (left > 1) {
        copy(image, now, height);
        occupied = height;
        weight = left;
        walker.untilSample -= time;
        if (++taken === 4 && l < highest) {
          taken = 0;
          l++;
        }
        continue;
      }
    }
    highest = --l;
    taken = 0;
  }
  return advanceByTaylor<T>();
}

/** By less than the shortest time. */
function advanceByTaylor<T>(): bool {
  const most = min(timeOf(0), walker.untilSample);
  const filled = expand<T>();
  evaluate<T>(most, filled);
  if (weight > 1 && most === walker.untilSample) {
    copy(image, now, filled);
    occupied = filled;
    walker.untilSample = 0;
    return false;
  }
  let t = most;
  for (let i = 0; i < 30; i++) {
    const excess = log<T>(weight);
    if (abs(excess) < close) break;
    t = min(max(t + (excess * weight) / max(rate, 1e-30), 0), 1.1 * most);
    evaluate<T>(t, filled);
  }
  occupied = filled;
  walker.untilSample = max(walker.untilSample - t, 0);
  return true;
}

/** The series of the amplitudes from `now`, term p the factor of t^p; returns the vectors that they fill. */
function expand<T>(): i32 {
  const k = decay + bytes<T>(walker.block * modes);
  const hamiltonian = matrixOf<T>(channels);
  memory.fill(series, 0, usize(2 * (orders + 1)) * part);
  copy(now, series, occupied);
  let filledVectors = occupied;
  for (let p = 1; p <= orders; p++) {
    const from = series + usize(2 * (p - 1)) * part;
    const to = from + 2 * part;
    const columns = columnsOf<T>(filledVectors);
    const height = reached(channels, columns);
    multiply<T>(hamiltonian, stride(), height, columns, from + part, to);
    multiply<T>(hamiltonian, stride(), height, columns, from, to + part);
    filledVectors = max(filledVectors, height);
    const over = splat<T>(1 / f64(p));
    for (let at: usize = 0, end = usize(filledVectors) << 4; at < end; at += 16) {
      const ks = v128.load(k + at);
      const re = v128.sub<T>(v128.load(to + at), v128.mul<T>(ks, v128.load(from + at)));
      const im = plus<T>(v128.load(to + part + at), ks, v128.load(from + part + at));
      v128.store(to + at, v128.mul<T>(over, re));
      v128.store(to + part + at, v128.mul<T>(over, v128.neg<T>(im)));
    }
  }
  return filledVectors;
}

/** image = the series at t, weighed. */
function evaluate<T>(t: f64, vectors: i32): void {
  const time = splat<T>(t);
  const last = series + usize(2 * orders) * part;
  for (let at: usize = 0, end = usize(vectors) << 4; at < end; at += 16) {
    let re = v128.load(last + at);
    let im = v128.load(last + part + at);
    for (let term = last - 2 * part; term >= series; term -= 2 * part) {
      re = plus<T>(v128.load(term + at), time, re);
      im = plus<T>(v128.load(term + part + at), time, im);
    }
    v128.store(image + at, re);
    v128.store(image + part + at, im);
  }
  weigh<T>(image, vectors);
}

/** The image of the amplitudes at the jump under a channel; returns its rate. */
function applyJump<T>(channel: i32, columns: i32): f64 {
  occupied = reached(channel, columns);
  const matrix = matrixOf<T>(channel);
  const ofRe = multiply<T>(matrix, stride(), occupied, columns, atJump, image);
  return ofRe + multiply<T>(matrix, stride(), occupied, columns, atJump + part, image + part);
}

/** One jump from `image`, in dark-port.ts's way. */
function jump<T>(): void {
  walker.steps++;
  refill();
  const before = occupied;
  copy(image, atJump, before);
  let level = choice * rate;
  const columns = filled<T>(atJump, before, negligible * weight);
  if (choice > 1 - lost<T>(before)) walker.alarms++;
  let channel = 0;
  let found: f64 = 0;
  for (let tries = 0; tries < 2 * channels; tries++) {
    if (tries === channels) {
      walker.alarms++;
      level = 0;
    }
    channel = tries % channels;
    found = applyJump<T>(channel, columns);
    if (level < found) break;
    level = max(level - found, 0);
  }
  if (found === 0) {
    channel = channels;
    found = weight;
    occupied = before;
    copy(atJump, image, before);
  }
  leaveBy<T>(channel);
  land<T>(found, waiting);
}

/**
 * What H loses out of the kept modes, which jumps away from there, is of the order of what jumps away from the last of them: their
 * share of the rate, where the block has more. It is counted as the jumps that truncation loses are: by chance, in that share of all jumps.
 */
function lost<T>(filledVectors: i32): f64 {
  const last = modes / lanes<T>() - 4 / lanes<T>();
  if (ensemble.atoms + 1 - 2 * walker.block <= modes || filledVectors <= last) return 0;
  const k = decay + bytes<T>(walker.block * modes);
  let sum = splat<T>(0);
  for (let at = usize(last) << 4, end = usize(filledVectors) << 4; at < end; at += 16) {
    const re = v128.load(atJump + at);
    const im = v128.load(atJump + part + at);
    sum = plus<T>(sum, v128.load(k + at), plus<T>(v128.mul<T>(re, re), im, im));
  }
  return (2 * total<T>(sum)) / rate;
}

/** now = image, of the weight `found`, with the weight 1/u. */
function land<T>(found: f64, u: f64): void {
  const scale = splat<T>(1 / sqrt(found * u));
  for (let at: usize = 0, end = usize(occupied) << 4; at < end; at += 16) {
    v128.store(now + at, v128.mul<T>(scale, v128.load(image + at)));
    v128.store(now + part + at, v128.mul<T>(scale, v128.load(image + part + at)));
  }
}

/** a^+ p a of `now`, p = R + iB the committor of the block: R on both parts, and B between them. */
function committed<T>(columns: i32, filledVectors: i32): f64 {
  const symmetric = propagatorOf(rungs);
  multiply<T>(matrixOf<T>(symmetric), stride(), filledVectors, columns, now, image);
  multiply<T>(matrixOf<T>(symmetric), stride(), filledVectors, columns, now + part, image + part);
  multiply<T>(matrixOf<T>(symmetric + 1), stride(), filledVectors, columns, now + part, series);
  let sum = splat<T>(0);
  for (let at: usize = 0, end = usize(filledVectors) << 4; at < end; at += 16) {
    const re = v128.load(now + at);
    sum = plus<T>(sum, re, v128.load(image + at));
    sum = plus<T>(sum, v128.load(now + part + at), v128.load(image + part + at));
    sum = v128.sub<T>(sum, v128.mul<T>(re, v128.add<T>(v128.load(series + at), v128.load(series + at))));
  }
  return total<T>(sum);
}

/** A sample, in the axes that are not turned. */
function read<T>(): void {
  weigh<T>(now, occupied);
  const norm = weight;
  const columns = filled<T>(now, occupied, negligible * norm);
  const p = hasCommittor ? committed<T>(columns, columns / lanes<T>()) / norm : 0;
  const dim = ensemble.atoms + 1 - 2 * walker.block;
  const height = (dim + lanes<T>() - 1) / lanes<T>();
  const matrix = load<usize>(vectors + 4 * usize(walker.block));
  const ofRe = multiply<T>(matrix, stride(), height, columns, now, psi);
  const held = ofRe + multiply<T>(matrix, stride(), height, columns, now + part, psi + imaginary);
  for (let at: usize = 0, end = usize(height) << 4; at < end; at += 16) {
    const re = v128.load(psi + at);
    const im = v128.load(psi + imaginary + at);
    const cosines = v128.load(cosine + at);
    const sines = v128.load(sine + at);
    v128.store(psi + at, plus<T>(v128.mul<T>(cosines, re), sines, im));
    v128.store(psi + imaginary + at, v128.sub<T>(v128.mul<T>(cosines, im), v128.mul<T>(sines, re)));
  }
  const end = bytes<T>(ensemble.atoms + 1);
  for (let at: usize = usize(height) << 4; at < end; at += 16) {
    v128.store(psi + at, splat<T>(0));
    v128.store(psi + imaginary + at, splat<T>(0));
  }
  sample<T, i16>(held, p);
}

/** The block's next trajectory, from the start amplitudes in the top block. */
export function begin(): void {
  beginNext();
  occupied = modes / lanes<Real>();
  memory.copy(image, start, bytes<Real>(modes));
  memory.fill(image + part, 0, part);
  refill();
  land<Real>(1, waiting);
}

/** Takes the trajectory on, up to sample `last` at most; true at its end. */
export function walk(last: i32): bool {
  const until = min(last, ensemble.slots);
  while (walker.slot < until) {
    if (advance<Real>()) jump<Real>();
    else read<Real>();
  }
  if (until < ensemble.slots) return false;
  finish<Real>();
  return true;
}
