/** Proven lifetimes: the theorems hold against the master equation in time, and say nearly all that they can; and they are as narrow as is asked. */
import { expect, test } from 'vitest';
import { gap } from '../../../src/experiments/spectrum/gap';
import { metastable } from '../../../src/experiments/spectrum/metastable';
import { CoarseSpectrum } from '../../../src/liouvillian/coarse-spectrum';
import { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { normBound } from '../../../src/liouvillian/quotient';
import { axpy, scale } from '../../../src/liouvillian/vectors';
import { systemParameters } from '../../../src/parameters/system';
import { traceNormAtLeast } from '../../../src/proofs/bounds';
import { distanceOf, isBetween0And1, lifetimeOf, timeOf } from '../../../src/proofs/lifetimes';
import { runExperiment } from '../liouvillian/run-experiment';
import { FIGURE_2B, FIGURE_4 } from '../reference';
import { anySystems } from './any-system';

/** exp(L t) x by its Taylor series in short steps */
function evolved(liouvillian: Liouvillian, x: Float64Array, t: number): Float64Array {
  const steps = Math.ceil(t * normBound(liouvillian.system));
  let state: Float64Array = x.slice();
  for (let step = 0; step < steps; step++) {
    let term: Float64Array = state;
    const sum = state.slice();
    for (let k = 1; k < 24; k++) {
      term = liouvillian.image('forward', term);
      scale(term, t / steps / k);
      axpy(1, term, sum);
    }
    state = sum;
  }
  return state;
}

/** |j, m><j, m| */
function pure({ pyramid, unknowns }: Liouvillian, b: number, r: number): Float64Array {
  const rho = new Float64Array(unknowns);
  rho[pyramid.index(b, r, r)] = 1;
  return rho;
}

test('with a rate that is off, memory strays as far as it may, and no farther', async () => {
  let used = 0;
  let tried = 0;
  for (const system of anySystems(30, 2, 4, 5)) {
    const liouvillian = new Liouvillian(system);
    const { pyramid } = liouvillian;
    const coarse = await CoarseSpectrum.ofAllModes(liouvillian, async () => {});
    const slow = coarse.found.find(({ im }) => im === 0);
    if (slow === undefined || normBound(system) > 150 * slow.re) continue;
    tried++;
    const mode = coarse.mode(slow);
    const rate = 1.05 * slow.re;
    const lifetime = lifetimeOf(system, pyramid, rate, mode.left[0], mode.right[0]);
    expect(isBetween0And1(pyramid, lifetime.Q)).toBe(true);
    const within = distanceOf(system, pyramid, lifetime);
    const q = (rho: Float64Array) => liouvillian.inner(lifetime.Q, rho) - lifetime.c;
    const starts = pyramid.blocks.flatMap(({ index, dim }) => [
      pure(liouvillian, index, 0),
      pure(liouvillian, index, dim - 1),
    ]);
    for (const t of [0.3, 1, 3].map((lives) => lives / slow.re))
      for (const start of starts) {
        const off = Math.abs(q(evolved(liouvillian, start, t)) - Math.exp(-rate * t) * q(start));
        expect(off, JSON.stringify(system)).toBeLessThanOrEqual(within * (1 + 1e-9));
        used = Math.max(used, off / within);
      }
    const until = timeOf(system, pyramid, lifetime);
    // R is 0.05 lambda u, or nearly, and bounds of trace norms are not that far apart.
    expect(until * 0.05 * slow.re).toBeLessThan(0.0101);
    expect(until * 0.05 * slow.re).toBeGreaterThan(0.002);
    const later = evolved(liouvillian, lifetime.u, until);
    axpy(-Math.exp(-rate * until), lifetime.u, later);
    expect(traceNormAtLeast(pyramid, later)).toBeLessThanOrEqual(
      0.01 * liouvillian.norm(lifetime.u) * Math.sqrt(16),
    );
  }
  expect(tried).toBeGreaterThan(8);
  // exp(-t) less exp(-1.05 t) is 0.018 at most, of the 0.05 that the theorem allows.
  expect(used).toBeGreaterThan(0.25);
});

test('an operator beyond 0 and 1, by however little, is not between them', () => {
  const system = systemParameters({ atoms: 6, detuning: 0.3 });
  const liouvillian = new Liouvillian(system);
  const { pyramid, unknowns, identity } = liouvillian;
  const Q = Float64Array.from({ length: unknowns }, (_, i) =>
    liouvillian.weights[i] === 0 ? 0 : 0.01 * Math.sin(i * i),
  );
  axpy(0.5, identity, Q);
  expect(isBetween0And1(pyramid, Q)).toBe(true);
  for (const beyond of [-0.5, 0.5]) {
    const above = Q.slice();
    // 0.05 is more than the rest can take back.
    axpy(beyond * 1.2, identity, above);
    expect(isBetween0And1(pyramid, above)).toBe(false);
  }
  const projector = pure(liouvillian, 0, 3);
  axpy(1e-9, identity, projector);
  expect(isBetween0And1(pyramid, projector)).toBe(false);
  expect(
    isBetween0And1(
      pyramid,
      projector.map((value) => value * (1 - 1e-8)),
    ),
  ).toBe(true);
  projector[0] = Number.NaN;
  expect(isBetween0And1(pyramid, projector)).toBe(false);
});

test.each([
  { ...FIGURE_4, within: 1e-9, lives: 1e6 },
  { ...FIGURE_2B, within: 1e-4, lives: 100 },
])('$system.atoms atoms: the lifetime is proven', async ({ system, numbers, within, lives }) => {
  const { result } = await runExperiment(gap, system, { prove: 'on' });
  const { result: states } = await runExperiment(metastable, system);
  for (const { proven, lambda1 } of [result, states]) {
    expect(proven!.rate).toBe(lambda1.value);
    expect(Math.abs(proven!.rate / numbers.lambda1 - 1)).toBeLessThan(1e-8);
    expect(proven!.within).toBeLessThan(within);
    expect(proven!.until * proven!.rate).toBeGreaterThan(lives);
  }
  const { result: unproven } = await runExperiment(gap, system);
  expect(unproven.proven).toBeUndefined();
});

test('of a pair nothing is proven', async () => {
  const { result } = await runExperiment(gap, systemParameters({ atoms: 6, gamma1d: 0.1, drive: 30 }), {
    prove: 'on',
  });
  expect(result.frequency).toBeGreaterThan(0);
  expect(result.proven).toBeNull();
});
