/**
 * L and its transpose, matrix-free: the stencil of ../stencil.ts. Addresses are in bytes. Each row of a
 * packed vector ends at a whole four numbers; what a product leaves between its diagonal and there has no meaning.
 */
import { load, plus } from './lanes';

/** of each block the dimension, the number of its first element in a vector, and its first row: three i32; an empty one about them */
let blockTable: usize = 0;
/** of each chunk its first block, its first row in it, and the number of its first element: three i32; and one behind the last */
let chunkTable: usize = 0;
/** the factors by row: diagonal, next, previous, stay, above, below, each `rowStride` bytes */
let factors: usize = 0;
let rowStride: usize = 0;
/** row shifts of the jump terms */
let stayShift: i32 = 0;
let aboveShift: i32 = 0;
let belowShift: i32 = 0;

export function setStencil(blocks: usize, chunks: usize, firstFactor: usize, stride: usize): void {
  blockTable = blocks;
  chunkTable = chunks;
  factors = firstFactor;
  rowStride = stride;
}

export function setShifts(stay: i32, above: i32, below: i32): void {
  stayShift = stay;
  aboveShift = above;
  belowShift = below;
}

/** Where a chunk of a vector begins, and the one before it ends: bytes. */
export function begin(chunk: i32): usize {
  return 8 * usize(i32.load(chunkTable + 12 * usize(chunk) + 8));
}

/** Elements before row r of a block: 4 + 4 + 4 + 4 + 8 + 8 + ... */
function triangle(r: i32): i32 {
  const fours = r >> 2;
  return 4 * (fours + 1) * (2 * fours + (r & 3));
}

/** to = L from, or its transpose, on one chunk */
export function multiply(chunk: i32, from: usize, to: usize): void {
  const at = chunkTable + 12 * usize(chunk);
  let b = i32.load(at);
  let r = i32.load(at + 4);
  const lastBlock = i32.load(at + 12);
  const lastRow = i32.load(at + 16);
  for (; b <= lastBlock; b++) {
    const block = blockTable + 12 * usize(b);
    const offset = i32.load(block + 4);
    const row = factors + 8 * usize(i32.load(block + 8));
    const aboveOffset = b > 0 ? i32.load(block - 8) : offset;
    const belowOffset = i32.load(block + 16);
    const end = b < lastBlock ? i32.load(block) : lastRow;
    for (; r < end; r++) multiplyRow(from, to, row, r, offset, aboveOffset, belowOffset);
    r = 0;
  }
}

function multiplyRow(
  from: usize,
  to: usize,
  row: usize,
  r: i32,
  offset: i32,
  aboveOffset: i32,
  belowOffset: i32,
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
  const x = from + 8 * usize(offset + triangle(r));
  const y = to + 8 * usize(offset + triangle(r));
  const after = nr === 0 ? x : from + 8 * usize(offset + triangle(r + 1));
  const before = r === 0 ? x : from + 8 * usize(offset + triangle(r - 1));
  const stayed = sr === 0 || r + stayShift < 0 ? x : from + source(offset, r, stayShift);
  const fromAbove = ar === 0 ? x : from + source(aboveOffset, r, aboveShift);
  const fromBelow = br === 0 ? x : from + source(belowOffset, r, belowShift);
  const d2 = f64x2.splat(dr);
  const n2 = f64x2.splat(nr);
  const p2 = f64x2.splat(pr);
  const s2 = f64x2.splat(sr);
  const a2 = f64x2.splat(ar);
  const b2 = f64x2.splat(br);
  for (let c: usize = 0; c < at; c += 16) {
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
  // On the diagonal the neighbours along the row and along the column are the same elements.
  const own = dr * f64.load(x + at) + nr * f64.load(after + at) + (r > 0 ? pr * f64.load(x + at - 8) : 0);
  f64.store(
    y + at,
    2 * own +
      sr * sr * f64.load(stayed + at) +
      ar * ar * f64.load(fromAbove + at) +
      br * br * f64.load(fromBelow + at),
  );
}

/** Where element (r + shift, shift) of a block lies: add c for (r + shift, c + shift). */
function source(offset: i32, r: i32, shift: i32): usize {
  return 8 * usize(offset + triangle(r + shift) + shift);
}
