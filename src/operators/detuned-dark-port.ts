/**
 * The dark port's no-jump evolution off resonance or with a collective shift,
 *
 *   d psi/dt = -M psi,   M = K_j + i H_j,
 *
 * between modes. M is complex and symmetric, and its eigenvectors are all but parallel where H_j is of the order of K_j: so it is not diagonalised.
 * exp(-M t) is taken for times of a ladder instead, each `rung` times the one before, from one so short that its Taylor series is soon at
 * rounding; K_j is positive, so that all of them are contractions, and errors do not grow.
 */
import type { DarkPortBlock, ModeMatrix } from './dark-port';

/** exp(-M t) as its real and its imaginary part. */
export interface Propagator {
  readonly time: number;
  readonly re: ModeMatrix;
  readonly im: ModeMatrix;
}

/** From one time of the ladder to the next, and how many there are. */
export const rung = 4;
export const rungs = 8;
/** |M| times the shortest time, at most. */
const shortest = 1 / 4;
/** Of exp(-M t) for the shortest time, at float64's rounding. */
const terms = 14;

/** exp(-M t) for the times of the block's ladder, the shortest first. */
export function propagatorsOf(block: DarkPortBlock): Propagator[] {
  const { modes } = block;
  const time = shortest / generatorNorm(block);
  const identity: Complex = [unit(modes), new Float64Array(modes ** 2)];
  let power = identity;
  for (let p = terms; p > 0; p--) {
    // 1 - M t/p (1 - M t/(p+1) (...))
    const [re, im] = timesGenerator(block, power, -time / p);
    power = [re.map((value, i) => identity[0][i] + value), im];
  }
  const ladder = [power];
  while (ladder.length < rungs) {
    for (let factor = rung; factor > 1; factor /= 2) power = product(modes, power, power);
    ladder.push(power);
  }
  const matrix = (values: Float64Array): ModeMatrix => ({ rows: modes, columns: modes, matrix: values });
  return ladder.map(([re, im], l) => ({ time: time * rung ** l, re: matrix(re), im: matrix(im) }));
}

/** A bound of |M|. */
function generatorNorm({ modes, decay, hamiltonian }: DarkPortBlock): number {
  let most = Number.MIN_VALUE;
  for (let r = 0; r < modes; r++) {
    let sum = Math.abs(decay[r]);
    for (let c = 0; c < modes; c++) sum += Math.abs(hamiltonian?.matrix[r * modes + c] ?? 0);
    most = Math.max(most, sum);
  }
  return most;
}

type Complex = readonly [re: Float64Array, im: Float64Array];

function unit(modes: number): Float64Array {
  const matrix = new Float64Array(modes ** 2);
  for (let i = 0; i < modes; i++) matrix[i * modes + i] = 1;
  return matrix;
}

/** factor M x = factor (K + iH) x */
function timesGenerator(
  { modes, decay, hamiltonian }: DarkPortBlock,
  [re, im]: Complex,
  factor: number,
): Complex {
  const h = hamiltonian?.matrix ?? new Float64Array(modes ** 2);
  const ofRe = times(modes, h, re);
  const ofIm = times(modes, h, im);
  const decayed = (x: Float64Array, i: number) => decay[Math.floor(i / modes)] * x[i];
  return [
    re.map((_, i) => factor * (decayed(re, i) - ofIm[i])),
    im.map((_, i) => factor * (decayed(im, i) + ofRe[i])),
  ];
}

function product(modes: number, [re, im]: Complex, [x, y]: Complex): Complex {
  const [rx, iy, ry, ix] = [
    times(modes, re, x),
    times(modes, im, y),
    times(modes, re, y),
    times(modes, im, x),
  ];
  return [rx.map((value, i) => value - iy[i]), ry.map((value, i) => value + ix[i])];
}

function times(modes: number, a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(modes ** 2);
  for (let r = 0; r < modes; r++) {
    for (let k = 0; k < modes; k++) {
      const factor = a[r * modes + k];
      if (factor === 0) continue;
      for (let c = 0; c < modes; c++) result[r * modes + c] += factor * b[k * modes + c];
    }
  }
  return result;
}
