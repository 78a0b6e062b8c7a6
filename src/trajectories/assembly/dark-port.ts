/**
 * The merged dark port (src/operators/dark-port.ts), as `shaders/dark-port/` walks it: jumps sqrt(G_j) A_j within the block j,
 * sqrt(gamma_F) K- to j - 1 and sqrt(gamma_F) K+ to j + 1, and between them decay in the eigenmodes of K_j,
 *
 *   a_i(t) = a_i(0) exp(-k_i t),   chance of no jump up to t: |a(t)|^2 / |a(0)|^2.
 *
 * The waiting time is the root of |a(t)|^2 = u: no time step anywhere. One trajectory's modes lie side by side in vectors, and
 * what has decayed away is left out of every loop.
 */
import * as ensemble from './ensemble';
import { beginNext, draw, finish, sample, walker } from './ensemble';
import { bytes, exp2, lanes, log, plus, splat, total } from './lanes';
import { multiply } from './matrix';
import { uniform01, word0, word1, word2, word3 } from './philox';

// Set by the host: modes to a block, a multiple of 4 with zeros beyond its own; and the tables.
export let modes: i32 = 0;
/** [block][mode] decay rates k_i */
export let decay: usize = 0;
/** amplitudes at the start, in the top block */
export let start: usize = 0;
/** [block][within, to j - 1, to j + 1, committor][vector of rows][column]: between modes, of the jumps with their rates */
export let matrices: usize = 0;
/** [block]: address of its modes in the states |j, m>, [vector of rows][column] */
export let vectors: usize = 0;
/** [block][jump][four columns] i32: vectors of rows in the image of so many columns */
export let reach: usize = 0;
export let hasCommittor: bool = false;
/** amplitudes: now; at the next jump, not normalised; of the last jump operator applied */
export let now: usize = 0;
export let atJump: usize = 0;
export let image: usize = 0;
/** Modes of less than this share of the weight are left out of a jump. */
export let negligible: f64 = 0;
/** A step of the search for the waiting time is its last when it starts this close in log u; what it leaves is of third order. */
export let close: f64 = 0;

const within = 0;
const toLowerJ = 1;
const toHigherJ = 2;
const committorTable = 3;
const tables = 4;

/** vectors of `now`, and of those at the jump, that are not negligible; their columns are a multiple of 4 */
let occupied: i32 = 0;
/** at the jump: |a|^2 and the rate of jumps sum 2 k_i a_i^2 */
let weightAtJump: f64 = 0;
let rateAtJump: f64 = 0;
/** the Philox block's words that the trajectory holds, as uniforms: (waiting time after, channel) of two events */
let random0: f64 = 0;
let random1: f64 = 0;
let random2: f64 = 0;
let random3: f64 = 0;

/** Bytes from one vector of rows of a matrix to the next. */
function stride(): usize {
  return usize(modes) << 4;
}

function table<T>(block: i32, which: i32): usize {
  return matrices + bytes<T>((block * tables + which) * modes * modes);
}

/** Vectors that hold all of x with a weight above `least`, of the first `most`; at least one. */
function occupiedOf<T>(x: usize, most: i32, least: f64): i32 {
  const bound = splat<T>(least);
  let n = most;
  for (; n > 1; n--) {
    const value = v128.load(x + (usize(n - 1) << 4));
    if (v128.any_true(v128.gt<T>(v128.mul<T>(value, value), bound))) break;
  }
  return n;
}

/** Columns of so many vectors, up to the next multiple of 4. */
function columnsOf<T>(vectors: i32): i32 {
  return (vectors * lanes<T>() + 3) & ~3;
}

/** The image of the amplitudes at the jump under one of the jump operators; returns its rate. */
function applyJump<T>(block: i32, channel: i32, columns: i32): f64 {
  const place = reach + 4 * usize((block * 3 + channel) * (modes / 4) + columns / 4 - 1);
  occupied = i32.load(place);
  return multiply<T>(table<T>(block, channel), stride(), occupied, columns, atJump, image);
}

/** The event's uniforms: waiting time after it, and its channel, two events to a Philox block. */
function refill(): void {
  if ((walker.event & 1) === 0) {
    draw(walker.event >> 1);
    random0 = uniform01(word0);
    random1 = uniform01(word1);
    random2 = uniform01(word2);
    random3 = uniform01(word3);
  }
  walker.event++;
}

/** now = image / |image|, and the wait from there: when |a|^2 has fallen to u, and the amplitudes then. */
function land<T>(rate: f64, u: f64): void {
  const k = decay + bytes<T>(walker.block * modes);
  const end = usize(occupied) << 4;
  const scale = splat<T>(1 / sqrt(rate));
  let first = splat<T>(0);
  let second = first;
  for (let at: usize = 0; at < end; at += 16) {
    const x = v128.mul<T>(scale, v128.load(image + at));
    const ks = v128.load(k + at);
    const slow = v128.mul<T>(ks, v128.mul<T>(x, x));
    v128.store(now + at, x);
    first = v128.add<T>(first, slow);
    second = plus<T>(second, ks, slow);
  }
  // The search starts from the first two cumulants of the rate 2k, and goes on by Newton's method on log |a|^2 with its
  // second-order term.
  const mean = max(2 * total<T>(first), 1e-30);
  const level = -log<T>(u);
  const spread = min(((4 * total<T>(second)) / (mean * mean) - 1) * level, 1.5);
  let t = (level / mean) * (1 + spread * (0.5 + spread / 6));
  for (let i = 0; i < 50; i++) {
    const time = splat<T>(-Math.LOG2E * t);
    let weight = splat<T>(0);
    first = weight;
    second = weight;
    for (let at: usize = 0; at < end; at += 16) {
      const ks = v128.load(k + at);
      const x = v128.mul<T>(v128.load(now + at), exp2<T>(v128.mul<T>(time, ks)));
      const squared = v128.mul<T>(x, x);
      const slow = v128.mul<T>(ks, squared);
      v128.store(atJump + at, x);
      weight = v128.add<T>(weight, squared);
      first = v128.add<T>(first, slow);
      second = plus<T>(second, ks, slow);
    }
    const s = total<T>(weight);
    const excess = log<T>(s / u);
    const fall = max((2 * total<T>(first)) / s, 1e-30);
    const curve = 0.5 * excess * ((4 * total<T>(second)) / (s * fall * fall) - 1);
    const step = max((excess / fall) * (1 + min(max(curve, -0.5), 0.5)), -t);
    t += step;
    if (abs(excess) < close) {
      nudge<T>(k, end, step);
      break;
    }
  }
  walker.untilEvent = min(t, 1e30);
}

/** The amplitudes at the jump, by a short time on: to fourth order in k t. Modes with a larger k t are long dead. */
function nudge<T>(k: usize, end: usize, step: f64): void {
  const time = splat<T>(step);
  const one = splat<T>(1);
  const most = splat<T>(0.5);
  const least = splat<T>(-0.5);
  let weight = splat<T>(0);
  let rate = weight;
  for (let at: usize = 0; at < end; at += 16) {
    const ks = v128.load(k + at);
    const z = v128.max<T>(least, v128.min<T>(most, v128.mul<T>(time, ks)));
    let p = v128.sub<T>(splat<T>(1 / 6.0), v128.mul<T>(z, splat<T>(1 / 24.0)));
    p = v128.sub<T>(splat<T>(0.5), v128.mul<T>(z, p));
    p = v128.sub<T>(one, v128.mul<T>(z, p));
    p = v128.sub<T>(one, v128.mul<T>(z, p));
    const x = v128.mul<T>(v128.load(atJump + at), p);
    const squared = v128.mul<T>(x, x);
    v128.store(atJump + at, x);
    weight = v128.add<T>(weight, squared);
    rate = plus<T>(rate, ks, squared);
  }
  weightAtJump = total<T>(weight);
  rateAtJump = 2 * total<T>(rate);
}

/** One jump: by the channel in whose share of the rate the event's level falls. */
function jump<T>(): void {
  walker.steps++;
  refill();
  const second = (walker.event & 1) === 0;
  const u = second ? random2 : random0;
  let level = (second ? random3 : random1) * rateAtJump;
  const columns = columnsOf<T>(occupiedOf<T>(atJump, occupied, negligible * weightAtJump));
  let channel = within;
  let rate = applyJump<T>(walker.block, within, columns);
  if (level >= rate) {
    level -= rate;
    channel = toLowerJ;
    for (let tries = 0; tries < 6; tries++) {
      rate = applyJump<T>(walker.block, channel, columns);
      if (level < rate) break;
      level = max(level - rate, 0);
      // No channel covers the level where truncation lost their part of the rate; the first that has any rate takes it.
      if (tries === 1) {
        walker.alarms++;
        level = 0;
      }
      channel = (channel + (tries === 1 ? 2 : 1)) % 3;
    }
    walker.block += i32(channel === toLowerJ) - i32(channel === toHigherJ);
  }
  if (walker.slot > ensemble.burnInSlots) {
    ensemble.add<T>(ensemble.jumps + (channel === within ? 0 : channel + 1), 1);
  }
  walker.untilSample -= walker.untilEvent;
  land<T>(rate, u);
}

/** A sample is a decay read on the way: it changes neither the waiting time nor what comes after it. */
function read<T>(): void {
  const k = decay + bytes<T>(walker.block * modes);
  const time = splat<T>(-Math.LOG2E * walker.untilSample);
  let weight = splat<T>(0);
  for (let at: usize = 0, end = usize(occupied) << 4; at < end; at += 16) {
    const x = v128.mul<T>(v128.load(now + at), exp2<T>(v128.mul<T>(time, v128.load(k + at))));
    v128.store(now + at, x);
    weight = plus<T>(weight, x, x);
  }
  walker.untilEvent -= walker.untilSample;
  const norm = total<T>(weight);
  const filled = occupiedOf<T>(now, occupied, negligible * norm);
  const columns = columnsOf<T>(filled);
  let p: f64 = 0;
  if (hasCommittor) {
    multiply<T>(table<T>(walker.block, committorTable), stride(), filled, columns, now, image);
    let sum = splat<T>(0);
    for (let at: usize = 0, end = usize(filled) << 4; at < end; at += 16) {
      sum = plus<T>(sum, v128.load(now + at), v128.load(image + at));
    }
    p = total<T>(sum) / norm;
  }
  const dim = ensemble.atoms + 1 - 2 * walker.block;
  const height = (dim + lanes<T>() - 1) / lanes<T>();
  const matrix = load<usize>(vectors + 4 * usize(walker.block));
  const held = multiply<T>(matrix, stride(), height, columns, now, ensemble.psi);
  const end = bytes<T>(ensemble.atoms + 1);
  for (let at: usize = usize(height) << 4; at < end; at += 16) v128.store(ensemble.psi + at, splat<T>(0));
  sample<T, i8>(held, p);
}

/** The block's next trajectory, from the start amplitudes in the top block. */
export function beginTrajectory<T>(): void {
  beginNext();
  occupied = modes / lanes<T>();
  memory.copy(image, start, bytes<T>(modes));
  refill();
  land<T>(1, random0);
}

/** Takes the trajectory on, up to sample `last` at most; true at its end. */
export function walkTrajectory<T>(last: i32): bool {
  const until = min(last, ensemble.slots);
  while (walker.slot < until) {
    if (walker.untilSample <= walker.untilEvent) read<T>();
    else jump<T>();
  }
  if (until < ensemble.slots) return false;
  finish<T>();
  return true;
}
