/** Means over an ensemble, each with its error: of its scatter, or what rounding leaves, or what it can have missed. */

import { processes } from '../operators/ladder';
import { type SpinMoments, spinSqueezing } from '../operators/moments';
import type { SystemParameters } from '../parameters/system';
import type { OfEach, Recorded } from '../trajectories/observables';
import { burnInSlots, type RecordLayout, recordLayout, sampleRow } from '../trajectories/record';
import { type UnravelingName, unravelingFacts } from '../trajectories/unraveling-facts';
import { type Judged, judged } from './estimate';
import { changesJ, hasJumps, isConstant, rangeOf, resolution, roundingOf, roundingOfSquare } from './ranges';
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
  /** the dark port or photodetection where it is left out: they record the same */
  readonly unraveling?: UnravelingName | undefined;
}

const currentsOf = ({ unraveling }: Pick<Lengths, 'unraveling'>) =>
  unraveling === undefined ? [] : unravelingFacts[unraveling].currents;

/** Of the record of trajectories of these lengths. */
export const layoutOf = (
  system: SystemParameters,
  lengths: Pick<Lengths, 'samples' | 'unraveling'>,
): RecordLayout => recordLayout(system, lengths.samples + 1, currentsOf(lengths));

export class Averages {
  /** of the part after the burn-in, in which jumps are counted: its first sample opens it */
  readonly duration: number;
  private readonly layout: RecordLayout;
  /** noise scatters every trajectory */
  private readonly isDiffusive: boolean;
  /** samples after the burn-in, that one included */
  private readonly averaged: number;

  constructor(
    readonly system: SystemParameters,
    lengths: Lengths,
    private readonly total: Total,
  ) {
    const { time, burnIn, samples } = lengths;
    const first = burnInSlots(burnIn, time, samples);
    this.duration = time - (first * time) / samples;
    this.layout = layoutOf(system, lengths);
    this.isDiffusive = currentsOf(lengths).length > 0;
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
      .slice(this.layout.observables.length)
      .reduce((sum, jumps) => sum + jumps, 0);
    return Math.round(this.count * perTrajectory);
  }

  /** Whether there were enough of them for standard errors, which diffusion does without; none that change anything ever come without a drive or pumping. */
  get sawJumps(): boolean {
    return this.isDiffusive || this.jumps >= fewestEvents || !hasJumps(this.system);
  }

  /** Whether j was seen to change, after the burn-in; true where it cannot, which leaves nothing to be seen. */
  get sawChangeOfJ(): boolean {
    return this.sawChangeIn(this.rowOfAverage('j'));
  }

  /** Time and ensemble averages after the burn-in. */
  steady(): OfEach<Judged> {
    return this.ofEach((name) => {
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
    const xi2 = (mean: ArrayLike<number>) => spinSqueezing(atoms, spinMoments(mean, this.layout.observables));
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
    const { gamma1D, gammaF, pumping, collectivePumping, atoms } = this.system;
    // By the rate of one atom's decay and pumping an atom's state changes; looks between which it has not are one look.
    const rate = gamma1D + gammaF + pumping + collectivePumping;
    const looks = this.count * Math.min(this.averaged, 1 + rate * this.duration);
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
  series(): OfEach<Judged[]> {
    return this.ofEach((name) => {
      const range = rangeOf(name, this.system.atoms);
      return Array.from({ length: this.layout.slots }, (_, slot) => {
        const row = sampleRow(slot, name, this.layout.observables);
        const rounding = roundingOf(name, this.system.atoms, this.meanOf(row));
        if (slot === 0 || isConstant(name, this.system)) return this.judged(row, rounding, 0);
        const unseen = this.sawChangeIn(sampleRow(slot, 'j', this.layout.observables))
          ? 0
          : missed(this.count, 0, range);
        return this.judged(row, rounding, Math.max(this.floorOf(row, range), unseen));
      });
    });
  }

  /**
   * For each quantity of `perTrajectory`: of an observable, by default what the trajectories can have missed of its average; of the
   * jumps of a channel, that of their number. Those that keep j may be as many as can be in a j that was not seen.
   */
  floors(ofObservable: (name: Recorded) => number = (name) => this.floorOfAverage(name)): number[] {
    const { observables, channels } = this.layout;
    const { atoms, ...rates } = this.system;
    const changing = changesJ(this.system);
    const most = processes.flatMap(({ individual, collective, step }) => {
      // The most that it can be in any state; dephasing goes on in the ground state too.
      const jumps = step === 0 || hasJumps(this.system);
      const [together, alone] =
        step === 0 ? [(atoms / 2) ** 2, atoms / 4] : [(atoms / 2) * (atoms / 2 + 1), atoms];
      return [
        { rate: jumps ? rates[collective] : 0, keepingJ: rates[collective] * together },
        { rate: jumps ? rates[individual] : 0, keepingJ: rates[individual] * alone },
        ...[1, 2].map(() => ({ rate: changing ? rates[individual] : 0, keepingJ: 0 })),
      ];
    });
    const ofJumps = most.slice(0, channels).map(({ rate, keepingJ }, channel) => {
      if (rate === 0) return 0;
      const weights = Array.from(this.perTrajectory.mean, (_, a) =>
        a === observables.length + channel ? 1 : 0,
      );
      const counted = floorOfCounts(this.count, momentsOf(this.perTrajectory, weights), 1);
      const unseen = this.sawChangeOfJ ? 0 : keepingJ * this.duration;
      return Math.max(counted, missed(this.count, 0, unseen));
    });
    return [...observables.map(ofObservable), ...ofJumps];
  }

  /** Where an observable's mean is among those of `perTrajectory`, and a channel's. */
  placeOf(name: Recorded): number {
    return this.layout.observables.indexOf(name);
  }

  placeOfChannel(channel: number): number {
    return this.layout.observables.length + channel;
  }

  private ofEach<Value>(make: (observable: Recorded) => Value): OfEach<Value> {
    return Object.fromEntries(this.layout.observables.map((name) => [name, make(name)])) as OfEach<Value>;
  }

  private rowOfAverage(name: Recorded): number {
    return this.layout.averages + this.placeOf(name);
  }

  private floorOfAverage(name: Recorded): number {
    if (isConstant(name, this.system)) return 0;
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

/** Moments from numbers in the order of the observables that are recorded; the others are 0. */
export function spinMoments(values: ArrayLike<number>, recorded: readonly Recorded[]): SpinMoments {
  const of = (name: Recorded) => (recorded.includes(name) ? values[recorded.indexOf(name)] : 0);
  return {
    ...{ Sx: of('Sx'), Sy: of('Sy'), Sz: of('Sz'), Sx2: of('Sx2'), Sy2: of('Sy2'), Sz2: of('Sz2') },
    ...{ SxSy: of('SxSy'), SxSz: of('SxSz'), SySz: of('SySz') },
  };
}
