/** The linear memory of assembly/bicgstab.ts: a Liouvillian's stencils once, and room for one correction equation. Threads may share it. */
import binary from './assembly/bicgstab.ts?shared-assembly';
import { type CorrectionEquation, preconditioner } from './correction';
import { CorrectionTeam, type CorrectionThreads } from './correction-threads';
import type { Liouvillian } from './liouvillian';
import { PaddedRows } from './padded-rows';
import type { Direction, Stencil } from './stencil';

let compiled: Promise<WebAssembly.Module> | undefined;

interface Bicgstab {
  /** four matvecs by so many threads; returns |r0|^2, or a negative number where a thread was lost */
  readonly cycle: (team: number) => number;
}

/** x, the best x, r0, r1, r2, u0, u1, u2 */
const iterates = 8;

/** What assembly/correction.ts reads, in its order: addresses and strides in bytes. */
const settings = [
  'p',
  'stride',
  'theta',
  'preconditioner',
  'deflations',
  'deflated',
  'shadow',
  'iterates',
  'chunks',
  'sums',
  'partials',
  'blockTable',
  'chunkTable',
  'factors',
  'rowStride',
  'emissionShift',
  'others',
  'firstShift',
  'secondShift',
  'half',
  'halfBlocks',
] as const;

/** In the order in which assembly/stencil.ts reads them. */
const factorsOf = ({ diagonal, next, previous, jumps, level }: Stencil): Float64Array[] => [
  ...[diagonal, next, previous],
  ...jumps.flatMap(({ stay, above, below }) => [stay, above, below]),
  ...(level ? [level] : []),
];

const pageBytes = 65536;
/** All that a module of 32 bits can address. */
const mostPages = 65536;
const settingsAddress = 256;
/** rho, beta, and whether x is to be kept before it changes */
const scalarsAddress = 384;
const firstAddress = 512;
/** Factors that are read beyond the last row's, and mean nothing. */
const factorsBeyond = 4;
/** Sums of a chunk at least. */
const fewestSums = 8;
/** Numbers for each thread at least: those of N = 54 are one thread's, for they are done before another has started. */
const fewestForThread = 16384;
/** Threads at most: beyond two it was not measured what more of them bring, and all share one memory. */
const mostThreads = 16;

export class BicgstabMemory {
  readonly #rows: PaddedRows;
  readonly #rowStride: number;
  readonly #stride: number;
  readonly #blockTable: number;
  readonly #chunkTable: number;
  readonly #factors: Readonly<Record<Direction, number>>;
  readonly #theta: number;
  readonly #vectors: number;
  readonly #team: CorrectionTeam | null;
  #p = 1;
  #shadow = 0;
  #iterates = 0;

  private constructor(
    private readonly liouvillian: Liouvillian,
    private readonly memory: WebAssembly.Memory,
    private readonly code: Bicgstab,
    team: (numbers: number) => CorrectionTeam | null,
  ) {
    const { stencils } = liouvillian;
    const rows = new PaddedRows(liouvillian);
    this.#rows = rows;
    const take = (bytes: number) => {
      const at = next;
      next += 64 * Math.ceil(bytes / 64);
      return at;
    };
    let next = firstAddress;
    this.#stride = 64 * Math.ceil((8 * rows.numbers) / 64);
    this.#rowStride = 8 * (stencils.forward.diagonal.length + factorsBeyond);
    this.#blockTable = take(12 * (rows.blocks.length + 2));
    this.#chunkTable = take(4 * rows.chunkTable.length);
    const factors = { forward: factorsOf(stencils.forward), transposed: factorsOf(stencils.transposed) };
    const forward = take(factors.forward.length * this.#rowStride);
    this.#factors = { forward, transposed: take(factors.transposed.length * this.#rowStride) };
    this.#theta = take(32);
    this.#vectors = next;
    this.reserve(next);
    const blocks = rows.blocks.flatMap(({ index, dim, padded }) => [
      dim,
      padded,
      stencils.forward.rowOffset[index],
    ]);
    new Int32Array(memory.buffer, this.#blockTable).set(blocks);
    new Int32Array(memory.buffer, this.#chunkTable).set(rows.chunkTable);
    for (const direction of ['forward', 'transposed'] as const) {
      factors[direction].forEach((values, f) => {
        this.numbersAt(this.#factors[direction] + f * this.#rowStride).set(values);
      });
    }
    this.#team = team(rows.numbers);
  }

  /** @param threads are lent for as long as this is not closed */
  static async of(liouvillian: Liouvillian, threads: CorrectionThreads | null): Promise<BicgstabMemory> {
    compiled ??= WebAssembly.compile(binary);
    const module = await compiled;
    const memory = new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared: true });
    const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
    return new BicgstabMemory(liouvillian, memory, exports as unknown as Bicgstab, (numbers) => {
      const count = Math.min(threads?.count ?? 1, Math.floor(numbers / fewestForThread), mostThreads);
      return threads && count > 1 ? new CorrectionTeam(threads, count, module, memory) : null;
    });
  }

  /** Ends the threads. */
  close(): void {
    this.#team?.stop();
  }

  /** Sets the equation, but for its right-hand side. @throws RangeError where memory does not suffice, of which WebAssembly has 4 GiB at most */
  set({ direction, theta, deflations, deflationRate, rhs }: CorrectionEquation): void {
    const { liouvillian } = this;
    const p = rhs.length;
    const stride = this.#stride;
    const sums = Math.max(fewestSums, p * deflations.length);
    const deflated = this.#vectors + stride / 2;
    this.#shadow = deflated + deflations.length * stride;
    const partials = this.#shadow + (p * stride) / 2;
    this.#p = p;
    this.#iterates = partials + 64 * Math.ceil((8 * sums * (this.#rows.chunks + 1)) / 64);
    this.reserve(this.#iterates + iterates * p * stride + pageBytes);
    // To the end: nothing of another equation may stay between the vectors, however it ended.
    new Uint8Array(this.memory.buffer, this.#vectors).fill(0);
    const singles = new Float32Array(this.memory.buffer);
    this.#rows.write(singles, this.#vectors, preconditioner(liouvillian, theta[0]));
    deflations.forEach(({ image, functional }, d) => {
      const weighted = functional.map((value, i) => deflationRate * liouvillian.weights[i] * value);
      this.#rows.write(singles, deflated + d * stride, image);
      this.#rows.write(singles, deflated + (d + 0.5) * stride, weighted);
    });
    this.numbersAt(this.#theta).set(theta);
    const { jumps } = liouvillian.stencils[direction];
    const [emission, first, second] = jumps.map(({ shift }) => shift);
    const isWhole = liouvillian.parts === 'both';
    const values: Record<(typeof settings)[number], number> = {
      p,
      stride,
      theta: this.#theta,
      preconditioner: this.#vectors,
      deflations: deflations.length,
      deflated,
      shadow: this.#shadow,
      iterates: this.#iterates,
      chunks: this.#rows.chunks,
      sums,
      partials,
      blockTable: this.#blockTable,
      chunkTable: this.#chunkTable,
      factors: this.#factors[direction],
      rowStride: this.#rowStride,
      emissionShift: emission,
      others: jumps.length - 1,
      firstShift: first ?? 0,
      secondShift: second ?? 0,
      half: isWhole ? 4 * this.#rows.numbers : 0,
      halfBlocks: isWhole ? liouvillian.pyramid.blocks.length : 0,
    };
    new Int32Array(this.memory.buffer, settingsAddress).set(settings.map((name) => values[name]));
  }

  /** Begins, or begins again, from x = 0: r0 = b is its own shadow. */
  start(b: readonly Float64Array[]): void {
    const [bytes, stride] = [this.#p * this.#stride, this.#stride];
    // With what lies between rows: after a breakdown it holds NaN, which would come back by the products.
    new Uint8Array(this.memory.buffer, this.#iterates, iterates * bytes).fill(0);
    const [singles, doubles] = [new Float32Array(this.memory.buffer), new Float64Array(this.memory.buffer)];
    let rho = 0;
    b.forEach((vector, k) => {
      this.#rows.write(doubles, this.#iterates + 2 * bytes + k * stride, vector);
      this.#rows.write(singles, this.#shadow + (k * stride) / 2, vector);
      for (const value of vector) rho += value * Math.fround(value);
    });
    this.scalars().set([rho, 0, 0]);
  }

  /**
   * Four matvecs; returns |b - A x|^2, or null where a thread was lost: then all is to begin again, and ends with the same bits.
   * @param keeps whether x is kept first, to be had as `best`
   */
  cycle(keeps: boolean): number | null {
    this.scalars()[2] = keeps ? 1 : 0;
    const squared = this.code.cycle(this.#team?.size ?? 1);
    if (squared >= 0 || Number.isNaN(squared)) return squared;
    this.close();
    return null;
  }

  /** A copy of x, now or when it was last kept; zeros at first. */
  solution(which: 'now' | 'best'): Float64Array[] {
    const first = this.#iterates + (which === 'now' ? 0 : this.#p * this.#stride);
    return Array.from({ length: this.#p }, (_, k) =>
      this.#rows.read(this.numbersAt(0), first + k * this.#stride),
    );
  }

  private scalars(): Float64Array {
    return new Float64Array(this.memory.buffer, scalarsAddress, 3);
  }

  private numbersAt(address: number): Float64Array {
    return new Float64Array(this.memory.buffer, address);
  }

  private reserve(bytes: number): void {
    const pages = Math.ceil(bytes / pageBytes) - this.memory.buffer.byteLength / pageBytes;
    if (pages <= 0) return;
    try {
      this.memory.grow(pages);
    } catch (cause) {
      const { atoms } = this.liouvillian.system;
      throw new RangeError(`${atoms} atoms need ${(bytes / 2 ** 30).toFixed(1)} GiB of WebAssembly memory.`, {
        cause,
      });
    }
  }
}
