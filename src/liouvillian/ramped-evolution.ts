/**
 * The master equation in time while the drive changes evenly, L(t) = L_0 + Omega(t) L_1 with Omega(t) = Omega + slope t. The solution is
 * still a power series, rho(t) = sum_k c_k t^k with
 *
 *     (k + 1) c_{k+1} = L_0 c_k + L_1 (Omega c_k + slope c_{k-1}),
 *
 * so that steps are as long, and as exact, as with a constant drive: to float64's rounding, where a Magnus integrator would have an error of
 * its own to control.
 */

import type { Stretch } from '../parameters/ramp';
import { dissipation, meanFieldRates, type SystemParameters } from '../parameters/system';
import { normBound, ROUNDING, STEP } from './evolution';
import { Liouvillian } from './liouvillian';

export class RampedEvolution {
  /** L_0 + L_1 */
  private readonly liouvillian: Liouvillian;
  /** Omega_c */
  private readonly critical: number;
  private readonly norms: { readonly undriven: number; readonly drive: number };

  /** @param liouvillian at any drive */
  constructor(liouvillian: Liouvillian) {
    const { system, parts } = liouvillian;
    this.liouvillian = new Liouvillian({ ...system, omega: 1 }, parts);
    this.critical = meanFieldRates(system).omegaCritical;
    const normOf = (part: SystemParameters) => normBound(new Liouvillian(part, parts));
    this.norms = { undriven: normOf({ ...system, omega: 0 }), drive: normOf(driveAlone(system)) };
  }

  /**
   * Moves rho through a stretch of the drive, in place. `pause` is awaited between matvecs.
   * @param onStep is given the integral of rho over each step's time, which it must not keep
   * @returns bound on the error that this adds, in the trace norm, as Evolution's
   */
  async advance(
    rho: Float64Array,
    { from, to, start, end }: Stretch,
    pause: () => Promise<void>,
    onStep: (integral: Float64Array) => void = () => {},
  ): Promise<number> {
    if (from === to) return 0;
    const { critical, norms } = this;
    const largest = norms.undriven + critical * Math.max(start, end) * norms.drive;
    const steps = Math.max(1, Math.ceil(((to - from) * largest) / STEP));
    const h = (to - from) / steps;
    const change = (critical * (end - start)) / steps;
    const integral = new Float64Array(rho.length);
    let error = 0;
    for (let step = 0; step < steps; step++) {
      error += await this.step(rho, h, critical * start + step * change, change, pause, integral);
      onStep(integral);
    }
    return error;
  }

  /** One step from the drive Omega = `omega` on, in which it changes by `change`; leaves the integral of rho in `integral`. */
  private async step(
    rho: Float64Array,
    h: number,
    omega: number,
    change: number,
    pause: () => Promise<void>,
    integral: Float64Array,
  ): Promise<number> {
    const { liouvillian, norms } = this;
    // h^k c_k, the one before it, and what they become
    let term = rho.slice();
    let before = new Float64Array(rho.length);
    let image = new Float64Array(rho.length);
    const driven = new Float64Array(rho.length);
    for (let i = 0; i < term.length; i++) integral[i] = h * term[i];
    let [sizeBefore, size] = [0, sumOf(liouvillian, term)];
    const negligible = Number.EPSILON * size;
    const [atOmega, ofChange] = [
      h * (norms.undriven + omega * norms.drive),
      h * Math.abs(change) * norms.drive,
    ];
    let rounding = 0;
    for (let k = 1; ; k++) {
      for (let i = 0; i < term.length; i++) driven[i] = omega * term[i] + change * before[i];
      liouvillian.apply(term, image, driven);
      rounding += (ROUNDING * (atOmega * size + ofChange * sizeBefore)) / k;
      for (let i = 0; i < term.length; i++) {
        image[i] *= h / k;
        rho[i] += image[i];
        integral[i] += (h / (k + 1)) * image[i];
      }
      [before, term, image] = [term, image, before];
      [sizeBefore, size] = [size, sumOf(liouvillian, term)];
      await pause();
      // No term behind this one is larger than this ratio times the larger of the two before it.
      const ratio = (atOmega + ofChange) / (k + 1);
      const rest =
        ratio < 1 ? (2 * ratio * Math.max(size, sizeBefore)) / (1 - ratio) : Number.POSITIVE_INFINITY;
      if (rest <= negligible) return rest + rounding;
    }
  }
}

/** The absolute values of all matrix elements: no less than the trace norm. */
function sumOf({ weights }: Liouvillian, x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * Math.abs(x[i]);
  return sum;
}

/** Omega = 1 and nothing else. */
function driveAlone(system: SystemParameters): SystemParameters {
  const none = Object.fromEntries([...dissipation, 'detuning', 'collectiveShift'].map((name) => [name, 0]));
  return { ...system, ...none, omega: 1 };
}
