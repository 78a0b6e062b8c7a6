/** The quantities of an ensemble whose errors are floors, by name: what a warning is made of. */
import { hasProcess } from '../../operators/jump-rates';
import { emission, processes } from '../../operators/ladder';
import type { EnsembleStatistics } from '../../statistics/ensemble';
import type { Judged } from '../../statistics/estimate';
import { photonKinds } from '../../statistics/photons';
import { jumpRate, rateFromMoments } from '../../statistics/rates';
import type { OfEach, Recorded } from '../../trajectories/observables';
import { channels } from '../../trajectories/record';
import { unravelingFacts } from '../../trajectories/unraveling-facts';
import { photonStatistics } from './describe-ensemble';
import type { Settings } from './trajectory-table';
import { sampleTimes } from './trajectory-trace';

/** @param isKnown whether the result has the observable; none of fewer than two trajectories, which have no errors */
export function hardlySeen(
  options: Settings,
  statistics: EnsembleStatistics,
  isKnown: (observable: Recorded) => boolean,
): string[] {
  if (statistics.count < 2) return [];
  const { averages } = statistics;
  const { atoms } = statistics.system;
  const series = named(averages.series()).filter(([name]) => isKnown(name));
  return [
    // Under a ramp there are no averages.
    ...(options.ramp === undefined
      ? [
          ...averagesOf(named(averages.steady()).filter(([name]) => isKnown(name))),
          ...(averages.squeezing()?.hardlySeen ? ['squeezing'] : []),
          ...at('P_m at m', averages.Pm(), (i) => i - atoms / 2),
          ...at('P_j at j', averages.Pj(), (b) => atoms / 2 - b),
        ]
      : []),
    ...series.flatMap(([name, samples]) =>
      at(`the series of ${name} at t`, samples, (slot) => sampleTimes(options)[slot]),
    ),
    ...rates(options, statistics),
    ...photons(options, statistics),
    ...switching(statistics),
  ];
}

const named = <Value>(of: OfEach<Value>) => Object.entries(of) as [Recorded, Value][];

function averagesOf(steady: readonly [Recorded, Judged][]): string[] {
  const few = steady.filter(([, { hardlySeen }]) => hardlySeen).map(([name]) => name);
  return few.length === steady.length ? ['all averages after the burn-in'] : few;
}

function rates({ unraveling }: Settings, { averages, system }: EnsembleStatistics): string[] {
  const { photons } = unravelingFacts[unraveling];
  return processes.flatMap((process, p) => {
    if (process !== emission && !hasProcess(system, process)) return [];
    const counted = (...kinds: number[]) =>
      jumpRate(
        averages,
        kinds.map((kind) => channels.length * p + kind),
      );
    const { collective, individual, sameJ } = photons
      ? { collective: counted(0), individual: counted(1, 2, 3), sameJ: counted(1) }
      : rateFromMoments(averages, p);
    const of = ['', ' of pumping', ' of dephasing'][p];
    const all = {
      [`collective jumps${of}`]: collective,
      [`individual jumps${of}`]: individual,
      [`individual jumps${of} to the same j`]: sameJ,
      [`individual jumps${of} to j - 1`]: counted(2),
      [`individual jumps${of} to j + 1`]: counted(3),
    };
    return Object.entries(all).flatMap(([name, { hardlySeen }]) =>
      hardlySeen ? [`the rate of ${name}`] : [],
    );
  });
}

function photons(options: Settings, statistics: EnsembleStatistics): string[] {
  const counted = photonStatistics(options, statistics);
  if (counted === null) return [];
  const { plan, photons } = counted;
  const { lengths, interval, delayBins, delayBin } = plan;
  const fano = photonKinds.flatMap((kind) =>
    at(
      `the Fano factor of ${kind} photons in windows of`,
      lengths.map((length) => photons.fano(kind, length)),
      (i) => lengths[i] * interval,
      ' ',
    ),
  );
  const g2 = delayBins === 0 ? null : photons.g2();
  const middle = (i: number) => (i === 0 ? 0 : (i - 1 / 2) * delayBin);
  return [...fano, ...at('g2 at tau', g2 ?? [], middle)];
}

function switching(statistics: EnsembleStatistics): string[] {
  const few = statistics.switching()?.hardlySwitches();
  return [
    ...(few?.cores ? ['the rates by core sets'] : []),
    ...(few?.crossings ? ['the rates by crossings'] : []),
  ];
}

/** `what = from to to`, for those of a list that were hardly seen: how many, where others lie between them. */
function at(
  what: string,
  list: readonly (Judged | null)[],
  place: (i: number) => number,
  is = ' = ',
): string[] {
  const found = list.flatMap((judged, i) => (judged?.hardlySeen ? [i] : []));
  if (found.length === 0) return [];
  const [first, last] = [found[0], found[found.length - 1]];
  const number = (i: number) => String(Number(place(i).toPrecision(6)));
  if (first === last) return [`${what}${is}${number(first)}`];
  const between = last - first + 1 === found.length ? '' : ` (${found.length} of ${last - first + 1})`;
  return [`${what}${is}${number(first)} to ${number(last)}${between}`];
}
