/** The statistics of counts at a port: g2, the Fano factor against the window, the third cumulant, and theta(s). */

import { type CountingWorkshop, type ThetaPoint, thetaAt, type Vectors } from '../../liouvillian/counting';
import type { Eigenpair } from '../../liouvillian/jacobi-davidson';
import type { Liouvillian } from '../../liouvillian/liouvillian';
import { Relaxation, type SlowMode } from '../../liouvillian/relaxation';
import type { SteadyState } from '../../liouvillian/steady-state';
import { axpy, scale } from '../../liouvillian/vectors';
import { counted, intensity } from '../../operators/ports';
import { afterCount, beyondDrive, traceError } from './light';

export class Counts {
  private constructor(
    private readonly liouvillian: Liouvillian,
    private readonly steady: SteadyState,
    readonly beta: number,
    /** <A^+ A> and its error */
    private readonly mean: number,
    private readonly meanError: number,
    /** Tr[A^+ A exp(Lt) x], x = A rho A^+ - <A^+ A> rho */
    private readonly excess: Relaxation,
    /** bound on that */
    private readonly excessError: number,
    readonly thirdCumulant: number,
    readonly errors: { readonly rate: number; readonly fano: number; readonly thirdCumulant: number },
  ) {}

  static async of(
    liouvillian: Liouvillian,
    steady: SteadyState,
    slow: SlowMode | null,
    beta: number,
    pause: () => Promise<void>,
    onFall: (share: number) => void,
  ): Promise<Counts> {
    const { pyramid, system } = liouvillian;
    const { gamma1D } = system;
    const { rho } = steady;
    const observable = intensity(pyramid, beta, rho.length);
    // J, its mean and its rate R are without beta^2 until the end: it is the same in all states, and has a Poisson count of its own.
    const beyond = liouvillian.inner(observable, rho);
    const mean = beta ** 2 + beyond;
    const x = afterCount(liouvillian, rho, beta, beyond);
    const excess = await Relaxation.of(liouvillian, rho, slow, x, [observable], pause, (share) =>
      onFall(share / 2),
    );
    // theta = -R s + theta_2 s^2 + theta_3 s^3 by perturbation of L - s J + s^2 J/2 - s^3 J/6, J = gamma_1D (A . A^+ - beta^2):
    // L r_1 = (J - R) rho, L r_2 = theta_2 rho + (J - R) r_1 - J rho / 2.
    const rate = gamma1D * mean;
    const r1 = excess.sum;
    scale(r1, -gamma1D);
    const fluxOf = (y: Float64Array) => gamma1D * liouvillian.inner(observable, y);
    const theta2 = (gamma1D * beyond) / 2 - fluxOf(r1);
    const source = counted(pyramid, r1, beta);
    scale(source, gamma1D);
    axpy(-gamma1D * beyond, r1, source);
    axpy(-gamma1D / 2, counted(pyramid, rho, beta), source);
    axpy(theta2, rho, source);
    const second = await Relaxation.of(liouvillian, rho, slow, source, [observable], pause, (share) =>
      onFall((1 + share) / 2),
    );
    const r2Flux = -gamma1D * second.moments(0, Number.POSITIVE_INFINITY)[0];
    const theta3 = -rate / 6 + fluxOf(r1) / 2 - r2Flux;
    const square = beyondDrive(system, beta);
    const state = traceError(liouvillian, steady);
    const meanError = square * state;
    const excessError = square * excess.error + 3 * square ** 2 * state;
    // What an error costs goes on as long as the slowest mode, or what was followed, lasts.
    const time = excess.rest.end + (slow ? 1 / slow.rate : 0);
    const ofMode = slow ? slow.rateError / slow.rate : 0;
    const slowArea = slow ? Math.abs(excess.amplitude * excess.slow[0]) / slow.rate : 0;
    const areaError = time * excessError + slowArea * ofMode;
    const fanoError =
      2 * gamma1D * areaError + (2 * gamma1D * gamma1D * meanError * Math.abs(fluxOf(r1))) / rate ** 2;
    const r1Error =
      gamma1D *
      (time * (excess.error + 3 * square * state) +
        (slow ? (Math.abs(excess.amplitude) * ofMode) / slow.rate : 0));
    const thirdError =
      6 *
      gamma1D *
      square *
      (time * (2 * gamma1D * square * r1Error + second.error) +
        Math.abs(second.amplitude) * (slow ? ofMode / slow.rate : 0));
    return new Counts(liouvillian, steady, beta, mean, meanError, excess, excessError, (-6 * theta3) / rate, {
      rate: gamma1D * meanError,
      fano: fanoError / mean,
      thirdCumulant: thirdError / rate,
    });
  }

  get rate(): number {
    return this.liouvillian.system.gamma1D * this.mean;
  }

  g2(tau: number): { readonly value: number; readonly error: number } {
    const { mean, meanError, excess, excessError } = this;
    const value = 1 + excess.at(0, tau) / mean ** 2;
    return { value, error: (excessError + 2 * Math.abs(value) * mean * meanError) / mean ** 2 };
  }

  /** Of windows of that length: 1 + 2 R int_0^T (1 - tau/T) (g2 - 1) dtau; T may be Infinity. */
  fano(T: number): number {
    const { mean, excess } = this;
    const [area, first] = excess.moments(0, T);
    const { gamma1D } = this.liouvillian.system;
    return 1 + (2 * gamma1D * (T === Number.POSITIVE_INFINITY ? area : area - first / T)) / mean;
  }

  /** theta at several fields, each from the vectors of its neighbour towards 0 and the slow mode's. */
  async theta(fields: readonly number[], mode: Eigenpair, workshop: CountingWorkshop): Promise<ThetaPoint[]> {
    const { liouvillian, steady, beta } = this;
    const { system, parts, pyramid } = liouvillian;
    const jump = (x: Float64Array) => {
      const jumped = counted(pyramid, x, beta);
      axpy(beta ** 2, x, jumped);
      return jumped;
    };
    const other = mode.right.map((right, i) => ({ right, left: mode.left[i] }));
    const separation = Math.hypot(mode.re, mode.im);
    /** From one field to another; where that leads to another eigenvalue, in two steps. */
    const reach = async (from: From, s: number, halvings: number): Promise<ThetaPoint> => {
      const starts = [from, ...other];
      const point = await thetaAt(system, parts, s, beta, starts, separation, jump, workshop);
      if (point.isLargest || halvings === 0) return point;
      const middle = await reach(from, (from.s + s) / 2, halvings - 1);
      return middle.isLargest ? reach(middle, s, halvings - 1) : point;
    };
    const points: ThetaPoint[] = [];
    for (const side of [fields.filter((s) => s < 0).toReversed(), fields.filter((s) => s >= 0)]) {
      let from: From = { s: 0, right: steady.rho, left: liouvillian.identity };
      for (const s of side) {
        const point = await reach(from, s, HALVINGS);
        points.push(point);
        if (point.isLargest) from = point;
      }
    }
    return points.toSorted((a, b) => a.s - b.s);
  }
}

interface From extends Vectors {
  readonly s: number;
}

/** Where the phases change places, steps become as short as the change is sharp. */
const HALVINGS = 12;
