/**
 * The Liouvillian as a stencil on the pyramid, in numbers that depend on one row index alone.
 *
 * The general model in the real gauge couples element (m, m') of the block j to itself and twelve others, Eq. (1) to eight. Written by rows
 * r = m + j, columns c = m' + j and blocks b = N/2 - j, for each of the two parts of rho = R + iB,
 *
 *   y[b,r,c] = (diagonal_r + diagonal_c) x[b,r,c]
 *            + next_r x[b,r+1,c] + previous_r x[b,r-1,c] + next_c x[b,r,c+1] + previous_c x[b,r,c-1]
 *            + sum over emission, pumping, dephasing of
 *              stay_r stay_c x[b,r+t,c+t] + above_r above_c x[b-1,r+t+1,c+t+1] + below_r below_c x[b+1,r+t-1,c+t-1]
 *
 * with t = 1, -1, 0 for L and t = -1, 1, 0 for its transpose under the Hilbert-Schmidt product, Tr(x^T y): the same kernel serves both. A detuning
 * or a collective shift couples the two parts at one element: (level_r - level_c) B[b,r,c] is added to R, and (level_r - level_c) R[b,r,c] is
 * taken from B. A factor whose source lies outside the pyramid is zero. Nothing else of the matrix is stored.
 */
import {
  dephasing,
  emission,
  type JumpTable,
  jumpTable,
  levelShift,
  lowering,
  mergedRate,
  type Process,
  processes,
  pumping,
} from '../operators/ladder';
import type { Pyramid } from '../operators/pyramid';
import { isReal, type SystemParameters } from '../parameters/system';

export type Direction = 'forward' | 'transposed';

/**
 * Counting jumps of A = S_- + beta (the real gauge's) weights each with exp(-s): the generator is L + (exp(-s) - 1) gamma_1D A . A^+.
 */
export interface Tilt {
  /** s, the counting field */
  readonly field: number;
  /** beta */
  readonly displacement: number;
}

/** Factors by row, all blocks one after the other: row r of block b is at `rowOffset[b] + r`. */
export interface Stencil {
  readonly direction: Direction;
  readonly rowOffset: readonly number[];
  readonly diagonal: Float64Array;
  readonly next: Float64Array;
  readonly previous: Float64Array;
  /** those of emission, and behind them those of pumping and of dephasing, where they are on */
  readonly jumps: readonly JumpFactors[];
  /** h_m of L, -h_m of the transpose; null where R and B are computed each by itself */
  readonly level: Float64Array | null;
}

/** A process's factors, square-rooted rates in them. */
export interface JumpFactors {
  /** t */
  readonly shift: number;
  readonly stay: Float64Array;
  readonly above: Float64Array;
  readonly below: Float64Array;
}

/**
 * Whether R and B are computed each by itself: the Liouvillian is real, and there is emission by which the drive can be displaced away
 * (src/operators/dark-port.ts).
 */
export const splits = (system: SystemParameters) =>
  isReal(system) && (system.gamma1D + system.gammaF > 0 || system.omega === 0);

/** Whether the process is in the stencil: emission always. */
export const isInStencil = (system: SystemParameters, { individual, collective }: Process) =>
  individual === emission.individual || system[individual] + system[collective] > 0;

/** The factors of L or of its transpose, in the unit of the system's rates. @param tilt where jumps are counted */
export function stencil(
  system: SystemParameters,
  pyramid: Pyramid,
  direction: Direction,
  tilt: Tilt = { field: 0, displacement: 0 },
): Stencil {
  const { atoms, omega } = system;
  const { blocks } = pyramid;
  const rowOffset: number[] = [];
  let rows = 0;
  for (const { dim } of blocks) {
    rowOffset.push(rows);
    rows += dim;
  }
  const make = (factor: (b: number, r: number) => number) => {
    const values = new Float64Array(rows);
    for (const { index: b, dim } of blocks)
      for (let r = 0; r < dim; r++) values[rowOffset[b] + r] = factor(b, r);
    return values;
  };
  const m = (b: number, r: number) => r - blocks[b].j;
  const down = (b: number, r: number) => (r < blocks[b].dim ? lowering(blocks[b].j, m(b, r)) : 0);
  const decay = (b: number, r: number) =>
    processes.reduce((sum, { individual, collective, same, total }) => {
      const { j } = blocks[b];
      return sum + system[collective] * same(j, m(b, r)) + system[individual] * total(atoms, m(b, r));
    }, 0);
  const sign = direction === 'forward' ? 1 : -1;
  // S_- . S_+ is a factor of what stays in the block; the rest of A . A^+ is of the form of the drive and of the diagonal.
  const excess = Math.expm1(-tilt.field) * system.gamma1D;
  const { displacement } = tilt;
  const mixed = (forDirection: Direction) => (direction === forDirection ? excess * displacement : 0);
  const rateWithin = (process: Process, j: number) =>
    mergedRate(process, system, j) + (process === emission ? excess : 0);
  return {
    direction,
    rowOffset,
    diagonal: make((b, r) => (excess * displacement ** 2 - decay(b, r)) / 2),
    next: make((b, r) => (sign * omega + mixed('forward')) * down(b, r + 1)),
    previous: make((b, r) => (-sign * omega + mixed('transposed')) * down(b, r)),
    jumps: [emission, pumping, dephasing]
      .filter((process) => isInStencil(system, process))
      .map((process) => jumpFactors(process)),
    level: splits(system) ? null : make((b, r) => sign * levelShift(system, blocks[b].j, m(b, r))),
  };

  function jumpFactors(process: Process): JumpFactors {
    const tables = blocks.map(({ j }) => jumpTable(process, atoms, j));
    const merged = blocks.map(({ j }) => Math.sqrt(rateWithin(process, j)));
    const root = Math.sqrt(system[process.individual]);
    const of = (kind: keyof JumpTable, b: number, r: number) => tables[b]?.[kind][r] ?? 0;
    const shift = shiftOf(process, direction);
    // Forward: what this block, the one above and the one below send here. Transposed: where this block's own go.
    return direction === 'forward'
      ? {
          shift,
          stay: make((b, r) => merged[b] * of('collective', b, r + shift)),
          above: make((b, r) => root * of('down', b - 1, r + shift + 1)),
          below: make((b, r) => root * of('up', b + 1, r + shift - 1)),
        }
      : {
          shift,
          stay: make((b, r) => merged[b] * of('collective', b, r)),
          above: make((b, r) => (b > 0 ? root * of('up', b, r) : 0)),
          below: make((b, r) => (b + 1 < blocks.length ? root * of('down', b, r) : 0)),
        };
  }
}

/** t, from an element to the source of a process within its block. */
export const shiftOf = ({ step }: Process, direction: Direction): number =>
  direction === 'forward' ? 0 - step : step;
