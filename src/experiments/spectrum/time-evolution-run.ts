/** Computes the master equation in time. */
import { Evolution, startState } from '../../liouvillian/evolution';
import { Liouvillian } from '../../liouvillian/liouvillian';
import { momentsOfRho, type SpinMoments, squeezingError } from '../../operators/moments';
import { isReal, type SystemParameters } from '../../parameters/system';
import type { RunContext } from '../experiment';
import { paced } from '../pace';
import { pausing } from './spectral-run';
import { fidelities } from './states';
import type { EvolutionOptions, TimeEvolutionResult } from './time-evolution';

export async function run(
  parameters: SystemParameters,
  { time, samples, start }: EvolutionOptions,
  context: RunContext,
): Promise<TimeEvolutionResult> {
  const liouvillian = new Liouvillian(parameters);
  const { pyramid } = liouvillian;
  const rho = startState(liouvillian, start);
  const evolution = await Evolution.of(liouvillian);
  const pause = pausing(context);
  const report = paced(context, 'time evolution', 'samples', samples);
  const moments = [momentsOfRho(pyramid, rho)];
  const overlaps = [fidelities(parameters, pyramid, rho)];
  // In the trace norm.
  let error = 0;
  const errors = [sampleErrors(parameters, moments[0], error)];
  const result = (): TimeEvolutionResult => ({
    start,
    series: {
      t: moments.map((_, k) => (k * time) / samples),
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
  });
  for (let sample = 1; sample <= samples; sample++) {
    try {
      error += await evolution.advance(rho, time / samples, pause);
    } catch (cause) {
      // Stopped: the samples so far are the result.
      if (context.signal.aborted) break;
      throw cause;
    }
    const now = momentsOfRho(pyramid, rho);
    moments.push(now);
    errors.push(sampleErrors(parameters, now, error));
    overlaps.push(fidelities(parameters, pyramid, rho));
    report(sample);
    if (sample % 20 === 0) context.onPartial(result());
  }
  return result();
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
