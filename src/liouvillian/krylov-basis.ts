/** The orthonormal vectors of a Krylov space, as many as come, behind what else stands in a WebAssembly memory (assembly/krylov-basis.ts). */
import binary from './assembly/krylov-basis.ts?real-assembly';
import { reserve } from './borrowed-memory';

type Address = number;

interface Kernel {
  readonly takeOut: Overlaps;
  readonly subtract: Overlaps;
}

/** Between a vector x and `count` rows. */
type Overlaps = (rows: Address, count: number, stride: number, x: Address, overlaps: Address) => void;

let compiled: WebAssembly.Module | undefined;

/**
 * Room is made for so many vectors at once. To the garbage collector a memory that has grown is a new buffer of its whole size: with room made for one
 * after the other it went through the program's memory a hundred times in a search.
 */
const roomStep = 16;

export class KrylovBasis {
  readonly #kernel: Kernel;
  readonly #stride: number;
  #size = 0;

  /**
   * @param start from where on the memory is free
   * @param length of each vector, in real numbers
   */
  constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly start: Address,
    private readonly length: number,
  ) {
    compiled ??= new WebAssembly.Module(binary);
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    this.#kernel = exports as unknown as Kernel;
    this.#stride = 32 * Math.ceil(length / 4);
  }

  get size(): number {
    return this.#size;
  }

  push(vector: Float64Array): void {
    this.#size += 1;
    const room = roomStep * Math.ceil(this.#size / roomStep);
    reserve(this.memory, this.rowAt(room) + 8 * room);
    const at = this.rowAt(this.#size - 1);
    // Overlaps have been there, and a row ends in zeros.
    new Float64Array(this.memory.buffer, at, this.#stride / 8).fill(0);
    this.numbers(at).set(vector);
  }

  /** Leaves of x what is orthogonal to all of them, and returns its parts along each. */
  takeOut(x: Float64Array): Float64Array {
    const rest = this.first();
    rest.set(x);
    const parts = new Float64Array(this.#size);
    // Twice is enough: what rounding leaves of the first time is taken out by the second.
    for (let pass = 0; pass < 2; pass++) {
      this.run('takeOut');
      this.overlaps().forEach((overlap, k) => {
        parts[k] += overlap;
      });
    }
    x.set(rest);
    return parts;
  }

  /** sum_k coefficients_k vector_k */
  combine(coefficients: Float64Array): Float64Array {
    const sum = this.first();
    this.overlaps().set(coefficients.map((coefficient) => -coefficient));
    this.run('subtract');
    return sum.slice();
  }

  private run(kernel: keyof Kernel): void {
    this.#kernel[kernel](this.rowAt(0), this.#size, this.#stride, this.start, this.rowAt(this.#size));
  }

  /** Zeros, where the kernels take x. */
  private first(): Float64Array {
    new Float64Array(this.memory.buffer, this.start, this.#stride / 8).fill(0);
    return this.numbers(this.start);
  }

  /** Behind the rows, where the next one will be. */
  private overlaps(): Float64Array {
    return new Float64Array(this.memory.buffer, this.rowAt(this.#size), this.#size);
  }

  private rowAt(k: number): Address {
    return this.start + (1 + k) * this.#stride;
  }

  private numbers(address: Address): Float64Array {
    return new Float64Array(this.memory.buffer, address, this.length);
  }
}
