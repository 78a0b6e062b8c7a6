/**
 * Photon counting over an ensemble: what is summed, and the Fano factor and g2 that follow, with their standard errors
 * by the delta method over trajectories as the independent units. Both presuppose that the burn-in has reached the
 * steady state. Dimensionless; times in the inverse unit of the rates.
 */
import type { PhotonPlan } from '../trajectories/photon-plan';
import { Covariance } from './covariance';
import { type Judged, judged } from './estimate';
import { floorOfCounts, missed, momentsOf, partMissed } from './rare-events';

/** Whose photons: those of the collective channel, or of all atoms one by one. */
export const photonKinds = ['collective', 'individual'] as const;
export type PhotonKind = (typeof photonKinds)[number];

/**
 * One for each kind and window length, of the count in a window and its square; then one for g2(0) and each delay bin,
 * of a trajectory's photons per time, the mean of its rate I = gamma_1D <S_+ S_->, and the sum of I at that delay after
 * its photons, per time.
 */
export type PhotonSums = Readonly<Record<string, Covariance>>;

const windowSum = (kind: PhotonKind, length: number) => `${kind} photons in ${length}`;
const delaySum = (i: number) => `photons at delay ${i}`;

function emptySums({ lengths, delayBins }: PhotonPlan): PhotonSums {
  const windows = photonKinds.flatMap((kind) => lengths.map((length) => windowSum(kind, length)));
  const delays = Array.from({ length: delayBins > 0 ? 1 + delayBins : 0 }, (_, i) => delaySum(i));
  return Object.fromEntries([
    ...windows.map((name) => [name, new Covariance(2)]),
    ...delays.map((name) => [name, new Covariance(3)]),
  ]);
}

export class PhotonStatistics {
  /** @param sawChangeOfJ in which photons may come at quite another rate; or that it cannot change */
  constructor(
    private readonly plan: PhotonPlan,
    readonly sums: PhotonSums = emptySums(plan),
    private readonly sawChangeOfJ = true,
  ) {}

  /** @param values of one trajectory, the photon rows of the record from `plan.windows` on */
  add(values: ArrayLike<number>): void {
    const { lengths, intervals, interval, delayBins, delayBin, windowBins } = this.plan;
    photonKinds.forEach((kind, k) => {
      lengths.forEach((length, l) => {
        const i = 2 * (k * lengths.length + l);
        const [mean, variance] = [values[i], values[i + 1]];
        this.sums[windowSum(kind, length)].add([mean, variance + mean ** 2]);
      });
    });
    if (delayBins === 0) return;
    const photonsPerTime = values[2 * (lengths.length - 1)] / (intervals * interval);
    const delays = 2 * photonKinds.length * lengths.length;
    const intensity = values[delays] / windowBins;
    for (let i = 0; i <= delayBins; i++) {
      // Delay 0 has all the bins; delay bin k = i - 1 joins those that have a bin k places later.
      const bins = windowBins - Math.max(0, i - 1);
      const coincidences = values[delays + 1 + i] / (bins * delayBin);
      this.sums[delaySum(i)].add([photonsPerTime, intensity, coincidences]);
    }
  }

  /**
   * F = Var(n) / <n> of the count n in windows of one length; null where no photon was counted. With Q = <n (n - 1)> it is
   * 1 + Q / <n> - <n>, and what few coincidences n (n - 1) or few photons can have missed of Q and <n> is its floor; where
   * none was seen a trajectory may have one in a window of its own. Where no change of j was seen a trajectory in another j may
   * be dark, or twice as bright.
   */
  fano(kind: PhotonKind, length: number): Judged | null {
    const sum = this.sums[windowSum(kind, length)];
    const [n, squares] = sum.mean;
    if (n === 0) return null;
    const { value, error } = sum.propagate((of) => of[1] / of[0] - of[0]);
    const windows = Math.floor(this.plan.intervals / length);
    const ofPairs = floorOfCounts(sum.count, momentsOf(sum, [-1, 1]), 2 / windows);
    const ofPhotons = floorOfCounts(sum.count, momentsOf(sum, [1, 0]), 1 / windows);
    const ofOtherJ = this.sawChangeOfJ ? 0 : missed(sum.count, 0, n);
    const pairs = (squares - n) / n ** 2;
    return judged(value, error, Math.hypot(ofPairs / n, (Math.abs(pairs) + 1) * ofPhotons, ofOtherJ));
  }

  /** g2 at zero delay and its mean over each delay bin; null where no photon was counted. */
  g2(): Judged[] | null {
    const sums = Array.from({ length: 1 + this.plan.delayBins }, (_, i) => this.sums[delaySum(i)]);
    if (sums.some(({ mean }) => mean[0] === 0)) return null;
    return sums.map((sum) => {
      const { value, error } = sum.propagate((of) => of[2] / (of[0] * of[1]));
      return judged(value, error, this.floorOfG2(sum, value));
    });
  }

  /**
   * g2 is a ratio of means, and what few photons, or few with another after them, can have missed of each is a part of it; or a
   * part of 1 where g2 is 0, as it is exactly after every photon of a single atom. And so for a j that was not seen.
   */
  private floorOfG2(sum: Covariance, value: number): number {
    const ofOtherJ = this.sawChangeOfJ ? 0 : missed(sum.count, 0, 1);
    return (value === 0 ? 1 : value) * Math.hypot(partMissed(sum, [0, 1, 2]), ofOtherJ);
  }
}
