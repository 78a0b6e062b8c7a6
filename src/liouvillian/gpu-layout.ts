/** What the kernels in `shaders/liouvillian/` share with the host: the stencil, and the vectors and scalars of an iteration. */
import { array, constants, f32, Struct, u32 } from '../gpu/struct';
import type { Liouvillian } from './liouvillian';
import type { Stencil } from './stencil';

/** Columns and rows of a tile. 32 columns suit a warp, and waste little on blocks of some tens of rows. */
export const tileColumns = 32;
const tileRows = 16;

/** Slots of `vectors`; the last one keeps the best iterate. */
export const slot = { x: 0, r0: 1, r1: 2, r2: 3, u0: 4, u1: 5, u2: 6, best: 7 } as const;
/** The deflations that `equationVectors` has room for. */
export const mostDeflations = 6;
/** Dots of a pass at most: places of a workgroup among the partial sums. */
export const products = 9;
/** Invocations to a workgroup of a pass over the vectors. */
export const workgroupSize = 64;

/** The correction equation. */
export const Equation = new Struct('Equation', {
  unknowns: u32,
  deflations: u32,
  /** workgroups of the passes over vectors, and of the matvec */
  passWorkgroups: u32,
  tiles: u32,
  /** theta, sigma and the preconditioner's pole 0.12 max |d|, rates */
  theta: f32,
  sigma: f32,
  pole: f32,
});

/** What the reductions leave. */
export const Scalars = new Struct('Scalars', {
  rho: f32,
  alpha: f32,
  beta: f32,
  g1: f32,
  g2: f32,
  /** |r0|^2 after the cycle */
  residual: f32,
  /** functional_d . (the next matvec's input) */
  overlaps: array(f32, mostDeflations),
});

/** Slots of x and y. */
export const Step = new Struct('Step', { input: u32, output: u32 });

/** One row of the stencil, in 32 bytes: with the jumps of emission. */
export const Factors = new Struct('Factors', {
  diagonal: f32,
  next: f32,
  previous: f32,
  stay: f32,
  above: f32,
  below: f32,
  level: f32,
  unused: f32,
});

/** The jumps of one of up to two processes more, in 16 bytes: two for each row. */
export const JumpFactors = new Struct('JumpFactors', { stay: f32, above: f32, below: f32, unused: f32 });
export const mostOthers = 2;

/** In 32 bytes. */
export const Tile = new Struct('Tile', {
  /** where the block's elements, and those of the blocks above and below it, start in a packed vector */
  offset: u32,
  aboveOffset: u32,
  belowOffset: u32,
  /** where the block's rows start among the factors */
  rowOffset: u32,
  /** first row, one past the last, first column */
  firstRow: u32,
  endRow: u32,
  firstColumn: u32,
  /** 0 of R, 1 of B */
  part: u32,
});

export const liouvillianDeclarations = [
  ...[Equation, Scalars, Step, Factors, JumpFactors, Tile].map(({ wgsl }) => wgsl),
  constants({ products, workgroupSize }),
  constants(Object.fromEntries(Object.entries(slot).map(([name, place]) => [name.toUpperCase(), place]))),
].join('\n');

/** Factors by row. */
export function packFactors({ diagonal, next, previous, jumps, level }: Stencil): ArrayBuffer {
  const [{ stay, above, below }] = jumps;
  return Factors.pack(
    Array.from(diagonal, (_, k) => ({
      diagonal: diagonal[k],
      next: next[k],
      previous: previous[k],
      stay: stay[k],
      above: above[k],
      below: below[k],
      level: level?.[k] ?? 0,
      unused: 0,
    })),
  );
}

/** Those of pumping and dephasing by row; one row of zeros where neither is on. */
export function packOthers({ diagonal, jumps }: Stencil): ArrayBuffer {
  const others = jumps.slice(1);
  const rows = others.length > 0 ? diagonal.length : 1;
  return JumpFactors.pack(
    Array.from({ length: rows }, (_, k) =>
      Array.from({ length: mostOthers }, (_, o) => ({
        stay: others[o]?.stay[k] ?? 0,
        above: others[o]?.above[k] ?? 0,
        below: others[o]?.below[k] ?? 0,
        unused: 0,
      })),
    ).flat(),
  );
}

/** Tiles of the lower triangle of every block, of every part. */
export function packTiles({ pyramid, halves, stencils }: Liouvillian): ArrayBuffer {
  const { blocks } = pyramid;
  const { rowOffset } = stencils.forward;
  const all = halves.flatMap((half) => blocks.map((block) => ({ ...half, ...block })));
  const tiles = all.flatMap(({ first, sector, index: b, dim, offset }) => {
    const ofBlock = {
      offset: first + offset,
      aboveOffset: first + (blocks[b - 1]?.offset ?? 0),
      belowOffset: first + (blocks[b + 1]?.offset ?? 0),
      rowOffset: rowOffset[b],
      part: sector === 'symmetric' ? 0 : 1,
    };
    return range(0, dim, tileColumns).flatMap((firstColumn) =>
      range(firstColumn - (firstColumn % tileRows), dim, tileRows).map((firstRow) => ({
        ...ofBlock,
        firstRow,
        endRow: Math.min(firstRow + tileRows, dim),
        firstColumn,
      })),
    );
  });
  return Tile.pack(tiles);
}

/** first, first + step, ... below end */
function range(first: number, end: number, step: number): number[] {
  return Array.from({ length: Math.ceil((end - first) / step) }, (_, i) => first + i * step);
}
