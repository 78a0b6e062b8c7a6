/** The dark port's modes as the shader reads them: float32, dealt to lanes, padded with zeros. */
import { array, f32, Struct, u32 } from '../gpu/struct';
import { turnOfAxes } from '../mean-field/turn';
import { crssAngle, crssOfEveryJ } from '../operators/crss';
import {
  type DarkPortBlock,
  darkPortStart,
  type ModeMatrix,
  modeMatrix,
  modesKept,
} from '../operators/dark-port';
import { type Propagator, rungs } from '../operators/detuned-dark-port';
import { Pyramid } from '../operators/pyramid';
import { isReal, type SystemParameters } from '../parameters/system';

/** A system's modes as they are walked. */
export interface DarkPortModes {
  readonly blocks: readonly DarkPortBlock[];
  /** by which their axes are turned about z */
  readonly turn: number;
  /** [block] exp(-(K + iH) t) for the times of its ladder, where there is a Hamiltonian; else none */
  readonly ladders: readonly (readonly Propagator[])[];
}

/** 0 where all is real. */
export const turnOf = (system: SystemParameters) => (isReal(system) ? 0 : turnOfAxes(system));

export interface DarkPortTables {
  readonly blockCount: number;
  /** modes to a block in every table */
  readonly modes: number;
  /** how many numbers of modeTable are the turn's */
  readonly angles: number;
  /** [block][table][component][row][lane]: `operatorsOf`, and `committorOf` (zeros without one) */
  readonly jumps: Float32Array<ArrayBuffer>;
  /**
   * [block][mode] the decay rates, a row of the amplitudes at the start, [block][mode] the CRSS (zeros without one); where there is a
   * Hamiltonian that in two parts, and [row] cosine and sine of the turn's angle
   */
  readonly modeTable: Float32Array<ArrayBuffer>;
  /** [block], structs of `blockOf` */
  readonly blocks: ArrayBuffer;
  /** [block][operator][c]: components of the image of the first c + 1 components */
  readonly reach: readonly (readonly number[])[];
  /** [block][component][row][lane], rows padded to whole passes */
  readonly vectors: Float32Array<ArrayBuffer>;
}

/** Matrices of a block: first those of `operatorsOf`, of which emission's jumps are the first, then those of `committorOf`; and how many. */
export const tablePlaces = ({ blocks: [top] }: DarkPortModes) => {
  const channels = channelsOf(top).length;
  const places = { within: 0, toLowerJ: 1, toHigherJ: 2, channels };
  if (top.hamiltonian === null) return { ...places, committorTable: channels, tables: channels + 1 };
  const propagators = channels + 1;
  const committorTable = propagators + 2 * rungs;
  return { ...places, hamiltonian: channels, propagators, rungs, committorTable, tables: committorTable + 2 };
};

/** What is known of one block, for walkers whose lanes hold so many components each. */
/** @param operators of a block, `operatorsOf` */
export const blockOf = (components: number, operators: number) =>
  new Struct('Block', {
    /** where its eigenvectors start, in rows of one component */
    vectors: u32,
    /** 2j + 1 */
    dim: u32,
    /** the shortest time of its ladder, where it has one */
    shortest: f32,
    /** [operator][c]: components of the image of the first c + 1 components */
    reach: array(array(u32, components), operators),
  });

/** Elements below this part of an operator's largest are not worth a component of its image. */
const negligible = 1e-7;

/**
 * @param committor packed, or null for none
 * @param lanes of a walker: 4 with `shaders/dark-port/quad.wgsl`, 1 with `single.wgsl`
 */
export function darkPortTables(
  system: SystemParameters,
  all: DarkPortModes,
  lanes: number,
  committor: Float64Array | null,
): DarkPortTables {
  const modes = modesKept(system);
  const padded = (rows: number) => Math.ceil(rows / lanes) * lanes;
  const { blocks: table } = all;
  const { amplitudes } = darkPortStart(table);
  const crss = crssOfEveryJ(system);
  const blockCount = table.length;
  const { tables } = tablePlaces(all);
  const isDetuned = table[0].hamiltonian !== null;
  const parts = isDetuned ? [Math.cos, (angle: number) => -Math.sin(angle)] : [() => 1];
  const angles = isDetuned ? 2 * (padded(system.atoms + 1) + lanes) : 0;
  const turn = all.turn + crssAngle(system);
  const jumps = new Float32Array(blockCount * tables * modes * modes);
  const modeTable = new Float32Array(((1 + parts.length) * blockCount + 1) * modes + angles);
  const Block = blockOf(modes / lanes, operatorsOf(all, 0).length);
  const blocks = new ArrayBuffer(blockCount * Block.size);
  const reach = table.map((_, b) => reachesOf(all, b, modes, lanes, negligible));
  const vectors = new Float32Array(table.reduce((sum, { j }) => sum + modes * padded(2 * j + 1), 0));
  /** Place of a matrix element: rows by component, the component's columns side by side. */
  const place = (row: number, column: number, rows: number) =>
    (Math.floor(column / lanes) * rows + row) * lanes + (column % lanes);
  let end = 0;
  table.forEach((block, b) => {
    const dim = 2 * block.j + 1;
    // rounding may leave the lowest mode's jump rate slightly below zero
    modeTable.set(
      block.decay.map((k) => Math.max(k, 0)),
      b * modes,
    );
    const shortest = all.ladders[b]?.[0].time ?? 0;
    Block.write(blocks, { vectors: end / lanes, dim, shortest, reach: reach[b] }, b);
    block.vectors.forEach((vector, i) => {
      for (let row = 0; row < dim; row++) vectors[end + place(row, i, padded(dim))] = vector[row];
      if (!crss) return;
      parts.forEach((part, p) => {
        const turned = crss[b].map((value, r) => value * part(turn * r));
        modeTable[((1 + p) * blockCount + 1 + b) * modes + i] = inner(vector, turned);
      });
    });
    end += modes * padded(dim);
    const projected = committor ? committorOf(all, b, committor) : [];
    [...operatorsOf(all, b), ...projected].forEach(({ rows, columns, matrix }, channel) => {
      const at = (b * tables + channel) * modes * modes;
      for (let row = 0; row < rows; row++) {
        for (let c = 0; c < columns; c++) jumps[at + place(row, c, modes)] = matrix[row * columns + c];
      }
    });
  });
  modeTable.set(amplitudes, blockCount * modes);
  for (let r = 0; r < angles / 2; r++) {
    const place = modeTable.length - angles + 2 * r;
    [modeTable[place], modeTable[place + 1]] = [Math.cos(all.turn * r), Math.sin(all.turn * r)];
  }
  return { blockCount, modes, angles, jumps, modeTable, blocks, reach, vectors };
}

function inner(x: Float64Array, y: Float64Array): number {
  return x.reduce((sum, value, i) => sum + value * y[i], 0);
}

/** Three of each process, emission first. */
export const channelsOf = (block: DarkPortBlock) =>
  [block, ...block.others].flatMap(({ within, toLowerJ, toHigherJ }) => [within, toLowerJ, toHigherJ]);

/** What acts on block b's amplitudes, in the order of its tables: the channels, and where there is a Hamiltonian it and its ladder. */
export function operatorsOf({ blocks, ladders }: DarkPortModes, b: number): ModeMatrix[] {
  const { hamiltonian } = blocks[b];
  const channels = channelsOf(blocks[b]);
  if (hamiltonian === null) return channels;
  return [...channels, hamiltonian, ...ladders[b].flatMap(({ re, im }) => [re, im])];
}

/** The committor's matrices in block b: one, or where there is a Hamiltonian those of its symmetric and its antisymmetric part. */
export function committorOf(
  { blocks, turn }: DarkPortModes,
  b: number,
  committor: Float64Array,
): ModeMatrix[] {
  const pyramid = new Pyramid(2 * blocks[0].j);
  const symmetric = (r: number, c: number) => pyramid.element(committor, b, r, c);
  if (blocks[b].hamiltonian === null) return [modeMatrix(blocks[b], symmetric)];
  const antisymmetric = (r: number, c: number) =>
    Math.sign(r - c) * (committor[pyramid.unknowns + pyramid.index(b, Math.max(r, c), Math.min(r, c))] ?? 0);
  return [
    modeMatrix(
      blocks[b],
      (r, c) => Math.cos(turn * (r - c)) * symmetric(r, c) - Math.sin(turn * (r - c)) * antisymmetric(r, c),
    ),
    modeMatrix(
      blocks[b],
      (r, c) => Math.sin(turn * (r - c)) * symmetric(r, c) + Math.cos(turn * (r - c)) * antisymmetric(r, c),
    ),
  ];
}

/** Of each of block b's operators `reachOf`; of a propagator that of both its parts. */
export function reachesOf(
  all: DarkPortModes,
  b: number,
  modes: number,
  lanes: number,
  part: number,
): number[] {
  const operators = operatorsOf(all, b);
  const whole = (all.ladders[b] ?? []).flatMap(({ re, im }) => {
    const both = { ...re, matrix: re.matrix.map((value, i) => Math.hypot(value, im.matrix[i])) };
    return [both, both];
  });
  const alone = operators.slice(0, operators.length - whole.length);
  return [...alone, ...whole].flatMap((operator) => reachOf(operator, modes, lanes, part));
}

/**
 * For each c, how many components the image of the first c + 1 components has.
 * @param part elements below this part of the largest are left out
 */
export function reachOf(
  { rows, columns, matrix }: ModeMatrix,
  modes: number,
  lanes: number,
  part: number,
): number[] {
  const least = part * matrix.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const reached: number[] = [];
  let last = 0;
  for (let c = 0; c < modes / lanes; c++) {
    for (let column = c * lanes; column < Math.min((c + 1) * lanes, columns); column++) {
      for (let row = last; row < rows; row++) {
        if (Math.abs(matrix[row * columns + column]) > least) last = row;
      }
    }
    reached.push(rows === 0 ? 0 : Math.floor(last / lanes) + 1);
  }
  return reached;
}
