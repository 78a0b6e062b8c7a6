/** Eigenvalues and eigenvectors of a real matrix A = Q T Q^T of some hundred rows at most; T and Q by assembly/schur.ts. */
import binary from './assembly/schur.ts?real-assembly';
import { borrowMemory, giveBack, reserve } from './borrowed-memory';
import { type QuasiTriangular, triangularVectors } from './quasi-triangular';
import { combine } from './vectors';

export interface RealEigen {
  /** eigenvalues re_i + i im_i; of a pair the one of im > 0 comes first */
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** one of each, not normalised; of a pair the real part of the vector of im > 0, then its imaginary part */
  readonly vectors: readonly Float64Array[];
}

interface Schur extends QuasiTriangular {
  /** columns */
  readonly Q: readonly Float64Array[];
}

type Address = number;

interface Kernel {
  readonly triangulate: (
    T: Address,
    Q: Address,
    n: number,
    stride: number,
    work: Address,
    re: Address,
    im: Address,
    norm: number,
  ) => number;
}

let compiled: WebAssembly.Module | undefined;

/** @param rows of A */
export function realEigen(rows: readonly Float64Array[]): RealEigen {
  const memory = borrowMemory();
  try {
    const schur = schurForm(rows, memory);
    const { Q } = schur;
    const vectors = triangularVectors(schur).map((x) => combine(Q.slice(0, x.length), x));
    return { re: schur.re.slice(), im: schur.im.slice(), vectors };
  } finally {
    giveBack(memory);
  }
}

/** All in `memory`. */
function schurForm(rows: readonly Float64Array[], memory: WebAssembly.Memory): Schur {
  const n = rows.length;
  const stride = 16 * Math.ceil(n / 2);
  const [T, Q] = [64, 64 + n * stride];
  const work = Q + n * stride;
  const re = work + 2 * stride;
  const im = re + 8 * n;
  compiled ??= new WebAssembly.Module(binary);
  reserve(memory, im + 8 * n);
  const { buffer } = memory;
  new Float64Array(buffer, 0, im / 8 + n).fill(0);
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const numbers = (address: Address, length: number) => new Float64Array(buffer, address, length);
  const rowsAt = (address: Address) => rows.map((_, i) => numbers(address + i * stride, n));
  let norm = 0;
  for (const [i, row] of rowsAt(T).entries()) {
    row.set(rows[i]);
    norm = row.reduce((sum, value) => sum + Math.abs(value), norm);
  }
  // Beside nothing anything is large.
  if (norm === 0) norm = 1;
  const { triangulate } = exports as unknown as Kernel;
  if (!triangulate(T, Q, n, stride, work, re, im, norm))
    throw new Error('The QR algorithm did not separate an eigenvalue of a small matrix.');
  return { T: rowsAt(T), Q: rowsAt(Q), re: numbers(re, n), im: numbers(im, n), norm };
}
