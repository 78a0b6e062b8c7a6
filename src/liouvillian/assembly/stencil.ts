/**
 * L and its transpose, matrix-free: the stencil of ../stencil.ts. Addresses are in bytes. Each row of a
 * packed vector ends at a whole four numbers; what a product leaves between its diagonal and there has no meaning.
 */
import { load, plus } from './lanes';
import { setting } from './layout';
import { setSums } from './team';

/** of each block the number of what would be its row 0, and of its first factor: two i32; an empty one about them */
let blockTable: usize = 0;
/** of each chunk its first row, and the number of its first element: two i32; and one behind the last */
let chunkTable: usize = 0;
/** of each row where its column 0 is or would be, the first column that is computed, r, and its block: four i32 */
let rowTable: usize = 0;
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

/** The order is that of `layout` in ../stencil-memory.ts. @param own how many settings are before them */
export function readLayout(own: i32): void {
  setSums(setting(own), setting(own + 1), usize(setting(own + 2)));
  blockTable = usize(setting(own + 3));
  chunkTable = usize(setting(own + 4));
  rowTable = usize(setting(own + 5));
  factors = usize(setting(own + 6));
  rowStride = usize(setting(own + 7));
  emissionShift = setting(own + 8);
  others = setting(own + 9);
  firstShift = setting(own + 10);
  secondShift = setting(own + 11);
  half = usize(setting(own + 12));
  halfBlocks = setting(own + 13);
}

/** Where a chunk of a vector begins, and the one before it ends: bytes. */
export function begin(chunk: i32): usize {
  return 8 * usize(i32.load(chunkTable + 8 * usize(chunk) + 4));
}

/** to = L from, or its transpose, on one chunk */
export function multiply(chunk: i32, from: usize, to: usize): void {
  const at = chunkTable + 8 * usize(chunk);
  const end = i32.load(at + 8);
  for (let i = i32.load(at); i < end; i++) {
    const entry = rowTable + 16 * usize(i);
    const first = i32.load(entry + 4);
    const r = i32.load(entry + 8);
    if (first > r) continue;
    const b = i32.load(entry + 12);
    const row = factors + 8 * usize(i32.load(blockTable + 8 * usize(b) + 4));
    multiplyRow(from, to, row, first, r, b);
    for (let o = 0; o < others; o++) addJumps(from, to, row, first, r, b, o);
    if (half !== 0) couple(from, to, row, first, r, b);
  }
}

/** Where column 0 of a row is, or would be, in a vector. */
function place(b: i32, r: i32): usize {
  return 8 * usize(i32.load(rowTable + 16 * usize(i32.load(blockTable + 8 * usize(b)) + r)));
}

/** Where the element (r + shift, shift) of a block is: add c for (r + shift, c + shift). */
function source(b: i32, r: i32, shift: i32): usize {
  return place(b, r + shift) + 8 * usize(shift);
}

function multiplyRow(from: usize, to: usize, row: usize, first: i32, r: i32, b: i32): void {
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
  const x = from + place(b, r);
  const y = to + place(b, r);
  const after = nr === 0 ? x : from + place(b, r + 1);
  const before = r === 0 ? x : from + place(b, r - 1);
  const stayed = sr === 0 || r + emissionShift < 0 ? x : from + source(b, r, emissionShift);
  const fromAbove = ar === 0 ? x : from + source(b - 1, r, emissionShift + 1);
  const fromBelow = br === 0 ? x : from + source(b + 1, r, emissionShift - 1);
  const d2 = f64x2.splat(dr);
  const n2 = f64x2.splat(nr);
  const p2 = f64x2.splat(pr);
  const s2 = f64x2.splat(sr);
  const a2 = f64x2.splat(ar);
  const b2 = f64x2.splat(br);
  for (let c: usize = 8 * usize(first); c < at; c += 16) {
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
function addJumps(from: usize, to: usize, row: usize, first: i32, r: i32, b: i32, other: i32): void {
  const shift = other === 0 ? firstShift : secondShift;
  const stay = row + usize(6 + 3 * other) * rowStride;
  const above = stay + rowStride;
  const below = above + rowStride;
  const at: usize = 8 * usize(r);
  const sr = f64.load(stay + at);
  const ar = f64.load(above + at);
  const br = f64.load(below + at);
  const x = from + place(b, r);
  const y = to + place(b, r);
  const stayed = sr === 0 || r + shift < 0 ? x : from + source(b, r, shift);
  const fromAbove = ar === 0 ? x : from + source(b - 1, r, shift + 1);
  const fromBelow = br === 0 ? x : from + source(b + 1, r, shift - 1);
  const s2 = f64x2.splat(sr);
  const a2 = f64x2.splat(ar);
  const b2 = f64x2.splat(br);
  for (let c: usize = 8 * usize(first); c <= at; c += 16) {
    let sum = load(y + c);
    sum = plus(sum, f64x2.mul(s2, load(stay + c)), load(stayed + c));
    sum = plus(sum, f64x2.mul(a2, load(above + c)), load(fromAbove + c));
    sum = plus(sum, f64x2.mul(b2, load(below + c)), load(fromBelow + c));
    v128.store(y + c, sum);
  }
}

/** R gets (level_r - level_c) B, and B gets as much of -R. */
function couple(from: usize, to: usize, row: usize, first: i32, r: i32, b: i32): void {
  const isR = b < halfBlocks;
  const level = row + usize(6 + 3 * others) * rowStride;
  const at: usize = 8 * usize(r);
  const own0 = place(b, r);
  const y = to + own0;
  const x = isR ? from + own0 + half : from + own0 - half;
  const sign: f64 = isR ? 1 : -1;
  const own = f64x2.splat(f64.load(level + at));
  const s = f64x2.splat(sign);
  for (let c: usize = 8 * usize(first); c < at; c += 16) {
    const turn = f64x2.mul(s, f64x2.sub(own, load(level + c)));
    v128.store(y + c, plus(load(y + c), turn, load(x + c)));
  }
}
