/** Means over an ensemble, each with its error: of its scatter, or what rounding leaves, or what it can have missed. */
import { type SpinMoments, spinSqueezing } from '../operators/moments';
import type { SystemParameters } from '../parameters/system';
import {
  burnInSlots,
  channels,
  type Observable,
  observables,
  type RecordLayout,
  recordLayout,
  sampleRow,
} from '../trajectories/record';
import { type Judged, judged } from './estimate';
import { changesJ, hasJumps, rangeOf, resolution, roundingOf, roundingOfSquare } from './ranges';
import {
  fewestEvents,
  floorOfCounts,
  floorOfProbability,
  floorOfScatter,
  missed,
  momentsOf,
} from './rare-events';
import type { Total } from './sums';

/** Of a trajectory, in the inverse unit of the rates; samples are those after t = 0. */
export interface Lengths {
  readonly time: number;
  readonly burnIn: number;
  readonly samples: number;
}

export class Averages {
  /** of the part after the burn-in, in which jumps are counted: its first sample opens it */
  readonly duration: number;
  private readonly layout: RecordLayout;
  /** samples after the burn-in, that one included */
  private readonly averaged: number;

  constructor(
    readonly system: SystemParameters,
    { time, burnIn, samples }: Lengths,
    private readonly total: Total,
  ) {
    const first = burnInSlots(burnIn, time, samples);
    this.duration = time - (first * time) / samples;
    this.layout = recordLayout(system.atoms, samples + 1);
    this.averaged = samples + 1 - first;
  }

  get count(): number {
    return this.total.rows.count;
  }

  /** Of each trajectory its own averages of the observables, then its jumps by channel. */
  get perTrajectory() {
    return this.total.covariances.perTrajectory;
  }

  /** Of all trajectories together, after the burn-in. */
  get jumps(): number {
    const perTrajectory = this.perTrajectory.mean
      .slice(observables.length)
      .reduce((sum, jumps) => sum + jumps, 0);
    return Math.round(this.count * perTrajectory);
  }

  /** Whether there were enough of them for standard errors; none ever come without a drive. */
  get sawJumps(): boolean {
    return this.jumps >= fewestEvents || !hasJumps(this.system);
  }

  /** Whether j was seen to change, after the burn-in; true where it cannot, which leaves nothing to be seen. */
  get sawChangeOfJ(): boolean {
    return this.sawChangeIn(this.rowOfAverage('j'));
  }

  /** Time and ensemble averages after the burn-in. */
  steady(): Record<Observable, Judged> {
    return forEach((name) => {
      const row = this.rowOfAverage(name);
      return this.judged(
        row,
        roundingOf(name, this.system.atoms, this.meanOf(row)),
        this.floorOfAverage(name),
      );
    });
  }

  /** xi^2 of the averaged state, by the delta method; null where its mean spin vanishes, and on too few jumps. */
  squeezing(): Judged | null {
    const { atoms } = this.system;
    const xi2 = (mean: ArrayLike<number>) => spinSqueezing(atoms, spinMoments(mean));
    if (!this.sawJumps || xi2(this.perTrajectory.mean) === null) return null;
    const found = (mean: ArrayLike<number>) => xi2(mean) ?? Number.NaN;
    const { value, error } = this.perTrajectory.propagate(found);
    const floor = this.perTrajectory.propagateErrors(found, this.floors());
    const rounding = this.perTrajectory.propagateErrors(
      found,
      this.floors((name) => roundingOf(name, atoms, this.meanOf(this.rowOfAverage(name)))),
    );
    const estimate = judged(value, Math.max(error, rounding), floor);
    return Number.isFinite(estimate.error) ? estimate : null;
  }

  /** P_m from m = -N/2 up. */
  Pm(): Judged[] {
    const { gamma1D, gammaF, atoms } = this.system;
    // By the rate of one atom's decay an atom's state changes; looks between which it has not are one look.
    const looks = this.count * Math.min(this.averaged, 1 + (gamma1D + gammaF) * this.duration);
    return Array.from({ length: atoms + 1 }, (_, i) => {
      const row = this.layout.Pm + i;
      const probability = this.meanOf(row);
      const hardlyFound = hasJumps(this.system) ? floorOfProbability(this.count, looks, probability) : 0;
      const floor = this.afterBurnIn(Math.max(this.floorOf(row, 1), hardlyFound), 1);
      return this.judged(row, roundingOfSquare(probability), floor);
    });
  }

  /** P_j from j = N/2 down. */
  Pj(): Judged[] {
    return Array.from({ length: Math.floor(this.system.atoms / 2) + 1 }, (_, b) => {
      const row = this.layout.Pj + b;
      const floor = changesJ(this.system) ? this.afterBurnIn(this.floorOf(row, 1), 1) : 0;
      return this.judged(row, resolution * this.meanOf(row), floor);
    });
  }

  /** Every observable at each sample time, t = 0 first, where all trajectories are as they were made. */
  series(): Record<Observable, Judged[]> {
    return forEach((name) => {
      const range = rangeOf(name, this.system.atoms);
      return Array.from({ length: this.layout.slots }, (_, slot) => {
        const row = sampleRow(slot, name);
        const rounding = roundingOf(name, this.system.atoms, this.meanOf(row));
        if (slot === 0 || (name === 'j' && !changesJ(this.system))) return this.judged(row, rounding, 0);
        const unseen = this.sawChangeIn(sampleRow(slot, 'j')) ? 0 : missed(this.count, 0, range);
        return this.judged(row, rounding, Math.max(this.floorOf(row, range), unseen));
      });
    });
  }

  /**
   * For each quantity of `perTrajectory`: of an observable, by default what the trajectories can have missed of its average; of the
   * jumps of a channel, that of their number. Those that keep j may be as many as can be in a j that was not seen.
   */
  floors(ofObservable: (name: Observable) => number = (name) => this.floorOfAverage(name)): number[] {
    const { atoms, gamma1D, gammaF } = this.system;
    const keepingJ = [gamma1D * (atoms / 2) * (atoms / 2 + 1), gammaF * atoms];
    const possible = [gamma1D > 0, gammaF > 0, changesJ(this.system), changesJ(this.system)];
    const ofJumps = channels.map((_, channel) => {
      if (!hasJumps(this.system) || !possible[channel]) return 0;
      const weights = Array.from(this.perTrajectory.mean, (_, a) =>
        a === observables.length + channel ? 1 : 0,
      );
      const counted = floorOfCounts(this.count, momentsOf(this.perTrajectory, weights), 1);
      const most = this.sawChangeOfJ ? 0 : (keepingJ[channel] ?? 0) * this.duration;
      return Math.max(counted, missed(this.count, 0, most));
    });
    return [...observables.map(ofObservable), ...ofJumps];
  }

  private rowOfAverage(name: Observable): number {
    return this.layout.averages + observables.indexOf(name);
  }

  private floorOfAverage(name: Observable): number {
    if (name === 'j' && !changesJ(this.system)) return 0;
    const range = rangeOf(name, this.system.atoms);
    return this.afterBurnIn(this.floorOf(this.rowOfAverage(name), range), range);
  }

  /** The floor, or what few jumps and no change of j leave open of a quantity of this range. */
  private afterBurnIn(floor: number, range: number): number {
    const few = this.sawJumps ? 0 : missed(this.count, this.jumps, range);
    const unseen = this.sawChangeOfJ ? 0 : missed(this.count, 0, range);
    return Math.max(floor, few, unseen);
  }

  private floorOf(row: number, range: number): number {
    if (!hasJumps(this.system)) return 0;
    const { rows, extremes } = this.total;
    const [mean, M2, least, most] = [rows.mean, rows.M2, extremes.least, extremes.most].map((of) => of[row]);
    return floorOfScatter({ count: this.count, mean, M2, least, most }, range, resolution);
  }

  private sawChangeIn(rowOfJ: number): boolean {
    const { least, most } = this.total.extremes;
    return most[rowOfJ] > least[rowOfJ] || !changesJ(this.system);
  }

  private meanOf(row: number): number {
    return this.total.rows.mean[row];
  }

  private judged(row: number, rounding: number, floor: number): Judged {
    return judged(this.meanOf(row), Math.max(this.total.rows.standardError(row), rounding), floor);
  }
}

/** What there is for every observable. */
export function forEach<Value>(
  make: (observable: Observable, i: number) => Value,
): Record<Observable, Value> {
  return Object.fromEntries(observables.map((observable, i) => [observable, make(observable, i)])) as Record<
    Observable,
    Value
  >;
}

/** Moments from numbers in the order of `observables`. */
export function spinMoments(values: ArrayLike<number>): SpinMoments {
  const [Sy, Sz, Sx2, Sy2, Sz2, SySz] = Array.from(values);
  return { Sx: 0, Sy, Sz, Sx2, Sy2, Sz2, SxSy: 0, SxSz: 0, SySz };
}
