/** The dark port's modes as `assembly/dark-port.ts` reads them. */
import {
  type DarkPortBlock,
  darkPortStart,
  type ModeMatrix,
  modeMatrix,
  modesKept,
} from '../operators/dark-port';
import { Pyramid } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';
import { channelsOf, reachOf } from './dark-port-tables';
import type { LinearMemory, Numbers } from './linear-memory';

/** Columns that a walk takes together. */
const together = 4;

/**
 * What is neglected: in float32 what the shaders neglect, in float64 nothing that a float64 could tell. Modes of less than this
 * share of the weight right before a jump; elements of an operator below this part of its largest; and log u at which the
 * search for a waiting time takes its last step, of third order.
 */
const neglected = {
  float32: { negligible: 1e-10, elements: 1e-7, close: 5e-3 },
  float64: { negligible: 0, elements: 0, close: 1e-6 },
} as const;

/** Places all of it; returns the addresses and numbers of the code's globals. */
export function layDarkPort(
  memory: LinearMemory,
  system: SystemParameters,
  blocks: readonly DarkPortBlock[],
  committor: Float64Array | null,
) {
  const { lanes } = memory;
  const padded = (count: number) => Math.ceil(count / together) * together;
  const modes = padded(Math.min(modesKept(system), system.atoms + 1));
  const pyramid = new Pyramid(system.atoms);
  const { elements, ...limits } = neglected[memory.precision];
  const decay = memory.table(blocks.length * modes);
  const start = memory.table(modes);
  const channels = channelsOf(blocks[0]).length;
  const tables = channels + 1;
  const matrices = memory.table(blocks.length * tables * modes ** 2);
  const reach = memory.wordTable((blocks.length * channels * modes) / together);
  const vectors = memory.wordTable(blocks.length);
  const place = (numbers: Numbers, at: number, row: number, column: number, value: number) => {
    numbers[at + (Math.floor(row / lanes) * modes + column) * lanes + (row % lanes)] = value;
  };
  const placeMatrix = (at: number, { rows, columns, matrix }: ModeMatrix) => {
    for (let row = 0; row < rows; row++) {
      for (let c = 0; c < columns; c++) place(matrices.numbers, at, row, c, matrix[row * columns + c]);
    }
  };
  start.numbers.set(darkPortStart(blocks).amplitudes);
  blocks.forEach((block, b) => {
    // rounding may leave the lowest mode's jump rate slightly below zero
    decay.numbers.set(
      block.decay.map((k) => Math.max(k, 0)),
      b * modes,
    );
    const jumps = channelsOf(block);
    const reached = jumps.flatMap((jump) => reachOf(jump, modes, together, elements));
    reach.numbers.set(
      reached.map((groups) => (groups * together) / lanes),
      b * reached.length,
    );
    const projected = committor ? [modeMatrix(block, (r, c) => pyramid.element(committor, b, r, c))] : [];
    [...jumps, ...projected].forEach((matrix, t) => {
      placeMatrix((b * tables + t) * modes ** 2, matrix);
    });
    const inStates = memory.table(memory.inVectors(2 * block.j + 1) * modes);
    block.vectors.forEach((vector, i) => {
      vector.forEach((value, row) => {
        place(inStates.numbers, 0, row, i, value);
      });
    });
    vectors.numbers[b] = inStates.address;
  });
  return {
    ...limits,
    modes,
    channels,
    decay: decay.address,
    start: start.address,
    matrices: matrices.address,
    reach: reach.address,
    vectors: vectors.address,
    hasCommittor: committor === null ? 0 : 1,
    now: memory.room(modes),
    atJump: memory.room(modes),
    image: memory.room(modes),
  };
}
