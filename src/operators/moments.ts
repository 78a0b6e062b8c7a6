import { keysOf } from '../parameters/options';
import { lowering } from './ladder';
import type { Pyramid } from './pyramid';

/** First and second moments of the collective spin in the paper's axes, hbar = 1. */
export interface SpinMoments {
  /** 0 with SxSy and SxSz where all is real in the real gauge: on resonance without a collective shift */
  readonly Sx: number;
  readonly Sy: number;
  readonly Sz: number;
  readonly Sx2: number;
  readonly Sy2: number;
  readonly Sz2: number;
  /** <S_x S_y + S_y S_x> / 2, and so on */
  readonly SxSy: number;
  readonly SxSz: number;
  readonly SySz: number;
}

/** The moments together with xi^2; null where there is no mean spin to squeeze about. */
export interface Moments extends SpinMoments {
  readonly squeezing: number | null;
}

/** The covariance matrix across the mean spin: in the plane of y and z, and across that, which is along x where the mean spin has no part along it. */
export interface PerpendicularVariances {
  readonly inPlane: number;
  readonly x: number;
  readonly covariance: number;
}

/** Moments of an operator of trace 1: R of the symmetric sector, packed, and B behind it where there is one. */
export function momentsOfRho(pyramid: Pyramid, rho: ArrayLike<number>): Moments {
  const n = pyramid.unknowns;
  const isReal = rho.length === n;
  const sums = pyramid.blocks.map(({ index, j }) =>
    blockMoments(
      j,
      (r, c) => rho[pyramid.index(index, r, c)],
      (r, c) => (isReal ? 0 : rho[n + pyramid.index(index, r, c)]),
    ),
  );
  return withSqueezing(pyramid.atoms, sums.reduce(add));
}

/**
 * Moments of a normalised trajectory state: 2j+1 amplitudes of spin j from m = -j up, in the real gauge.
 * @param imaginary their imaginary parts, where they have any
 */
export function momentsOfPsi(
  atoms: number,
  j: number,
  psi: ArrayLike<number>,
  imaginary?: ArrayLike<number>,
): Moments {
  const y = (r: number) => imaginary?.[r] ?? 0;
  return withSqueezing(
    atoms,
    blockMoments(
      j,
      (r, c) => psi[r] * psi[c] + y(r) * y(c),
      (r, c) => y(r) * psi[c] - psi[r] * y(c),
    ),
  );
}

/** The mean spin's direction, and how uncertain it is across. */
export interface SpinUncertainty {
  /** unit vectors in the paper's axes: of the mean spin, and across it that of the least and of the largest variance */
  readonly mean: Vector;
  readonly least: Vector;
  readonly largest: Vector;
  /** standard deviations along these over |<S>|; the square of the least, times N, is xi^2 */
  readonly deviations: readonly [least: number, largest: number];
}

export type Vector = readonly [x: number, y: number, z: number];

/** Null where the mean spin vanishes to rounding. */
export function spinUncertainty(atoms: number, moments: SpinMoments): SpinUncertainty | null {
  const variances = perpendicularVariances(atoms, moments);
  if (variances === null) return null;
  const { inPlane, x, covariance } = variances;
  const { Sx, Sy, Sz } = moments;
  const length = Math.hypot(Sx, Sy, Sz);
  const mean = [Sx / length, Sy / length, Sz / length] as const;
  const [u, v] = across(mean);
  // At this angle from u towards v the variance is largest.
  const angle = Math.atan2(2 * covariance, inPlane - x) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = (a: number, b: number): Vector => [
    a * u[0] + b * v[0],
    a * u[1] + b * v[1],
    a * u[2] + b * v[2],
  ];
  const [half, apart] = [(inPlane + x) / 2, Math.hypot((inPlane - x) / 2, covariance)];
  const deviation = (variance: number) => Math.sqrt(Math.max(0, variance)) / length;
  return {
    mean,
    least: along(-sin, cos),
    largest: along(cos, sin),
    deviations: [deviation(half - apart), deviation(half + apart)],
  };
}

/** Unit vectors across a unit vector and one another, the first of them across x as well. */
function across([x, y, z]: Vector): readonly [inPlane: Vector, alongX: Vector] {
  const flat = Math.hypot(y, z);
  return flat > 0
    ? [
        [0, z / flat, -y / flat],
        [flat, (-x * y) / flat, (-x * z) / flat],
      ]
    : [
        [0, 0, 1],
        [0, 1, 0],
      ];
}

/** var_perp_in and var_perp_x; null where the mean spin vanishes to rounding. */
export function perpendicularVariances(atoms: number, moments: SpinMoments): PerpendicularVariances | null {
  const { Sx, Sy, Sz, Sx2, Sy2, Sz2, SxSy, SxSz, SySz } = moments;
  const length = Math.hypot(Sx, Sy, Sz);
  if (length <= ROUNDING * atoms) return null;
  const [inPlane, alongX] = across([Sx / length, Sy / length, Sz / length]);
  const variance = (u: readonly number[], v: readonly number[]) =>
    u[0] * v[0] * Sx2 +
    u[1] * v[1] * Sy2 +
    u[2] * v[2] * Sz2 +
    (u[0] * v[1] + u[1] * v[0]) * SxSy +
    (u[0] * v[2] + u[2] * v[0]) * SxSz +
    (u[1] * v[2] + u[2] * v[1]) * SySz;
  return {
    inPlane: variance(inPlane, inPlane),
    x: variance(alongX, alongX),
    covariance: variance(inPlane, alongX),
  };
}

/**
 * xi^2 = min_phi Var[S'_phi] N / |<S>|^2, the minimum over directions across the mean spin, whose mean is 0. Null where the mean spin
 * vanishes.
 */
export function spinSqueezing(atoms: number, moments: SpinMoments): number | null {
  const variances = perpendicularVariances(atoms, moments);
  if (variances === null) return null;
  const { inPlane, x, covariance } = variances;
  const largest = (inPlane + x) / 2 + Math.hypot((inPlane - x) / 2, covariance);
  const least = covariance === 0 ? Math.min(inPlane, x) : (inPlane * x - covariance ** 2) / largest;
  const { Sx, Sy, Sz } = moments;
  return (least * atoms) / (Sx ** 2 + Sy ** 2 + Sz ** 2);
}

/** P_m, the distribution of the magnetization: N+1 probabilities from m = -N/2 up. */
export function magnetizationDistribution(pyramid: Pyramid, rho: ArrayLike<number>): Float64Array {
  const distribution = new Float64Array(pyramid.atoms + 1);
  for (const { index, dim } of pyramid.blocks) {
    for (let r = 0; r < dim; r++) distribution[r + index] += rho[pyramid.index(index, r, r)];
  }
  return distribution;
}

/** p(j, m), the joint distribution: of j = N/2 first, in each from m = -j up. */
export const jointDistribution = (pyramid: Pyramid, rho: ArrayLike<number>): Float64Array[] =>
  pyramid.blocks.map(({ index, dim }) =>
    Float64Array.from({ length: dim }, (_, r) => rho[pyramid.index(index, r, r)]),
  );

/** P_j, the distribution of the total spin: from j = N/2 down. */
export function spinDistribution(pyramid: Pyramid, rho: ArrayLike<number>): Float64Array {
  return Float64Array.from(pyramid.blocks, ({ index, dim }) => {
    let sum = 0;
    for (let r = 0; r < dim; r++) sum += rho[pyramid.index(index, r, r)];
    return sum;
  });
}

/**
 * The Hilbert-Schmidt norm of every moment's operator on the pyramid: |Tr(O x)| <= norm |x| for an error x of the state. Traces of one
 * block: Tr S_a^2 = j(j+1)(2j+1)/3 and Tr S_a^4 = Tr S_a^2 (3j^2+3j-1)/5 along every axis; (S_yS_z + S_zS_y)/2 = (A^2 - B^2)/2 with
 * A, B = (S_y +- S_z)/sqrt 2.
 */
export function momentNorms(pyramid: Pyramid): SpinMoments {
  let [second, fourth, mixed] = [0, 0, 0];
  for (const { j } of pyramid.blocks) {
    const casimir = j * (j + 1);
    const two = (casimir * (2 * j + 1)) / 3;
    const four = (two * (3 * casimir - 1)) / 5;
    second += two;
    fourth += four;
    mixed += (3 * four - casimir * two) / 4;
  }
  const [S, S2, product] = [second, fourth, mixed].map(Math.sqrt);
  return {
    ...{ Sx: S, Sy: S, Sz: S, Sx2: S2, Sy2: S2, Sz2: S2 },
    ...{ SxSy: product, SxSz: product, SySz: product },
  };
}

/** What errors of the moments can do to xi^2, one at a time and added up: a bound to first order. Null where there is none. */
export function squeezingError(atoms: number, moments: SpinMoments, errors: SpinMoments): number | null {
  const value = spinSqueezing(atoms, moments);
  if (value === null) return null;
  const shifts = keysOf(errors).map((name) => {
    const moved = [errors[name], -errors[name]].map(
      (by) => spinSqueezing(atoms, { ...moments, [name]: moments[name] + by }) ?? Number.POSITIVE_INFINITY,
    );
    return Math.max(...moved.map((xi2) => Math.abs(xi2 - value)));
  });
  const sum = shifts.reduce((a, b) => a + b);
  return Number.isFinite(sum) ? sum : null;
}

/** A mean spin per atom below this is rounding: sums of N terms of size 1 in float64. */
const ROUNDING = 1e-13;

function withSqueezing(atoms: number, moments: SpinMoments): Moments {
  return { ...moments, squeezing: spinSqueezing(atoms, moments) };
}

/**
 * One block's part. `R` and `B` give rho_{r c} = R + iB for c <= r. With S_y = -S_x' and S_x = S_y':
 * S_x^2, S_y^2 = (S_+S_- + S_-S_+)/4 -+ (S_+^2 + S_-^2)/4, where (S_+S_- + S_-S_+)/2 = j(j+1) - S_z^2.
 */
function blockMoments(
  j: number,
  R: (r: number, c: number) => number,
  B: (r: number, c: number) => number = () => 0,
): SpinMoments {
  let [Sx, Sy, Sz, across, coherence, Sz2, SxSy, SxSz, SySz] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let r = 0; r <= 2 * j; r++) {
    const m = r - j;
    const population = R(r, r);
    Sz += m * population;
    Sz2 += m ** 2 * population;
    across += ((j * (j + 1) - m ** 2) / 2) * population;
    if (r < 1) continue;
    const [one, turned] = [lowering(j, m) * R(r, r - 1), lowering(j, m) * B(r, r - 1)];
    Sy -= one;
    Sx -= turned;
    SySz -= (m - 1 / 2) * one;
    SxSz -= (m - 1 / 2) * turned;
    if (r < 2) continue;
    const two = (lowering(j, m) * lowering(j, m - 1)) / 2;
    coherence += two * R(r, r - 2);
    SxSy += two * B(r, r - 2);
  }
  return { Sx, Sy, Sz, Sx2: across - coherence, Sy2: across + coherence, Sz2, SxSy, SxSz, SySz };
}

const add = (a: SpinMoments, b: SpinMoments) =>
  Object.fromEntries(keysOf(a).map((name) => [name, a[name] + b[name]])) as Readonly<
    Record<keyof SpinMoments, number>
  >;
