import { Pyramid } from '../src/operators/pyramid';

/**
 * A packed symmetric operator of eigenvalues around 1 that is smooth in m, as a committor is, and not diagonal; where it is not real, with an
 * antisymmetric part.
 */
export function someCommittor(atoms: number, isReal = true): Float64Array {
  const pyramid = new Pyramid(atoms);
  const x = new Float64Array((isReal ? 1 : 2) * pyramid.unknowns);
  pyramid.forEach((index, b, r, c) => {
    x[index] = r === c ? 1 / (1 + b) : 0.1 * Math.cos(r / (1 + atoms)) * Math.exp(c - r);
    if (!isReal && r > c)
      x[pyramid.unknowns + index] = 0.2 * Math.sin((r + c) / (1 + atoms)) * Math.exp(c - r);
  });
  return x;
}
