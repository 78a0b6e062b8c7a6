/**
 * An ensemble's statistics, which depend neither on batches nor on when or where its trajectories were walked.
 * Trajectories are the independent units: each enters with its own time average, so that a standard error respects the correlation along a trajectory.
 */
import type { SystemParameters } from '../parameters/system';
import type { OfEach } from '../trajectories/observables';
import { histogramBins, type RecordLayout } from '../trajectories/record';
import type { BatchSummary } from '../trajectories/summary';
import { Averages, type Lengths, layoutOf } from './averages';
import { Covariance } from './covariance';
import { estimateOf, type Measured } from './estimate';
import { Extremes } from './extremes';
import { RampStatistics } from './ramp-switching';
import { mergeSums, noSums, type OfSamples, type Sums, sumsOf, type Total, total } from './sums';
import { SwitchingStatistics } from './switching';
import { Tally } from './tally';

export type { Measured } from './estimate';

/** One observable against time: arrays over the sample times. */
export interface Series {
  readonly mean: readonly number[];
  readonly error: readonly number[];
}

/** S_x = 0 along every trajectory on resonance, by the symmetry that makes the amplitudes real: exactly, with no error. */
const exactZero: Measured = { value: 0, error: 0 };

export class EnsembleStatistics {
  private readonly layout: RecordLayout;
  private held: Sums;
  private total: Total;

  /**
   * @param newSwitching statistics of switching, where there is a committor; of a ramp, where there is one
   * @param earlier sums over what was walked before
   */
  constructor(
    readonly system: SystemParameters,
    private readonly lengths: Lengths,
    private readonly newSwitching: (() => OfSamples) | null = null,
    earlier: Sums = noSums,
  ) {
    this.layout = layoutOf(system, lengths);
    this.held = earlier;
    this.total = this.sum();
  }

  /** All that is known of the trajectories: enough to go on from. */
  get sums(): Sums {
    return this.held;
  }

  get count(): number {
    return this.total.rows.count;
  }

  /** By name, over all trajectories. */
  get covariances(): Readonly<Record<string, Covariance>> {
    return this.total.covariances;
  }

  add(batch: BatchSummary): void {
    this.held = mergeSums(this.held, sumsOf(batch, this.newSwitching));
    this.total = this.sum();
  }

  /** Of the unravelling, in all trajectories. */
  get alarms(): number {
    return this.total.counted.alarms[0];
  }

  /** The means, and of each whether its error is a floor. */
  get averages(): Averages {
    return new Averages(this.system, this.lengths, this.total);
  }

  /** Of all trajectories together, after the burn-in. */
  get jumps(): number {
    return this.averages.jumps;
  }

  /** Whether there were enough of them for standard errors; none ever come without a drive. */
  get sawJumps(): boolean {
    return this.averages.sawJumps;
  }

  /** Whether j was seen to change, after the burn-in; true where it cannot. */
  get sawChangeOfJ(): boolean {
    return this.averages.sawChangeOfJ;
  }

  /** Time and ensemble averages after the burn-in. */
  steady(): OfEach<Measured> & { readonly Sx: Measured } {
    return { Sx: exactZero, ...mapped(this.averages.steady(), estimateOf) };
  }

  /** xi^2 of the averaged state, by the delta method; null where its mean spin vanishes, and on too few jumps. */
  squeezing(): Measured | null {
    const squeezing = this.averages.squeezing();
    return squeezing && estimateOf(squeezing);
  }

  /** P_m from m = -N/2 up. */
  Pm(): Measured[] {
    return this.averages.Pm().map(estimateOf);
  }

  /** P_j from j = N/2 down. */
  Pj(): Measured[] {
    return this.averages.Pj().map(estimateOf);
  }

  /** Every observable at each sample time, t = 0 first. */
  series(): OfEach<Series> {
    return mapped(this.averages.series(), (samples) => ({
      mean: samples.map(({ value }) => value),
      error: samples.map(({ error }) => error),
    }));
  }

  /** How many trajectories had their <S_z> in each of the equal bins of [-N/2, N/2], for each sample time. */
  density(): number[][] {
    return Array.from({ length: this.layout.slots }, (_, slot) => [
      ...this.total.counted.density.subarray(slot * histogramBins, (slot + 1) * histogramBins),
    ]);
  }

  /** Null where not all trajectories had a committor. */
  switching(): SwitchingStatistics | null {
    const { covariances, counted } = this.total;
    const switching = this.newSwitching?.();
    if (!(switching instanceof SwitchingStatistics) || !('pairs' in covariances)) return null;
    switching.merge({ covariances, counted } as SwitchingStatistics['sums']);
    return switching;
  }

  /** Null without a ramp that turns once at most. */
  ramp(): RampStatistics | null {
    const { covariances, counted } = this.total;
    const ramp = this.newSwitching?.();
    if (!(ramp instanceof RampStatistics) || !('ramp' in covariances)) return null;
    ramp.merge({ covariances, counted } as RampStatistics['sums']);
    return ramp;
  }

  private sum(): Total {
    const { rows, slots, Pm, averages } = this.layout;
    const nothing = {
      rows: new Tally(rows),
      extremes: new Extremes(rows),
      covariances: { perTrajectory: new Covariance(Pm - averages) },
      counted: { alarms: new Float64Array(1), density: new Float64Array(slots * histogramBins) },
    };
    return total(this.held) ?? nothing;
  }
}

const mapped = <From, To>(of: OfEach<From>, map: (value: From) => To) =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, map(value)])) as OfEach<To>;
