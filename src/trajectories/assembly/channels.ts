/** The channels of photodetection's jumps, those of emission first: what each does to the state, and how likely it makes it. */
import { imaginary, psi, walker } from './ensemble';
import { bytes, isComplex, lanes, plus, ramp, splat, total } from './lanes';

/** Channels of a process: collective, and of one atom to the same j, to j - 1 and to j + 1. */
const kinds = 4;
const toLowerJ = 2;
const toHigherJ = 3;
export const pumping = kinds;
const dephasing = 2 * kinds;
export const allChannels = 3 * kinds;

/** Rows that a channel raises the state by. */
function rise(channel: i32): i32 {
  const kind = channel & 3;
  const ofM = channel < pumping ? -1 : channel < dephasing ? 1 : 0;
  return ofM + (kind === toHigherJ ? 1 : kind === toLowerJ ? -1 : 0);
}

/** C^2 of a channel in row r, C its jump without rate and share, 2 S_z that of dephasing in the same j: a polynomial of order 2. */
function squareOf(channel: i32, r: i32, dim: i32): i32 {
  const kind = channel & 3;
  // Pumping is emission with all spins turned over.
  const row = channel < pumping || channel >= dephasing ? r : dim - 1 - r;
  const top = dim - row;
  if (channel < dephasing) {
    return kind === toHigherJ ? top * (top + 1) : kind === toLowerJ ? row * (row - 1) : row * top;
  }
  const twice = row + 1 - top;
  return kind === toHigherJ ? (row + 1) * top : kind === toLowerJ ? row * (top - 1) : twice * twice;
}

/** psi <- C psi / |C psi| for one channel, |C psi|^2 = rate. */
export function jump<T, A>(channel: i32, rate: f64, dim: i32): void {
  const by = rise(channel);
  const factor = 1 / rate;
  const constant = squareOf(channel, 0, dim);
  const square = (squareOf(channel, 2, dim) + constant) / 2 - squareOf(channel, 1, dim);
  const linear = squareOf(channel, 1, dim) - constant - square;
  // In the order in which no row is taken after it was left.
  if (by <= 0)
    for (let r = -by; r < dim; r++) move<T, A>(r, by, factor * f64(constant + r * (linear + r * square)));
  else
    for (let r = dim - 1; r >= 0; r--) move<T, A>(r, by, factor * f64(constant + r * (linear + r * square)));
  for (let r = 0; r < by; r++) clear<T, A>(r);
  if (by <= 0) for (let r = dim + by; r < dim + 2; r++) clear<T, A>(r);
  if (channel === dephasing || channel === dephasing + 1) {
    // S_z is negative below m = 0.
    for (let r = 0; r < dim / 2; r++) negate<T, A>(r);
  }
  const kind = channel & 3;
  if (kind === toLowerJ) walker.block++;
  if (kind === toHigherJ) walker.block--;
}

/** The amplitude in row r goes `by` rows up, times the root of a square. */
function move<T, A>(r: i32, by: i32, square: f64): void {
  const factor = <T>sqrt(square);
  const from = psi + bytes<T>(r);
  const to = psi + bytes<T>(r + by);
  store<T>(to, factor * load<T>(from));
  if (isComplex<A>()) store<T>(to + imaginary, factor * load<T>(from + imaginary));
}

function clear<T, A>(r: i32): void {
  store<T>(psi + bytes<T>(r), <T>0);
  if (isComplex<A>()) store<T>(psi + imaginary + bytes<T>(r), <T>0);
}

function negate<T, A>(r: i32): void {
  const place = psi + bytes<T>(r);
  store<T>(place, -load<T>(place));
  if (isComplex<A>()) store<T>(place + imaginary, -load<T>(place + imaginary));
}

/** |C psi|^2, C as in `squareOf`. */
export function chanceOf<T, A>(channel: i32, dim: i32): f64 {
  const first = squareOf(channel, 0, dim);
  const second = squareOf(channel, 1, dim);
  const square = (squareOf(channel, 2, dim) + first) / 2 - second;
  const constants = splat<T>(f64(first));
  const linear = splat<T>(f64(second - first - square));
  const squares = splat<T>(f64(square));
  const step = splat<T>(f64(lanes<T>()));
  let r = ramp<T>();
  let sum = splat<T>(0);
  for (let at: usize = 0, end = bytes<T>(dim); at < end; at += 16) {
    const factor = plus<T>(constants, r, plus<T>(linear, r, squares));
    sum = plus<T>(sum, weightAt<T, A>(at), factor);
    r = v128.add<T>(r, step);
  }
  return total<T>(sum);
}

/** |psi|^2 of the rows of a vector. */
export function weightAt<T, A>(at: usize): v128 {
  const x = v128.load(psi + at);
  const weight = v128.mul<T>(x, x);
  if (!isComplex<A>()) return weight;
  const y = v128.load(psi + imaginary + at);
  return plus<T>(weight, y, y);
}
