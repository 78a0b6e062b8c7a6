/** The mean field's truth: how fast the master equation changes one atom's mean spin in a product of equal atoms, in all 2^N dimensions. */
import type { SystemParameters } from '../../../src/parameters/system';

interface Complex {
  readonly re: number;
  readonly im: number;
}
type Square = readonly (readonly Complex[])[];

const c = (re: number, im = 0): Complex => ({ re, im });
const plus = (a: Complex, b: Complex) => c(a.re + b.re, a.im + b.im);
const times = (a: Complex, b: Complex) => c(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
const zero = (n: number): Square => Array.from({ length: n }, () => Array.from({ length: n }, () => c(0)));
const add = (...all: readonly Square[]): Square =>
  all.reduce((left, right) => left.map((row, i) => row.map((x, k) => plus(x, right[i][k]))));
const by = (factor: Complex, of: Square): Square => of.map((row) => row.map((x) => times(factor, x)));
const dagger = (of: Square): Square => of.map((row, i) => row.map((_, k) => c(of[k][i].re, -of[k][i].im)));
const multiply = (a: Square, b: Square): Square =>
  a.map((row) => b.map((_, k) => row.reduce((sum, x, l) => plus(sum, times(x, b[l][k])), c(0))));
const kron = (a: Square, b: Square): Square =>
  a.flatMap((rowA) => b.map((rowB) => rowA.flatMap((x) => rowB.map((y) => times(x, y)))));
const trace = (of: Square) => of.reduce((sum, row, i) => plus(sum, row[i]), c(0));

/** In the basis excited, ground. */
const one: Square = [
  [c(1), c(0)],
  [c(0), c(1)],
];
const lowering: Square = [
  [c(0), c(0)],
  [c(1), c(0)],
];
const sigmaZ: Square = [
  [c(1), c(0)],
  [c(0), c(-1)],
];

/** d<sigma^x, y, z>/dt of the first atom. */
export function exactDerivative(system: SystemParameters, [sx, sy, sz]: readonly number[]): number[] {
  const { atoms, omega, detuning, collectiveShift } = system;
  const on = (operator: Square, n: number) =>
    Array.from({ length: atoms }, (_, i) => (i === n ? operator : one)).reduce(kron);
  const ofAll = (operator: Square) => Array.from({ length: atoms }, (_, n) => on(operator, n));
  const atom: Square = [
    [c((1 + sz) / 2), c(sx / 2, -sy / 2)],
    [c(sx / 2, sy / 2), c((1 - sz) / 2)],
  ];
  const rho = Array.from({ length: atoms }, () => atom).reduce(kron);
  const down = add(...ofAll(lowering));
  const up = dagger(down);
  const Sz = by(c(1 / 2), add(...ofAll(sigmaZ)));
  // 2 S_x = S_+ + S_-
  const H = add(
    by(c(omega), add(up, down)),
    by(c(-detuning), Sz),
    by(c(collectiveShift), multiply(up, down)),
  );
  const dissipator = (rate: number, A: Square): Square => {
    if (rate === 0) return zero(rho.length);
    const number = multiply(dagger(A), A);
    const loss = by(c(-rate / 2), add(multiply(number, rho), multiply(rho, number)));
    return add(by(c(rate), multiply(multiply(A, rho), dagger(A))), loss);
  };
  const change = add(
    by(c(0, -1), multiply(H, rho)),
    by(c(0, 1), multiply(rho, H)),
    dissipator(system.gamma1D, down),
    dissipator(system.collectivePumping, up),
    dissipator(system.collectiveDephasing, Sz),
    ...ofAll(lowering).map((A) => dissipator(system.gammaF, A)),
    ...ofAll(dagger(lowering)).map((A) => dissipator(system.pumping, A)),
    ...ofAll(by(c(1 / 2), sigmaZ)).map((A) => dissipator(system.dephasing, A)),
  );
  const lowered = trace(multiply(on(lowering, 0), change));
  // sigma_- = (sigma_x - i sigma_y)/2
  return [2 * lowered.re, -2 * lowered.im, trace(multiply(on(sigmaZ, 0), change)).re];
}
