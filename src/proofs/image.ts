/**
 * L x and L^+ x, the adjoint under the Hilbert-Schmidt product, in plain float64 and apart from every solver: one block of spin j at a time, each
 * element with a bound on what rounding may have done to it.
 *
 * In the real gauge x = R + iB, R symmetric and B antisymmetric, and (docs/guide/proofs.md) in the block of spin j
 *
 *     (L^+ x)_mm' = Omega [a(m) x_{m-1,m'} - a(m+1) x_{m+1,m'} + a(m') x_{m,m'-1} - a(m'+1) x_{m,m'+1}] + i (h_m - h_m') x_mm'
 *                   - (d_m + d_m') x_mm' / 2 + sum rate K(m) K(m') x^{j'}_{m+q,m'+q}
 *
 * with a the amplitude of lowering, d the decay, h the levels, and the sum over all jumps (j, m) -> (j', m + q). L has the transposed jumps, and
 * the signs of drive and levels turned over.
 */
import { emission, type JumpTable, jumpTable, levelShift, lowering, processes } from '../operators/ladder';
import type { Block, Pyramid } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';

/** A packed Hermitian operator of the symmetric pyramid: R alone, or R and behind it B with zeros on its diagonals. */
export type Packed = Float64Array;

/** Elements r >= c of one block, row by row, and a bound on what each of them is off. */
export interface BlockImage {
  readonly dim: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly error: Float64Array;
}

/**
 * Half an ulp of 1: every operation of float64 is right to this part of its result.
 *
 * An amplitude K is off by at most 3.5 of it, a product rate K K' x by 3.5 + 3.5 + 3, no other term by more. What is lost where terms are summed is
 * summed beside them (Neumaier), which leaves 1 of the sum, and squares: 11 of the sum of the moduli in all, and 1 as a margin for its rounding.
 */
export const UNIT_ROUNDOFF = 2 ** -53;
const OF_ELEMENT = 12 * UNIT_ROUNDOFF;
/** What products of the smallest numbers, and squares of those that are bounded, may lose by underflow is far below this. */
const UNDERFLOW = 1e-150;

export interface ImageRequest {
  readonly system: SystemParameters;
  readonly pyramid: Pyramid;
  readonly direction: 'forward' | 'adjoint';
  readonly x: Packed;
  /** added to it: this times x, ... */
  readonly rate?: number;
  /** ... and the elements r >= c of an operator, R's or B's; they may be off by 10 units of roundoff */
  readonly plus?: {
    readonly part: 're' | 'im';
    readonly element: (j: number, r: number, c: number) => number;
  };
}

/** All of L x + rate x + plus, or of L^+ x + ..., block by block. */
export function* images(request: ImageRequest): Generator<BlockImage> {
  const tables = request.pyramid.blocks.map(({ j }) =>
    processes.map((process) => jumpTable(process, request.system.atoms, j)),
  );
  for (const block of request.pyramid.blocks) yield imageOf(request, block, tables);
}

/** often factor_r factor_c x^{from}_{r+shift,c+shift} */
interface Jump {
  /** its rate */
  readonly often: number;
  readonly from: number;
  readonly shift: number;
  readonly factor: (r: number) => number;
}

function jumpsInto(
  { system, direction }: ImageRequest,
  b: number,
  tables: readonly (readonly JumpTable[])[],
): Jump[] {
  /** by how much a jump moves the block's index, for each kind of amplitude */
  const kinds = { collective: 0, same: 0, down: 1, up: -1 } as const;
  return processes.flatMap(({ individual, collective, step }, p) =>
    (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind): Jump[] => {
      const often = system[kind === 'collective' ? collective : individual];
      const moves = kinds[kind];
      // m changes by `step`, and row 0 is m = -j.
      const rows = step - moves;
      const adjoint = direction === 'adjoint';
      const from = adjoint ? b + moves : b - moves;
      const table = tables[adjoint ? b : from]?.[p][kind];
      if (often === 0 || table === undefined || tables[from] === undefined) return [];
      const shift = adjoint ? rows : -rows;
      return [{ often, from, shift, factor: (r) => table[adjoint ? r : r - rows] ?? 0 }];
    }),
  );
}

function imageOf(request: ImageRequest, block: Block, tables: readonly (readonly JumpTable[])[]): BlockImage {
  const { system, pyramid, direction, x, rate = 0, plus } = request;
  const { j, dim, index: b } = block;
  const sign = direction === 'adjoint' ? 1 : -1;
  const imaginary = x.length > pyramid.unknowns ? x.subarray(pyramid.unknowns) : null;
  const rows = Array.from({ length: dim + 1 }, (_, r) => r);
  const a = rows.map((r) => (r < dim ? lowering(j, r - j) : 0));
  const decay = rows.map((r) =>
    processes.reduce(
      (sum, { individual, collective, same, total }) =>
        sum + system[collective] * same(j, r - j) + system[individual] * total(system.atoms, r - j),
      0,
    ),
  );
  const level = rows.map((r) => sign * levelShift(system, j, r - j));
  // Detuning and shift may cancel in it, and what rounding did to them does not.
  const levelSize = rows.map(
    (r) =>
      Math.abs(system.collectiveShift) * emission.same(j, r - j) +
      Math.abs(system.detuning) * Math.abs(r - j),
  );
  const jumps = jumpsInto(request, b, tables).map(({ factor, ...jump }) => ({
    ...jump,
    factors: rows.map(factor),
  }));
  const drive = sign * system.omega;
  const length = (dim * (dim + 1)) / 2;
  const image = {
    dim,
    re: new Float64Array(length),
    im: new Float64Array(length),
    error: new Float64Array(length),
  };
  const isReal = imaginary === null && plus?.part !== 'im' && levelSize.every((size) => size === 0);
  for (const part of isReal ? (['re'] as const) : (['re', 'im'] as const)) {
    const [own, other] = part === 're' ? [x, imaginary] : [imaginary, x];
    const parity = part === 're' ? 1 : -1;
    const at = (of: Float64Array | null, from: number, r: number, c: number, parity: number): number => {
      const size = pyramid.blocks[from].dim;
      if (of === null || r < 0 || c < 0 || r >= size || c >= size) return 0;
      // Whatever a file holds there.
      if (parity < 0 && r === c) return 0;
      return r >= c ? of[pyramid.index(from, r, c)] : parity * of[pyramid.index(from, c, r)];
    };
    for (let r = 0; r < dim; r++) {
      for (let c = 0; c <= r; c++) {
        // B is 0 on its diagonal, and so is its image.
        if (part === 'im' && r === c) continue;
        let [sum, lost, size] = [0, 0, 0];
        const add = (term: number, most = Math.abs(term)) => {
          const next = sum + term;
          lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
          sum = next;
          size += most;
        };
        const here = (dr: number, dc: number) => at(own, b, r + dr, c + dc, parity);
        add(drive * a[r] * here(-1, 0));
        add(-drive * a[r + 1] * here(1, 0));
        add(drive * a[c] * here(0, -1));
        add(-drive * a[c + 1] * here(0, 1));
        add(-((decay[r] + decay[c]) / 2) * here(0, 0));
        for (const { often, from, shift, factors } of jumps)
          add(often * factors[r] * factors[c] * at(own, from, r + shift, c + shift, parity));
        add(rate * here(0, 0));
        if (plus?.part === part) add(plus.element(j, r, c));
        // i (h_m - h_m') (R + iB), of which the sum of the moduli counts both levels apart.
        const turned = at(other, b, r, c, -parity);
        add(-parity * (level[r] - level[c]) * turned, (levelSize[r] + levelSize[c]) * Math.abs(turned));
        const i = (r * (r + 1)) / 2 + c;
        image[part][i] = sum + lost;
        image.error[i] += OF_ELEMENT * size + UNDERFLOW;
      }
    }
  }
  return image;
}
