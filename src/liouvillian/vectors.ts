/** Plain float64 vector operations. */

export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

export function norm(x: Float64Array): number {
  return Math.sqrt(dot(x, x));
}

export function scale(x: Float64Array, factor: number): void {
  for (let i = 0; i < x.length; i++) x[i] *= factor;
}

/** y += factor x */
export function axpy(factor: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) y[i] += factor * x[i];
}

/** factor x as a new vector */
export function scaled(factor: number, x: Float64Array): Float64Array {
  const values = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) values[i] = factor * x[i];
  return values;
}

/** x + y, vector by vector */
export function sums(x: readonly Float64Array[], y: readonly Float64Array[]): Float64Array[] {
  return x.map((vector, k) => {
    const sum = vector.slice();
    axpy(1, y[k], sum);
    return sum;
  });
}

/** x_i y_i */
export function product(x: Float64Array, y: Float64Array): Float64Array {
  const values = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) values[i] = x[i] * y[i];
  return values;
}

/** sum_i coefficients_i vectors_i, four in each pass over the sum */
export function combine(vectors: readonly Float64Array[], coefficients: ArrayLike<number>): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  let i = 0;
  for (; i + 3 < vectors.length; i += 4) {
    const [a, b, c, d] = [vectors[i], vectors[i + 1], vectors[i + 2], vectors[i + 3]];
    const [p, q, r, s] = [coefficients[i], coefficients[i + 1], coefficients[i + 2], coefficients[i + 3]];
    for (let k = 0; k < sum.length; k++) sum[k] += p * a[k] + q * b[k] + r * c[k] + s * d[k];
  }
  for (; i < vectors.length; i++) axpy(coefficients[i], vectors[i], sum);
  return sum;
}
