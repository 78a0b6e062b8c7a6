/** L and its transpose, matrix-free: the stencil of ../stencil.ts on packed vectors. Addresses are in bytes, and the host sets them. */
import { load, plus } from './lanes';

/** number of blocks; of each the dimension, the byte offset in a vector, and the first row: three i32 */
export let blocks: i32 = 0;
export let blockTable: usize = 0;
/** the factors by row: diagonal, next, previous, stay, above, below, each `rowStride` bytes */
export let factors: usize = 0;
export let rowStride: usize = 0;
/** row shifts of the jump terms */
export let stayShift: i32 = 0;
export let aboveShift: i32 = 0;
export let belowShift: i32 = 0;

/** Byte offset of row r of a block that starts at `offset`. */
function triangle(offset: usize, r: i32): usize {
  return offset + 4 * usize(r * (r + 1));
}

/** to = L from, or its transpose */
export function multiply(from: usize, to: usize): void {
  for (let b = 0; b < blocks; b++) {
    const block = blockTable + 12 * usize(b);
    const dim = i32.load(block);
    const offset = usize(i32.load(block + 4));
    const row = factors + 8 * usize(i32.load(block + 8));
    const aboveOffset = b > 0 ? usize(i32.load(block - 8)) : offset;
    const belowOffset = b + 1 < blocks ? usize(i32.load(block + 16)) : offset;
    for (let r = 0; r < dim; r++) multiplyRow(from, to, row, r, offset, aboveOffset, belowOffset);
  }
}

function multiplyRow(
  from: usize,
  to: usize,
  row: usize,
  r: i32,
  offset: usize,
  aboveOffset: usize,
  belowOffset: usize,
): void {
  const diagonal = row;
  const next = row + rowStride;
  const previous = next + rowStride;
  const stay = previous + rowStride;
  const above = stay + rowStride;
  const below = above + rowStride;
  const at: usize = 8 * usize(r);
  const dr = f64.load(diagonal + at);
  const nr = f64.load(next + at);
  const pr = f64.load(previous + at);
  const sr = f64.load(stay + at);
  const ar = f64.load(above + at);
  const br = f64.load(below + at);
  // A term without a source has a factor of zero; it is pointed at this row, where the numbers are finite.
  const here = triangle(offset, r);
  const x = from + here;
  const y = to + here;
  const after = nr === 0 ? x : x + at + 8;
  const before = x - at;
  const stayed = sr === 0 || r + stayShift < 1 ? x : from + source(offset, r, stayShift);
  const fromAbove = ar === 0 ? x : from + source(aboveOffset, r, aboveShift);
  const fromBelow = br === 0 ? x : from + source(belowOffset, r, belowShift);
  const d2 = f64x2.splat(dr);
  const n2 = f64x2.splat(nr);
  const p2 = f64x2.splat(pr);
  const s2 = f64x2.splat(sr);
  const a2 = f64x2.splat(ar);
  const b2 = f64x2.splat(br);
  let c: usize = 0;
  for (const last = at & ~15; c < last; c += 16) {
    let sum = f64x2.mul(f64x2.add(d2, load(diagonal + c)), load(x + c));
    sum = plus(sum, n2, load(after + c));
    sum = plus(sum, p2, load(before + c));
    sum = plus(sum, load(next + c), load(x + c + 8));
    sum = plus(sum, load(previous + c), load(x + c - 8));
    sum = plus(sum, f64x2.mul(s2, load(stay + c)), load(stayed + c));
    sum = plus(sum, f64x2.mul(a2, load(above + c)), load(fromAbove + c));
    sum = plus(sum, f64x2.mul(b2, load(below + c)), load(fromBelow + c));
    v128.store(y + c, sum);
  }
  if (c < at) {
    const sum =
      (dr + f64.load(diagonal + c)) * f64.load(x + c) +
      nr * f64.load(after + c) +
      pr * f64.load(before + c) +
      f64.load(next + c) * f64.load(x + c + 8) +
      f64.load(previous + c) * f64.load(x + c - 8) +
      sr * f64.load(stay + c) * f64.load(stayed + c) +
      ar * f64.load(above + c) * f64.load(fromAbove + c) +
      br * f64.load(below + c) * f64.load(fromBelow + c);
    f64.store(y + c, sum);
  }
  // On the diagonal the neighbours along the row and along the column are the same elements.
  const own = dr * f64.load(x + at) + nr * f64.load(after + at) + (r > 0 ? pr * f64.load(x + at - 8) : 0);
  const stayedOwn = sr === 0 || r + stayShift < 0 ? x : from + source(offset, r, stayShift);
  f64.store(
    y + at,
    2 * own +
      sr * sr * f64.load(stayedOwn + at) +
      ar * ar * f64.load(fromAbove + at) +
      br * br * f64.load(fromBelow + at),
  );
}

/** Where element (r + shift, shift) of a block lies: add 8c for (r + shift, c + shift). */
function source(offset: usize, r: i32, shift: i32): usize {
  return triangle(offset, r + shift) + 8 * usize(shift);
}
