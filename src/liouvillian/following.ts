/**
 * Which sector a mode off resonance was of on resonance, where the sectors do not mix: the modes are followed from there, in steps of the detuning
 * and the collective shift that are small enough to know each mode again by its overlaps with those before.
 */

/** A mode on the whole pyramid: real bases of its right and left subspace, which need not be biorthonormal. */
export interface FollowedMode {
  readonly re: number;
  readonly im: number;
  /** 1 of the symmetric sector, 0 of the other, 1/2 of a pair that was one mode of each */
  readonly symmetric: number;
  readonly right: readonly Float64Array[];
  readonly left: readonly Float64Array[];
}

type Inner = (x: Float64Array, y: Float64Array) => number;

/** The first step, of the whole way, and the least. */
const FIRST = 1 / 4;
const LEAST = 1 / 16;
/** The slowest modes that must be known again, and the overlap that is enough. */
const LOOKED_AT = 3;
const SURE = 0.7;
/** A mode that is known less than this has come from where nothing was looked at. */
const UNKNOWN = 0.3;

/**
 * @param modesAt the modes at a part of the way, 0 on resonance and 1 at the end, by rising decay; `symmetric` as good as it is known there
 * @returns those at the end
 */
export async function followed(
  modesAt: (part: number) => Promise<readonly FollowedMode[]>,
  inner: Inner,
): Promise<readonly FollowedMode[]> {
  let before = await modesAt(0);
  let [part, step] = [0, FIRST];
  for (;;) {
    const next = Math.min(1, part + step);
    const now = await modesAt(next);
    const carried = now.map((mode) => carry(mode, before, inner));
    if (step > LEAST && carried.slice(0, LOOKED_AT).some(({ known }) => known < SURE)) {
      step /= 2;
      continue;
    }
    before = now.map((mode, i) => ({ ...mode, symmetric: sectorOf(mode, carried[i]) }));
    if (next === 1) return before;
    part = next;
    step *= 1.5;
  }
}

/** How much of a mode was known before, and what share of that was symmetric. */
function carry(mode: FollowedMode, before: readonly FollowedMode[], inner: Inner) {
  let [known, share] = [0, 0];
  for (const one of before) {
    const overlap = overlapOf(one, mode, inner);
    known += overlap;
    share += overlap * one.symmetric;
  }
  return { known, share: share / known };
}

/** A whole sector, or half of either for a pair; by the mode's own share where it was not known before, or had just been half of a pair. */
function sectorOf({ im, symmetric }: FollowedMode, { known, share }: ReturnType<typeof carry>): number {
  if (im > 0 && known >= UNKNOWN) return Math.round(2 * share) / 2;
  const isClear = known >= UNKNOWN && Math.abs(share - 0.5) > 0.2;
  return (isClear ? share : symmetric) >= 0.5 ? 1 : 0;
}

/** Tr P_a P_b over the dimension of b, P the projectors U (W^T U)^-1 W^T: 1 for the same mode, and summed over all modes a. */
function overlapOf(a: FollowedMode, b: FollowedMode, inner: Inner): number {
  const products = (left: readonly Float64Array[], right: readonly Float64Array[]) =>
    left.map((w) => right.map((u) => inner(w, u)));
  const one = multiply(inverse(products(a.left, a.right)), products(a.left, b.right));
  const other = multiply(inverse(products(b.left, b.right)), products(b.left, a.right));
  return multiply(one, other).reduce((sum, row, i) => sum + row[i], 0) / b.right.length;
}

const multiply = (a: readonly number[][], b: readonly number[][]) =>
  a.map((row) => b[0].map((_, c) => row.reduce((sum, value, k) => sum + value * b[k][c], 0)));

/** Of a 1 x 1 or 2 x 2 matrix. */
function inverse(a: readonly number[][]): number[][] {
  if (a.length === 1) return [[1 / a[0][0]]];
  const [[p, q], [r, s]] = a;
  const determinant = p * s - q * r;
  return [
    [s / determinant, -q / determinant],
    [-r / determinant, p / determinant],
  ];
}
