/**
 * Switching between the metastable states, seen along trajectories: three estimates of its rates, none of which stores
 * a trajectory. Trajectories are the independent units of every error.
 *
 * - Regression on the committor p: E[p(t + tau) - P | now] = exp(-lambda_1 tau) (p(now) - P) holds exactly for any
 *   unravelling, state and N. Its line gives lambda_1 and the steady weight P of "+" without bias.
 * - Core sets: a trajectory is in "+" from when p exceeds 1 - d until it falls below d, and so for "-". Biased by how
 *   far the states overlap and by excursions between samples; it comes closer as N grows.
 * - Threshold crossings of <S_z> with a hysteresis: what is read off a telegraph signal by eye; measures neither.
 */
import { Covariance } from './covariance';
import { estimateOf, type Judged, judged, type Measured } from './estimate';
import { fewestEvents, partMissed } from './rare-events';

/** Out of "+" and out of "-", per unit of time. */
export interface Rates {
  readonly ratePlus: Measured;
  readonly rateMinus: Measured;
}

/** By regression; the rates are the committor's, lambda_1 (1 - pPlus) and lambda_1 pPlus. */
export interface Regression extends Rates {
  readonly lambda1: Measured;
  readonly pPlus: Measured;
}

/** Complete stays in a state, by length. */
export interface DwellTimes {
  /** upper ends of the bins, in units of time; the last one takes all that is longer */
  readonly t: readonly number[];
  readonly plus: readonly number[];
  readonly minus: readonly number[];
}

export interface CoreSets extends Rates {
  /** d: "+" is entered above 1 - d and left below d */
  readonly threshold: number;
  readonly switches: number;
  readonly dwell: DwellTimes;
}

export interface Crossings extends Rates {
  /** <S_z> / (N/2): halfway between the two states, and how far beyond it counts */
  readonly at: number;
  readonly hysteresis: number;
}

/** d of the core sets. */
const coreDepth = 0.2;
/** Of the crossings of <S_z> / (N/2). */
const hysteresis = 0.12;
const dwellBins = 40;

/** Stays and switches of each trajectory in a signal with two levels: "+" at or above `up`, "-" at or below `down`. */
class Telegraph {
  /** by trajectory: switches + to -, time in +, switches - to +, time in - (until the end of the trajectory) */
  readonly stays = new Covariance(4);
  switches = 0;

  constructor(
    private readonly up: number,
    private readonly down: number,
    private readonly interval: number,
    private readonly onStay: (isPlus: boolean, intervals: number) => void = () => {},
  ) {}

  add(length: number, signal: (i: number) => number): void {
    let state: boolean | null = null;
    let since = -1;
    const left = [0, 0];
    const spent = [0, 0];
    for (let i = 0; i < length; i++) {
      if (state !== null) spent[state ? 0 : 1] += this.interval;
      const value = signal(i);
      const next: boolean | null = value >= this.up ? true : value <= this.down ? false : state;
      if (next === state) continue;
      if (state !== null) {
        left[state ? 0 : 1]++;
        this.switches++;
        // The first stay began before anyone looked.
        if (since >= 0) this.onStay(state, i - since);
        since = i;
      }
      state = next;
    }
    this.stays.add([left[0], spent[0], left[1], spent[1]]);
  }

  /** Switches by time spent: for exponential stays the likeliest rates, those cut off by the end included. */
  rates(): { readonly ratePlus: Judged; readonly rateMinus: Judged } | null {
    const { mean } = this.stays;
    if (this.stays.count < 2 || mean[0] === 0 || mean[2] === 0) return null;
    const rate = (switches: number, time: number) => {
      const { value, error } = this.stays.propagate((x) => x[switches] / x[time]);
      return judged(value, error, value * partMissed(this.stays, [switches, time]));
    };
    return { ratePlus: rate(0, 1), rateMinus: rate(2, 3) };
  }
}

export class SwitchingStatistics {
  /**
   * by trajectory, over pairs of samples next to each other: means of x, d, x^2, x d with x = p(t) - 1/2 and the change
   * d = p(t + tau) - p(t), whose error, unlike that of p(t + tau), has little to do with that of x
   */
  private readonly pairs = new Covariance(4);
  private readonly cores: Telegraph;
  private readonly crossed: Telegraph;
  private readonly dwell: { readonly plus: Float64Array; readonly minus: Float64Array };
  private readonly binWidth: number;

  /**
   * @param interval between samples: the regression's tau
   * @param slots samples of a trajectory, t = 0 included
   * @param burnIn samples that core sets and crossings leave out; the regression holds from any state and needs none out
   * @param at <S_z> halfway between the two states
   */
  constructor(
    private readonly atoms: number,
    private readonly interval: number,
    private readonly slots: number,
    private readonly burnIn: number,
    private readonly at: number,
  ) {
    const bins = Math.min(dwellBins, slots - burnIn);
    this.binWidth = Math.ceil((slots - burnIn) / bins);
    this.dwell = { plus: new Float64Array(bins), minus: new Float64Array(bins) };
    this.cores = new Telegraph(1 - coreDepth, coreDepth, interval, (isPlus, intervals) => {
      const bin = Math.min(bins, Math.ceil(intervals / this.binWidth)) - 1;
      this.dwell[isPlus ? 'plus' : 'minus'][bin]++;
    });
    // "+" is the state of lower <S_z>: the signal is turned round.
    const reach = (hysteresis * atoms) / 2;
    this.crossed = new Telegraph(reach - at, -reach - at, interval);
  }

  /**
   * @param committor, Sz samples, [slot][trajectory]
   * @param from, to which trajectories of them; all by default
   */
  add(
    { committor, Sz }: { committor: ArrayLike<number>; Sz: ArrayLike<number> },
    from = 0,
    to = committor.length / this.slots,
  ): void {
    const { slots, burnIn } = this;
    const count = committor.length / slots;
    for (let n = from; n < to; n++) {
      const p = (slot: number) => committor[slot * count + n];
      const sums = [0, 0, 0, 0];
      for (let slot = 0; slot + 1 < slots; slot++) {
        const [x, d] = [p(slot) - 1 / 2, p(slot + 1) - p(slot)];
        sums[0] += x;
        sums[1] += d;
        sums[2] += x * x;
        sums[3] += x * d;
      }
      this.pairs.add(sums.map((sum) => sum / (slots - 1)));
      this.cores.add(slots - burnIn, (i) => p(burnIn + i));
      this.crossed.add(slots - burnIn, (i) => -Sz[(burnIn + i) * count + n]);
    }
  }

  /** What is summed over trajectories: with rounding, and in whole numbers. */
  get sums() {
    return {
      covariances: { pairs: this.pairs, cores: this.cores.stays, crossed: this.crossed.stays },
      counted: {
        switches: Float64Array.of(this.cores.switches),
        dwellPlus: this.dwell.plus,
        dwellMinus: this.dwell.minus,
      },
    };
  }

  /** Adds the sums over other trajectories. */
  merge({ covariances, counted }: SwitchingStatistics['sums']): void {
    this.pairs.merge(covariances.pairs);
    this.cores.stays.merge(covariances.cores);
    this.crossed.stays.merge(covariances.crossed);
    this.cores.switches += counted.switches[0];
    counted.dwellPlus.forEach((stays, bin) => {
      this.dwell.plus[bin] += stays;
    });
    counted.dwellMinus.forEach((stays, bin) => {
      this.dwell.minus[bin] += stays;
    });
  }

  /**
   * Null before the trajectories have switched ten times between the core sets: an error is worth something only where
   * what it comes from was seen.
   */
  regression(): Regression | null {
    const line = ([x, d, xx, xd]: ArrayLike<number> & Iterable<number>) => {
      const slope = 1 + (xd - x * d) / (xx - x * x);
      const lambda1 = -Math.log(slope) / this.interval;
      const pPlus = 1 / 2 + x + d / (1 - slope);
      return { slope, lambda1, pPlus };
    };
    const { slope } = line(this.pairs.mean);
    if (this.cores.switches < fewestEvents || !(slope > 0 && slope < 1)) return null;
    const estimate = (of: (fit: ReturnType<typeof line>) => number) =>
      this.pairs.propagate((mean) => of(line(Float64Array.from(mean))));
    const found = {
      lambda1: estimate(({ lambda1 }) => lambda1),
      pPlus: estimate(({ pPlus }) => pPlus),
      ratePlus: estimate(({ lambda1, pPlus }) => lambda1 * (1 - pPlus)),
      rateMinus: estimate(({ lambda1, pPlus }) => lambda1 * pPlus),
    };
    return Object.values(found).every(({ error }) => Number.isFinite(error)) ? found : null;
  }

  coreSets(): CoreSets | null {
    const rates = this.cores.rates();
    if (rates === null) return null;
    const { plus, minus } = this.dwell;
    const t = Array.from(plus, (_, bin) => (bin + 1) * this.binWidth * this.interval);
    const dwell = { t, plus: [...plus], minus: [...minus] };
    return { ...estimatesOf(rates), threshold: coreDepth, switches: this.cores.switches, dwell };
  }

  crossings(): Crossings | null {
    const rates = this.crossed.rates();
    return rates && { ...estimatesOf(rates), at: (2 * this.at) / this.atoms, hysteresis };
  }

  /** Whether switches were seen, but so few that their number sets a floor to a rate's error. */
  hardlySwitches(): { readonly cores: boolean; readonly crossings: boolean } {
    const few = (rates: ReturnType<Telegraph['rates']>) =>
      rates !== null && (rates.ratePlus.hardlySeen || rates.rateMinus.hardlySeen);
    return { cores: few(this.cores.rates()), crossings: few(this.crossed.rates()) };
  }
}

const estimatesOf = ({
  ratePlus,
  rateMinus,
}: {
  readonly ratePlus: Judged;
  readonly rateMinus: Judged;
}): Rates => ({
  ratePlus: estimateOf(ratePlus),
  rateMinus: estimateOf(rateMinus),
});
