/** Polynomials by their coefficients, the constant first. */

export type Polynomial = readonly number[];

export const sum = (...terms: readonly Polynomial[]): number[] =>
  Array.from({ length: Math.max(...terms.map((term) => term.length)) }, (_, i) =>
    terms.reduce((total, term) => total + (term[i] ?? 0), 0),
  );

export const product = (...factors: readonly Polynomial[]): number[] =>
  factors.reduce<number[]>(
    (left, right) =>
      sum(...left.map((a, i) => [...new Array<number>(i).fill(0), ...right.map((b) => a * b)])),
    [1],
  );

export const derivative = (polynomial: Polynomial): number[] => polynomial.map((a, i) => i * a).slice(1);

export const valueAt = (polynomial: Polynomial, x: number): number =>
  polynomial.reduceRight((value, a) => value * x + a, 0);

/** Where it changes sign between `from` and `to`, rising: between each two of its derivative's roots once at most. */
export function realRoots(polynomial: Polynomial, from: number, to: number): number[] {
  if (polynomial.length < 2) return [];
  const f = (x: number) => valueAt(polynomial, x);
  const ends = [from, ...realRoots(derivative(polynomial), from, to), to];
  return ends
    .slice(1)
    .flatMap((end, i) => (Math.sign(f(ends[i])) * Math.sign(f(end)) < 0 ? [bisect(f, ends[i], end)] : []));
}

/** Halves [from, to], at whose ends f has opposite signs or is zero, down to neighbouring numbers. */
export function bisect(f: (z: number) => number, from: number, to: number): number {
  if (f(from) === 0) return from;
  if (f(to) === 0) return to;
  const sign = Math.sign(f(from));
  let [low, high] = [from, to];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (Math.sign(f(middle)) === sign) low = middle;
    else high = middle;
  }
}
