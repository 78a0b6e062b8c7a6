/** Lowest eigenpairs of a real symmetric tridiagonal matrix with no vanishing off-diagonal element. */

/** Eigenvalues ascending; `vectors[i]` is the orthonormal eigenvector of `values[i]`. */
export interface Eigenpairs {
  readonly values: Float64Array;
  readonly vectors: readonly Float64Array[];
}

/** Shifts counted in one Sturm sweep: independent divisions hide one another's latency. */
const shiftsPerSweep = 4;

/**
 * The `count` lowest eigenpairs: bisection on Sturm counts to the last digit, then inverse iteration,
 * orthogonalised against the pairs below.
 * @param diagonal d_0 .. d_{n-1}
 * @param coupling e_0 .. e_{n-2}, between rows i and i + 1
 */
export function lowestEigenpairs(diagonal: Float64Array, coupling: Float64Array, count: number): Eigenpairs {
  const values = lowestEigenvalues(diagonal, coupling, count);
  const vectors: Float64Array[] = [];
  const solver = new ShiftedSolver(diagonal, coupling);
  for (let i = 0; i < count; i++) vectors.push(solver.eigenvector(values[i], vectors));
  return { values, vectors };
}

/** Gershgorin's interval, a little widened. */
function spectralInterval(diagonal: Float64Array, coupling: Float64Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < diagonal.length; i++) {
    const radius = Math.abs(coupling[i - 1] ?? 0) + Math.abs(coupling[i] ?? 0);
    low = Math.min(low, diagonal[i] - radius);
    high = Math.max(high, diagonal[i] + radius);
  }
  const margin = 1e-12 * (high - low) + 1e-290;
  return [low - margin, high + margin];
}

/**
 * Each eigenvalue's bracket [low, high] halves until it stops shrinking. Brackets are refined four at a time;
 * a count for one eigenvalue's midpoint also narrows the brackets of the others.
 */
function lowestEigenvalues(diagonal: Float64Array, coupling: Float64Array, count: number): Float64Array {
  const [bottom, top] = spectralInterval(diagonal, coupling);
  const low = new Float64Array(count).fill(bottom);
  const high = new Float64Array(count).fill(top);
  const squares = coupling.map((e) => e * e);
  const resolution = 2 * Number.EPSILON * Math.max(Math.abs(bottom), Math.abs(top));
  const shifts = new Float64Array(shiftsPerSweep);
  const below = new Int32Array(shiftsPerSweep);
  for (let first = 0; first < count; first += shiftsPerSweep) {
    for (;;) {
      let widest = 0;
      for (let l = 0; l < shiftsPerSweep; l++) {
        const i = Math.min(first + l, count - 1);
        shifts[l] = (low[i] + high[i]) / 2;
        widest = Math.max(widest, high[i] - low[i]);
      }
      if (widest <= resolution) break;
      sturmCounts(diagonal, squares, shifts, below);
      for (let l = 0; l < shiftsPerSweep; l++) {
        for (let i = first; i < count; i++) {
          if (i < below[l]) high[i] = Math.min(high[i], shifts[l]);
          else low[i] = Math.max(low[i], shifts[l]);
        }
      }
    }
  }
  return low.map((l, i) => (l + high[i]) / 2);
}

/** How many eigenvalues lie below each of the four shifts: the negative pivots of T - shift. */
function sturmCounts(diagonal: Float64Array, squares: Float64Array, shifts: Float64Array, below: Int32Array) {
  const [s0, s1, s2, s3] = shifts;
  const d = diagonal[0];
  let q0 = d - s0;
  let q1 = d - s1;
  let q2 = d - s2;
  let q3 = d - s3;
  let [n0, n1, n2, n3] = [q0 < 0 ? 1 : 0, q1 < 0 ? 1 : 0, q2 < 0 ? 1 : 0, q3 < 0 ? 1 : 0];
  for (let i = 1; i < diagonal.length; i++) {
    const d = diagonal[i];
    const e = squares[i - 1];
    // a pivot of exactly zero gives an infinite next one, with the right sign for the count
    q0 = d - s0 - e / q0;
    q1 = d - s1 - e / q1;
    q2 = d - s2 - e / q2;
    q3 = d - s3 - e / q3;
    if (q0 < 0) n0++;
    if (q1 < 0) n1++;
    if (q2 < 0) n2++;
    if (q3 < 0) n3++;
  }
  below.set([n0, n1, n2, n3]);
}

/** Inverse iteration with T - shift factorised by Gaussian elimination with partial pivoting. */
class ShiftedSolver {
  private readonly pivot: Float64Array;
  private readonly upper1: Float64Array;
  private readonly upper2: Float64Array;
  private readonly factor: Float64Array;
  private readonly swapped: Uint8Array;
  /** no symmetry, so that it overlaps with every eigenvector */
  private readonly start: Float64Array;

  constructor(
    private readonly diagonal: Float64Array,
    private readonly coupling: Float64Array,
  ) {
    const n = diagonal.length;
    this.pivot = new Float64Array(n);
    this.upper1 = new Float64Array(n);
    this.upper2 = new Float64Array(n);
    this.factor = new Float64Array(n);
    this.swapped = new Uint8Array(n);
    this.start = Float64Array.from({ length: n }, (_, i) => 1 + 0.3 * Math.sin(1 + 7 * i));
  }

  /** The eigenvector for an eigenvalue correct to rounding, orthogonal to `lower`. Two iterations suffice. */
  eigenvector(value: number, lower: readonly Float64Array[]): Float64Array {
    this.factorise(value);
    const x = this.start.slice();
    for (let iteration = 0; iteration < 3; iteration++) {
      this.solve(x);
      for (let pass = 0; pass < 2; pass++) {
        normalise(x);
        subtractProjections(x, lower);
      }
      normalise(x);
    }
    const largest = x.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    return largest < 0 ? x.map((value) => -value) : x;
  }

  private factorise(shift: number) {
    const { diagonal, coupling, pivot, upper1, upper2, factor, swapped } = this;
    const n = diagonal.length;
    const smallest = Number.EPSILON * (Math.abs(shift) + Math.abs(coupling[0] ?? 1) + Number.MIN_VALUE);
    let p = diagonal[0] - shift;
    let u = coupling[0] ?? 0;
    for (let i = 0; i < n - 1; i++) {
      const e = coupling[i];
      const nextDiagonal = diagonal[i + 1] - shift;
      const nextCoupling = coupling[i + 1] ?? 0;
      if (Math.abs(p) >= Math.abs(e)) {
        const l = e / p;
        pivot[i] = p;
        upper1[i] = u;
        upper2[i] = 0;
        factor[i] = l;
        swapped[i] = 0;
        p = nextDiagonal - l * u;
        u = nextCoupling;
      } else {
        const l = p / e;
        pivot[i] = e;
        upper1[i] = nextDiagonal;
        upper2[i] = nextCoupling;
        factor[i] = l;
        swapped[i] = 1;
        p = u - l * nextDiagonal;
        u = -l * nextCoupling;
      }
    }
    pivot[n - 1] = Math.abs(p) > smallest ? p : smallest;
  }

  private solve(x: Float64Array) {
    const { pivot, upper1, upper2, factor, swapped } = this;
    const n = x.length;
    for (let i = 0; i < n - 1; i++) {
      if (swapped[i]) {
        const swap = x[i];
        x[i] = x[i + 1];
        x[i + 1] = swap - factor[i] * x[i];
      } else {
        x[i + 1] -= factor[i] * x[i];
      }
    }
    x[n - 1] /= pivot[n - 1];
    if (n > 1) x[n - 2] = (x[n - 2] - upper1[n - 2] * x[n - 1]) / pivot[n - 2];
    for (let i = n - 3; i >= 0; i--) x[i] = (x[i] - upper1[i] * x[i + 1] - upper2[i] * x[i + 2]) / pivot[i];
  }
}

function normalise(x: Float64Array) {
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]));
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const part = x[i] / largest;
    sum += part * part;
  }
  const scale = 1 / (largest * Math.sqrt(sum));
  for (let i = 0; i < x.length; i++) x[i] *= scale;
}

/** One after the other; the pass that takes one out finds the overlap with the next, whose sum takes its time. */
function subtractProjections(x: Float64Array, units: readonly Float64Array[]) {
  if (units.length === 0) return;
  let overlap = 0;
  for (let i = 0; i < x.length; i++) overlap += x[i] * units[0][i];
  for (let u = 0; u < units.length; u++) {
    const unit = units[u];
    const next = units[u + 1] ?? unit;
    let overlapWithNext = 0;
    for (let i = 0; i < x.length; i++) {
      const rest = x[i] - overlap * unit[i];
      x[i] = rest;
      overlapWithNext += rest * next[i];
    }
    overlap = overlapWithNext;
  }
}
