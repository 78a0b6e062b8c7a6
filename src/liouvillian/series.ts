/** Steps x <- exp(h L) x by their Taylor series, in the memory of assembly/series.ts: x and its integral stay there from step to step. */
import binary from './assembly/series.ts?shared-assembly';
import type { Liouvillian } from './liouvillian';
import { StencilMemory } from './stencil-memory';

let compiled: WebAssembly.Module | undefined;

interface Code {
  readonly first: () => number;
  readonly next: () => number;
}

export class Series {
  readonly #weights: number;
  readonly #x: number;
  readonly #integral: number;
  readonly #partials: number;
  #term: number;
  #other: number;

  private constructor(
    private readonly at: StencilMemory,
    private readonly code: Code,
    weights: Float64Array,
  ) {
    const { stride } = at;
    this.#weights = at.free;
    this.#x = at.free + stride;
    this.#integral = this.#x + stride;
    this.#term = this.#integral + stride;
    this.#other = this.#term + stride;
    this.#partials = this.#other + stride;
    at.reserve(this.#partials + at.sumBytes(1));
    at.rows.write(at.singles(), this.#weights, weights);
  }

  /** @throws RangeError where memory does not suffice */
  static of(liouvillian: Liouvillian): Series {
    compiled ??= new WebAssembly.Module(binary);
    const at = new StencilMemory(liouvillian, ['forward']);
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory: at.memory } });
    return new Series(at, exports as unknown as Code, liouvillian.weights);
  }

  get x(): Float64Array {
    return this.at.rows.read(this.at.doubles(), this.#x);
  }

  set x(packed: Float64Array) {
    this.at.rows.write(this.at.doubles(), this.#x, packed);
  }

  /** of x over all steps from the first */
  get integral(): Float64Array {
    return this.at.rows.read(this.at.doubles(), this.#integral);
  }

  /** Begins a step of length h; the term is x itself. @returns the sum of all elements' absolute values, no less than the trace norm of the term */
  first(h: number): number {
    this.set(0, h);
    return this.code.first();
  }

  /** The term of h^k. @returns as `first` */
  next(h: number, k: number): number {
    [this.#term, this.#other] = [this.#other, this.#term];
    this.set(h / k, h / (k + 1));
    return this.code.next();
  }

  /** The Hilbert-Schmidt product with the term, for an observable of few elements. */
  productWith(observable: Float64Array, { weights }: Liouvillian): () => number {
    const padded = this.at.rows.places();
    const few = Array.from(observable.keys()).filter((i) => observable[i] !== 0);
    const places = few.map((i) => padded[i]);
    const factors = few.map((i) => weights[i] * observable[i]);
    return () => {
      const term = this.at.doubles(this.#term);
      let sum = 0;
      for (let i = 0; i < places.length; i++) sum += factors[i] * term[places[i]];
      return sum;
    };
  }

  private set(factor: number, inIntegral: number): void {
    const { at } = this;
    at.scalars(2).set([factor, inIntegral]);
    at.set([this.#weights, this.#x, this.#integral, this.#other, this.#term], 'forward', 1, this.#partials);
  }
}
