/**
 * An ensemble's statistics, which depend neither on batches nor on when or where its trajectories were walked.
 * Trajectories are the independent units: each enters with its own time average, so that a standard error respects the correlation along a trajectory.
 */
import { type SpinMoments, spinSqueezing } from '../operators/moments';
import type { SystemParameters } from '../parameters/system';
import { densityBins } from '../trajectories/density';
import { factsOf } from '../trajectories/observables';
import {
  burnInSlots,
  type Observable,
  observables,
  type RecordLayout,
  recordLayout,
  sampleRow,
} from '../trajectories/record';
import type { BatchSummary } from '../trajectories/summary';
import { Covariance } from './covariance';
import { mergeSums, noSums, perTrajectoryQuantities, type Sums, sumsOf, total } from './sums';
import type { SwitchingStatistics } from './switching';
import { Tally } from './tally';

/** A mean over the ensemble and its standard error. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** One observable against time: arrays over the sample times. */
export interface Series {
  readonly mean: readonly number[];
  readonly error: readonly number[];
}

/**
 * What float32 leaves of a trajectory's moments, relative: the kernels miss their float64 twins by up to this, so no
 * error may be smaller, however little the trajectories scatter.
 */
const rounding = 2 ** -20;

/**
 * With fewer jumps in all trajectories together their scatter says little of the errors of their means: one trajectory in
 * all may then have been missed, anywhere in an observable's range.
 */
const fewestJumps = 10;

/** Where an observable is among a trajectory's own averages. */
const positionOf = Object.fromEntries(observables.map((name, i) => [name, i])) as Record<Observable, number>;

/** S_x = 0 along every trajectory, by the symmetry that makes the amplitudes real: exactly, with no error. */
const exactZero: Estimate = { value: 0, error: 0 };

export class EnsembleStatistics {
  private readonly layout: RecordLayout;
  private held: Sums;
  private total: NonNullable<ReturnType<typeof total>>;

  /**
   * @param samples sample times after t = 0
   * @param newSwitching statistics of switching, where there is a committor
   * @param earlier sums over what was walked before
   */
  constructor(
    readonly atoms: number,
    readonly samples: number,
    private readonly newSwitching: (() => SwitchingStatistics) | null = null,
    earlier: Sums = noSums,
  ) {
    this.layout = recordLayout(atoms, samples + 1);
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

  /** Of all trajectories together, after the burn-in. */
  get jumps(): number {
    const { mean } = this.total.covariances.perTrajectory;
    const perTrajectory = mean.slice(observables.length).reduce((sum, jumps) => sum + jumps, 0);
    return Math.round(this.count * perTrajectory);
  }

  /** Whether there were enough of them for standard errors; none ever come where all atoms stay in the ground state. */
  get sawJumps(): boolean {
    const { mean } = this.total.covariances.perTrajectory;
    return this.jumps >= fewestJumps || mean[positionOf.Sz] === -this.atoms / 2;
  }

  /** Time and ensemble averages after the burn-in. */
  steady(): Record<Observable | 'Sx', Estimate> {
    return {
      Sx: exactZero,
      ...forEach((name, i) =>
        this.withMissed(this.estimate(this.layout.averages + i), factsOf(name).range(this.atoms)),
      ),
    };
  }

  /** xi^2 of the averaged state, by the delta method; null where its mean spin vanishes, and on too few jumps. */
  squeezing(): Estimate | null {
    if (!this.sawJumps) return null;
    const xi2 = (mean: ArrayLike<number>) => spinSqueezing(this.atoms, spinMoments(mean));
    if (xi2(this.total.covariances.perTrajectory.mean) === null) return null;
    const { value, error } = this.total.covariances.perTrajectory.propagate(
      (mean) => xi2(mean) ?? Number.NaN,
    );
    return Number.isFinite(error) ? { value, error: Math.max(error, rounding * value) } : null;
  }

  /** P_m from m = -N/2 up. */
  Pm(): Estimate[] {
    return Array.from({ length: this.atoms + 1 }, (_, i) => this.probability(this.layout.Pm + i));
  }

  /** P_j from j = N/2 down. */
  Pj(): Estimate[] {
    const blocks = Math.floor(this.atoms / 2) + 1;
    return Array.from({ length: blocks }, (_, b) => this.probability(this.layout.Pj + b));
  }

  /** Every observable at each sample time, t = 0 first. */
  series(): Record<Observable, Series> {
    return forEach((observable) => {
      const rows = Array.from({ length: this.samples + 1 }, (_, slot) => sampleRow(slot, observable));
      return {
        mean: rows.map((row) => this.estimate(row).value),
        error: rows.map((row) => this.estimate(row).error),
      };
    });
  }

  /** How many trajectories had their <S_z> in each of the equal bins of [-N/2, N/2], for each sample time. */
  density(): number[][] {
    return Array.from({ length: this.layout.slots }, (_, slot) => [
      ...this.total.counted.density.subarray(slot * densityBins, (slot + 1) * densityBins),
    ]);
  }

  /**
   * Jumps after the burn-in, per unit of time.
   * @param of which channels to count together
   * @param duration of the part after the burn-in
   */
  jumpRate(of: readonly number[], duration: number): Estimate {
    const { value, error } = this.total.covariances.perTrajectory.propagate((mean) =>
      of.reduce((sum, channel) => sum + mean[observables.length + channel] / duration, 0),
    );
    // No jump seen in all that time: the rate is below about one in it.
    return { value, error: value === 0 ? 1 / (this.count * duration) : error };
  }

  /**
   * Emission after the burn-in, per unit of time, from the moments: gamma_1D <S_+ S_-> into the cavity, all atoms'
   * own gamma_F (N/2 + <S_z>), and of this the part that keeps j, what the jumps between blocks leave of it. For
   * unravellings whose jumps are not photons of one channel.
   */
  emission(system: SystemParameters, duration: number) {
    const { Sx2, Sy2, Sz } = positionOf;
    const mostCollective = system.gamma1D * (this.atoms / 2) * (this.atoms / 2 + 1);
    const mostIndividual = system.gammaF * this.atoms;
    const propagate = (f: (mean: ArrayLike<number>) => number, most: number) =>
      this.withMissed(this.total.covariances.perTrajectory.propagate(f), most);
    const individual = (mean: ArrayLike<number>) => system.gammaF * (this.atoms / 2 + mean[Sz]);
    const changing = (mean: ArrayLike<number>) =>
      (mean[observables.length + 2] + mean[observables.length + 3]) / duration;
    return {
      collective: propagate((mean) => system.gamma1D * (mean[Sx2] + mean[Sy2] + mean[Sz]), mostCollective),
      individual: propagate(individual, mostIndividual),
      sameJ: propagate((mean) => individual(mean) - changing(mean), mostIndividual),
    };
  }

  /** Null where not all trajectories had a committor. */
  switching(): SwitchingStatistics | null {
    const { covariances, counted } = this.total;
    if (this.newSwitching === null || !('pairs' in covariances)) return null;
    const switching = this.newSwitching();
    switching.merge({ covariances, counted } as SwitchingStatistics['sums']);
    return switching;
  }

  /** Time of the first sample that counts: jumps are counted from there on. */
  firstCounted(burnIn: number, time: number): number {
    return (burnInSlots(burnIn, time, this.samples) * time) / this.samples;
  }

  private sum() {
    const { rows, slots } = this.layout;
    const nothing = {
      rows: new Tally(rows),
      covariances: { perTrajectory: new Covariance(perTrajectoryQuantities) },
      counted: { alarms: new Float64Array(1), density: new Float64Array(slots * densityBins) },
    };
    return total(this.held) ?? nothing;
  }

  private estimate(row: number): Estimate {
    const value = this.total.rows.mean[row];
    return { value, error: Math.max(this.total.rows.standardError(row), rounding * Math.abs(value)) };
  }

  /** A share of time; one that no trajectory has spent is known to about one trajectory in all. */
  private probability(row: number): Estimate {
    const { value, error } = this.withMissed(this.estimate(row), 1);
    return { value, error: value === 0 ? 1 / this.count : error };
  }

  /** On too few jumps the error is at least what one trajectory in all can make of an observable of this range. */
  private withMissed({ value, error }: Estimate, range: number): Estimate {
    return { value, error: this.sawJumps ? error : Math.max(error, range / this.count) };
  }
}

function forEach<Value>(make: (observable: Observable, i: number) => Value): Record<Observable, Value> {
  return Object.fromEntries(observables.map((observable, i) => [observable, make(observable, i)])) as Record<
    Observable,
    Value
  >;
}

/** Moments from numbers in the order of `observables`. */
export function spinMoments(values: ArrayLike<number>): SpinMoments {
  const [Sy, Sz, Sx2, Sy2, Sz2, SySz] = Array.from(values);
  return { Sx: 0, Sy, Sz, Sx2, Sy2, Sz2, SySz };
}
