/** Photon counting as it appears in the result. */
import { estimateOf } from '../../statistics/estimate';
import type { PhotonKind, PhotonStatistics } from '../../statistics/photons';
import type { PhotonPlan } from '../../trajectories/photon-plan';
import {
  type Fields,
  group,
  list,
  measured,
  number,
  numbers,
  orNull,
  type ResultOf,
  series,
} from '../fields';

/** Fano factors Var(n)/<n> of the counts n of the collective channel and of all atoms' individual emission together. */
const fano = group({
  /** length of the counting window */
  window: number('1/rate'),
  /** null where no photon was counted */
  collective: orNull(measured()),
  individual: orNull(measured()),
});

/** After the burn-in, in the steady state if that was long enough; rates are in `jumps`. */
export const photonFields = {
  /** of all that follows the burn-in */
  fano,
  /** of 1, 2, 4, ... sampling intervals, and of all */
  fanoByWindow: list(fano),
  /**
   * g2(tau) = <S_+ S_+(tau) S_-(tau) S_-> / <S_+ S_->^2 of the collective output, dimensionless: exactly at tau = 0, then
   * the mean over each of the equal bins of the delay, at its middle. Null where it was not asked for, and where no photon
   * was counted.
   */
  g2: orNull(series({ tau: numbers('1/rate'), mean: numbers(), error: numbers() })),
} as const satisfies Fields;
export type PhotonCounting = ResultOf<typeof photonFields>;

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
): PhotonCounting['g2'] {
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
