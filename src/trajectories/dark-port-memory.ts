/** The dark port's modes as `assembly/dark-port.ts` reads them. */
import { darkPortStart, type ModeMatrix, modesKept, skippedProcesses } from '../operators/dark-port';
import { rung, rungs } from '../operators/detuned-dark-port';
import type { SystemParameters } from '../parameters/system';
import { channelsOf, committorOf, type DarkPortModes, operatorsOf, reachesOf } from './dark-port-tables';
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

/** Terms of the Taylor series that goes on by less than a ladder's shortest time. */
const orders = { float32: 5, float64: 11 } as const;
/** How close in log u a jump's time is found on it. */
const found = { float32: 3e-6, float64: 1e-12 } as const;

/** Places all of it; returns the addresses and numbers of the code's globals. */
export function layDarkPort(
  memory: LinearMemory,
  system: SystemParameters,
  all: DarkPortModes,
  committor: Float64Array | null,
) {
  const { blocks } = all;
  const { lanes } = memory;
  const padded = (count: number) => Math.ceil(count / together) * together;
  const modes = padded(Math.min(modesKept(system), system.atoms + 1));
  const { elements, ...limits } = neglected[memory.precision];
  const hasHamiltonian = blocks[0].hamiltonian !== null;
  const reaching = operatorsOf(all, 0).length;
  const tables = reaching + (hasHamiltonian ? 2 : 1);
  const decay = memory.table(blocks.length * modes);
  const start = memory.table(modes);
  const matrices = memory.table(blocks.length * tables * modes ** 2);
  const reach = memory.wordTable((blocks.length * reaching * modes) / together);
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
    const operators = operatorsOf(all, b);
    const reached = reachesOf(all, b, modes, together, elements);
    reach.numbers.set(
      reached.map((groups) => (groups * together) / lanes),
      b * reached.length,
    );
    const projected = committor ? committorOf(all, b, committor) : [];
    [...operators, ...projected].forEach((matrix, t) => {
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
  const amplitudes = () => memory.room((hasHamiltonian ? 2 : 1) * modes);
  return {
    ...limits,
    modes,
    channels: channelsOf(blocks[0]).length,
    skipped: skippedProcesses(system),
    tables,
    reaching,
    decay: decay.address,
    start: start.address,
    matrices: matrices.address,
    reach: reach.address,
    vectors: vectors.address,
    hasCommittor: committor === null ? 0 : 1,
    now: amplitudes(),
    atJump: amplitudes(),
    image: amplitudes(),
    ...(hasHamiltonian && layEvolution(memory, system, all, modes)),
  };
}

/** What `assembly/detuned-dark-port.ts` reads besides. */
function layEvolution(
  memory: LinearMemory,
  { atoms }: SystemParameters,
  { turn, ladders }: DarkPortModes,
  modes: number,
) {
  const ofRows = (part: (angle: number) => number) => {
    const table = memory.table(memory.inVectors(atoms + 1));
    for (let r = 0; r <= atoms; r++) table.numbers[r] = part(turn * r);
    return table.address;
  };
  return {
    part: modes * memory.size,
    rungs,
    rung,
    shortest: memory.scalars(ladders.map(([{ time }]) => time)),
    orders: orders[memory.precision],
    close: found[memory.precision],
    series: memory.room(2 * (orders[memory.precision] + 1) * modes),
    cosine: ofRows(Math.cos),
    sine: ofRows(Math.sin),
  };
}
