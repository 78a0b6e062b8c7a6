/** Dense row-major float64 matrices, just what a block elimination needs. Rows are contiguous and every inner loop runs along one. */

export class DenseBlock {
  readonly values: Float64Array;

  constructor(
    readonly rows: number,
    readonly columns: number,
  ) {
    this.values = new Float64Array(rows * columns);
  }

  /** this -= a b. Four rows of b at once: one pass over a row of this for eight operations an element. */
  subtractProduct(a: DenseBlock, b: DenseBlock): void {
    const [c, av, bv] = [this.values, a.values, b.values];
    const [inner, n] = [a.columns, b.columns];
    for (let i = 0; i < this.rows; i++) {
      const ci = i * n;
      for (let k = 0; k < inner; k += 4) {
        const last = inner - 1;
        const f0 = av[i * inner + k];
        const f1 = k + 1 < inner ? av[i * inner + k + 1] : 0;
        const f2 = k + 2 < inner ? av[i * inner + k + 2] : 0;
        const f3 = k + 3 < inner ? av[i * inner + k + 3] : 0;
        if (f0 === 0 && f1 === 0 && f2 === 0 && f3 === 0) continue;
        const b0 = k * n;
        const b1 = Math.min(k + 1, last) * n;
        const b2 = Math.min(k + 2, last) * n;
        const b3 = Math.min(k + 3, last) * n;
        for (let j = 0; j < n; j++) {
          c[ci + j] -= f0 * bv[b0 + j] + f1 * bv[b1 + j] + f2 * bv[b2 + j] + f3 * bv[b3 + j];
        }
      }
    }
  }

  /** y -= this x, for the parts of y and x that start at the given places. */
  subtractFrom(y: Float64Array, yStart: number, x: Float64Array, xStart: number): void {
    const { rows, columns, values } = this;
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += values[i * columns + j] * x[xStart + j];
      y[yStart + i] -= sum;
    }
  }

  /** y -= this^T x */
  subtractTransposedFrom(y: Float64Array, yStart: number, x: Float64Array, xStart: number): void {
    const { rows, columns, values } = this;
    for (let i = 0; i < rows; i++) {
      const factor = x[xStart + i];
      for (let j = 0; j < columns; j++) y[yStart + j] -= factor * values[i * columns + j];
    }
  }
}

/** P A = L U of a square block, by Gaussian elimination with partial pivoting. Takes the block over. */
export class Factorization {
  private readonly order: Int32Array;

  constructor(private readonly block: DenseBlock) {
    const { rows: n, values: a } = block;
    this.order = Int32Array.from({ length: n }, (_, i) => i);
    for (let k = 0; k < n; k++) {
      let pivot = k;
      for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k])) pivot = i;
      if (pivot !== k) this.swap(k, pivot);
      const inverse = 1 / a[k * n + k];
      for (let i = k + 1; i < n; i++) {
        const factor = a[i * n + k] * inverse;
        if (factor === 0) continue;
        a[i * n + k] = factor;
        for (let j = k + 1; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
      }
    }
  }

  /** A^-1 b for all columns of b. */
  solveBlock(b: DenseBlock): DenseBlock {
    const { rows: n, values: a } = this.block;
    const { columns } = b;
    const solution = new DenseBlock(n, columns);
    const x = solution.values;
    for (let i = 0; i < n; i++) {
      x.set(b.values.subarray(this.order[i] * columns, (this.order[i] + 1) * columns), i * columns);
    }
    for (let i = 0; i < n; i++) reduceRow(x, columns, i, a, i * n, 0, i);
    for (let i = n - 1; i >= 0; i--) {
      reduceRow(x, columns, i, a, i * n, i + 1, n);
      const inverse = 1 / a[i * n + i];
      for (let j = i * columns; j < (i + 1) * columns; j++) x[j] *= inverse;
    }
    return solution;
  }

  /** x <- A^-1 x for the part of x that starts at `start` */
  solve(x: Float64Array, start: number): void {
    const { rows: n, values: a } = this.block;
    const b = Float64Array.from(this.order, (i) => x[start + i]);
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) b[i] -= a[i * n + j] * b[j];
    for (let i = n - 1; i >= 0; i--) {
      for (let j = i + 1; j < n; j++) b[i] -= a[i * n + j] * b[j];
      b[i] /= a[i * n + i];
    }
    x.set(b, start);
  }

  /** x <- A^-T x */
  solveTransposed(x: Float64Array, start: number): void {
    const { rows: n, values: a } = this.block;
    const b = x.slice(start, start + n);
    for (let i = 0; i < n; i++) {
      b[i] /= a[i * n + i];
      for (let j = i + 1; j < n; j++) b[j] -= a[i * n + j] * b[i];
    }
    for (let i = n - 1; i >= 0; i--) for (let j = 0; j < i; j++) b[j] -= a[i * n + j] * b[i];
    for (let i = 0; i < n; i++) x[start + this.order[i]] = b[i];
  }

  private swap(i: number, k: number): void {
    const { rows: n, values: a } = this.block;
    for (let j = 0; j < n; j++) {
      const value = a[i * n + j];
      a[i * n + j] = a[k * n + j];
      a[k * n + j] = value;
    }
    const place = this.order[i];
    this.order[i] = this.order[k];
    this.order[k] = place;
  }
}

/** x[i,:] -= sum_{from <= k < to} a[k] x[k,:] with the coefficients a that start at `row`; four rows at once. */
function reduceRow(
  x: Float64Array,
  columns: number,
  i: number,
  a: Float64Array,
  row: number,
  from: number,
  to: number,
): void {
  const xi = i * columns;
  let k = from;
  for (; k + 3 < to; k += 4) {
    const [f0, f1, f2, f3] = [a[row + k], a[row + k + 1], a[row + k + 2], a[row + k + 3]];
    const k0 = k * columns;
    const k1 = k0 + columns;
    const k2 = k1 + columns;
    const k3 = k2 + columns;
    for (let j = 0; j < columns; j++) {
      x[xi + j] -= f0 * x[k0 + j] + f1 * x[k1 + j] + f2 * x[k2 + j] + f3 * x[k3 + j];
    }
  }
  for (; k < to; k++) {
    const factor = a[row + k];
    for (let j = 0; j < columns; j++) x[xi + j] -= factor * x[k * columns + j];
  }
}
