/** How often the 95 percent intervals of small ensembles hold the truth, quantity by quantity. */
import { expect } from 'vitest';
import { fidelities } from '../src/experiments/spectrum/states';
import { Evolution, startState } from '../src/liouvillian/evolution';
import { Liouvillian } from '../src/liouvillian/liouvillian';
import { jumpRates } from '../src/operators/jump-rates';
import {
  magnetizationDistribution,
  momentsOfRho,
  spinDistribution,
  spinSqueezing,
} from '../src/operators/moments';
import { systemParameters } from '../src/parameters/system';
import type { SystemInput } from '../src/parameters/system-options';
import { photonKinds } from '../src/statistics/photons';
import { blockSize, burnInSlots } from '../src/trajectories/record';
import type { CoverageRequest, Covered } from './covered';
import { exactCorrelation } from './photon-correlation';

export interface CoverageCase {
  readonly system: SystemInput;
  readonly unraveling: 'dark-port' | 'photodetection';
  readonly time: number;
  /** reaches the steady state: photons are held against it */
  readonly burnIn: number;
  readonly samples: number;
  /** none by default */
  readonly g2?: { readonly time: number; readonly bins: number };
  /** packed */
  readonly committor?: number[];
}

const seed = 5;

/** Walks the request and counts how often each quantity holds its truth. */
export type Counting = (
  request: CoverageRequest,
  truths: Record<string, number>,
) => Promise<Record<string, Covered>>;

/**
 * Walks `ensembles` of 256 trajectories each. Every quantity is to be covered 90 percent of the time, and those whose errors were
 * never a floor no more than 99.
 * @param count on which engine
 * @param names of the quantities to look at; all by default
 */
export async function expectCoverage(
  point: CoverageCase,
  ensembles: number,
  count: Counting,
  names: readonly string[] | null = null,
): Promise<Record<string, Covered>> {
  const { g2, ...walk } = point;
  const system = systemParameters(point.system);
  const all = await truths(point);
  const asked = names === null ? all : Object.fromEntries(names.map((name) => [name, all[name]]));
  for (const [name, truth] of Object.entries(asked)) {
    expect(truth, `truth of ${name}`).toEqual(expect.any(Number));
  }
  const photons = { g2Time: g2?.time ?? 0, g2Bins: g2?.bins ?? 0, records: 0 };
  const trajectories = { first: 0, count: blockSize * ensembles, traces: 0 };
  const found = await count({ ...walk, system, photons, seed, ...trajectories }, asked);
  const quantities = Object.keys(found).length;
  // At a coverage of 90 percent the chance of fewer is below 1 in 100 for all quantities together.
  const least = quantile(ensembles, 0.9, 0.01 / quantities);
  const fell = Object.entries(found).filter(([, { covering }]) => covering < least);
  expect(fell, `covered fewer than ${least} times of ${ensembles}`).toEqual([]);
  // One that is covered 99 percent of the time is likely covered every time: where there were no floors all are judged together.
  const free = Object.values(found).filter(({ floored }) => floored === 0);
  const share = free.reduce((sum, { covering }) => sum + covering, 0) / free.length / ensembles;
  if (free.length > 0) expect(share, 'coverage where no floor applied').toBeLessThanOrEqual(0.99);
  return found;
}

/** The largest k for which a binomial variable is below k with a chance of at most `chance`. */
function quantile(n: number, p: number, chance: number): number {
  let term = (1 - p) ** n;
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    sum += term;
    if (sum > chance) return k;
    term *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return n;
}

/** By name, from the master equation and the ground state; the photons' in the steady state, which the burn-in is to have reached. */
export async function truths({
  system: input,
  unraveling,
  time,
  burnIn,
  samples,
  g2,
  committor,
}: CoverageCase) {
  const system = systemParameters(input);
  const liouvillian = new Liouvillian(system);
  const { pyramid } = liouvillian;
  const [interval, first] = [time / samples, burnInSlots(burnIn, time, samples)];
  const all: Record<string, number> = {};
  const averages: Record<string, number> = {};
  const rates = new Array<number>(4).fill(0);
  const average = (name: string, value: number) => {
    averages[name] = (averages[name] ?? 0) + value / (samples + 1 - first);
  };
  /** Simpson's rule over the intervals after the burn-in. */
  const integrate = (rho: Float64Array, weight: number) => {
    const { collectivePerTime, individual } = jumpRates(system, pyramid, rho);
    const { sameJ, toLowerJ, toHigherJ } = individual;
    [collectivePerTime, sameJ, toLowerJ, toHigherJ].forEach((rate, channel) => {
      rates[channel] += (weight / 6 / (samples - first)) * rate;
    });
  };
  const evolution = Evolution.of(liouvillian);
  const rho = startState(liouvillian, 'ground');
  for (let slot = 0; slot <= samples; slot++) {
    const { squeezing: _, ...moments } = momentsOfRho(pyramid, rho);
    const Pj = spinDistribution(pyramid, rho);
    const j = Pj.reduce((sum, p, b) => sum + p * (system.atoms / 2 - b), 0);
    const known = {
      ...moments,
      j,
      ...(system.gamma1D > 0 ? fidelities(system, pyramid, rho) : {}),
      ...(committor && { committor: pyramid.inner(Float64Array.from(committor), rho) }),
    };
    for (const [name, value] of Object.entries(known)) {
      if (name === 'Sx' || value === null) continue;
      if (slot > 0) all[`${name} at ${slot}`] = value;
      if (slot >= first) average(name, value);
    }
    if (slot >= first) {
      for (const [i, p] of magnetizationDistribution(pyramid, rho).entries()) average(`P_m ${i}`, p);
      for (const [b, p] of Pj.entries()) average(`P_j ${b}`, p);
      average('collective', jumpRates(system, pyramid, rho).collectivePerTime);
      average('individual', jumpRates(system, pyramid, rho).individualPerTime);
    }
    if (slot === samples) break;
    for (const weight of [1, 4]) {
      if (slot >= first) integrate(rho, weight);
      await evolution.advance(rho, interval / 2, async () => {});
    }
    if (slot >= first) integrate(rho, 1);
  }
  const { collective, individual, ...steady } = averages;
  const { Sy, Sz, Sx2, Sy2, Sz2, SySz } = steady;
  const squeezing = spinSqueezing(system.atoms, { Sx: 0, Sy, Sz, Sx2, Sy2, Sz2, SxSy: 0, SxSz: 0, SySz });
  Object.assign(all, steady, squeezing !== null && { squeezing });
  if (unraveling === 'dark-port') {
    const sameJ = individual - rates[2] - rates[3];
    return { ...all, 'rate 2': rates[2], 'rate 3': rates[3], collective, individual, sameJ };
  }
  rates.forEach((rate, channel) => {
    all[`rate ${channel}`] = rate;
  });
  for (const kind of photonKinds) {
    const { fano } = exactCorrelation(system, samples - first, interval, kind);
    const lengths = [...Array(20).keys()].map((i) => 2 ** i).filter((length) => length < samples - first);
    [...lengths, samples - first].forEach((length, i) => {
      all[`Fano factor of ${kind} photons ${i}`] = fano[length - 1];
    });
  }
  if (g2) {
    const exact = exactCorrelation(system, g2.bins, g2.time / g2.bins);
    [exact.atZero, ...exact.g2].forEach((value, i) => {
      all[`g2 ${i}`] = value;
    });
  }
  return all;
}
