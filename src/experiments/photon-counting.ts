/** Photon counting as it appears in the result. */
import { estimateOf } from '../statistics/estimate';
import type { PhotonKind, PhotonStatistics } from '../statistics/photons';
import type { PhotonPlan } from '../trajectories/photon-plan';
import type { Measured } from './experiment';

/** Fano factors Var(n)/<n> of the counts n of the collective channel and of all atoms' individual emission together. */
export interface FanoFactors {
  /** length of the counting window, in the inverse unit of the rates */
  readonly window: number;
  /** null where no photon was counted */
  readonly collective: Measured | null;
  readonly individual: Measured | null;
}

/**
 * g2(tau) = <S_+ S_+(tau) S_-(tau) S_-> / <S_+ S_->^2 of the collective output, dimensionless: exactly at tau = 0, then
 * the mean over each of the equal bins of the delay, at its middle.
 */
export interface PhotonCorrelation {
  readonly tau: readonly number[];
  readonly mean: readonly number[];
  readonly error: readonly number[];
}

/** After the burn-in, in the steady state if that was long enough; rates are in `jumps`. */
export interface PhotonCounting {
  /** of all that follows the burn-in */
  readonly fano: FanoFactors;
  /** of 1, 2, 4, ... sampling intervals, and of all */
  readonly fanoByWindow: readonly FanoFactors[];
  /** null where it was not asked for, and where no photon was counted */
  readonly g2: PhotonCorrelation | null;
}

export function photonCounting(plan: PhotonPlan, statistics: PhotonStatistics): PhotonCounting {
  const factor = (kind: PhotonKind, length: number) => {
    const fano = statistics.fano(kind, length);
    return fano && estimateOf(fano);
  };
  const fanoByWindow = plan.lengths.map((length) => ({
    window: length * plan.interval,
    collective: factor('collective', length),
    individual: factor('individual', length),
  }));
  return { fano: fanoByWindow[fanoByWindow.length - 1], fanoByWindow, g2: correlation(plan, statistics) };
}

function correlation(
  { delayBins, delayBin }: PhotonPlan,
  statistics: PhotonStatistics,
): PhotonCorrelation | null {
  if (delayBins === 0) return null;
  const g2 = statistics.g2();
  return (
    g2 && {
      tau: g2.map((_, i) => (i === 0 ? 0 : (i - 1 / 2) * delayBin)),
      mean: g2.map(({ value }) => value),
      error: g2.map(({ error }) => error),
    }
  );
}
