/**
 * One trajectory of the merged dark port in float64, plainly: slow and independent of both engines. It draws the same
 * Philox blocks and keeps the same modes, so that all make the same jumps for as long as rounding changes no decision.
 */
import { norm } from '../../src/liouvillian/vectors';
import {
  type DarkPortBlock,
  darkPortBlocks,
  darkPortStart,
  type ModeJumps,
  type ModeMatrix,
  modesKept,
} from '../../src/operators/dark-port';
import { seedWords } from '../../src/parameters/seed';
import type { SystemParameters } from '../../src/parameters/system';
import { turnOf } from '../../src/trajectories/dark-port-tables';
import { philox, uniform01 } from '../../src/twin/philox';
import { observed, type TwinJump, type TwinSample, type TwinTrajectory } from './photodetection';

/** Amplitudes of modes, or of the states |j, m>. */
type Amplitudes = readonly [re: Float64Array, im: Float64Array];

/** Those of the modes of block b. */
interface ModeState {
  b: number;
  a: Amplitudes;
}

/** What the trajectories of a system share. */
const known = new WeakMap<SystemParameters, DarkPortBlock[]>();

/**
 * Trajectory number `trajectory` of the seed, sampled at t = 0 and at `samples` equal steps up to `time`. Its jumps' channels: of
 * emission 0 within the block, 2 to j - 1, 3 to j + 1; so from 4 of pumping, from 8 of dephasing.
 * @param committor packed, where the system is not real its antisymmetric part after the symmetric one; samples have 0 without it
 */
export function darkPortTwin(
  system: SystemParameters,
  seed: number,
  trajectory: number,
  time: number,
  samples: number,
  committor: Float64Array | null = null,
): TwinTrajectory {
  const turn = turnOf(system);
  const blocks = known.get(system) ?? darkPortBlocks(system, modesKept(system), turn);
  known.set(system, blocks);
  const start = Float64Array.from(darkPortStart(blocks).amplitudes);
  const state: ModeState = { b: 0, a: [start, start.map(() => 0)] };
  const sampled: TwinSample[] = [];
  const jumps: TwinJump[] = [];
  let event = 0;
  /** Two events to a Philox block: waiting time, channel, waiting time, channel. */
  const draw = () => {
    const n = event++;
    const counter = [Math.floor(n / 2), 0, trajectory >>> 0, Math.floor(trajectory / 2 ** 32)];
    return philox(counter, seedWords(seed))
      .slice(2 * (n % 2))
      .map(uniform01);
  };

  let t = 0;
  let nextJump = waitingTime(blocks[0], state.a, draw()[0]);
  for (let slot = 0; slot <= samples; ) {
    const sample = (slot * time) / samples;
    if (sample <= nextJump) {
      const [re, im] = inStates(blocks[state.b], evolved(blocks[state.b], state.a, sample - t), turn);
      const { j } = blocks[state.b];
      sampled.push({ t: sample, ...observed(system, { j, psi: [[...re], [...im]] }, committor) });
      slot++;
      continue;
    }
    const [waiting, channel] = draw();
    state.a = evolved(blocks[state.b], state.a, nextJump - t);
    const taken = jump(system, blocks, state, channel);
    jumps.push({ t: nextJump, channel: taken, psi: [...inStates(blocks[state.b], state.a, turn)[0]] });
    t = nextJump;
    nextJump = t + waitingTime(blocks[state.b], state.a, waiting);
  }
  return { samples: sampled, jumps };
}

/** a_i exp(-k_i t) */
export function decayed({ decay }: DarkPortBlock, a: Float64Array, t: number): Float64Array {
  const after = new Float64Array(a.length);
  // What is not there costs no exponential: a real state's imaginary part.
  for (let i = 0; i < a.length; i++) if (a[i] !== 0) after[i] = a[i] * Math.exp(-decay[i] * t);
  return after;
}

/** exp(-(K + iH) t) a: a Taylor series over steps short enough to be at rounding after 60 terms at most. */
function evolved(block: DarkPortBlock, a: Amplitudes, t: number): Amplitudes {
  const { decay, hamiltonian } = block;
  if (hamiltonian === null) return [decayed(block, a[0], t), decayed(block, a[1], t)];
  const steps = Math.ceil(t / stepOf(decay, hamiltonian));
  let after = a;
  for (let step = 0; step < steps; step++) after = at(1, series(decay, hamiltonian, after, t / steps));
  return after;
}

/** |K + iH| of it is 4 at most: rounding grows a hundredfold, and is far from float32's still. */
const stepOf = (decay: Float64Array, hamiltonian: ModeMatrix) =>
  4 / (Math.max(...decay) + norm(hamiltonian.matrix));

/** The terms of exp(-(K + iH) h) a, as many as count. */
function series(decay: Float64Array, hamiltonian: ModeMatrix, a: Amplitudes, h: number): Amplitudes[] {
  const terms = [a];
  for (let p = 1; p <= 60; p++) {
    const [x, y] = terms[p - 1];
    const [hx, hy] = products(hamiltonian, x, y);
    for (let i = 0; i < x.length; i++) {
      const re = (h / p) * (hy[i] - decay[i] * x[i]);
      hy[i] = (h / p) * (-hx[i] - decay[i] * y[i]);
      hx[i] = re;
    }
    terms.push([hx, hy]);
    if (weightOf([hx, hy]) < 1e-36 * weightOf(a)) break;
  }
  return terms;
}

/** The sum of a series' terms at that share of its time. */
function at(share: number, terms: readonly Amplitudes[]): Amplitudes {
  const sum: Amplitudes = [new Float64Array(terms[0][0].length), new Float64Array(terms[0][0].length)];
  for (const term of terms.toReversed())
    for (const part of [0, 1])
      for (let i = 0; i < sum[part].length; i++) sum[part][i] = share * sum[part][i] + term[part][i];
  return sum;
}

const weightOf = ([re, im]: Amplitudes) => {
  let sum = 0;
  for (let i = 0; i < re.length; i++) sum += re[i] ** 2 + im[i] ** 2;
  return sum;
};

/** When |a(t)|^2, which starts from 1, has fallen to u: in doubled steps to beyond it, or in those of the series, and back by halves. */
function waitingTime(block: DarkPortBlock, a: Amplitudes, u: number): number {
  const { decay, hamiltonian } = block;
  if (hamiltonian === null) {
    let [t, step] = [0, 1e-6];
    while (t < 1e30 && weightOf(evolved(block, a, t + step)) > u) {
      t += step;
      step *= 2;
    }
    return t + step * shareAt(u, (share) => evolved(block, a, t + share * step));
  }
  const step = stepOf(decay, hamiltonian);
  let before = a;
  for (let t = 0; t < longest; t += step) {
    const terms = series(decay, hamiltonian, before, step);
    const after = at(1, terms);
    if (weightOf(after) <= u) return t + step * shareAt(u, (share) => at(share, terms));
    before = after;
  }
  return 1e30;
}

/** The share of a step at which |a|^2 has fallen to u, to rounding. */
function shareAt(u: number, stateAt: (share: number) => Amplitudes): number {
  let share = 0;
  for (let part = 1 / 2; share + part !== share; part /= 2)
    if (weightOf(stateAt(share + part)) > u) share += part;
  return share;
}

/** Where a series would take too long, such a wait is longer than any trajectory of a test. */
const longest = 1e3;

/** Jumps by the channel in whose share of the rate the level falls. */
function jump(
  system: SystemParameters,
  blocks: readonly DarkPortBlock[],
  state: ModeState,
  u: number,
): number {
  const block = blocks[state.b];
  const rateOf = (a: Float64Array) => a.reduce((sum, value, i) => sum + 2 * block.decay[i] * value ** 2, 0);
  let level = u * (rateOf(state.a[0]) + rateOf(state.a[1]));
  const isPumped = system.pumping + system.collectivePumping > 0;
  const channels = [block, ...block.others].flatMap((jumps, place) =>
    channelsOf(4 * (place > 0 && !isPumped ? 2 : place), jumps),
  );
  for (const { channel, by, matrix } of channels) {
    const image = products(matrix, ...state.a);
    const rate = weightOf(image);
    if (level < rate) {
      const scaled = (value: number) => value / Math.sqrt(rate);
      state.b += by;
      state.a = [image[0].map(scaled), image[1].map(scaled)];
      return channel;
    }
    level -= rate;
  }
  throw new Error(`no channel covers the jump: ${block.modes} modes do not hold the state`);
}

const channelsOf = (first: number, { within, toLowerJ, toHigherJ }: ModeJumps) => [
  { channel: first, by: 0, matrix: within },
  { channel: first + 2, by: 1, matrix: toLowerJ },
  { channel: first + 3, by: -1, matrix: toHigherJ },
];

/** The image of the amplitudes. */
export function product({ rows, columns, matrix }: ModeMatrix, a: Float64Array): Float64Array {
  const image = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < columns; c++) image[row] += matrix[row * columns + c] * a[c];
  return image;
}

/** The images of both: two sums at once take hardly longer than one. */
function products({ rows, columns, matrix }: ModeMatrix, a: Float64Array, b: Float64Array): Amplitudes {
  const images: Amplitudes = [new Float64Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row++) {
    let [ofA, ofB] = [0, 0];
    for (let c = 0; c < columns; c++) {
      const element = matrix[row * columns + c];
      ofA += element * a[c];
      ofB += element * b[c];
    }
    images[0][row] = ofA;
    images[1][row] = ofB;
  }
  return images;
}

/** Normalised amplitudes in the states |j, m>, m rising, of the axes that are not turned: times exp(-i turn m). */
function inStates({ vectors, j }: DarkPortBlock, [re, im]: Amplitudes, turn: number): Amplitudes {
  const rows = Array.from({ length: 2 * j + 1 }, (_, r) => r);
  const sum = (a: Float64Array, r: number) => vectors.reduce((sum, vector, i) => sum + a[i] * vector[r], 0);
  const [cos, sin] = [(r: number) => Math.cos(turn * (r - j)), (r: number) => Math.sin(turn * (r - j))];
  const psi: Amplitudes = [
    Float64Array.from(rows, (r) => cos(r) * sum(re, r) + sin(r) * sum(im, r)),
    Float64Array.from(rows, (r) => cos(r) * sum(im, r) - sin(r) * sum(re, r)),
  ];
  const norm = Math.sqrt(weightOf(psi));
  return [psi[0].map((value) => value / norm), psi[1].map((value) => value / norm)];
}
