/** The linear memory of assembly/bicgstab.ts: a Liouvillian's stencils once, and room for one correction equation. */
import binary from './assembly/bicgstab.ts?assembly';
import { type CorrectionEquation, preconditioner } from './correction';
import type { Liouvillian } from './liouvillian';
import { type Direction, shifts } from './stencil';
import { dot } from './vectors';

const iterates = ['x', 'r0', 'r1', 'r2', 'u0', 'u1', 'u2', 'shadow'] as const;
type Iterate = (typeof iterates)[number];
const stencilFactors = ['diagonal', 'next', 'previous', 'stay', 'above', 'below'] as const;

type Addresses =
  | 'blockTable'
  | 'factors'
  | 'rowStride'
  | 'stride'
  | 'preconditioner'
  | 'theta'
  | 'deflated'
  | Iterate;
type Numbers =
  | 'p'
  | 'blocks'
  | 'stayShift'
  | 'aboveShift'
  | 'belowShift'
  | 'sigma'
  | 'deflations'
  | 'rho'
  | 'beta';

interface Bicgstab extends Readonly<Record<Addresses | Numbers, WebAssembly.Global>> {
  /** to = A from; returns to . shadow */
  readonly operate: (from: number, to: number) => number;
  /** four matvecs; returns |r0|^2 */
  readonly cycle: () => number;
}

let module: Promise<WebAssembly.Module> | undefined;

const pageBytes = 65536;
/** Nothing lies below: a row's neighbours are loaded before their factors of zero are known. */
const firstAddress = 64;
/** A vector ends at a multiple of this many numbers, zeros beyond its end. */
const padding = 4;

export class BicgstabMemory {
  readonly #rowStride: number;
  readonly #stride: number;
  readonly #blockTable = firstAddress;
  readonly #factors: Readonly<Record<Direction, number>>;
  readonly #theta: number;
  readonly #vectors: number;

  private constructor(
    private readonly liouvillian: Liouvillian,
    private readonly memory: WebAssembly.Memory,
    private readonly code: Bicgstab,
  ) {
    const { pyramid, unknowns, stencils } = liouvillian;
    const padded = (numbers: number) => 8 * padding * Math.ceil(numbers / padding);
    this.#stride = padded(unknowns);
    this.#rowStride = padded(stencils.forward.diagonal.length);
    const forward = this.#blockTable + padded(2 * pyramid.blocks.length);
    const transposed = forward + stencilFactors.length * this.#rowStride;
    this.#factors = { forward, transposed };
    this.#theta = transposed + stencilFactors.length * this.#rowStride;
    this.#vectors = this.#theta + padded(4);
    this.reserve(this.#vectors);
    const table = new Int32Array(memory.buffer, this.#blockTable);
    pyramid.blocks.forEach(({ dim, offset }, b) => {
      table.set([dim, 8 * offset, stencils.forward.rowOffset[b]], 3 * b);
    });
    for (const direction of ['forward', 'transposed'] as const) {
      stencilFactors.forEach((name, f) => {
        this.numbersAt(this.#factors[direction] + f * this.#rowStride).set(stencils[direction][name]);
      });
    }
    code.blocks.value = pyramid.blocks.length;
    code.blockTable.value = this.#blockTable;
    code.rowStride.value = this.#rowStride;
    code.stride.value = this.#stride;
    code.theta.value = this.#theta;
    code.preconditioner.value = this.#vectors;
  }

  static async of(liouvillian: Liouvillian): Promise<BicgstabMemory> {
    module ??= WebAssembly.compile(binary);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = await WebAssembly.instantiate(await module, { env: { memory } });
    return new BicgstabMemory(liouvillian, memory, exports as unknown as Bicgstab);
  }

  /** Sets the equation; returns P rhs. @throws RangeError where memory does not suffice, of which WebAssembly has 4 GiB at most */
  set({ direction, theta, deflations, deflationRate, rhs }: CorrectionEquation): Float64Array[] {
    const { code, liouvillian } = this;
    const weights = preconditioner(liouvillian, theta[0]);
    const p = rhs.length;
    const stride = this.#stride;
    const firstIterate = this.#vectors + stride;
    const deflated = firstIterate + iterates.length * p * stride;
    this.reserve(deflated + 2 * deflations.length * stride);
    // To the end: nothing of another equation may stay between the vectors, however it ended.
    this.numbersAt(this.#vectors).fill(0);
    this.numbersAt(this.#vectors).set(weights);
    iterates.forEach((name, i) => {
      code[name].value = firstIterate + i * p * stride;
    });
    deflations.forEach(({ image, functional }, d) => {
      const at = deflated + 2 * d * stride;
      this.numbersAt(at).set(image);
      const weighted = this.numbersAt(at + stride);
      for (let i = 0; i < functional.length; i++) weighted[i] = functional[i] * liouvillian.weights[i];
    });
    this.numbersAt(this.#theta).set(theta);
    code.p.value = p;
    code.factors.value = this.#factors[direction];
    const { stay, above, below } = shifts[direction];
    code.stayShift.value = stay;
    code.aboveShift.value = above;
    code.belowShift.value = below;
    code.sigma.value = deflationRate;
    code.deflations.value = deflations.length;
    code.deflated.value = deflated;
    return rhs.map((vector) => vector.map((value, i) => weights[i] * value));
  }

  /** Begins, or begins again, from x: r0 = b - A x is its own shadow. */
  start(b: readonly Float64Array[], x: readonly Float64Array[]): void {
    const { code } = this;
    // With the padding: after a breakdown it holds NaN, which would come back by the products.
    this.numbersAt(code.x.value).fill(0, 0, (iterates.length * b.length * this.#stride) / 8);
    this.vectors('x').forEach((vector, k) => {
      vector.set(x[k]);
    });
    code.operate(code.x.value, code.r1.value);
    let rho = 0;
    const [r0, r1, shadow] = (['r0', 'r1', 'shadow'] as const).map((name) => this.vectors(name));
    b.forEach((vector, k) => {
      for (let i = 0; i < vector.length; i++) r0[k][i] = vector[i] - r1[k][i];
      shadow[k].set(r0[k]);
      rho += dot(r0[k], r0[k]);
    });
    code.rho.value = rho;
    code.beta.value = 0;
  }

  /** Four matvecs; returns |b - A x|^2. */
  cycle(): number {
    return this.code.cycle();
  }

  /** A copy of x. */
  solution(): Float64Array[] {
    return this.vectors('x').map((vector) => vector.slice());
  }

  /** An iterate's p vectors: views, good until the next equation. */
  private vectors(name: Iterate): Float64Array[] {
    const { code, liouvillian } = this;
    return Array.from({ length: code.p.value }, (_, k) =>
      this.numbersAt(code[name].value + k * this.#stride).subarray(0, liouvillian.unknowns),
    );
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
