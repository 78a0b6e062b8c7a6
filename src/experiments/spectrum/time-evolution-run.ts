/** Computes the master equation in time. */
import { Evolution, startState } from '../../liouvillian/evolution';
import { Liouvillian } from '../../liouvillian/liouvillian';
import { RampedEvolution } from '../../liouvillian/ramped-evolution';
import { momentsOfRho, type SpinMoments, squeezingError } from '../../operators/moments';
import { driveAt, type Loop, type Ramp, rampOf, stretchesOf } from '../../parameters/ramp';
import { isReal, type SystemParameters } from '../../parameters/system';
import type { Measured } from '../../statistics/estimate';
import type { RunContext } from '../experiment';
import { paced } from '../pace';
import { hysteresisOf, loopWithin } from '../ramps/hysteresis';
import { systemAt } from '../ramps/ramp-option';
import { pausing } from './spectral-run';
import { fidelities } from './states';
import type { EvolutionOptions, TimeEvolutionResult } from './time-evolution';

export async function run(
  parameters: SystemParameters,
  { time, samples, start, ramp: said }: EvolutionOptions,
  context: RunContext,
): Promise<TimeEvolutionResult> {
  const liouvillian = new Liouvillian(parameters);
  const { pyramid } = liouvillian;
  const rho = startState(liouvillian, start);
  const ramp = said === undefined ? undefined : rampOf(said);
  const move =
    ramp === undefined ? await underConstantDrive(liouvillian) : new RampedMove(liouvillian, ramp, time);
  const pause = pausing(context);
  const report = paced(context, 'time evolution', 'samples', samples);
  const moments = [momentsOfRho(pyramid, rho)];
  const overlaps = [fidelities(parameters, pyramid, rho)];
  // In the trace norm.
  let error = 0;
  const errors = [sampleErrors(parameters, moments[0], error)];
  const times = () => moments.map((_, k) => (k * time) / samples);
  const result = (): TimeEvolutionResult => ({
    start,
    series: {
      t: times(),
      ...(ramp && { drive: times().map((t) => driveAt(ramp, t)) }),
      Sz: moments.map(({ Sz }) => Sz),
      Sy: moments.map(({ Sy }) => Sy),
      squeezing: moments.map(({ squeezing }) => squeezing),
      crssFidelity: overlaps.map(({ crssFidelity }) => crssFidelity),
      crssFidelityAllJ: overlaps.map(({ crssFidelityAllJ }) => crssFidelityAllJ),
      errors: {
        Sz: errors.map(({ Sz }) => Sz),
        Sy: errors.map(({ Sy }) => Sy),
        squeezing: errors.map(({ squeezing }) => squeezing),
        crssFidelity: errors.map(({ crssFidelity }) => crssFidelity),
        crssFidelityAllJ: errors.map(({ crssFidelityAllJ }) => crssFidelityAllJ),
      },
    },
    traceError: Math.abs(pyramid.trace(rho) - 1),
    ...(said !== undefined && { ramp: said }),
    ...move.found(times(), moments, errors),
  });
  for (let sample = 1; sample <= samples; sample++) {
    try {
      error += await move.advance(rho, sample, time / samples, pause);
    } catch (cause) {
      // Stopped: the samples so far are the result.
      if (context.signal.aborted) break;
      throw cause;
    }
    const now = momentsOfRho(pyramid, rho);
    moments.push(now);
    errors.push(sampleErrors(parameters, now, error));
    const at =
      ramp === undefined ? parameters : systemAt(parameters, driveAt(ramp, (sample * time) / samples));
    overlaps.push(fidelities(at, pyramid, rho));
    report(sample);
    if (sample % 20 === 0) context.onPartial(result());
  }
  return result();
}

interface Move {
  /** Moves rho on to a sample, and says what error, in the trace norm, that adds. */
  advance(rho: Float64Array, sample: number, interval: number, pause: () => Promise<void>): Promise<number>;
  found(
    t: readonly number[],
    moments: readonly SpinMoments[],
    errors: readonly { readonly Sz: number }[],
  ): Pick<TimeEvolutionResult, 'hysteresis'>;
}

async function underConstantDrive(liouvillian: Liouvillian): Promise<Move> {
  const evolution = Evolution.of(liouvillian);
  return {
    advance: (rho, _, interval, pause) => evolution.advance(rho, interval, pause),
    found: () => ({}),
  };
}

class RampedMove implements Move {
  private readonly evolution: RampedEvolution;
  private readonly loop: Loop | null;
  /** -int <S_z> d(Omega/Omega_c), the loop's area once it is closed, the error of rho so far, and the bound that it makes of the area's */
  private area = 0;
  private rhoError = 0;
  private areaError = 0;

  constructor(
    private readonly liouvillian: Liouvillian,
    private readonly ramp: Ramp,
    time: number,
  ) {
    this.evolution = new RampedEvolution(liouvillian);
    this.loop = loopWithin(ramp, time);
  }

  async advance(rho: Float64Array, sample: number, interval: number, pause: () => Promise<void>) {
    const { pyramid } = this.liouvillian;
    const before = this.rhoError;
    for (const stretch of stretchesOf(this.ramp, (sample - 1) * interval, sample * interval)) {
      const { from, to, start, end } = stretch;
      if (from === to) this.area -= (end - start) * momentsOfRho(pyramid, rho).Sz;
      this.rhoError += await this.evolution.advance(rho, stretch, pause, (integral) => {
        this.area -= ((end - start) / (to - from)) * momentsOfRho(pyramid, integral).Sz;
      });
      this.areaError += (Math.abs(end - start) * this.rhoError * pyramid.atoms) / 2;
    }
    return this.rhoError - before;
  }

  found: Move['found'] = (t, moments, errors) => {
    const { loop, ramp } = this;
    if (loop === null) return {};
    const isClosed = t[t.length - 1] >= Math.max(loop.up.to, loop.down.to);
    const sampled = {
      t,
      drive: t.map((time) => driveAt(ramp, time)),
      mean: moments.map(({ Sz }) => Sz),
      error: errors.map(({ Sz }) => Sz),
    };
    const area: Measured | null = isClosed ? { value: this.area, error: this.areaError } : null;
    return { hysteresis: hysteresisOf(this.liouvillian.system, ramp, loop, sampled, area) };
  };
}

/** |Tr(O x)| is at most the largest eigenvalue of O times the trace norm `error` of x; both fidelities are of projectors. */
function sampleErrors(system: SystemParameters, moments: SpinMoments, error: number) {
  const { atoms, gamma1D } = system;
  const [first, second] = [(error * atoms) / 2, (error * atoms ** 2) / 4];
  const isSymmetric = isReal(system);
  const bounds = {
    ...{ Sx: isSymmetric ? 0 : first, Sy: first, Sz: first },
    ...{ Sx2: second, Sy2: second, Sz2: second, SySz: second },
    ...(isSymmetric ? { SxSy: 0, SxSz: 0 } : { SxSy: second, SxSz: second }),
  };
  const fidelity = gamma1D === 0 ? null : error;
  return {
    Sz: first,
    Sy: first,
    squeezing: squeezingError(atoms, moments, bounds),
    crssFidelity: fidelity,
    crssFidelityAllJ: fidelity,
  };
}
