/** What a walk of the dark port knows of its modes, and draws: dark-port.ts and detuned-dark-port.ts share it. */
import * as ensemble from './ensemble';
import { draw, walker } from './ensemble';
import { bytes, lanes, splat } from './lanes';
import { uniform01, word0, word1, word2, word3 } from './philox';

// Set by the host: modes to a block, a multiple of 4 with zeros beyond its own; and the tables.
export let modes: i32 = 0;
/** [block][mode] decay rates k_i */
export let decay: usize = 0;
/** amplitudes at the start, in the top block */
export let start: usize = 0;
/** channels of jumps: three of each process, within the block, to j - 1 and to j + 1 */
export let channels: i32 = 3;
/** processes that have no channels, between emission and those that have */
export let skipped: i32 = 0;
/** how many matrices a block has, and of how many it is told what they reach: the channels, and where a Hamiltonian is left what it does */
export let tables: i32 = 0;
export let reaching: i32 = 0;
/** [block][channels, ..., committor][vector of rows][column]: between modes, of the jumps with their rates */
export let matrices: usize = 0;
/** [block]: address of its modes in the states |j, m>, [vector of rows][column] */
export let vectors: usize = 0;
/** [block][of those matrices][four columns] i32: vectors of rows in the image of so many columns */
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

/** Of a process's three channels, besides that within the block. */
const toLowerJ = 1;
const toHigherJ = 2;
/** Places of a process's counts in the record. */
const counts = 4;

/** the Philox block's words that the trajectory holds, as uniforms: (waiting time after, channel) of two events */
let random0: f64 = 0;
let random1: f64 = 0;
let random2: f64 = 0;
let random3: f64 = 0;
/** those of the event under way: of the waiting time after it, and of its channel */
export let waiting: f64 = 0;
export let choice: f64 = 0;

/** Bytes from one vector of rows of a matrix to the next. */
export function stride(): usize {
  return usize(modes) << 4;
}

/** One of the matrices of the walker's block. */
export function matrixOf<T>(which: i32): usize {
  return matrices + bytes<T>((walker.block * tables + which) * modes * modes);
}

/** Vectors of rows in its image of so many columns. */
export function reached(which: i32, columns: i32): i32 {
  return i32.load(reach + 4 * usize((walker.block * reaching + which) * (modes / 4) + columns / 4 - 1));
}

/** Takes the walker to the channel's block, and counts the jump; nothing by a number beyond the channels. */
export function leaveBy<T>(channel: i32): void {
  if (channel >= channels) return;
  const kind = channel % 3;
  walker.block += i32(kind === toLowerJ) - i32(kind === toHigherJ);
  if (walker.slot <= ensemble.burnInSlots) return;
  const process = channel / 3 + (channel < 3 ? 0 : skipped);
  ensemble.add<T>(ensemble.jumps + counts * process + (kind === 0 ? 0 : kind + 1), 1);
}

/** Vectors that hold all of x with a weight above `least`, of the first `most`; at least one. */
export function occupiedOf<T>(x: usize, most: i32, least: f64): i32 {
  const bound = splat<T>(least);
  let n = most;
  for (; n > 1; n--) {
    const value = v128.load(x + (usize(n - 1) << 4));
    if (v128.any_true(v128.gt<T>(v128.mul<T>(value, value), bound))) break;
  }
  return n;
}

/** Columns of so many vectors, up to the next multiple of 4. */
export function columnsOf<T>(vectors: i32): i32 {
  return (vectors * lanes<T>() + 3) & ~3;
}

/** Draws the event's uniforms, two events to a Philox block. */
export function refill(): void {
  if ((walker.event & 1) === 0) {
    draw(walker.event >> 1);
    random0 = uniform01(word0);
    random1 = uniform01(word1);
    random2 = uniform01(word2);
    random3 = uniform01(word3);
  }
  const second = (walker.event & 1) === 1;
  waiting = second ? random2 : random0;
  choice = second ? random3 : random1;
  walker.event++;
}
