/** Rotations of two and reflections 1 - (f, g, h) (1, v, w)^T of two or three rows or columns, which lie `stride` bytes after each other. */

/** A row and the next one. */
export function rotate(x: usize, stride: usize, cosine: f64, sine: f64): void {
  const c = f64x2.splat(cosine);
  const s = f64x2.splat(sine);
  for (let i: usize = 0; i < stride; i += 16) {
    const a = v128.load(x + i);
    const b = v128.load(x + stride + i);
    v128.store(x + i, f64x2.add(f64x2.mul(c, a), f64x2.mul(s, b)));
    v128.store(x + stride + i, f64x2.sub(f64x2.mul(c, b), f64x2.mul(s, a)));
  }
}

/** A row and the next one, from a column on. */
export function reflectTwo(x: usize, stride: usize, from: usize, v: f64, f: f64, g: f64): void {
  const y = x + stride;
  if (from & 15) {
    const a = f64.load(x + from);
    const b = f64.load(y + from);
    const sum = a + v * b;
    f64.store(x + from, a - sum * f);
    f64.store(y + from, b - sum * g);
  }
  const vs = f64x2.splat(v);
  const fs = f64x2.splat(f);
  const gs = f64x2.splat(g);
  for (let i: usize = (from + 15) & ~15; i < stride; i += 16) {
    const a = v128.load(x + i);
    const b = v128.load(y + i);
    const sum = f64x2.add(a, f64x2.mul(vs, b));
    v128.store(x + i, f64x2.sub(a, f64x2.mul(sum, fs)));
    v128.store(y + i, f64x2.sub(b, f64x2.mul(sum, gs)));
  }
}

/** A row and the next two, from a column on. */
export function reflectThree(
  x: usize,
  stride: usize,
  from: usize,
  v: f64,
  w: f64,
  f: f64,
  g: f64,
  h: f64,
): void {
  const y = x + stride;
  const z = y + stride;
  if (from & 15) {
    const a = f64.load(x + from);
    const b = f64.load(y + from);
    const c = f64.load(z + from);
    const sum = a + v * b + w * c;
    f64.store(x + from, a - sum * f);
    f64.store(y + from, b - sum * g);
    f64.store(z + from, c - sum * h);
  }
  const vs = f64x2.splat(v);
  const ws = f64x2.splat(w);
  const fs = f64x2.splat(f);
  const gs = f64x2.splat(g);
  const hs = f64x2.splat(h);
  for (let i: usize = (from + 15) & ~15; i < stride; i += 16) {
    const a = v128.load(x + i);
    const b = v128.load(y + i);
    const c = v128.load(z + i);
    const sum = f64x2.add(f64x2.add(a, f64x2.mul(vs, b)), f64x2.mul(ws, c));
    v128.store(x + i, f64x2.sub(a, f64x2.mul(sum, fs)));
    v128.store(y + i, f64x2.sub(b, f64x2.mul(sum, gs)));
    v128.store(z + i, f64x2.sub(c, f64x2.mul(sum, hs)));
  }
}

/** A column and the next one, of so many rows. */
export function reflectTwoColumns(x: usize, stride: usize, rows: i32, v: f64, f: f64, g: f64): void {
  for (let i = 0; i < rows; i++, x += stride) {
    const a = f64.load(x);
    const b = f64.load(x + 8);
    const sum = f * a + g * b;
    f64.store(x, a - sum);
    f64.store(x + 8, b - sum * v);
  }
}

/** A column and the next two, of so many rows. */
export function reflectThreeColumns(
  x: usize,
  stride: usize,
  rows: i32,
  v: f64,
  w: f64,
  f: f64,
  g: f64,
  h: f64,
): void {
  for (let i = 0; i < rows; i++, x += stride) {
    const a = f64.load(x);
    const b = f64.load(x + 8);
    const c = f64.load(x + 16);
    const sum = f * a + g * b + h * c;
    f64.store(x, a - sum);
    f64.store(x + 8, b - sum * v);
    f64.store(x + 16, c - sum * w);
  }
}
