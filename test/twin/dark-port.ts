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
  return a.map((value, i) => value * Math.exp(-decay[i] * t));
}

/** exp(-(K + iH) t) a: a Taylor series over steps short enough to be at rounding after 30 terms at most. */
function evolved(block: DarkPortBlock, a: Amplitudes, t: number): Amplitudes {
  const { decay, hamiltonian } = block;
  if (hamiltonian === null) return [decayed(block, a[0], t), decayed(block, a[1], t)];
  const size = Math.max(...decay) + norm(hamiltonian.matrix);
  const steps = Math.ceil(t * size);
  const [re, im] = a.map((part) => part.slice());
  for (let step = 0; step < steps; step++) {
    const [x, y] = [re.slice(), im.slice()];
    for (let p = 1; p <= 30; p++) {
      const [hx, hy] = products(hamiltonian, x, y);
      const h = t / steps / p;
      for (let i = 0; i < re.length; i++) {
        x[i] = h * (hy[i] - decay[i] * x[i]);
        y[i] = h * (-hx[i] - decay[i] * y[i]);
        re[i] += x[i];
        im[i] += y[i];
      }
      if (weightOf([x, y]) < 1e-36 * weightOf([re, im])) break;
    }
  }
  return [re, im];
}

const weightOf = ([re, im]: Amplitudes) => {
  let sum = 0;
  for (let i = 0; i < re.length; i++) sum += re[i] ** 2 + im[i] ** 2;
  return sum;
};

/** When |a(t)|^2, which starts from 1, has fallen to u: in doubled steps to beyond it, and back by halves. */
function waitingTime(block: DarkPortBlock, a: Amplitudes, u: number): number {
  let [t, step, before] = [0, 1e-6, a];
  for (; t < 1e30; step *= 2) {
    const after = evolved(block, before, step);
    if (weightOf(after) <= u) break;
    t += step;
    before = after;
    if (block.hamiltonian !== null && t > longest) return 1e30;
  }
  for (let halves = 0; halves < 60; halves++) {
    step /= 2;
    const middle = evolved(block, before, step);
    if (weightOf(middle) <= u) continue;
    t += step;
    before = middle;
  }
  return t;
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
