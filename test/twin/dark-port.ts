/**
 * One trajectory of the merged dark port in float64, plainly: slow and independent of both engines. It draws the same
 * Philox blocks and keeps the same modes, so that all make the same jumps for as long as rounding changes no decision.
 */
import { crssFidelitiesOfPsi } from '../../src/operators/crss';
import {
  type DarkPortBlock,
  darkPortBlocks,
  darkPortStart,
  type ModeJumps,
  type ModeMatrix,
} from '../../src/operators/dark-port';
import { momentsOfPsi } from '../../src/operators/moments';
import { Pyramid } from '../../src/operators/pyramid';
import { seedWords } from '../../src/parameters/seed';
import type { SystemParameters } from '../../src/parameters/system';
import { philox, uniform01 } from '../../src/twin/philox';
import type { TwinJump, TwinSample, TwinTrajectory } from './photodetection';

/** Amplitudes of the modes of block b. */
interface ModeState {
  b: number;
  a: Float64Array;
  /** whether the first of the other processes is pumping */
  isPumped: boolean;
}

/**
 * Trajectory number `trajectory` of the seed, sampled at t = 0 and at `samples` equal steps up to `time`. Its jumps'
 * channels: emission 0 within the block, 2 to j - 1, 3 to j + 1; pumping 4, 5, 6 and dephasing 7, 8, 9.
 * @param committor packed; samples have 0 without it
 */
export function darkPortTwin(
  system: SystemParameters,
  seed: number,
  trajectory: number,
  time: number,
  samples: number,
  committor: Float64Array | null = null,
): TwinTrajectory {
  const blocks = darkPortBlocks(system);
  const state: ModeState = {
    b: 0,
    a: Float64Array.from(darkPortStart(blocks).amplitudes),
    isPumped: system.pumping + system.collectivePumping > 0,
  };
  const sampled: TwinSample[] = [];
  const jumps: TwinJump[] = [];
  const pyramid = new Pyramid(system.atoms);
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
      const psi = inStates(blocks[state.b], decayed(blocks[state.b], state.a, sample - t));
      const { j } = blocks[state.b];
      const fidelities = crssFidelitiesOfPsi(system, j, psi);
      const p = committor ? pyramid.expectation(committor, state.b, psi) : 0;
      const moments = momentsOfPsi(system.atoms, j, psi);
      sampled.push({ t: sample, j, psi, ...fidelities, committor: p, ...moments });
      slot++;
      continue;
    }
    const [waiting, channel] = draw();
    state.a = decayed(blocks[state.b], state.a, nextJump - t);
    const taken = jump(blocks, state, channel);
    jumps.push({ t: nextJump, channel: taken, psi: inStates(blocks[state.b], state.a) });
    t = nextJump;
    nextJump = t + waitingTime(blocks[state.b], state.a, waiting);
  }
  return { samples: sampled, jumps };
}

/** a_i exp(-k_i t) */
export function decayed({ decay }: DarkPortBlock, a: Float64Array, t: number): Float64Array {
  return a.map((value, i) => value * Math.exp(-decay[i] * t));
}

/** When |a(t)|^2, which starts from 1, has fallen to u; by bisection. */
function waitingTime(block: DarkPortBlock, a: Float64Array, u: number): number {
  const weight = (t: number) => decayed(block, a, t).reduce((sum, value) => sum + value ** 2, 0);
  let [low, high] = [0, 1e-6];
  while (weight(high) > u && high < 1e30) [low, high] = [high, 2 * high];
  for (let step = 0; step < 100 && low < high; step++) {
    const middle = (low + high) / 2;
    if (weight(middle) > u) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Jumps by the channel in whose share of the rate the level u falls. */
function jump(blocks: readonly DarkPortBlock[], state: ModeState, u: number): number {
  const block = blocks[state.b];
  let level = u * state.a.reduce((sum, value, i) => sum + 2 * block.decay[i] * value ** 2, 0);
  const [pumping, dephasing] = state.isPumped ? block.others : [undefined, ...block.others];
  const channels = [
    ...channelsOf([0, 2, 3], block),
    ...(pumping ? channelsOf([4, 5, 6], pumping) : []),
    ...(dephasing ? channelsOf([7, 8, 9], dephasing) : []),
  ];
  for (const { channel, by, matrix } of channels) {
    const image = product(matrix, state.a);
    const rate = image.reduce((sum, value) => sum + value ** 2, 0);
    if (level < rate) {
      state.b += by;
      state.a = image.map((value) => value / Math.sqrt(rate));
      return channel;
    }
    level -= rate;
  }
  throw new Error(`no channel covers the jump: ${block.modes} modes do not hold the state`);
}

const channelsOf = ([within, toLowerJ, toHigherJ]: readonly number[], jumps: ModeJumps) => [
  { channel: within, by: 0, matrix: jumps.within },
  { channel: toLowerJ, by: 1, matrix: jumps.toLowerJ },
  { channel: toHigherJ, by: -1, matrix: jumps.toHigherJ },
];

/** The image of the amplitudes. */
export function product({ rows, columns, matrix }: ModeMatrix, a: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += matrix[row * columns + c] * a[c];
    return sum;
  });
}

/** Normalised amplitudes in the states |j, m>, m rising. */
function inStates({ vectors, j }: DarkPortBlock, a: Float64Array): number[] {
  const psi = new Array<number>(2 * j + 1).fill(0);
  vectors.forEach((vector, i) => {
    for (let r = 0; r < psi.length; r++) psi[r] += a[i] * vector[r];
  });
  const norm = Math.sqrt(psi.reduce((sum, value) => sum + value ** 2, 0));
  return psi.map((value) => value / norm);
}
