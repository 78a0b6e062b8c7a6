/** The operators whose means the moments are, element by element in the real gauge: S_x = S_y' and S_y = -S_x'. */
import { lowering } from './ladder';
import type { SpinMoments } from './moments';
import type { Pyramid } from './pyramid';

/** One diagonal of elements <j,m| A |j,m-below> below the main one or on it; above it they follow, for A is Hermitian. */
interface Diagonal {
  readonly below: 0 | 1 | 2;
  readonly element: (j: number, m: number) => number;
}

export interface SpinOperator {
  /** real and symmetric, or i times a real antisymmetric matrix, whose elements these are */
  readonly part: 'symmetric' | 'antisymmetric';
  readonly diagonals: readonly Diagonal[];
}

const of = (part: SpinOperator['part'], ...diagonals: Diagonal[]): SpinOperator => ({ part, diagonals });

const one: Diagonal = { below: 1, element: (j, m) => -lowering(j, m) / 2 };
/** ... of the product with S_z, symmetrised */
const oneByZ: Diagonal = { below: 1, element: (j, m) => (m - 1 / 2) * one.element(j, m) };
const two: Diagonal = { below: 2, element: (j, m) => (lowering(j, m) * lowering(j, m - 1)) / 4 };
const minusTwo: Diagonal = { below: 2, element: (j, m) => -two.element(j, m) };
/** (S_+S_- + S_-S_+)/4 */
const across: Diagonal = { below: 0, element: (j, m) => (j * (j + 1) - m * m) / 2 };

export const spinOperators: Readonly<Record<keyof SpinMoments, SpinOperator>> = {
  Sx: of('antisymmetric', one),
  Sy: of('symmetric', one),
  Sz: of('symmetric', { below: 0, element: (_, m) => m }),
  Sx2: of('symmetric', across, minusTwo),
  Sy2: of('symmetric', across, two),
  Sz2: of('symmetric', { below: 0, element: (_, m) => m * m }),
  SxSy: of('antisymmetric', two),
  SxSz: of('antisymmetric', oneByZ),
  SySz: of('symmetric', oneByZ),
};

/** Its elements in the rows and columns r, c <= r, of the block of spin j. */
export function spinElement({ diagonals }: SpinOperator, j: number, r: number, c: number): number {
  const found = diagonals.find(({ below }) => below === r - c);
  return found === undefined ? 0 : found.element(j, r - j);
}

/** R of it, packed, or R and behind it B where `unknowns` has room for both. */
export function packedOperator(
  { part, diagonals }: SpinOperator,
  pyramid: Pyramid,
  unknowns: number,
): Float64Array {
  const A = new Float64Array(unknowns);
  const first = part === 'symmetric' ? 0 : pyramid.unknowns;
  pyramid.forEach((i, b, r, c) => {
    A[first + i] = spinElement({ part, diagonals }, pyramid.blocks[b].j, r, c);
  });
  return A;
}
