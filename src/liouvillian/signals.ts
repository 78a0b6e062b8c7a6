/**
 * Functions of time Tr[O exp(Lt) x] of several observables O: the Taylor series of each step of the evolution, a polynomial apiece, so that values
 * at any time and integrals over all of it are exact to rounding.
 */
import { Evolution } from './evolution';
import type { Liouvillian } from './liouvillian';

/** One step: f_q(t + s h) = sum_k coefficients[q][k] s^k for 0 <= s <= 1. */
interface Piece {
  readonly t: number;
  readonly h: number;
  readonly coefficients: readonly number[][];
}

/** A coefficient below this part of the largest is none. */
const NEGLIGIBLE = 1e-16;

export class Signals {
  private constructor(
    private readonly pieces: readonly Piece[],
    /** where they end, and are below the asked part of what they were */
    readonly end: number,
    /** bound on the trace norm of what the evolution added to x */
    readonly error: number,
    /** int exp(Lt) x dt over all of it */
    readonly sum: Float64Array,
  ) {}

  /**
   * Follows x until it has fallen to a part of its Hilbert-Schmidt norm. It is taken to fall: what does not decay, or slowly, is to be split off before.
   * @param keep is called with x now and then, and may take out what x must not hold
   * @param onFall is told by what part x has fallen, on a logarithmic scale from 0 to 1
   */
  static async of(
    liouvillian: Liouvillian,
    start: Float64Array,
    observables: readonly Float64Array[],
    part: number,
    pause: () => Promise<void>,
    keep: (x: Float64Array) => void,
    onFall: (share: number) => void,
  ): Promise<Signals> {
    const evolution = Evolution.of(liouvillian);
    evolution.state = start;
    const products = observables.map((observable) => evolution.ofTerm(observable));
    const h = evolution.longestStep;
    const pieces: Piece[] = [];
    const whole = liouvillian.norm(start);
    let error = 0;
    let t = 0;
    let left = whole;
    for (let step = 0; left > part * whole; step++) {
      const coefficients: number[][] = observables.map(() => []);
      error += await evolution.step(h, pause, () => {
        for (const [q, product] of products.entries()) coefficients[q].push(product());
      });
      pieces.push({ t, h, coefficients: coefficients.map(shortened) });
      t += h;
      if (step % 16 !== 15) continue;
      const x = evolution.state;
      keep(x);
      evolution.state = x;
      left = liouvillian.norm(x);
      onFall(Math.log(left / whole) / Math.log(part));
    }
    return new Signals(pieces, t, error, evolution.integral);
  }

  /** f_q at a time; 0 behind the end */
  at(q: number, t: number): number {
    if (t >= this.end) return 0;
    const { pieces } = this;
    const piece = pieces[Math.min(pieces.length - 1, Math.floor(t / pieces[0].h))];
    return horner(piece.coefficients[q], (t - piece.t) / piece.h);
  }

  /** int_0^T f_q dt and int_0^T t f_q dt */
  moments(q: number, T: number): readonly [number, number] {
    let [area, first] = [0, 0];
    for (const { t, h, coefficients } of this.pieces) {
      if (t >= T) break;
      const s = Math.min(1, (T - t) / h);
      let [own, shifted] = [0, 0];
      coefficients[q].forEach((c, k) => {
        own += (c * s ** (k + 1)) / (k + 1);
        shifted += (c * s ** (k + 2)) / (k + 2);
      });
      area += h * own;
      first += h * (t * own + h * shifted);
    }
    return [area, first];
  }

  /** Nodes and weights by which integrals of all the functions with kernels of rates up to `fastest` are sums. */
  nodes(fastest: number): {
    readonly t: Float64Array;
    readonly weights: Float64Array;
    readonly values: Float64Array[];
  } {
    const t: number[] = [];
    const weights: number[] = [];
    const values: number[][] = (this.pieces[0]?.coefficients ?? []).map(() => []);
    for (const piece of this.pieces) {
      const degree = Math.max(...piece.coefficients.map(({ length }) => length));
      // A kernel exp(-i w t) takes a polynomial of about its phase, and ten more.
      const rule = gauss(Math.ceil((degree + fastest * piece.h + 10) / 2));
      rule.x.forEach((s, i) => {
        t.push(piece.t + s * piece.h);
        weights.push(rule.w[i] * piece.h);
        for (const [q, own] of piece.coefficients.entries()) values[q].push(horner(own, s));
      });
    }
    return {
      t: Float64Array.from(t),
      weights: Float64Array.from(weights),
      values: values.map((own) => Float64Array.from(own)),
    };
  }
}

function shortened(coefficients: readonly number[]): number[] {
  const least = NEGLIGIBLE * Math.max(...coefficients.map(Math.abs));
  let length = coefficients.length;
  while (length > 1 && Math.abs(coefficients[length - 1]) <= least) length--;
  return coefficients.slice(0, length);
}

function horner(coefficients: readonly number[], s: number): number {
  let value = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) value = value * s + coefficients[k];
  return value;
}

interface Rule {
  readonly x: readonly number[];
  readonly w: readonly number[];
}
const rules = new Map<number, Rule>();

/** Gauss and Legendre's rule of n nodes on 0 to 1: roots of P_n by Newton's method. */
function gauss(n: number): Rule {
  const known = rules.get(n);
  if (known) return known;
  const nodes = Array.from({ length: n }, (_, i) => {
    let z = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let round = 0; round < 100; round++) {
      let [p, before] = [1, 0];
      for (let k = 1; k <= n; k++) [p, before] = [((2 * k - 1) * z * p - (k - 1) * before) / k, p];
      slope = (n * (z * p - before)) / (z * z - 1);
      const step = p / slope;
      z -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    return { x: (1 - z) / 2, w: 1 / ((1 - z * z) * slope ** 2) };
  });
  const rule = { x: nodes.map(({ x }) => x), w: nodes.map(({ w }) => w) };
  rules.set(n, rule);
  return rule;
}
