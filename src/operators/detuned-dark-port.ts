/**
 * The dark port off resonance or with a collective shift: the angle by which its axes are best turned, and its no-jump evolution
 *
 *   d psi/dt = -M psi,   M = K_j + i H_j,
 *
 * between modes. M is complex and symmetric, and its eigenvectors are all but parallel where H_j is of the order of K_j: so it is not diagonalised.
 * exp(-M t) is taken for times of a ladder instead, each `rung` times the one before, from one so short that its Taylor series is soon at
 * rounding; K_j is positive, so that all of them are contractions, and errors do not grow.
 */
import { isReal, meanFieldRates, type SystemParameters } from '../parameters/system';
import type { DarkPortBlock, ModeMatrix } from './dark-port';

/**
 * phi, by which the axes are turned about z: the angle of the mean field's <S_-> on the lower branch, in the real gauge. What the
 * Hamiltonian does there to first order is then none of H_j's affair. Every angle is exact; 0 on resonance without a shift.
 */
export function turnOf(system: SystemParameters): number {
  if (isReal(system)) return 0;
  const { atoms, omega, detuning, collectiveShift, pumping, collectivePumping } = system;
  const { gamma } = meanFieldRates(system);
  const up = pumping + collectivePumping;
  const across = gamma + up + system.dephasing + system.collectiveDephasing;
  const others = (atoms - 1) * (system.gamma1D - collectivePumping);
  const width = (z: number) => (across - others * z) / 2;
  const shift = (z: number) => collectiveShift - detuning - (atoms - 1) * collectiveShift * z;
  /** dz/dt of the mean field with <sigma_-> = i Omega z / (width + i shift), where it stands still */
  const rise = (z: number) => {
    const square = (omega * z) ** 2 / (width(z) ** 2 + shift(z) ** 2);
    const driven = z === 0 ? 0 : (4 * square * width(z)) / z;
    return -gamma * (1 + z) + up * (1 - z) - driven - 2 * others * square;
  };
  const parts = 1000;
  let z = -1;
  for (let i = 0; i <= parts && rise(z) > 0; i++) z = (2 * i) / parts - 1;
  return Math.atan2(shift(z), width(z));
}

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
