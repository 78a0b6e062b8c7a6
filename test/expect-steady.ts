/** Ensembles against the master equation's steady state, at standard errors of an asked size. */
import { expect } from 'vitest';
import { fidelities } from '../src/experiments/spectrum/states';
import { jumpRates } from '../src/operators/jump-rates';
import { magnetizationDistribution, momentsOfRho, spinDistribution } from '../src/operators/moments';
import type { SystemParameters } from '../src/parameters/system';
import type { Measured } from '../src/statistics/estimate';
import type { UnravelingName } from '../src/trajectories/unraveling-facts';
import { steadyState } from '../src/twin/steady-state';
import type { Averages } from './steady-averages';
import { FIGURE_2B } from './unit/reference';

interface Exact {
  moments: Record<string, number | null>;
  Pm: ArrayLike<number>;
  Pj: ArrayLike<number>;
  /** collective, and individual of all atoms together, per unit of time; null where they are not known */
  rates: { collective: number; individual: number } | null;
}

export interface Ensemble {
  name: string;
  unraveling: UnravelingName;
  system: SystemParameters;
  count: number;
  time: number;
  burnIn: number;
}

/** What is walked of it. */
export const steadyRequest = (ensemble: Ensemble) => ({
  ...ensemble,
  samples: Math.ceil(ensemble.time / 2),
  seed: 3,
  first: 0,
  traces: 0,
});

/** By the dense float64 twin; of 54 atoms the reference's. */
function exactOf(system: SystemParameters): Exact {
  if (system.atoms === FIGURE_2B.system.atoms) {
    const { steady, P_m, P_j } = FIGURE_2B.numbers;
    return { moments: { ...steady, squeezing: steady.xi2 }, Pm: P_m, Pj: P_j, rates: null };
  }
  const { pyramid, rho } = steadyState(system);
  const { collectivePerTime, individualPerTime } = jumpRates(system, pyramid, rho);
  return {
    moments: { ...momentsOfRho(pyramid, rho), ...fidelities(system, pyramid, rho) },
    Pm: magnetizationDistribution(pyramid, rho),
    Pj: spinDistribution(pyramid, rho),
    rates: { collective: collectivePerTime, individual: individualPerTime },
  };
}

/** Their errors are to be small. */
const precise = ['Sz', 'Sz2', 'squeezing'];

/**
 * Every average within 4 of its own standard errors; those of <S_z>, <S_z^2> and the squeezing below `precision` of
 * the value, those of P_j, whose entries add up to 1, below `precision` itself.
 */
export function expectSteady(ensemble: Ensemble, found: Averages, precision: number): void {
  const { system, unraveling } = ensemble;
  const exact = exactOf(system);
  for (const [name, estimate] of Object.entries(found.moments)) {
    const truth = exact.moments[name];
    if (typeof truth !== 'number') continue;
    expectWithin(estimate, truth, name);
    if (precise.includes(name)) {
      expect(estimate.error / Math.abs(truth), `error of ${name}`).toBeLessThan(precision);
    }
  }
  for (const name of precise) expect(found.moments, `moments`).toHaveProperty(name);
  found.Pm.forEach((estimate, i) => {
    if (isFrequent(exact.Pm[i])) expectWithin(estimate, exact.Pm[i], `P_m, m = ${i - system.atoms / 2}`);
  });
  found.Pj.forEach((estimate, b) => {
    const name = `P_j, j = ${system.atoms / 2 - b}`;
    if (isFrequent(exact.Pj[b])) expectWithin(estimate, exact.Pj[b], name);
    expect(estimate.error, `error of ${name}`).toBeLessThan(precision);
  });
  if (unraveling === 'photodetection' && exact.rates !== null) {
    const [collective, ...individual] = found.jumps;
    expectWithin(collective, exact.rates.collective, 'collective jumps');
    const value = individual.reduce((sum, rate) => sum + rate.value, 0);
    const error = Math.hypot(...individual.map((rate) => rate.error));
    expectWithin({ value, error }, exact.rates.individual, 'individual jumps');
  }
}

/** States that an ensemble visits a handful of times have no Gaussian error. */
const isFrequent = (probability: number) => probability > 1e-3;

function expectWithin({ value, error }: Measured, truth: number, what: string) {
  expect(Math.abs(value - truth), `${what}: ${value} +- ${error} for ${truth}`).toBeLessThanOrEqual(
    4 * error,
  );
}
