/**
 * Photon counting over an ensemble: what is summed, and the Fano factor and g2 that follow, with their standard errors
 * by the delta method over trajectories as the independent units. Both presuppose that the burn-in has reached the
 * steady state. Dimensionless; times in the inverse unit of the rates.
 */
import type { PhotonPlan } from '../trajectories/photon-plan';
import { Covariance } from './covariance';

/** Whose photons: those of the collective channel, or of all atoms one by one. */
export const photonKinds = ['collective', 'individual'] as const;
export type PhotonKind = (typeof photonKinds)[number];

interface Estimate {
  readonly value: number;
  readonly error: number;
}

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
  constructor(
    private readonly plan: PhotonPlan,
    readonly sums: PhotonSums = emptySums(plan),
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

  /** F = Var(n) / <n> of the count n in windows of one length; null where no photon was counted. */
  fano(kind: PhotonKind, length: number): Estimate | null {
    const sum = this.sums[windowSum(kind, length)];
    if (sum.mean[0] === 0) return null;
    return sum.propagate((of) => of[1] / of[0] - of[0]);
  }

  /** g2 at zero delay and its mean over each delay bin; null where no photon was counted. */
  g2(): Estimate[] | null {
    const sums = Array.from({ length: 1 + this.plan.delayBins }, (_, i) => this.sums[delaySum(i)]);
    if (sums.some(({ mean }) => mean[0] === 0)) return null;
    return sums.map((sum) => sum.propagate((of) => of[2] / (of[0] * of[1])));
  }
}
