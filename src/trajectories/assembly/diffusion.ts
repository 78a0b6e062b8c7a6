/**
 * Homodyne and heterodyne detection of the collective output, as `shaders/diffusion/` walks it. With a = sqrt(gamma_1D) S_- the state
 * obeys d psi = (D dt + sum_k c_k dY_k) psi up to its norm, with c = exp(-i phase) a, or two of them sqrt(1/2) as large a quarter turn
 * apart, and dY_k = <c_k + c_k^+> dt + dW_k. All other jumps, and the times of their candidates, are those of photodetection
 * (photodetection.ts), whose D holds the decay by all channels.
 *
 * A step is exp(D h/2) A exp(D h/2), A = exp(sum_k c_k Y_k - c_k^2 h/2) what the light's record alone does to the state. Averaged over Y
 * it is the symmetric splitting of the master equation, and Y is Gaussian with its mean and covariance right to order h^2: the step is of
 * weak order 2. Nothing of it depends on the efficiency: what is lost is measured, too, in the same quadratures, so that
 * Y sqrt(efficiency) and as much vacuum as is lacking are what is recorded.
 *
 * Amplitudes are complex (A) but where the system is real and so is the quadrature in the real gauge: then all that has an imaginary part has none.
 */
import * as ensemble from './ensemble';
import { draw, finish, imaginary, lower, psi, sample, walker } from './ensemble';
import { bytes, isComplex, log, plus, splat, total } from './lanes';
import { philox, uniform01, word0, word1 } from './philox';
import {
  beginTrajectory,
  committed,
  decide,
  driftOf,
  efficiency,
  evolve,
  hasCommittor,
  measure,
  norm,
} from './photodetection';

// Set by the host.
export let isHeterodyne: bool = false;
/** sqrt(gamma_1D) */
export let strength: f64 = 0;
/** exp(-i phase), by which the real gauge's S_- is the recorded quadrature's, or the first of two */
export let turnRe: f64 = 1;
export let turnIm: f64 = 0;
/** places of the currents in a sample */
export let current: i32 = 0;
export let currentI: i32 = 0;
export let currentQ: i32 = 0;

/** Y since the last sample, of the first and of the second quadrature */
let record0: f64 = 0;
let record1: f64 = 0;
/** time by which the state is still to be taken on by D alone */
let owed: f64 = 0;

/** |psi|^2; and in the state <a>, <a^2>, <a^+ a^2> in two parts, and <a^+ a> */
let weight: f64 = 1;
let aRe: f64 = 0;
let aIm: f64 = 0;
let squareRe: f64 = 0;
let squareIm: f64 = 0;
let cubeRe: f64 = 0;
let cubeIm: f64 = 0;
let photons: f64 = 0;

function look<T, A>(dim: i32): void {
  const table = lower + usize(walker.block) * ensemble.rowStride;
  const zero = splat<T>(0);
  let weights = zero;
  let ofA = zero;
  let ofAy = zero;
  let ofSquare = zero;
  let ofSquareY = zero;
  let ofCube = zero;
  let ofCubeY = zero;
  let ofPhotons = zero;
  for (let at: usize = 0, end = bytes<T>(dim); at < end; at += 16) {
    const here = psi + at;
    const x = v128.load(here);
    const low = v128.load(table + at + sizeof<T>());
    const lowTwice = v128.mul<T>(low, v128.load(table + at + 2 * sizeof<T>()));
    // S_- psi and S_-^2 psi
    const x1 = v128.mul<T>(low, v128.load(here + sizeof<T>()));
    const x2 = v128.mul<T>(lowTwice, v128.load(here + 2 * sizeof<T>()));
    weights = plus<T>(weights, x, x);
    ofPhotons = plus<T>(ofPhotons, x1, x1);
    ofA = plus<T>(ofA, x, x1);
    ofSquare = plus<T>(ofSquare, x, x2);
    ofCube = plus<T>(ofCube, x1, x2);
    if (isComplex<A>()) {
      const y = v128.load(here + imaginary);
      const y1 = v128.mul<T>(low, v128.load(here + imaginary + sizeof<T>()));
      const y2 = v128.mul<T>(lowTwice, v128.load(here + imaginary + 2 * sizeof<T>()));
      weights = plus<T>(weights, y, y);
      ofPhotons = plus<T>(ofPhotons, y1, y1);
      ofA = plus<T>(ofA, y, y1);
      ofSquare = plus<T>(ofSquare, y, y2);
      ofCube = plus<T>(ofCube, y1, y2);
      ofAy = v128.sub<T>(plus<T>(ofAy, x, y1), v128.mul<T>(y, x1));
      ofSquareY = v128.sub<T>(plus<T>(ofSquareY, x, y2), v128.mul<T>(y, x2));
      ofCubeY = v128.sub<T>(plus<T>(ofCubeY, x1, y2), v128.mul<T>(y1, x2));
    }
  }
  weight = total<T>(weights);
  const one = strength / weight;
  const two = strength * one;
  const three = strength * two;
  aRe = one * total<T>(ofA);
  aIm = one * total<T>(ofAy);
  photons = two * total<T>(ofPhotons);
  squareRe = two * total<T>(ofSquare);
  squareIm = two * total<T>(ofSquareY);
  cubeRe = three * total<T>(ofCube);
  cubeIm = three * total<T>(ofCubeY);
}

/** The factors of psi, S_- psi, S_-^2 psi and S_-^3 psi in what `apply` makes of psi, each in two parts. */
let f0: f64 = 0;
let f0y: f64 = 0;
let f1: f64 = 0;
let f1y: f64 = 0;
let f2: f64 = 0;
let f2y: f64 = 0;
let f3: f64 = 0;
let f3y: f64 = 0;

/** In place: a row takes what lies above it. */
function apply<T, A>(dim: i32): void {
  const table = lower + usize(walker.block) * ensemble.rowStride;
  const c0 = splat<T>(f0);
  const s0 = splat<T>(f0y);
  const c1 = splat<T>(f1);
  const s1 = splat<T>(f1y);
  const c2 = splat<T>(f2);
  const s2 = splat<T>(f2y);
  const c3 = splat<T>(f3);
  const s3 = splat<T>(f3y);
  for (let at: usize = 0, end = bytes<T>(dim); at < end; at += 16) {
    const here = psi + at;
    const low = v128.load(table + at + sizeof<T>());
    const lowTwice = v128.mul<T>(low, v128.load(table + at + 2 * sizeof<T>()));
    const lowThrice = v128.mul<T>(lowTwice, v128.load(table + at + 3 * sizeof<T>()));
    const x = v128.load(here);
    const x1 = v128.mul<T>(low, v128.load(here + sizeof<T>()));
    const x2 = v128.mul<T>(lowTwice, v128.load(here + 2 * sizeof<T>()));
    const x3 = v128.mul<T>(lowThrice, v128.load(here + 3 * sizeof<T>()));
    if (isComplex<A>()) {
      const y = v128.load(here + imaginary);
      const y1 = v128.mul<T>(low, v128.load(here + imaginary + sizeof<T>()));
      const y2 = v128.mul<T>(lowTwice, v128.load(here + imaginary + 2 * sizeof<T>()));
      const y3 = v128.mul<T>(lowThrice, v128.load(here + imaginary + 3 * sizeof<T>()));
      let re = v128.sub<T>(v128.mul<T>(c0, x), v128.mul<T>(s0, y));
      let im = v128.add<T>(v128.mul<T>(c0, y), v128.mul<T>(s0, x));
      re = v128.sub<T>(plus<T>(re, c1, x1), v128.mul<T>(s1, y1));
      im = plus<T>(plus<T>(im, c1, y1), s1, x1);
      re = v128.sub<T>(plus<T>(re, c2, x2), v128.mul<T>(s2, y2));
      im = plus<T>(plus<T>(im, c2, y2), s2, x2);
      re = v128.sub<T>(plus<T>(re, c3, x3), v128.mul<T>(s3, y3));
      im = plus<T>(plus<T>(im, c3, y3), s3, x3);
      v128.store(here, re);
      v128.store(here + imaginary, im);
    } else {
      const near = plus<T>(v128.mul<T>(c0, x), c1, x1);
      v128.store(here, plus<T>(plus<T>(near, c2, x2), c3, x3));
    }
  }
}

/** A over the time h: makes Y of the normal numbers, and changes psi. */
function detect<T, A>(h: f64, dim: i32): void {
  look<T, A>(dim);
  // Of exp(-i phase) a: its mean, twice its square's real part, and <a^+ X a> for its quadrature X.
  const uRe = turnRe;
  const uIm = turnIm;
  const bRe = uRe * aRe - uIm * aIm;
  const bIm = uRe * aIm + uIm * aRe;
  const doubledRe = uRe * uRe - uIm * uIm;
  const doubledIm = 2 * uRe * uIm;
  const pairRe = doubledRe * squareRe - doubledIm * squareIm;
  const pairIm = doubledRe * squareIm + doubledIm * squareRe;
  const afterRe = uRe * cubeRe - uIm * cubeIm;
  const afterIm = uRe * cubeIm + uIm * cubeRe;
  const root = Math.sqrt(h);
  // what a is multiplied by in the exponent, and a^2 by -1/2
  let zRe: f64;
  let zIm: f64;
  let sRe: f64 = 0;
  let sIm: f64 = 0;
  if (isHeterodyne) {
    // X_0 = (b + b^+)/sqrt 2, X_1 = (-i b + i b^+)/sqrt 2
    const x0 = Math.SQRT2 * bRe;
    const x1 = Math.SQRT2 * bIm;
    const v00 = pairRe + photons - x0 * x0;
    const v11 = photons - pairRe - x1 * x1;
    const v01 = pairIm - x0 * x1;
    const slope0 = Math.SQRT2 * afterRe - photons * x0;
    const slope1 = Math.SQRT2 * afterIm - photons * x1;
    const half = 0.5 * h;
    const Y0 = h * (x0 + half * slope0) + root * (normal0 + half * (v00 * normal0 + v01 * normal1));
    const Y1 = h * (x1 + half * slope1) + root * (normal1 + half * (v01 * normal0 + v11 * normal1));
    record0 += Y0;
    record1 += Y1;
    // c_0 Y_0 + c_1 Y_1 = b (Y_0 - i Y_1)/sqrt 2
    zRe = Math.SQRT1_2 * (uRe * Y0 + uIm * Y1);
    zIm = Math.SQRT1_2 * (uIm * Y0 - uRe * Y1);
  } else {
    const x = 2 * bRe;
    const variance = 2 * (pairRe + photons) - x * x;
    const slope = 2 * afterRe - photons * x;
    const Y = h * (x + 0.5 * h * slope) + root * (1 + 0.5 * h * variance) * normal0;
    record0 += Y;
    zRe = uRe * Y;
    zIm = uIm * Y;
    sRe = doubledRe * h;
    sIm = doubledIm * h;
  }
  expand(zRe - (sRe * aRe - sIm * aIm), zIm - (sRe * aIm + sIm * aRe), sRe, sIm);
  apply<T, A>(dim);
}

/**
 * exp(z b - s b^2/2) with b = a - <a>, up to a factor what it is with a, to third order in b, which is small where the state is nearly
 * coherent: the factors of psi, S_- psi ..., brought to norm 1 before the noise.
 */
function expand(zRe: f64, zIm: f64, sRe: f64, sIm: f64): void {
  const z2Re = zRe * zRe - zIm * zIm;
  const z2Im = 2 * zRe * zIm;
  const e2Re = 0.5 * (z2Re - sRe);
  const e2Im = 0.5 * (z2Im - sIm);
  // z (z^2 - 3 s)/6
  const tRe = (z2Re - 3 * sRe) / 6;
  const tIm = (z2Im - 3 * sIm) / 6;
  const e3Re = zRe * tRe - zIm * tIm;
  const e3Im = zRe * tIm + zIm * tRe;
  // By powers of a, in Horner's way with -<a>: 1 + z b + e2 b^2 + e3 b^3.
  const mRe = -aRe;
  const mIm = -aIm;
  const m2Re = mRe * mRe - mIm * mIm;
  const m2Im = 2 * mRe * mIm;
  const m3Re = m2Re * mRe - m2Im * mIm;
  const m3Im = m2Re * mIm + m2Im * mRe;
  const scale = 1 / Math.sqrt(weight);
  f0 = scale * (1 + zRe * mRe - zIm * mIm + e2Re * m2Re - e2Im * m2Im + e3Re * m3Re - e3Im * m3Im);
  f0y = scale * (zRe * mIm + zIm * mRe + e2Re * m2Im + e2Im * m2Re + e3Re * m3Im + e3Im * m3Re);
  const first = scale * strength;
  f1 = first * (zRe + 2 * (e2Re * mRe - e2Im * mIm) + 3 * (e3Re * m2Re - e3Im * m2Im));
  f1y = first * (zIm + 2 * (e2Re * mIm + e2Im * mRe) + 3 * (e3Re * m2Im + e3Im * m2Re));
  const second = first * strength;
  f2 = second * (e2Re + 3 * (e3Re * mRe - e3Im * mIm));
  f2y = second * (e2Im + 3 * (e3Re * mIm + e3Im * mRe));
  const third = second * strength;
  f3 = third * e3Re;
  f3y = third * e3Im;
}

/** Two normal numbers from the first two words. */
let normal0: f64 = 0;
let normal1: f64 = 0;
function drawNormals<T>(): void {
  const radius = Math.sqrt(-2 * log<T>(uniform01(word0)));
  const angle = 2 * Math.PI * uniform01(word1);
  if (sizeof<T>() === 4) {
    normal0 = radius * <f64>Mathf.cos(<f32>angle);
    normal1 = radius * <f64>Mathf.sin(<f32>angle);
  } else {
    normal0 = radius * Math.cos(angle);
    normal1 = radius * Math.sin(angle);
  }
}

/** The means of the currents since the last sample, into the sample that is to come. */
function recordCurrents<T>(): void {
  const duration = ensemble.isBefore() ? ensemble.intervalBefore : ensemble.interval;
  const n = u32(walker.passed + walker.slot);
  philox(n, 1, walker.low, walker.high, ensemble.seedLow, ensemble.seedHigh);
  drawNormals<T>();
  const share = n > 0 ? Math.sqrt(efficiency) / duration : 0;
  const lacking = n > 0 ? Math.sqrt((1 - efficiency) / duration) : 0;
  if (!ensemble.isBefore()) {
    const place = walker.own + bytes<T>(walker.slot * ensemble.observables);
    store<T>(place + bytes<T>(isHeterodyne ? currentI : current), <T>(share * record0 + lacking * normal0));
    if (isHeterodyne) store<T>(place + bytes<T>(currentQ), <T>(share * record1 + lacking * normal1));
  }
  record0 = 0;
  record1 = 0;
}

/** One step: to the next sample, the next candidate, or as far as one goes, whichever is first. */
function step<T, A>(): void {
  const dim = ensemble.atoms + 1 - 2 * walker.block;
  const h = min(min(walker.untilSample, walker.untilEvent), driftOf(1));
  const sampleIsDue = h === walker.untilSample;
  const candidateIsDue = h === walker.untilEvent;
  if (h > 0) {
    evolve<T, A>(owed + 0.5 * h, dim);
    draw(walker.event++);
    drawNormals<T>();
    detect<T, A>(h, dim);
    owed = 0.5 * h;
  }
  walker.untilSample -= h;
  walker.untilEvent -= h;
  walker.steps++;
  if (!sampleIsDue && !candidateIsDue) return;
  evolve<T, A>(owed, dim);
  owed = 0;
  measure<T, A>(dim);
  if (!(norm > 0)) walker.alarms++;
  if (sampleIsDue) {
    recordCurrents<T>();
    sample<T, A>(norm, hasCommittor ? committed<T, A>(dim) / norm : 0);
  }
  if (candidateIsDue) decide<T, A>(dim);
}

/** The block's next trajectory, from all atoms in the ground state, |N/2, -N/2>. */
export function beginDiffusion<T, A>(): void {
  beginTrajectory<T, A>();
  owed = 0;
  record0 = 0;
  record1 = 0;
}

/** Takes the trajectory on, up to sample `last` at most; true at its end. */
export function walkDiffusion<T, A>(last: i32): bool {
  const until = min(last, ensemble.slots);
  while (walker.slot < until) step<T, A>();
  if (until < ensemble.slots) return false;
  finish<T>();
  return true;
}
