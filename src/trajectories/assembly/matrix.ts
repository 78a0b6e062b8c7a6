/**
 * Products of matrices in vectors of rows, [vector of rows][column], `stride` bytes from one vector of rows to the next; four
 * columns at a time.
 */
import { bytes, plus, splat, total } from './lanes';

/** to = matrix from, of its first `height` vectors of rows and first `columns` columns, a multiple of 4; returns |to|^2 */
export function multiply<T>(
  matrix: usize,
  stride: usize,
  height: i32,
  columns: i32,
  from: usize,
  to: usize,
): f64 {
  const last = from + bytes<T>(columns);
  let norm = splat<T>(0);
  let r = 0;
  for (; r + 2 <= height; r += 2) {
    let x = from;
    let upper = matrix;
    let even0 = splat<T>(0);
    let odd0 = even0;
    let even1 = even0;
    let odd1 = even0;
    while (x < last) {
      const a = v128.load_splat<T>(x);
      const b = v128.load_splat<T>(x + sizeof<T>());
      const c = v128.load_splat<T>(x + 2 * sizeof<T>());
      const d = v128.load_splat<T>(x + 3 * sizeof<T>());
      const under = upper + stride;
      even0 = plus<T>(even0, a, v128.load(upper));
      even1 = plus<T>(even1, a, v128.load(under));
      odd0 = plus<T>(odd0, b, v128.load(upper, 16));
      odd1 = plus<T>(odd1, b, v128.load(under, 16));
      even0 = plus<T>(even0, c, v128.load(upper, 32));
      even1 = plus<T>(even1, c, v128.load(under, 32));
      odd0 = plus<T>(odd0, d, v128.load(upper, 48));
      odd1 = plus<T>(odd1, d, v128.load(under, 48));
      x += 4 * sizeof<T>();
      upper += 64;
    }
    const sum0 = v128.add<T>(even0, odd0);
    const sum1 = v128.add<T>(even1, odd1);
    v128.store(to, sum0);
    v128.store(to, sum1, 16);
    norm = plus<T>(plus<T>(norm, sum0, sum0), sum1, sum1);
    to += 32;
    matrix += 2 * stride;
  }
  if (r < height) {
    let x = from;
    let upper = matrix;
    let even = splat<T>(0);
    let odd = even;
    while (x < last) {
      even = plus<T>(even, v128.load_splat<T>(x), v128.load(upper));
      odd = plus<T>(odd, v128.load_splat<T>(x + sizeof<T>()), v128.load(upper, 16));
      even = plus<T>(even, v128.load_splat<T>(x + 2 * sizeof<T>()), v128.load(upper, 32));
      odd = plus<T>(odd, v128.load_splat<T>(x + 3 * sizeof<T>()), v128.load(upper, 48));
      x += 4 * sizeof<T>();
      upper += 64;
    }
    const sum = v128.add<T>(even, odd);
    v128.store(to, sum);
    norm = plus<T>(norm, sum, sum);
  }
  return total<T>(norm);
}

/**
 * The same of complex amplitudes, which are real parts and `part` bytes on imaginary ones, and a complex matrix, which is its two parts:
 * to = (re + i im) from.
 */
export function multiplyComplex<T>(
  re: usize,
  im: usize,
  stride: usize,
  height: i32,
  columns: i32,
  from: usize,
  to: usize,
  part: usize,
): f64 {
  let norm = splat<T>(0);
  for (let r = 0; r < height; r++) {
    let real = splat<T>(0);
    let imaginary = real;
    let at: usize = 0;
    for (let x = from, last = from + bytes<T>(columns); x < last; x += sizeof<T>()) {
      const a = v128.load_splat<T>(x);
      const b = v128.load_splat<T>(x + part);
      const here = v128.load(re + at);
      const across = v128.load(im + at);
      real = v128.sub<T>(plus<T>(real, a, here), v128.mul<T>(b, across));
      imaginary = plus<T>(plus<T>(imaginary, a, across), b, here);
      at += 16;
    }
    v128.store(to, real);
    v128.store(to + part, imaginary);
    norm = plus<T>(plus<T>(norm, real, real), imaginary, imaginary);
    to += 16;
    re += stride;
    im += stride;
  }
  return total<T>(norm);
}
