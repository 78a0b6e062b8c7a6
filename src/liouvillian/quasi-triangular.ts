/** Eigenvectors of a quasi-triangular matrix by back-substitution. */

/** Upper triangular but for a block of two rows for every complex pair. */
export interface QuasiTriangular {
  /** rows */
  readonly T: readonly Float64Array[];
  /** its eigenvalues re_i + i im_i; of a pair the one of im > 0 comes first */
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** of the size of the matrix: the scale of what is negligible where nothing else gives one */
  readonly norm: number;
}

const EPSILON = 2 ** -52;

/** As many as rows, each as long as what of it is not zero; of a pair the real part of the vector of im > 0, then its imaginary part. */
export function triangularVectors(matrix: QuasiTriangular): Float64Array[] {
  const vectors: Float64Array[] = [];
  for (let k = 0; k < matrix.re.length; k++) {
    if (matrix.im[k] === 0) vectors.push(realVector(matrix, k));
    else vectors.push(...complexVector(matrix, ++k));
  }
  return vectors;
}

/** sum over j >= from of row_j x_j */
function sum(row: Float64Array, x: Float64Array, from: number): number {
  let total = 0;
  for (let j = from; j < x.length; j++) total += row[j] * x[j];
  return total;
}

/** (T - lambda) x = 0 for the real eigenvalue of row k, from that row up. */
function realVector({ T, re, im, norm }: QuasiTriangular, k: number): Float64Array {
  const x = new Float64Array(k + 1);
  x[k] = 1;
  for (let i = k - 1; i >= 0; i--) {
    if (im[i] === 0) {
      const off = T[i][i] - re[k];
      x[i] = -sum(T[i], x, i + 1) / (off === 0 ? EPSILON * norm : off);
    } else {
      const [upper, lower] = [T[--i], T[i + 1]];
      const [a, b, c, d] = [upper[i] - re[k], upper[i + 1], lower[i], lower[i + 1] - re[k]];
      const [r, s] = [sum(upper, x, i + 2), sum(lower, x, i + 2)];
      x[i] = (b * s - d * r) / ((re[i] - re[k]) ** 2 + im[i] ** 2);
      x[i + 1] = Math.abs(b) > Math.abs(d) ? (-r - a * x[i]) / b : (-s - c * x[i]) / d;
    }
    rescale(i, Math.max(Math.abs(x[i]), Math.abs(x[Math.min(i + 1, k)])), x);
  }
  return x;
}

/** The same for the pair of the rows k - 1 and k: T - lambda has T_ii - re + i q on its diagonal, where lambda = re - i q. */
function complexVector({ T, re, im, norm }: QuasiTriangular, k: number): [Float64Array, Float64Array] {
  const [x, y] = [new Float64Array(k + 1), new Float64Array(k + 1)];
  const [p, q] = [re[k], im[k]];
  y[k] = 1;
  const [above, below] = [T[k - 1][k], T[k][k - 1]];
  [x[k - 1], y[k - 1]] =
    Math.abs(below) > Math.abs(above)
      ? [q / below, -(T[k][k] - p) / below]
      : quotient(0, -above, T[k - 1][k - 1] - p, q);
  for (let i = k - 2; i >= 0; i--) {
    if (im[i] === 0) {
      [x[i], y[i]] = quotient(-sum(T[i], x, i + 1), -sum(T[i], y, i + 1), T[i][i] - p, q);
    } else {
      const [upper, lower] = [T[--i], T[i + 1]];
      const [a, b, c, d] = [upper[i] - p, upper[i + 1], lower[i], lower[i + 1] - p];
      const [r, s] = [sum(upper, x, i + 2), sum(upper, y, i + 2)];
      const [u, v] = [sum(lower, x, i + 2), sum(lower, y, i + 2)];
      // The determinant; a pair like this one is a multiple eigenvalue.
      let [real, imaginary] = [(re[i] - p) ** 2 + im[i] ** 2 - q * q, 2 * q * (re[i] - p)];
      if (real === 0 && imaginary === 0) {
        real = EPSILON * norm * (Math.abs(a) + Math.abs(q) + Math.abs(b) + Math.abs(c) + Math.abs(d));
        imaginary = 0;
      }
      [x[i], y[i]] = quotient(b * u - d * r + q * s, b * v - d * s - q * r, real, imaginary);
      [x[i + 1], y[i + 1]] =
        Math.abs(b) > Math.abs(d) + Math.abs(q)
          ? [(-r - a * x[i] + q * y[i]) / b, (-s - a * y[i] - q * x[i]) / b]
          : quotient(-u - c * x[i], -v - c * y[i], d, q);
    }
    const next = Math.min(i + 1, k);
    rescale(i, Math.max(Math.abs(x[i]), Math.abs(y[i]), Math.abs(x[next]), Math.abs(y[next])), x, y);
  }
  return [x, y];
}

/** Makes what has grown so much that squares of it would overflow in the end of size one again. */
function rescale(from: number, size: number, ...vectors: Float64Array[]): void {
  if (EPSILON * size * size <= 1) return;
  for (const x of vectors) {
    for (let j = from; j < x.length; j++) x[j] /= size;
  }
}

/** (a + i b) / (c + i d), the larger of c and d divided by first: neither square may overflow. */
function quotient(a: number, b: number, c: number, d: number): [number, number] {
  if (Math.abs(c) > Math.abs(d)) {
    const ratio = d / c;
    const length = c + ratio * d;
    return [(a + ratio * b) / length, (b - ratio * a) / length];
  }
  const ratio = c / d;
  const length = d + ratio * c;
  return [(ratio * a + b) / length, (ratio * b - a) / length];
}
