import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** A Ritz pair of an operator A: A vector is about theta vector. */
export interface RitzPair {
  readonly theta: { readonly re: number; readonly im: number };
  /** normalised; null for a complex theta, whose vector is complex */
  readonly vector: Float64Array | null;
  /** |A vector - theta vector| / |theta| */
  readonly misfit: number;
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
const CLOSED = 1e-10;

/** All Ritz pairs of one Arnoldi factorisation, reorthogonalised in full. */
export function arnoldi({ apply, inner, deflate, start, size }: ArnoldiProblem): RitzPair[] {
  const basis: Float64Array[] = [];
  const hessenberg: number[][] = [];
  let next: Float64Array = Float64Array.from(start);
  deflate(next);
  let length = Math.sqrt(inner(next, next));
  while (basis.length < size) {
    const vector = next.map((value) => value / length);
    basis.push(vector);
    next = apply(vector);
    deflate(next);
    const column = orthogonalise(next, basis, inner);
    length = Math.sqrt(inner(next, next));
    hessenberg.push([...column, length]);
    if (length <= CLOSED * Math.hypot(...column)) break;
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

/** Column k of the Hessenberg matrix has k + 2 entries; the last one of all reaches beyond the basis. */
function ritzPairs(basis: readonly Float64Array[], hessenberg: readonly number[][]): RitzPair[] {
  const size = basis.length;
  const matrix = Matrix.zeros(size, size);
  hessenberg.forEach((column, k) => {
    column.slice(0, size).forEach((value, row) => {
      matrix.set(row, k, value);
    });
  });
  const { realEigenvalues, imaginaryEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix);
  const beyond = hessenberg[size - 1][size];
  return realEigenvalues.map((re, k): RitzPair => {
    const im = imaginaryEigenvalues[k];
    // A conjugate pair shares two columns, the real and the imaginary part, and comes with im > 0 first.
    const first = im < 0 ? k - 1 : k;
    const parts = (im === 0 ? [first] : [first, first + 1]).map((column) =>
      eigenvectorMatrix.getColumn(column),
    );
    const last = Math.hypot(...parts.map((part) => part[size - 1])) / Math.hypot(...parts.flat());
    return {
      theta: { re, im },
      vector: im === 0 ? combine(basis, parts[0]) : null,
      misfit: (beyond * last) / Math.hypot(re, im),
    };
  });
}

function combine(basis: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const norm = Math.hypot(...weights);
  const sum = new Float64Array(basis[0].length);
  basis.forEach((vector, k) => {
    for (let i = 0; i < sum.length; i++) sum[i] += (weights[k] / norm) * vector[i];
  });
  return sum;
}
