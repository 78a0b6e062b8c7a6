/**
 * What a detector of efficiency eta makes of the counts of a perfect one: of each photon it sees a share by chance, gamma_1D is eta gamma_1D in the
 * tilt, and factorial cumulants of order k shrink as eta^k.
 */

/** Cumulants of the counts of long windows over their mean, and the rate. */
export interface CountStatistics {
  readonly rate: number;
  readonly fano: number;
  readonly thirdCumulant: number;
}

/** The counting field at which a perfect detector's theta is what this one's is at s: exp(-s') - 1 = eta (exp(-s) - 1). */
export const perfectField = (s: number, eta: number): number => -Math.log1p(eta * Math.expm1(-s));

/** ds'/ds, by which rates at a field are theirs. */
export const fieldSlope = (s: number, eta: number): number =>
  (eta * Math.exp(-s)) / (1 + eta * Math.expm1(-s));

/** Fano factors of any window: 1 + eta (F - 1). */
export const detectedFano = (fano: number, eta: number): number => 1 + eta * (fano - 1);

export function detected({ rate, fano, thirdCumulant }: CountStatistics, eta: number): CountStatistics {
  return {
    rate: eta * rate,
    fano: detectedFano(fano, eta),
    thirdCumulant: eta ** 2 * (thirdCumulant - 3 * fano + 2) + 3 * eta * (fano - 1) + 1,
  };
}

/** Bounds on those, from bounds on a perfect detector's. */
export function detectedErrors({ rate, fano, thirdCumulant }: CountStatistics, eta: number): CountStatistics {
  return {
    rate: eta * rate,
    fano: eta * fano,
    thirdCumulant: eta ** 2 * (thirdCumulant + 3 * fano) + 3 * eta * fano,
  };
}
