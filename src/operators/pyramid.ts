/** One spin's block of the pyramid. */
export interface Block {
  /** b = N/2 - j, the block's place from the top */
  readonly index: number;
  readonly j: number;
  /** 2j + 1 rows, r = m + j from 0 up */
  readonly dim: number;
  /** where the block's elements start in a packed vector */
  readonly offset: number;
}

/** Both are real and invariant under the Liouvillian in the real gauge: rho = rho^T and rho = -rho^T. */
export type Sector = 'symmetric' | 'antisymmetric';

/**
 * The permutation-symmetric operators of N atoms: a block for each j = N/2, N/2-1, ..., 0 or 1/2, multiplicities folded
 * in so that the trace is the plain sum of the diagonals.
 *
 * Real gauge throughout: the axes are turned by 90 degrees about z, so that the drive is 2 Omega S_y' and the
 * Liouvillian is a real matrix (back to the paper's axes: S_x = S_y', S_y = -S_x'). An operator of one sector is then
 * fixed by its elements rho_{m m'} with m >= m' (symmetric) or m > m' (antisymmetric). A packed vector holds each of
 * them once, unweighted, row by row and block after block: about N^3/12 real numbers.
 */
export class Pyramid {
  readonly blocks: readonly Block[];
  /** the length of a packed vector */
  readonly unknowns: number;

  constructor(
    readonly atoms: number,
    readonly sector: Sector = 'symmetric',
  ) {
    const blocks: Block[] = [];
    let offset = 0;
    for (let index = 0; index <= Math.floor(atoms / 2); index++) {
      const j = atoms / 2 - index;
      const dim = 2 * j + 1;
      blocks.push({ index, j, dim, offset });
      offset += (dim * (dim + (sector === 'symmetric' ? 1 : -1))) / 2;
    }
    this.blocks = blocks;
    this.unknowns = offset;
  }

  /** The place of element (r, c) of block b; c <= r in the symmetric sector, c < r in the antisymmetric one. */
  index(b: number, r: number, c: number): number {
    const above = this.sector === 'symmetric' ? r * (r + 1) : r * (r - 1);
    return this.blocks[b].offset + above / 2 + c;
  }

  /** Element (r, c) of block b of the packed operator x, by symmetry for c > r, and 0 outside the pyramid. */
  element(x: ArrayLike<number>, b: number, r: number, c: number): number {
    const block = this.blocks[b];
    if (block === undefined || r < 0 || c < 0 || r >= block.dim || c >= block.dim) return 0;
    if (this.sector === 'symmetric') return x[r >= c ? this.index(b, r, c) : this.index(b, c, r)];
    if (r === c) return 0;
    return r > c ? x[this.index(b, r, c)] : -x[this.index(b, c, r)];
  }

  /** Calls visit once for every stored element, in the order of a packed vector. */
  forEach(visit: (index: number, b: number, r: number, c: number) => void): void {
    const last = this.sector === 'symmetric' ? 0 : 1;
    let index = 0;
    for (const { index: b, dim } of this.blocks) {
      for (let r = 0; r < dim; r++) for (let c = 0; c <= r - last; c++) visit(index++, b, r, c);
    }
  }

  /** Tr x; 0 in the antisymmetric sector. */
  trace(x: ArrayLike<number>): number {
    let sum = 0;
    this.forEach((index, _b, r, c) => {
      if (r === c) sum += x[index];
    });
    return sum;
  }

  /** How often each stored element occurs in the operator: once on the diagonal, twice off it. */
  weights(): Float64Array {
    const weights = new Float64Array(this.unknowns);
    this.forEach((index, _b, r, c) => {
      weights[index] = r === c ? 1 : 2;
    });
    return weights;
  }

  /** The Hilbert-Schmidt product Tr(x^T y), the sum over all elements: an off-diagonal one counts twice. */
  inner(x: ArrayLike<number>, y: ArrayLike<number>): number {
    let sum = 0;
    this.forEach((index, _b, r, c) => {
      sum += (r === c ? 1 : 2) * x[index] * y[index];
    });
    return sum;
  }

  /** psi^T x psi for the real amplitudes psi of block b and a packed symmetric operator x. */
  expectation(x: ArrayLike<number>, b: number, psi: ArrayLike<number>): number {
    let sum = 0;
    for (let r = 0; r < psi.length; r++) {
      for (let c = 0; c <= r; c++) sum += (r === c ? 1 : 2) * x[this.index(b, r, c)] * psi[r] * psi[c];
    }
    return sum;
  }

  /** The identity, whose product with an operator is the trace: the Liouvillian's left vector for eigenvalue 0. */
  identity(): Float64Array {
    return this.weights().map((weight) => (weight === 1 ? 1 : 0));
  }
}
