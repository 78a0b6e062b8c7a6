/**
 * The merged dark port (src/operators/dark-port.ts), as `shaders/dark-port/` walks it: jumps sqrt(G_j) A_j within the block j,
 * sqrt(gamma_F) K- to j - 1 and sqrt(gamma_F) K+ to j + 1, as many of pumping and of dephasing where they are on, and between
 * them decay in the eigenmodes of K_j,
 *
 *   a_i(t) = a_i(0) exp(-k_i t),   chance of no jump up to t: |a(t)|^2 / |a(0)|^2.
 *
 * The waiting time is the root of |a(t)|^2 = u: no time step anywhere. One trajectory's modes lie side by side in vectors, and
 * what has decayed away is left out of every loop.
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
import { beginNext, finish, sample, walker } from './ensemble';
import { bytes, exp2, lanes, log, plus, splat, total } from './lanes';
import { multiply } from './matrix';

/** Of emission, the first process. */
const within = 0;

/** vectors of `now`, and of those at the jump, that are not negligible; their columns are a multiple of 4 */
let occupied: i32 = 0;
/** at the jump: |a|^2 and the rate of jumps sum 2 k_i a_i^2 */
let weightAtJump: f64 = 0;
let rateAtJump: f64 = 0;

/** The image of the amplitudes at the jump under one of the jump operators; returns its rate. */
function applyJump<T>(channel: i32, columns: i32): f64 {
  occupied = reached(channel, columns);
  return multiply<T>(matrixOf<T>(channel), stride(), occupied, columns, atJump, image);
}

/** now = image / |image|, and the wait from there: when |a|^2 has fallen to u, and the amplitudes then. */
function land<T>(rate: f64, u: f64): void {
  const k = decay + bytes<T>(walker.block * modes);
  const end = usize(occupied) << 4;
  const scale = splat<T>(1 / sqrt(rate));
  const share = 2 / rate;
  let first = splat<T>(0);
  let second = first;
  for (let at: usize = 0; at < end; at += 16) {
    const x = v128.load(image + at);
    const ks = v128.load(k + at);
    const slow = v128.mul<T>(ks, v128.mul<T>(x, x));
    v128.store(now + at, v128.mul<T>(scale, x));
    first = v128.add<T>(first, slow);
    second = plus<T>(second, ks, slow);
  }
  // The search starts from the first two cumulants of the rate 2k, and goes on by Newton's method on log |a|^2 with its
  // second-order term.
  const mean = max(share * total<T>(first), 1e-30);
  const level = -log<T>(u);
  const spread = min(((2 * share * total<T>(second)) / (mean * mean) - 1) * level, 1.5);
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
    const slowed = max(total<T>(first), 1e-30);
    const excess = log<T>(s) + level;
    // Neither quotient waits for the logarithm.
    const curve = 0.5 * excess * ((total<T>(second) * s) / (slowed * slowed) - 1);
    const step = max(excess * (s / (2 * slowed)) * (1 + min(max(curve, -0.5), 0.5)), -t);
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
  const u = waiting;
  const before = occupied;
  let level = choice * rateAtJump;
  const columns = columnsOf<T>(occupiedOf<T>(atJump, occupied, negligible * weightAtJump));
  let channel = within;
  let rate = applyJump<T>(within, columns);
  if (level >= rate) {
    level -= rate;
    // In turn. No channel covers the level where truncation lost their part of the rate: an alarm, and the first that has any rate
    // takes it, that within the block last.
    for (let tries = 1; tries < 2 * channels; tries++) {
      if (tries === channels) {
        walker.alarms++;
        level = 0;
      }
      channel = tries < channels ? tries : (tries + 1) % channels;
      rate = applyJump<T>(channel, columns);
      if (level < rate) break;
      level = max(level - rate, 0);
    }
    if (rate === 0) {
      // The kept modes have no way out of this state.
      channel = channels;
      rate = weightAtJump;
      occupied = before;
      memory.copy(image, atJump, bytes<T>(modes));
    }
  }
  leaveBy<T>(channel);
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
    multiply<T>(matrixOf<T>(channels), stride(), filled, columns, now, image);
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
export function begin(): void {
  beginNext();
  occupied = modes / lanes<Real>();
  memory.copy(image, start, bytes<Real>(modes));
  refill();
  land<Real>(1, waiting);
}

/** Takes the trajectory on, up to sample `last` at most; true at its end. */
export function walk(last: i32): bool {
  const until = min(last, ensemble.slots);
  while (walker.slot < until) {
    if (walker.untilSample <= walker.untilEvent) read<Real>();
    else jump<Real>();
  }
  if (until < ensemble.slots) return false;
  finish<Real>();
  return true;
}
