/** The orthonormal vectors of a Krylov space, as many as come, in a WebAssembly memory of their own (assembly/krylov-basis.ts). */
import binary from './assembly/krylov-basis.ts?real-assembly';

type Address = number;

interface Kernel {
  readonly takeOut: Overlaps;
  readonly subtract: Overlaps;
}

/** Between a vector x and `count` rows. */
type Overlaps = (rows: Address, count: number, stride: number, x: Address, overlaps: Address) => void;

let compiled: WebAssembly.Module | undefined;
const pageBytes = 65536;
const start: Address = 64;

export class KrylovBasis {
  readonly #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #kernel: Kernel;
  readonly #stride: number;
  #size = 0;

  /** @param length of each vector, in real numbers */
  constructor(private readonly length: number) {
    compiled ??= new WebAssembly.Module(binary);
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory: this.#memory } });
    this.#kernel = exports as unknown as Kernel;
    this.#stride = 32 * Math.ceil(length / 4);
  }

  get size(): number {
    return this.#size;
  }

  push(vector: Float64Array): void {
    this.#size += 1;
    this.reserve();
    const at = this.rowAt(this.#size - 1);
    // Overlaps have been there, and a row ends in zeros.
    new Float64Array(this.#memory.buffer, at, this.#stride / 8).fill(0);
    this.numbers(at).set(vector);
  }

  /** Leaves of x what is orthogonal to all of them, and returns its parts along each. */
  takeOut(x: Float64Array): Float64Array {
    const rest = this.numbers(start);
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
    const sum = this.numbers(start);
    sum.fill(0);
    this.overlaps().set(coefficients.map((coefficient) => -coefficient));
    this.run('subtract');
    return sum.slice();
  }

  private run(kernel: keyof Kernel): void {
    this.#kernel[kernel](this.rowAt(0), this.#size, this.#stride, start, this.rowAt(this.#size));
  }

  /** Behind the rows, where the next one will be. */
  private overlaps(): Float64Array {
    return new Float64Array(this.#memory.buffer, this.rowAt(this.#size), this.#size);
  }

  private rowAt(k: number): Address {
    return start + (1 + k) * this.#stride;
  }

  private numbers(address: Address): Float64Array {
    return new Float64Array(this.#memory.buffer, address, this.length);
  }

  /** Room for the rows and the overlaps, twice what is needed where it grows. */
  private reserve(): void {
    const has = this.#memory.buffer.byteLength;
    const needed = this.rowAt(this.#size) + 8 * this.#size;
    if (needed > has) this.#memory.grow(Math.ceil((2 * needed - has) / pageBytes));
  }
}
