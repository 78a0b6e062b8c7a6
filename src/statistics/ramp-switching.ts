/**
 * What each trajectory does under a ramp: the area of its own loop of <S_z>, and where it first crosses from one branch to the other, on the way
 * up and on the way down. Trajectories are the independent units of every error.
 */
import { driveAt, type Ramp, type Span, stretchesOf, type Turns } from '../parameters/ramp';
import { Covariance } from './covariance';
import type { Measured } from './estimate';
import { fewestEvents } from './rare-events';

/** First crossings on one way of the ramp. */
export interface FirstCrossings {
  /** of the trajectories, those that crossed on this way */
  readonly share: Measured;
  /** of these, at which drive Omega/Omega_c and when; null of a few */
  readonly drive: Measured | null;
  readonly t: Measured | null;
  /** by drive: the upper ends of equal bins, and how many trajectories */
  readonly histogram: { readonly drive: readonly number[]; readonly trajectories: readonly number[] };
}

/** Of <S_z>/(N/2), beyond the midpoint between the branches, as of crossings without a ramp. */
export const reach = 0.12;
const bins = 40;

export interface Samples {
  /** [slot][trajectory] */
  readonly Sz: ArrayLike<number>;
}

export class RampStatistics {
  /** by trajectory: the area of its loop; whether it crossed on the way up, then 0 or at which drive and when; so on the way down */
  private readonly own = new Covariance(7);
  private readonly up = new Float64Array(bins);
  private readonly down = new Float64Array(bins);
  private readonly drives: readonly number[];
  private readonly weights: readonly number[];

  /**
   * @param times of the samples
   * @param at <S_z> between the branches; null where there is none
   */
  constructor(
    private readonly atoms: number,
    private readonly times: readonly number[],
    private readonly ramp: Ramp,
    private readonly turns: Turns,
    private readonly at: number | null,
  ) {
    this.drives = times.map((t) => driveAt(ramp, t));
    this.weights = areaWeights(ramp, times);
  }

  /** @param from, to which trajectories of the samples */
  add({ Sz }: Samples, from: number, to: number): void {
    const { times, weights, drives, up, down } = this;
    const count = Sz.length / times.length;
    for (let n = from; n < to; n++) {
      const sample = (slot: number) => Sz[slot * count + n];
      const area = weights.reduce((sum, weight, slot) => sum + weight * sample(slot), 0);
      const found = [this.first(sample, this.turns.up, 1), this.first(sample, this.turns.down, -1)];
      this.own.add([
        area,
        ...found.flatMap((slot) => (slot === null ? [0, 0, 0] : [1, drives[slot], times[slot]])),
      ]);
      found.forEach((slot, way) => {
        if (slot !== null) (way === 0 ? up : down)[this.binOf(drives[slot])]++;
      });
    }
  }

  /** What is summed over trajectories: with rounding, and in whole numbers. */
  get sums() {
    return { covariances: { ramp: this.own }, counted: { crossedUp: this.up, crossedDown: this.down } };
  }

  /** Adds the sums over other trajectories. */
  merge({ covariances, counted }: RampStatistics['sums']): void {
    this.own.merge(covariances.ramp);
    counted.crossedUp.forEach((crossed, bin) => {
      this.up[bin] += crossed;
    });
    counted.crossedDown.forEach((crossed, bin) => {
      this.down[bin] += crossed;
    });
  }

  /** int (<S_z> down - <S_z> up) d(Omega/Omega_c) of a closed loop, <S_z> even between samples */
  area(): Measured {
    return this.own.propagate((mean) => mean[0]);
  }

  crossings(way: 'up' | 'down'): FirstCrossings | null {
    if (this.turns[way] === null || this.at === null) return null;
    const first = way === 'up' ? 1 : 4;
    const counted = way === 'up' ? this.up : this.down;
    const crossed = counted.reduce((sum, trajectories) => sum + trajectories, 0);
    const of = (quantity: number) =>
      crossed < fewestEvents ? null : this.own.propagate((mean) => mean[first + quantity] / mean[first]);
    const share = this.own.mean[first];
    // One that did not cross, or did, may be hidden in so many.
    const error = Math.max(this.own.propagate((mean) => mean[first]).error, 1 / (this.own.count + 2));
    const [least, width] = this.range;
    return {
      share: { value: share, error },
      drive: of(1),
      t: of(2),
      histogram: {
        drive: Array.from(counted, (_, bin) => least + (bin + 1) * width),
        trajectories: [...counted],
      },
    };
  }

  private first(sample: (slot: number) => number, span: Span | null, sign: 1 | -1): number | null {
    const { at, times, atoms } = this;
    if (span === null || at === null) return null;
    const level = sign * at + (reach * atoms) / 2;
    const slot = times.findIndex((t, i) => t >= span.from && t <= span.to && sign * sample(i) >= level);
    return slot === -1 ? null : slot;
  }

  /** The least drive, and a bin's width. */
  private get range(): readonly [least: number, width: number] {
    const [least, most] = [Math.min(...this.ramp.drive), Math.max(...this.ramp.drive)];
    return [least, (most - least) / bins];
  }

  private binOf(drive: number): number {
    const [least, width] = this.range;
    return Math.min(bins - 1, Math.max(0, Math.ceil((drive - least) / width) - 1));
  }
}

/** What the area is of samples that are joined by straight lines in time, sample by sample. */
function areaWeights(ramp: Ramp, times: readonly number[]): number[] {
  const weights = times.map(() => 0);
  for (let i = 1; i < times.length; i++) {
    const [before, after] = [times[i - 1], times[i]];
    for (const { from, to, start, end } of stretchesOf(ramp, before, after)) {
      const share = ((from + to) / 2 - before) / (after - before);
      weights[i - 1] -= (1 - share) * (end - start);
      weights[i] -= share * (end - start);
    }
  }
  return weights;
}
