/**
 * Float32 operations of the two unravellings' shaders: additions, multiplications, divisions, exponentials, logarithms
 * and roots count one each, a multiply-add two. What all lanes of a walker do alike counts once; integers (Philox,
 * indices), comparisons and selects count nothing.
 */
import { type DarkPortBlock, darkPortBlocks, darkPortStart } from '../../src/operators/dark-port';
import { driftTable } from '../../src/operators/drift';
import { seedWords } from '../../src/parameters/seed';
import type { SystemParameters } from '../../src/parameters/system';
import { darkPortTables } from '../../src/trajectories/dark-port-tables';
import { philox, uniform01 } from '../../src/twin/philox';
import { decayed, product } from '../twin/dark-port';

const lanes = 4;
/** As in the shader. */
const negligible = 1e-10;
const close = 5e-3;

/** Of one mode. */
const cost = { weights: 6, decayed: 3, nudged: 11, scaled: 1 };
/** Scalars of a wait before its first iteration, and of each. */
const waitScalars = 12;
const iterationScalars = 20;
/** Moments of a row's amplitude. */
const rowOfSample = 24;

export interface OperationCount {
  readonly perJump: number;
  /** per sample, whose moments are those of every row; without a committor's */
  readonly perSample: number;
  /** per unit of the user's time */
  readonly jumpsPerTime: number;
}

/**
 * Those of dark-port.wgsl, along trajectories in float64 that take the shader's own steps: the second halves of as many as
 * have `jumps` jumps together.
 * @param time of a trajectory, in the user's unit
 */
export function darkPortOperations(system: SystemParameters, time: number, jumps: number): OperationCount {
  const blocks = darkPortBlocks(system);
  const { modes, reach: reached } = darkPortTables(system, { blocks, turn: 0, ladders: [] }, lanes, null);
  const components = modes / lanes;
  /** Components of a channel's image of the first `count`. */
  const reach = (b: number, channel: number, count: number) => reached[b][channel * components + count - 1];
  const start = darkPortStart(blocks).amplitudes;
  let [counted, inJumps, inSamples, trajectories] = [0, 0, 0, 0];
  for (; counted < jumps; trajectories++) {
    let [b, a, t]: [number, Float64Array, number] = [0, start, 0];
    for (let n = 0; ; n++) {
      const [waiting, channel] = philox([n, 0, trajectories, 0], seedWords(1)).map(uniform01);
      const wait = waitForJump(blocks[b], a, waiting);
      t += wait.t;
      if (t > time) break;
      const counts = t > time / 2 ? 1 : 0;
      counted += counts;
      inSamples += counts * sample(modes, occupied(a), 2 * blocks[b].j + 1);
      a = wait.a;
      const count = occupied(a);
      inJumps += counts * (modes * (cost.weights + cost.scaled) + wait.operations(modes));
      const channels = [
        { by: 0, of: blocks[b].within },
        { by: 1, of: blocks[b].toLowerJ },
        { by: -1, of: blocks[b].toHigherJ },
      ];
      let level = channel * 2 * weight(a, blocks[b].decay);
      for (const [c, { by, of }] of channels.entries()) {
        const image = product(of, a);
        const rate = image.reduce((sum, value) => sum + value ** 2, 0);
        inJumps += counts * reach(b, c, count) * lanes * 2 * (count * lanes + 1);
        if (level >= rate && c < 2) {
          level -= rate;
          continue;
        }
        b += by;
        a = image.map((value) => value / Math.sqrt(rate));
        break;
      }
    }
  }
  return {
    perJump: inJumps / counted,
    perSample: inSamples / counted,
    jumpsPerTime: counted / (trajectories * (time / 2)),
  };
}

/** sum_i k_i a_i^2 */
const weight = (a: Float64Array, k: ArrayLike<number>) =>
  a.reduce((sum, value, i) => sum + k[i] * value ** 2, 0);

/** Components of `lanes` modes that hold all of some weight; at least one. */
function occupied(a: Float64Array): number {
  const least = negligible * a.reduce((sum, value) => sum + value ** 2, 0);
  const last = a.findLastIndex((value) => value ** 2 > least);
  return Math.floor(Math.max(last, 0) / lanes) + 1;
}

/** The shader's search, in its steps. */
function waitForJump(block: DarkPortBlock, now: Float64Array, u: number) {
  const { decay } = block;
  const moments = (a: Float64Array) => {
    const s = [0, 0, 0];
    a.forEach((value, i) => {
      for (let power = 0; power < 3; power++) s[power] += value ** 2 * decay[i] ** power;
    });
    return s;
  };
  const w = moments(now);
  const mean = Math.max(2 * w[1], 1e-30);
  const level = -Math.log(u);
  const spread = Math.min(((4 * w[2]) / mean ** 2 - 1) * level, 1.5);
  let t = (level / mean) * (1 + spread * (0.5 + spread / 6));
  for (let iterations = 1; ; iterations++) {
    const a = decayed(block, now, t);
    const s = moments(a);
    const excess = Math.log(s[0] / u);
    const rate = Math.max((2 * s[1]) / s[0], 1e-30);
    const bend = Math.min(Math.max(0.5 * excess * ((4 * s[2]) / (s[0] * rate ** 2) - 1), -0.5), 0.5);
    const step = Math.max((excess / rate) * (1 + bend), -t);
    t += step;
    if (Math.abs(excess) >= close && iterations < 50) continue;
    return {
      t,
      a: decayed(block, now, t),
      operations: (modes: number) =>
        modes * (cost.weights + cost.nudged) +
        waitScalars +
        iterations * (modes * (cost.decayed + cost.weights) + iterationScalars),
    };
  }
}

/** From modes to states, the moments of every row, and the overlap with the CRSS. */
function sample(modes: number, count: number, dim: number): number {
  const rows = Math.ceil(dim / lanes) * lanes;
  return modes * (cost.decayed + cost.weights + 2) + rows * (2 * count * lanes + rowOfSample);
}

/** Of one row in one order of the Taylor sweep of photodetection.wgsl, of reading a row and of writing it. */
const [order, read, write] = [7, 9, 14];
const orders = 12;

/**
 * Those of photodetection.wgsl's sweeps per unit of the user's time, without samples: candidates come at the rate B_j, and
 * a sweep is cut at `longest`.
 * @param Pj by j = N/2 down
 */
export function photodetectionOperations(system: SystemParameters, Pj: readonly number[]): number {
  return driftTable(system).reduce((sum, { dim, bound, longest }, b) => {
    const sweeps = bound / -Math.expm1(-bound * longest);
    return sum + Pj[b] * sweeps * ((dim + orders) * orders * order + dim * (read + write));
  }, 0);
}
