import { Pyramid } from '../src/operators/pyramid';

/** A packed symmetric operator of eigenvalues around 1 that is smooth in m, as a committor is, and not diagonal. */
export function someCommittor(atoms: number): Float64Array {
  const pyramid = new Pyramid(atoms);
  const x = new Float64Array(pyramid.unknowns);
  pyramid.forEach((index, b, r, c) => {
    x[index] = r === c ? 1 / (1 + b) : 0.1 * Math.cos(r / (1 + atoms)) * Math.exp(c - r);
  });
  return x;
}
