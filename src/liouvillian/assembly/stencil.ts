/**
 * L and its transpose, matrix-free: the stencil of ../stencil.ts. Addresses are in bytes. Each row of a
 * packed vector ends at a whole four numbers; what a product leaves between its diagonal and there has no meaning.
 */
import { load, plus } from './lanes';

/** of each block the dimension, the number of its first element in a vector, and its first row: three i32; an empty one about them */
let blockTable: usize = 0;
/** of each chunk its first block, its first row in it, and the number of its first element: three i32; and one behind the last */
let chunkTable: usize = 0;
/** the factors by row, each `rowStride` bytes: diagonal, next, previous; stay, above, below of emission and of each process more; level */
let factors: usize = 0;
let rowStride: usize = 0;
/** t of emission */
let emissionShift: i32 = 0;
/** processes more, and t of the first and of the second */
let others: i32 = 0;
let firstShift: i32 = 0;
let secondShift: i32 = 0;
/** from R to B, in bytes, and the number of blocks of R; 0 where there is one part */
let half: usize = 0;
let halfBlocks: i32 = 0;

export function setStencil(blocks: usize, chunks: usize, firstFactor: usize, stride: usize): void {
  blockTable = blocks;
  chunkTable = chunks;
  factors = firstFactor;
  rowStride = stride;
}

export function setJumps(emission: i32, count: i32, first: i32, second: i32): void {
  emissionShift = emission;
  others = count;
  firstShift = first;
  secondShift = second;
}

export function setParts(bytes: usize, blocks: i32): void {
  half = bytes;
  halfBlocks = blocks;
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
    for (; r < end; r++) {
      multiplyRow(from, to, row, r, offset, aboveOffset, belowOffset);
      for (let o = 0; o < others; o++) addJumps(from, to, row, r, o, offset, aboveOffset, belowOffset);
      if (half !== 0) couple(from, to, row, r, offset, b < halfBlocks);
    }
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
  const stayed = sr === 0 || r + emissionShift < 0 ? x : from + source(offset, r, emissionShift);
  const fromAbove = ar === 0 ? x : from + source(aboveOffset, r, emissionShift + 1);
  const fromBelow = br === 0 ? x : from + source(belowOffset, r, emissionShift - 1);
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

/** Adds the jumps of a process more to a row. */
function addJumps(
  from: usize,
  to: usize,
  row: usize,
  r: i32,
  other: i32,
  offset: i32,
  aboveOffset: i32,
  belowOffset: i32,
): void {
  const shift = other === 0 ? firstShift : secondShift;
  const stay = row + usize(6 + 3 * other) * rowStride;
  const above = stay + rowStride;
  const below = above + rowStride;
  const at: usize = 8 * usize(r);
  const sr = f64.load(stay + at);
  const ar = f64.load(above + at);
  const br = f64.load(below + at);
  const x = from + 8 * usize(offset + triangle(r));
  const y = to + 8 * usize(offset + triangle(r));
  const stayed = sr === 0 || r + shift < 0 ? x : from + source(offset, r, shift);
  const fromAbove = ar === 0 ? x : from + source(aboveOffset, r, shift + 1);
  const fromBelow = br === 0 ? x : from + source(belowOffset, r, shift - 1);
  const s2 = f64x2.splat(sr);
  const a2 = f64x2.splat(ar);
  const b2 = f64x2.splat(br);
  for (let c: usize = 0; c <= at; c += 16) {
    let sum = load(y + c);
    sum = plus(sum, f64x2.mul(s2, load(stay + c)), load(stayed + c));
    sum = plus(sum, f64x2.mul(a2, load(above + c)), load(fromAbove + c));
    sum = plus(sum, f64x2.mul(b2, load(below + c)), load(fromBelow + c));
    v128.store(y + c, sum);
  }
}

/** R gets (level_r - level_c) B, and B gets as much of -R. */
function couple(from: usize, to: usize, row: usize, r: i32, offset: i32, isR: bool): void {
  const level = row + usize(6 + 3 * others) * rowStride;
  const at: usize = 8 * usize(r);
  const first = 8 * usize(offset + triangle(r));
  const y = to + first;
  const x = isR ? from + first + half : from + first - half;
  const sign: f64 = isR ? 1 : -1;
  const own = f64x2.splat(f64.load(level + at));
  const s = f64x2.splat(sign);
  for (let c: usize = 0; c < at; c += 16) {
    const turn = f64x2.mul(s, f64x2.sub(own, load(level + c)));
    v128.store(y + c, plus(load(y + c), turn, load(x + c)));
  }
}

/** Where element (r + shift, shift) of a block lies: add c for (r + shift, c + shift). */
function source(offset: i32, r: i32, shift: i32): usize {
  return 8 * usize(offset + triangle(r + shift) + shift);
}
