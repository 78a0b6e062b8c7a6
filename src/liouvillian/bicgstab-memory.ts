/** The linear memory of assembly/bicgstab.ts: a Liouvillian's stencils once, and room for one correction equation. Threads may share it. */
import binary from './assembly/bicgstab.ts?shared-assembly';
import { type CorrectionEquation, preconditioner } from './correction';
import { CorrectionTeam, type CorrectionThreads } from './correction-threads';
import type { Liouvillian } from './liouvillian';
import type { PaddedRows } from './padded-rows';
import type { Region } from './region';
import { StencilMemory } from './stencil-memory';

let compiled: WebAssembly.Module | undefined;

interface Bicgstab {
  /** four matvecs by so many threads; returns |r0|^2, or a negative number where a thread was lost */
  readonly cycle: (team: number) => number;
}

/** x, the best x, r0, r1, r2, u0, u1, u2 */
const iterates = 8;
/** Sums of a chunk at least. */
const fewestSums = 8;
/** Numbers for each thread at least: those of N = 54 are one thread's, for they are done before another has started. */
const fewestForThread = 16384;
/** Threads at most: beyond two it was not measured what more of them bring, and all share one memory. */
const mostThreads = 16;

const threadsFor = ({ numbers }: PaddedRows) => Math.max(1, Math.floor(numbers / fewestForThread));

export class BicgstabMemory {
  #region: Region | null = null;
  #p = 1;
  #shadow = 0;
  #iterates = 0;

  private constructor(
    private readonly liouvillian: Liouvillian,
    private readonly at: StencilMemory,
    private readonly code: Bicgstab,
    private readonly team: CorrectionTeam | null,
  ) {}

  /** @param threads are lent for as long as this is not closed */
  static of(liouvillian: Liouvillian, threads: CorrectionThreads | null): BicgstabMemory {
    // In place, in a millisecond: a promise waits for all else that the process compiles, 0.1 s where cores are few.
    compiled ??= new WebAssembly.Module(binary);
    const at = new StencilMemory(liouvillian, ['forward', 'transposed']);
    const { memory, rows } = at;
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    const count = Math.min(threads?.count ?? 1, threadsFor(rows), mostThreads);
    const team = threads && count > 1 ? new CorrectionTeam(threads, count, compiled, memory) : null;
    return new BicgstabMemory(liouvillian, at, exports as unknown as Bicgstab, team);
  }

  /** Ends the threads. */
  close(): void {
    this.team?.stop();
  }

  /** Sets the equation, but for its right-hand side, in a region outside of which all is 0; null for the whole pyramid. @throws RangeError where memory does not suffice, of which WebAssembly has 4 GiB at most */
  set(
    { direction, theta, deflations, deflationRate, rhs }: CorrectionEquation,
    region: Region | null = null,
  ): void {
    const { liouvillian, at } = this;
    if (region !== this.#region) at.layOut(region);
    this.#region = region;
    const p = rhs.length;
    const { stride } = at;
    const thetaAt = at.free;
    const vectors = at.free + 64;
    const sums = Math.max(fewestSums, p * deflations.length);
    const deflated = vectors + stride / 2;
    this.#shadow = deflated + deflations.length * stride;
    const partials = this.#shadow + (p * stride) / 2;
    this.#p = p;
    this.#iterates = partials + at.sumBytes(sums);
    at.reserve(this.#iterates + iterates * p * stride);
    // To the end: nothing of another equation may stay between the vectors, however it ended.
    at.clear(vectors);
    const singles = at.singles();
    at.rows.write(singles, vectors, preconditioner(liouvillian, theta[0]));
    deflations.forEach(({ image, functional }, d) => {
      const weighted = functional.map((value, i) => deflationRate * liouvillian.weights[i] * value);
      at.rows.write(singles, deflated + d * stride, image);
      at.rows.write(singles, deflated + (d + 0.5) * stride, weighted);
    });
    at.doubles(thetaAt).set(theta);
    // In the order in which assembly/correction.ts reads them.
    const settings = [p, stride, thetaAt, vectors, deflations.length, deflated, this.#shadow, this.#iterates];
    at.set(settings, direction, sums, partials);
  }

  /** Begins, or begins again, from x = 0: r0 = b is its own shadow. */
  start(b: readonly Float64Array[]): void {
    const { at } = this;
    const [bytes, stride] = [this.#p * at.stride, at.stride];
    // With what lies between rows: after a breakdown it holds NaN, which would come back by the products.
    at.clear(this.#iterates, iterates * bytes);
    const [singles, doubles] = [at.singles(), at.doubles()];
    let rho = 0;
    b.forEach((vector, k) => {
      at.rows.write(doubles, this.#iterates + 2 * bytes + k * stride, vector);
      at.rows.write(singles, this.#shadow + (k * stride) / 2, vector);
      for (let i = 0; i < vector.length; i++) rho += vector[i] * Math.fround(vector[i]);
    });
    at.scalars(3).set([rho, 0, 0]);
  }

  /**
   * Four matvecs; returns |b - A x|^2, or null where a thread was lost: then all is to begin again, and ends with the same bits.
   * @param keeps whether x is kept first, to be had as `best`
   */
  cycle(keeps: boolean): number | null {
    this.at.scalars(3)[2] = keeps ? 1 : 0;
    const squared = this.code.cycle(Math.min(this.team?.size ?? 1, threadsFor(this.at.rows)));
    if (squared >= 0 || Number.isNaN(squared)) return squared;
    this.close();
    return null;
  }

  /** A copy of x, now or when it was last kept; zeros at first. */
  solution(which: 'now' | 'best'): Float64Array[] {
    const { at } = this;
    const first = this.#iterates + (which === 'now' ? 0 : this.#p * at.stride);
    return Array.from({ length: this.#p }, (_, k) => at.rows.read(at.doubles(), first + k * at.stride));
  }
}
