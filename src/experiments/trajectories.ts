/** An ensemble of quantum trajectories: means and distributions with standard errors, beside the exact values. */
import {
  type Moments,
  magnetizationDistribution,
  momentsOfRho,
  spinDistribution,
  spinSqueezing,
} from '../operators/moments';
import type { SystemParameters } from '../parameters/system';
import { EnsembleStatistics, type Series, spinMoments } from '../statistics/ensemble';
import { walkEnsemble } from '../trajectories/ensemble';
import { type CrssFidelity, type Observable, observables } from '../trajectories/record';
import type { Start } from '../trajectories/unraveling';
import { steadyState } from '../twin/steady-state';
import type { Experiment, Measured, RunContext } from './experiment';
import { paced } from './pace';
import { type Fidelities, fidelities } from './states';
import { type TrajectoryOptions, trajectoryOptions } from './trajectory-options';

/** One trajectory, sample by sample, as in the paper's figure 4. */
export interface Trace {
  readonly t: readonly number[];
  readonly Sy: readonly number[];
  readonly Sz: readonly number[];
  readonly j: readonly number[];
  /** xi^2 of the trajectory's own state; null where its mean spin vanishes */
  readonly squeezing: readonly (number | null)[];
  /** |<CRSS|psi>|^2 with the CRSS of j = N/2 (figure 4b), and with that of its own j; null without collective decay */
  readonly crssFidelity: readonly number[] | null;
  readonly crssFidelityAllJ: readonly number[] | null;
}

/** What there is for every observable, but for the CRSS's fidelities only with collective decay. */
type ForEachObservable<Value> = Readonly<
  Record<Exclude<Observable, CrssFidelity>, Value> & Record<CrssFidelity, Value | null>
>;

/** Everything of the finished trajectories; the statistics are null until a first batch has finished. */
export interface TrajectoriesResult {
  /** trajectories finished */
  readonly count: number;
  readonly time: number;
  readonly burnIn: number;
  readonly samples: number;
  readonly seed: number;
  readonly unraveling: string;
  readonly start: Start;
  /** jumps of which truncation to the kept modes lost the channel (dark port), in all that were walked */
  readonly alarms: number;
  /** time and ensemble averages after the burn-in; squeezing is that of the averaged state */
  readonly steady:
    | (ForEachObservable<Measured> & { readonly Sx: Measured; readonly squeezing: Measured | null })
    | null;
  /** from m = -N/2 up */
  readonly Pm: readonly Measured[] | null;
  /** from j = N/2 down */
  readonly Pj: readonly Measured[] | null;
  readonly series: ({ readonly t: readonly number[] } & ForEachObservable<Series>) | null;
  readonly traces: readonly Trace[];
  /** trajectories by time and <S_z> */
  readonly density: Density | null;
  /**
   * after the burn-in; `individualPerTime` counts all atoms together. The dark port's jumps are not photons: its
   * rates come from the moments, gamma_1D <S_+ S_-> and gamma_F (N/2 + <S_z>), but for the changes of j.
   */
  readonly jumps: {
    readonly collectivePerTime: Measured;
    readonly individualPerTime: Measured;
    readonly individual: {
      readonly sameJ: Measured;
      readonly toLowerJ: Measured;
      readonly toHigherJ: Measured;
    };
  } | null;
  /** the master equation's own steady state where the twin can have it; null beyond its N and without one */
  readonly exact: ExactSteadyState | null;
}

/** The joint density of time and <S_z> over the ensemble. */
export interface Density {
  readonly t: readonly number[];
  /** -N/2 and N/2, the ends of the range that the bins share equally */
  readonly from: number;
  readonly to: number;
  /** [time][bin], trajectories */
  readonly counts: readonly (readonly number[])[];
}

export interface ExactSteadyState extends Moments, Fidelities {
  readonly Pm: readonly number[];
  readonly Pj: readonly number[];
  /** |L rho| / |rho|, in the unit of the rates */
  readonly residual: number;
}

/** Trajectories kept sample by sample, for the telegraph signal. */
const traces = 8;

export const trajectories: Experiment<TrajectoryOptions, TrajectoriesResult> = {
  command: 'trajectories',
  options: trajectoryOptions,
  async run(parameters, options, context) {
    const gpu = await context.gpu();
    const exact = exactSteadyState(parameters, context);
    const statistics = new EnsembleStatistics(parameters.atoms, options.samples);
    const kept: Trace[] = [];
    const request = { system: parameters, first: 0, traces, ...options };
    const pace = paced(context, 'trajectories', 'trajectories', options.count);
    let alarms = 0;
    const result = () => describe(parameters, options, alarms, statistics, kept, exact);
    if (options.unraveling.start(parameters) === 'darkest state') {
      context.warn(
        'The trajectories start from the darkest state of j = N/2 (the lower branch), not from the ground state, ' +
          'which the kept modes do not hold at this N: the series differ until the start is forgotten.',
      );
    }
    const batches = walkEnsemble(gpu, request, context.signal, (progress) =>
      pace(progress.trajectories, progress.share),
    );
    for await (const batch of batches) {
      statistics.add(batch);
      alarms += batch.alarms;
      kept.push(...batch.traces.map((trace) => traceOf(parameters, options, trace)));
      if (statistics.count < options.count) context.onPartial(result());
    }
    if (statistics.count < options.count) {
      context.warn(
        `Interrupted: ${statistics.count} of ${options.count} trajectories were finished and kept.`,
      );
    }
    return result();
  },
};

function describe(
  system: SystemParameters,
  options: TrajectoryOptions,
  alarms: number,
  statistics: EnsembleStatistics,
  kept: readonly Trace[],
  exact: ExactSteadyState | null,
): TrajectoriesResult {
  const { time, burnIn, samples, seed, unraveling } = options;
  const { atoms } = system;
  const noCrss = system.gamma1D === 0 ? withoutCrss : {};
  const start = unraveling.start(system);
  const asked = { time, burnIn, samples, seed, unraveling: unraveling.name, start, alarms };
  const nothing = { steady: null, Pm: null, Pj: null, series: null, density: null, jumps: null };
  if (statistics.count < 2) return { count: 0, ...asked, ...nothing, traces: [], exact };
  // The first sample after the burn-in opens the window in which jumps are counted.
  const duration = time - statistics.firstCounted(burnIn, time);
  return {
    count: statistics.count,
    ...asked,
    steady: { ...statistics.steady(), ...noCrss, squeezing: statistics.squeezing() },
    Pm: statistics.Pm(),
    Pj: statistics.Pj(),
    series: { t: sampleTimes(options), ...statistics.series(), ...noCrss },
    traces: kept,
    density: { t: sampleTimes(options), from: -atoms / 2, to: atoms / 2, counts: statistics.density() },
    jumps: unraveling.photons ? counted(statistics, duration) : fromMoments(statistics, system, duration),
    exact,
  };
}

function counted(statistics: EnsembleStatistics, duration: number) {
  const rate = (...channels: number[]) => statistics.jumpRate(channels, duration);
  return {
    collectivePerTime: rate(0),
    individualPerTime: rate(1, 2, 3),
    individual: { sameJ: rate(1), toLowerJ: rate(2), toHigherJ: rate(3) },
  };
}

function fromMoments(statistics: EnsembleStatistics, system: SystemParameters, duration: number) {
  const { collective, individual, sameJ } = statistics.emission(system, duration);
  const rate = (channel: number) => statistics.jumpRate([channel], duration);
  return {
    collectivePerTime: collective,
    individualPerTime: individual,
    individual: { sameJ, toLowerJ: rate(2), toHigherJ: rate(3) },
  };
}

const withoutCrss = { crssFidelity: null, crssFidelityAllJ: null };

function sampleTimes({ time, samples }: TrajectoryOptions): number[] {
  return Array.from({ length: samples + 1 }, (_, slot) => (slot * time) / samples);
}

function traceOf(
  { atoms, gamma1D }: SystemParameters,
  options: TrajectoryOptions,
  trace: Float32Array,
): Trace {
  const width = observables.length;
  const of = (observable: Observable) =>
    Array.from(
      { length: options.samples + 1 },
      (_, slot) => trace[slot * width + observables.indexOf(observable)],
    );
  const squeezing = Array.from({ length: options.samples + 1 }, (_, slot) =>
    spinSqueezing(atoms, spinMoments(trace.subarray(slot * width, (slot + 1) * width))),
  );
  const fidelities =
    gamma1D === 0
      ? withoutCrss
      : { crssFidelity: of('crssFidelity'), crssFidelityAllJ: of('crssFidelityAllJ') };
  return { t: sampleTimes(options), Sy: of('Sy'), Sz: of('Sz'), j: of('j'), squeezing, ...fidelities };
}

/** Above this the float64 twin takes longer than a second. */
const mostExact = 30;

/** The exact values beside the ensemble's, where they come in a moment. */
function exactSteadyState(parameters: SystemParameters, { warn }: RunContext): ExactSteadyState | null {
  if (parameters.atoms > mostExact) return null;
  if (parameters.gammaF === 0 && parameters.atoms > 1) {
    warn('Without individual decay the steady state is not unique: the averages depend on the start.');
    return null;
  }
  const { pyramid, rho, residual } = steadyState(parameters);
  return {
    ...momentsOfRho(pyramid, rho),
    ...fidelities(parameters, pyramid, rho),
    Pm: [...magnetizationDistribution(pyramid, rho)],
    Pj: [...spinDistribution(pyramid, rho)],
    residual,
  };
}
