/** The result of an ensemble as far as its trajectories are finished. */
import { hasProcess } from '../../operators/jump-rates';
import { dephasing, emission, type Process, processes, pumping } from '../../operators/ladder';
import { pick } from '../../parameters/options';
import { driveAt, rampOf } from '../../parameters/ramp';
import type { SystemParameters } from '../../parameters/system';
import type { Averages } from '../../statistics/averages';
import { checkpointOf } from '../../statistics/checkpoint';
import type { EnsembleStatistics } from '../../statistics/ensemble';
import { estimateOf } from '../../statistics/estimate';
import { PhotonStatistics } from '../../statistics/photons';
import { jumpRate, rateFromMoments } from '../../statistics/rates';
import { rangesOf } from '../../statistics/sums';
import type { SwitchingStatistics } from '../../statistics/switching';
import { meanCurrents } from '../../trajectories/detection';
import type { JumpRecord } from '../../trajectories/jump-records';
import { missing } from '../../trajectories/observables';
import { photonPlan } from '../../trajectories/photon-plan';
import { channels, recordLayout } from '../../trajectories/record';
import { unravelingFacts } from '../../trajectories/unraveling-facts';
import { unravelings } from '../../trajectories/unravelings';
import { type PhotonCounting, photonCounting } from './photon-counting';
import type { SlowDynamics } from './slow-dynamics';
import { stepError } from './step-error';
import type { StoppedBy } from './stop-rules';
import type { ExactSteadyState } from './theory-fields';
import type { Trace, TrajectoriesResult } from './trajectories-result';
import { ensembleSettings, type Settings } from './trajectory-table';
import { sampleTimes } from './trajectory-trace';
import { underRamp } from './under-ramp';

/** What walked, and the first trajectories: sample by sample, and jump by jump. */
export interface Kept {
  readonly engines: readonly string[];
  readonly traces: readonly Trace[];
  readonly records: readonly JumpRecord[];
  /** of diffusion, where they have been walked */
  readonly longerSteps?: TrajectoriesResult['longerSteps'];
}

export function describe(
  system: SystemParameters,
  options: Settings,
  statistics: EnsembleStatistics,
  kept: Kept,
  exact: ExactSteadyState | null,
  slow: SlowDynamics | null,
  stoppedBy: StoppedBy | null,
): TrajectoriesResult {
  const { seed, first } = options;
  const unraveling = unravelings[options.unraveling];
  const { atoms } = system;
  const { ramp, ...settings } = pick(options, ensembleSettings);
  const unknown = lackingIn(system, options, slow);
  const ranges = rangesOf(statistics.sums);
  const several = { seed: null, first: null, ranges };
  const asked = {
    stoppedBy,
    ...settings,
    ...(ramp !== undefined && { ramp }),
    ...(ranges.length > 1 ? several : { seed: ranges[0]?.seed ?? seed, first: ranges[0]?.first ?? first }),
    start: unraveling.start(system),
    engines: [...kept.engines],
    alarms: statistics.alarms,
  };
  const { currents } = unravelingFacts[options.unraveling];
  const expected = exact && {
    ...exact,
    ...pick(meanCurrents(system, options, exact.Sx, exact.Sy), currents),
  };
  const theory = { predicted: slow?.predicted ?? null, paper: slow?.paper ?? null, exact: expected };
  const checkpoint = checkpointOf(statistics.sums);
  if (statistics.count < 2) return { count: 0, ...asked, ...nothing, traces: [], ...theory, checkpoint };
  const steady = { ...statistics.steady(), ...unknown };
  const longerSteps = kept.longerSteps ?? null;
  const t = sampleTimes(options);
  return {
    count: statistics.count,
    ...asked,
    longerSteps,
    stepError: longerSteps && stepError(steady, longerSteps),
    ...(ramp === undefined
      ? {
          steady: { ...steady, squeezing: statistics.squeezing() },
          Pm: statistics.Pm(),
          Pj: statistics.Pj(),
        }
      : { steady: null, Pm: null, Pj: null, ...underRamp(system, { ...options, ramp }, statistics) }),
    series: {
      t,
      ...(ramp !== undefined && { drive: drivesOf(ramp, t) }),
      ...statistics.series(),
      ...unknown,
    },
    traces: kept.traces,
    records: kept.records,
    density: { t, from: -atoms / 2, to: atoms / 2, counts: statistics.density() },
    jumps: jumpsOf(statistics.averages, unraveling.photons ? counted : fromMoments),
    photons: photonsOf(options, statistics),
    ...switchingOf(statistics.switching()),
    ...theory,
    checkpoint,
  };
}

/** What is not known of these trajectories. */
export const lackingIn = (
  { gamma1D }: SystemParameters,
  { ramp }: Pick<Settings, 'ramp'>,
  slow: SlowDynamics | null,
) => missing({ 'one CRSS': gamma1D > 0 && ramp === undefined, 'slow mode': slow !== null });

function drivesOf(text: string, times: readonly number[]): number[] {
  const ramp = rampOf(text);
  return times.map((t) => driveAt(ramp, t));
}

/** The statistics of no trajectories. */
const nothing = {
  steady: null,
  longerSteps: null,
  stepError: null,
  Pm: null,
  Pj: null,
  series: null,
  density: null,
  photons: null,
  records: [],
  jumps: null,
  switching: null,
  coreSet: null,
  crossings: null,
};

/** What is summed of the photons, where the jumps are photons. */
export function photonStatistics(options: Settings, statistics: EnsembleStatistics) {
  if (!unravelingFacts[options.unraveling].photons) return null;
  const layout = recordLayout(statistics.system, options.samples + 1);
  const plan = photonPlan(layout, options, options);
  const { sawChangeOfJ } = statistics.averages;
  return { plan, photons: new PhotonStatistics(plan, statistics.covariances, sawChangeOfJ) };
}

function photonsOf(options: Settings, statistics: EnsembleStatistics): PhotonCounting | null {
  const counted = photonStatistics(options, statistics);
  return counted && photonCounting(counted.plan, counted.photons);
}

/** Of emission, and of pumping and dephasing where there is any. */
function jumpsOf(averages: Averages, rates: typeof counted) {
  const of = (process: Process) => rates(averages, processes.indexOf(process));
  return {
    ...of(emission),
    ...(hasProcess(averages.system, pumping) && { pumping: of(pumping) }),
    ...(hasProcess(averages.system, dephasing) && { dephasing: of(dephasing) }),
  };
}

/** @param p the process's place in `processes` */
function counted(averages: Averages, p: number) {
  const rate = (...kinds: number[]) =>
    estimateOf(
      jumpRate(
        averages,
        kinds.map((kind) => channels.length * p + kind),
      ),
    );
  return {
    collectivePerTime: rate(0),
    individualPerTime: rate(1, 2, 3),
    individual: { sameJ: rate(1), toLowerJ: rate(2), toHigherJ: rate(3) },
  };
}

function fromMoments(averages: Averages, p: number) {
  const { collective, individual, sameJ } = rateFromMoments(averages, p);
  const rate = (kind: number) => estimateOf(jumpRate(averages, [channels.length * p + kind]));
  return {
    collectivePerTime: estimateOf(collective),
    individualPerTime: estimateOf(individual),
    individual: { sameJ: estimateOf(sameJ), toLowerJ: rate(2), toHigherJ: rate(3) },
  };
}

function switchingOf(switching: SwitchingStatistics | null) {
  return {
    switching: switching?.regression() ?? null,
    coreSet: switching?.coreSets() ?? null,
    crossings: switching?.crossings() ?? null,
  };
}
