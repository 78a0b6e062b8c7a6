/** Photon statistics of the steady state by the quantum regression theorem, in float64: the oracle of photon counting. */
import {
  emission as emissionOfAtoms,
  krausDown,
  krausSame,
  krausUp,
  lowering,
} from '../src/operators/ladder';
import type { Pyramid } from '../src/operators/pyramid';
import type { SystemParameters } from '../src/parameters/system';
import type { PhotonKind } from '../src/statistics/photons';
import { forEachCoefficient } from '../src/twin/liouvillian';
import { steadyState } from '../src/twin/steady-state';

export interface ExactCorrelation {
  /** gamma_1D <S_+ S_-> */
  readonly rate: number;
  /** g2(0) */
  readonly atZero: number;
  /** means of g2 over equal bins of the delay */
  readonly g2: readonly number[];
  /** F = 1 + (2 rate / T) integral_0^T (T - tau)(g2(tau) - 1) d tau of counts in T bins, for each number of bins from 1 */
  readonly fano: readonly number[];
}

/** Simpson's rule with this many steps to a bin. */
const stepsToBin = 4;

/**
 * g2(tau) = Tr[S_+ S_- exp(L tau) (S_- rho_s S_+)] / <S_+ S_->^2 over `bins` bins of width `width`; and the same of the photons of all
 * atoms' individual emission together.
 */
export function exactCorrelation(
  system: SystemParameters,
  bins: number,
  width: number,
  kind: PhotonKind = 'collective',
): ExactCorrelation {
  const { pyramid, rho } = steadyState(system);
  const { expectation, afterPhoton, gamma } = emissionOf[kind](system);
  const brightness = expectation(pyramid, rho);
  const evolve = propagator(system, pyramid, width / stepsToBin);
  let state: Float64Array = afterPhoton(pyramid, rho).map((value) => value / brightness ** 2);
  const values = [expectation(pyramid, state)];
  for (let step = 0; step < bins * stepsToBin; step++) {
    state = evolve(state);
    values.push(expectation(pyramid, state));
  }
  const simpson = Array.from({ length: stepsToBin + 1 }, (_, i) =>
    i === 0 || i === stepsToBin ? 1 : i % 2 === 1 ? 4 : 2,
  );
  const integral = (bin: number, f: (tau: number, g2: number) => number) =>
    simpson.reduce((sum, weight, i) => {
      const step = bin * stepsToBin + i;
      return sum + (weight * f((step * width) / stepsToBin, values[step]) * width) / stepsToBin / 3;
    }, 0);
  const rate = gamma * brightness;
  let [area, moment] = [0, 0];
  const fano = Array.from({ length: bins }, (_, bin) => {
    area += integral(bin, (_, g2) => g2 - 1);
    moment += integral(bin, (tau, g2) => tau * (g2 - 1));
    return 1 + 2 * rate * (area - moment / ((bin + 1) * width));
  });
  const g2 = Array.from({ length: bins }, (_, bin) => integral(bin, (_, g2) => g2) / width);
  return { rate, atZero: values[0], g2, fano };
}

interface Emission {
  readonly gamma: number;
  /** of photons per time, in units of gamma */
  readonly expectation: (pyramid: Pyramid, x: Float64Array) => number;
  readonly afterPhoton: (pyramid: Pyramid, x: Float64Array) => Float64Array;
}

/** What an emission takes |j, m> to: to j - shift, by these amplitudes. */
type Jump = { readonly shift: number; readonly amplitude: (j: number, m: number) => number };

const emissionOf: Record<PhotonKind, (system: SystemParameters) => Emission> = {
  collective: ({ gamma1D }) => emission(gamma1D, [{ shift: 0, amplitude: lowering }]),
  individual: ({ gammaF, atoms }) =>
    emission(gammaF, [
      { shift: 0, amplitude: (j, m) => krausSame(emissionOfAtoms, atoms, j, m) },
      { shift: 1, amplitude: (j, m) => krausDown(emissionOfAtoms, atoms, j, m) },
      { shift: -1, amplitude: (j, m) => krausUp(emissionOfAtoms, atoms, j, m) },
    ]),
};

function emission(gamma: number, jumps: readonly Jump[]): Emission {
  return {
    gamma,
    expectation(pyramid, x) {
      let sum = 0;
      pyramid.forEach((index, b, r, c) => {
        const { j } = pyramid.blocks[b];
        if (r === c) for (const { amplitude } of jumps) sum += amplitude(j, r - j) ** 2 * x[index];
      });
      return sum;
    },
    afterPhoton(pyramid, x) {
      const y = new Float64Array(x.length);
      for (const { shift, amplitude } of jumps) {
        pyramid.forEach((index, b, r, c) => {
          const to = pyramid.blocks[b + shift];
          const { j } = pyramid.blocks[b];
          const [row, column] = [r, c].map((i) => i - 1 - shift);
          if (to === undefined || column < 0 || row >= to.dim) return;
          y[pyramid.index(b + shift, row, column)] += amplitude(j, r - j) * amplitude(j, c - j) * x[index];
        });
      }
      return y;
    },
  };
}

/** exp(L h), by its Taylor series over steps short enough for rounding to be all that is left. */
function propagator(system: SystemParameters, pyramid: Pyramid, h: number) {
  const entries: [row: number, column: number, value: number][] = [];
  forEachCoefficient(system, pyramid, (row, column, value) => entries.push([row, column, value]));
  const rowSums = new Float64Array(pyramid.unknowns);
  for (const [row, , value] of entries) rowSums[row] += Math.abs(value);
  const steps = Math.ceil((h * rowSums.reduce((a, b) => Math.max(a, b), 0)) / 2);
  return (x: Float64Array): Float64Array => {
    const y = Float64Array.from(x);
    for (let step = 0; step < steps; step++) {
      let term: Float64Array = Float64Array.from(y);
      for (let k = 1; k <= 24; k++) {
        const next = new Float64Array(y.length);
        for (const [row, column, value] of entries) next[row] += value * term[column];
        term = next.map((value) => (value * h) / steps / k);
        for (let i = 0; i < y.length; i++) y[i] += term[i];
      }
    }
    return y;
  };
}
