/** The light of a steady state: what its correlations and spectra are made of. */

import { Liouvillian } from '../../liouvillian/liouvillian';
import { Relaxation, type SlowMode } from '../../liouvillian/relaxation';
import type { SteadyState } from '../../liouvillian/steady-state';
import { axpy } from '../../liouvillian/vectors';
import { counted, intensity, lowered, quadratures } from '../../operators/ports';
import type { SystemParameters } from '../../parameters/system';

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** Times at which functions are known, the weights of their integrals, and the values of <dS_+(t) dS_-> and <dS_-(t) dS_->. */
interface Sampled {
  readonly t: Float64Array;
  readonly weights: Float64Array;
  readonly normal: readonly [re: Float64Array, im: Float64Array];
  readonly anomalous: readonly [re: Float64Array, im: Float64Array];
}

export class Light {
  private constructor(
    private readonly slow: SlowMode | null,
    /** of the dipole, S_-' in the real gauge: S_- = i S_-' */
    readonly field: Complex,
    /** of the port's A */
    readonly intensity: number,
    readonly coherent: number,
    readonly incoherent: number,
    /** bounds: of the field's parts, of <A^+ A>, of <dS_+ dS_-> at any time */
    readonly errors: { readonly field: number; readonly intensity: number; readonly correlation: number },
    /** Tr[O exp(Lt) X], O = S_x', S_y', for X = H and K of dS_-' rho = H + iK */
    private readonly ofH: Relaxation,
    private readonly ofK: Relaxation,
  ) {}

  /**
   * @param beta the port's displacement
   * @param onFall is told how far the two decays have come, from 0 to 1
   */
  static async of(
    liouvillian: Liouvillian,
    steady: SteadyState,
    slow: SlowMode | null,
    beta: number,
    pause: () => Promise<void>,
    onFall: (share: number) => void,
  ): Promise<Light> {
    const { pyramid, system } = liouvillian;
    const { rho } = steady;
    const n = pyramid.unknowns;
    const isSplit = liouvillian.parts !== 'both';
    const other = isSplit ? new Liouvillian(system, 'antisymmetric') : liouvillian;
    const first = (x: Float64Array) => (isSplit ? x.slice(0, n) : x);
    const second = (x: Float64Array) => (isSplit ? x.slice(n) : x);
    const { Sx, Sy } = quadratures(pyramid);
    const [x, y] = [liouvillian.inner(first(Sx), rho), isSplit ? 0 : liouvillian.inner(Sy, rho)];
    const field = { re: x, im: -y };
    const total = beta ** 2 + liouvillian.inner(intensity(pyramid, beta, rho.length), rho);
    const dipole = liouvillian.inner(intensity(pyramid, 0, rho.length), rho);
    const incoherent = dipole - field.re ** 2 - field.im ** 2;
    const { H, K } = lowered(pyramid, rho);
    const [h, k] = [first(H), second(K)];
    // dS_-' rho = S_-' rho - <S_-'> rho; where the parts are apart the mean is real.
    axpy(-field.re, rho, h);
    if (!isSplit) axpy(-field.im, rho, k);
    const ofH = await Relaxation.of(
      liouvillian,
      rho,
      slow,
      h,
      [first(Sx), isSplit ? new Float64Array(n) : Sy],
      pause,
      (share) => onFall(share / 2),
    );
    const ofK = await Relaxation.of(
      other,
      isSplit ? null : rho,
      isSplit ? null : slow,
      k,
      [isSplit ? new Float64Array(n) : Sx, second(Sy)],
      pause,
      (share) => onFall((1 + share) / 2),
    );
    const state = traceError(liouvillian, steady);
    const spin = largestOf(system);
    return new Light(
      slow,
      field,
      total,
      (field.re + beta) ** 2 + field.im ** 2,
      incoherent,
      {
        field: spin * state,
        intensity: beyondDrive(system, beta) * state,
        correlation: spin * (ofH.error + ofK.error) + 4 * spin ** 2 * state,
      },
      ofH,
      ofK,
    );
  }

  /** <dS_+(t) dS_-> */
  normal(t: number): Complex {
    const { ofH, ofK } = this;
    return { re: ofH.at(0, t) - ofK.at(1, t), im: ofH.at(1, t) + ofK.at(0, t) };
  }

  /** The slow mode's share of <dS_+(t) dS_-> and <dS_-(t) dS_->, c exp(-rate t); null where none was split off. */
  get line(): {
    readonly rate: number;
    readonly rateError: number;
    readonly normal: Complex;
    readonly anomalous: Complex;
  } | null {
    const { slow, ofH, ofK } = this;
    if (slow === null) return null;
    const [hx, hy] = ofH.slow.map((value) => value * ofH.amplitude);
    const [kx, ky] = ofK.slow.map((value) => value * ofK.amplitude);
    return {
      rate: slow.rate,
      rateError: slow.rateError,
      normal: { re: hx - ky, im: hy + kx },
      anomalous: { re: hx + ky, im: kx - hy },
    };
  }

  /**
   * The incoherent spectrum S(omega) = 2 Re int exp(-i omega t) <dS_+(t) dS_-> dt, and the output's quietest quadrature: with
   * X = exp(-i phase) S_- + h.c. its spectrum is 1 + 2 gamma_1D int cos(omega t) <:dX(t) dX:> dt, vacuum 1.
   */
  spectra(frequencies: readonly number[], gamma1D: number) {
    const fastest = Math.max(...frequencies.map(Math.abs), 0);
    const sampled = this.sampled(fastest);
    const sizes = new Set(frequencies.map(Math.abs));
    const bySize = new Map([...sizes].map((size) => [size, integrals(sampled, size)]));
    return frequencies.map((omega) => {
      const shared = bySize.get(Math.abs(omega))!;
      let value = omega < 0 ? shared.below : shared.above;
      let { plain, re, im } = shared;
      const { line } = this;
      if (line !== null) {
        const { rate } = line;
        const size = rate ** 2 + omega ** 2;
        value += (2 * (line.normal.re * rate + line.normal.im * omega)) / size;
        plain += (line.normal.re * rate) / size;
        re += (line.anomalous.re * rate) / size;
        im += (line.anomalous.im * rate) / size;
      }
      // <:dX dX:> = 2 Re <dS_+ dS_-> + 2 Re exp(-2i phase) <dS_- dS_->, and S_- S_- = -S_-' S_-': least where the second is -2 |.|.
      const least = 1 + 4 * gamma1D * (plain - Math.hypot(re, im));
      const phase = Math.atan2(im, re) / 2;
      return { omega, value, least, phase: phase < 0 ? phase + Math.PI : phase };
    });
  }

  /** Bound on a spectrum's value: the correlation's error for as long as it was followed, and the slow line's. */
  get spectrumError(): number {
    const { slow, line, errors, ofH, ofK } = this;
    const time = Math.max(ofH.rest.end, ofK.rest.end) + (slow ? 1 / slow.rate : 0);
    const ofLine =
      slow && line ? (4 * Math.hypot(line.normal.re, line.normal.im) * slow.rateError) / slow.rate ** 2 : 0;
    return 2 * time * errors.correlation + ofLine;
  }

  /** Both decays on nodes of their own: what one has is 0 at the other's. */
  private sampled(fastest: number): Sampled {
    const [h, k] = [this.ofH.rest.nodes(fastest), this.ofK.rest.nodes(fastest)];
    const zeros = (of: { t: Float64Array }) => new Float64Array(of.t.length);
    const join = (a: Float64Array, b: Float64Array) => Float64Array.from([...a, ...b]);
    const negative = (x: Float64Array) => x.map((value) => -value);
    const [hx, hy] = h.values.length > 0 ? h.values : [zeros(h), zeros(h)];
    const [kx, ky] = k.values.length > 0 ? k.values : [zeros(k), zeros(k)];
    return {
      t: join(h.t, k.t),
      weights: join(h.weights, k.weights),
      normal: [join(hx, negative(ky)), join(hy, kx)],
      anomalous: [join(hx, ky), join(negative(hy), kx)],
    };
  }
}

/**
 * Integrals over time of what a frequency of this size, above the laser or below it, weighs the correlations with: 2 Re exp(-i omega t) <dS_+ dS_->
 * for either sign, and the even parts, cos(omega t) by Re <dS_+ dS_-> and by both of <dS_- dS_->.
 */
function integrals({ t, weights, normal, anomalous }: Sampled, size: number) {
  let [above, below, plain] = [0, 0, 0];
  let [re, im] = [0, 0];
  for (let i = 0; i < t.length; i++) {
    const [c, s] = [weights[i] * Math.cos(size * t[i]), weights[i] * Math.sin(size * t[i])];
    const [even, odd] = [c * normal[0][i], s * normal[1][i]];
    above += 2 * (even + odd);
    below += 2 * (even - odd);
    plain += even;
    re += c * anomalous[0][i];
    im += c * anomalous[1][i];
  }
  return { above, below, plain, re, im };
}

/** |S_-| at most */
export const largestOf = ({ atoms }: SystemParameters) => (atoms + 1) / 2;

/** |A^+ A - beta^2| at most, and so of x -> A x A^+ - beta^2 x in the trace norm */
export const beyondDrive = (system: SystemParameters, beta: number) =>
  largestOf(system) * (largestOf(system) + 2 * Math.abs(beta));

/** Bound on the trace norm of what rho is off. */
export function traceError(liouvillian: Liouvillian, { rho, error }: SteadyState): number {
  const dimension = liouvillian.pyramid.blocks.reduce((sum, { dim }) => sum + dim, 0);
  return Math.sqrt(dimension) * error * liouvillian.norm(rho);
}

/** A rho A^+ without its part along rho: what a count leaves behind, beyond the mean. @param mean <A^+ A> - beta^2 */
export function afterCount(
  liouvillian: Liouvillian,
  rho: Float64Array,
  beta: number,
  mean: number,
): Float64Array {
  const jumped = counted(liouvillian.pyramid, rho, beta);
  axpy(-mean, rho, jumped);
  return jumped;
}
