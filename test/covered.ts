/** How often intervals hold the truth, whichever engine walks. */
import { EnsembleStatistics } from '../src/statistics/ensemble';
import type { Judged } from '../src/statistics/estimate';
import { PhotonStatistics, photonKinds } from '../src/statistics/photons';
import { emission, jumpRate } from '../src/statistics/rates';
import { type PhotonRequest, photonPlan } from '../src/trajectories/photon-plan';
import { blockSize, recordLayout } from '../src/trajectories/record';
import type { BatchSummary } from '../src/trajectories/summary';
import type { Request } from './gpu/kernels/ensemble';

export type CoverageRequest = Request & { photons?: PhotonRequest };

/** Of ensembles of one quantity. */
export interface Covered {
  /** whose 1.96 errors hold the truth */
  covering: number;
  /** whose error is a floor */
  floored: number;
}

/** Blocks of one seed's trajectories, a batch each, as ensembles of their own; each quantity against its truth. */
export async function coveredBy(
  batches: AsyncIterable<BatchSummary>,
  request: CoverageRequest,
  truths: Readonly<Record<string, number>>,
): Promise<Record<string, Covered>> {
  const found = Object.fromEntries(
    Object.keys(truths).map((name): [string, Covered] => [name, { covering: 0, floored: 0 }]),
  );
  for await (const batch of batches) {
    if (batch.count !== blockSize) throw new Error(`a batch of ${batch.count}`);
    const statistics = new EnsembleStatistics(request.system, request);
    statistics.add(batch);
    const quantities = judgedOf(request, statistics);
    for (const [name, truth] of Object.entries(truths)) {
      const estimate = quantities[name];
      if (estimate === undefined) throw new Error(`no ${name}`);
      if (estimate === null || Math.abs(estimate.value - truth) <= 1.96 * estimate.error)
        found[name].covering++;
      if (estimate === null || estimate.hardlySeen) found[name].floored++;
    }
  }
  return found;
}

/** Everything that has an error, by name; null where an ensemble has none to give. */
function judgedOf(request: CoverageRequest, statistics: EnsembleStatistics): Record<string, Judged | null> {
  const { averages } = statistics;
  const quantities: Record<string, Judged | null> = { ...averages.steady(), squeezing: averages.squeezing() };
  const list = (name: string, all: readonly (Judged | null)[]) => {
    all.forEach((judged, i) => {
      quantities[`${name} ${i}`] = judged;
    });
  };
  list('P_m', averages.Pm());
  list('P_j', averages.Pj());
  for (const [name, samples] of Object.entries(averages.series())) list(`${name} at`, samples);
  list(
    'rate',
    [0, 1, 2, 3].map((channel) => jumpRate(averages, [channel])),
  );
  if (request.unraveling === 'dark-port') return { ...quantities, ...emission(averages) };
  const photons = request.photons ?? { g2Time: 0, g2Bins: 0, records: 0 };
  const plan = photonPlan(recordLayout(request.system, request.samples + 1), request, photons);
  const counted = new PhotonStatistics(plan, statistics.covariances, averages.sawChangeOfJ);
  for (const kind of photonKinds) {
    list(
      `Fano factor of ${kind} photons`,
      plan.lengths.map((length) => counted.fano(kind, length)),
    );
  }
  if (plan.delayBins > 0) list('g2', counted.g2() ?? Array.from({ length: plan.delayBins + 1 }, () => null));
  return quantities;
}
