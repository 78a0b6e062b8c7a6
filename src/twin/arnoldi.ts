import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** A Ritz pair of an operator A: A vector is about theta vector. */
export interface RitzPair {
  readonly theta: { readonly re: number; readonly im: number };
  /** normalised; null for a complex theta, whose vector is complex */
  readonly vector: Float64Array | null;
}

export interface ArnoldiProblem {
  readonly apply: (x: Float64Array) => Float64Array;
  readonly inner: (x: Float64Array, y: Float64Array) => number;
  /** removes what is known and unwanted, in place; a projection that commutes with A */
  readonly deflate: (x: Float64Array) => void;
  readonly start: Float64Array;
  /** the most Krylov vectors to build */
  readonly size: number;
}

/** A Krylov space closes once the next vector is this much smaller than the operator makes it. */
const CLOSED = 1e-12;

/** All Ritz pairs of one Arnoldi factorisation, reorthogonalised in full, by falling |theta|. */
export function arnoldi({ apply, inner, deflate, start, size }: ArnoldiProblem): RitzPair[] {
  const basis: Float64Array[] = [];
  const hessenberg: number[][] = [];
  let next: Float64Array = Float64Array.from(start);
  deflate(next);
  while (basis.length < size) {
    const length = Math.sqrt(inner(next, next));
    const closed =
      hessenberg.length > 0 && length <= CLOSED * Math.hypot(...hessenberg[hessenberg.length - 1]);
    if (closed || length === 0) break;
    if (hessenberg.length > 0) hessenberg[hessenberg.length - 1].push(length);
    basis.push(next.map((value) => value / length));
    next = apply(basis[basis.length - 1]);
    deflate(next);
    hessenberg.push(orthogonalise(next, basis, inner));
  }
  return ritzPairs(basis, hessenberg);
}

/** Makes x orthogonal to the basis, twice over for float64's sake, and returns its components. */
function orthogonalise(
  x: Float64Array,
  basis: readonly Float64Array[],
  inner: ArnoldiProblem['inner'],
): number[] {
  const components = basis.map(() => 0);
  for (let pass = 0; pass < 2; pass++) {
    basis.forEach((vector, k) => {
      const component = inner(vector, x);
      components[k] += component;
      for (let i = 0; i < x.length; i++) x[i] -= component * vector[i];
    });
  }
  return components;
}

/** Column k of the Hessenberg matrix is hessenberg[k]; its last entry, if one more than k + 1, reaches the next vector. */
function ritzPairs(basis: readonly Float64Array[], hessenberg: readonly number[][]): RitzPair[] {
  const size = basis.length;
  if (size === 0) return [];
  const matrix = Matrix.zeros(size, size);
  hessenberg.forEach((column, k) => {
    column.slice(0, size).forEach((value, row) => {
      matrix.set(row, k, value);
    });
  });
  const { realEigenvalues, imaginaryEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix);
  const pairs = realEigenvalues.map((re, k): RitzPair => {
    const im = imaginaryEigenvalues[k];
    return { theta: { re, im }, vector: im === 0 ? combine(basis, eigenvectorMatrix.getColumn(k)) : null };
  });
  return pairs.sort((p, q) => Math.hypot(q.theta.re, q.theta.im) - Math.hypot(p.theta.re, p.theta.im));
}

function combine(basis: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const norm = Math.hypot(...weights);
  const sum = new Float64Array(basis[0].length);
  basis.forEach((vector, k) => {
    for (let i = 0; i < sum.length; i++) sum[i] += (weights[k] / norm) * vector[i];
  });
  return sum;
}
