/** What an ensemble has hardly seen, or not at all, has errors that hold the truth, and a warning by name. */
import { expect, test } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { TrajectoriesResult } from '../../src/experiments/trajectories/trajectories-result';
import { systemParameters } from '../../src/parameters/system';
import type { SystemInput } from '../../src/parameters/system-options';
import type { Measured } from '../../src/statistics/estimate';
import { truths } from '../expect-coverage';
import { exactCorrelation } from '../photon-correlation';
import { FIGURE_4 } from '../unit/reference';
import { inPage } from './in-page';

type Document = ResultDocument<TrajectoriesResult>;

const run = (system: SystemInput, options: object) =>
  inPage<Document>('test/gpu/kernels/client.ts', 'run', { command: 'trajectories', system, options });

function expectHeld({ value, error }: Measured, truth: number, what: string) {
  expect(Math.abs(value - truth), `${what}: ${value} +- ${error} for ${truth}`).toBeLessThanOrEqual(
    1.96 * error,
  );
}

test('no change of j seen: averages, P_j and P_m hold what one would make of them', async () => {
  const system = { atoms: 2, gamma1d: 1, gammaf: 0.5, omega: 0.1 };
  const lengths = { time: 40, burnIn: 24, samples: 200 };
  const unraveling = 'photodetection';
  const { result, warnings } = await run(system, { ...lengths, unraveling, count: 1024, seed: 2 });
  const exact = await truths({ system, unraveling, ...lengths });
  const { steady, Pj, Pm } = result;
  if (steady === null || Pj === null || Pm === null) throw new Error('no averages');
  expect(Pj[0].value).toBe(1);
  for (const [b, estimate] of Pj.entries()) expectHeld(estimate, exact[`P_j ${b}`], `P_j ${b}`);
  for (const [i, estimate] of Pm.entries()) expectHeld(estimate, exact[`P_m ${i}`], `P_m ${i}`);
  for (const name of ['Sy', 'Sz', 'Sx2', 'Sy2', 'Sz2', 'SySz', 'j'] as const) {
    expectHeld(steady[name], exact[name], name);
    // some 3.7 trajectories, not more, anywhere in the range of 2 at most
    expect(steady[name].error).toBeLessThan((2 * 1.9) / 1024);
  }
  expect(warnings).toContainEqual(
    expect.stringMatching(/^None of the 1024 trajectories was seen to change j/),
  );
  expect(warnings).toContainEqual(
    expect.stringMatching(/: all averages after the burn-in; .*P_j at j = 1 to 0;/),
  );
});

test('no coincidence seen: Fano factors hold what a few would make of them', async () => {
  const system = { atoms: 6, gamma1d: 2, gammaf: 1, omega: 0.25 };
  const lengths = { time: 14, burnIn: 10, samples: 28 };
  const { result, warnings } = await run(system, { ...lengths, unraveling: 'photodetection', count: 256 });
  const interval = lengths.time / lengths.samples;
  for (const kind of ['collective', 'individual'] as const) {
    const { fano } = exactCorrelation(systemParameters(system), 8, interval, kind);
    for (const factors of result.photons?.fanoByWindow ?? []) {
      const factor = factors[kind];
      if (factor === null) throw new Error(`no ${kind} photons`);
      expectHeld(factor, fano[Math.round(factors.window / interval) - 1], `${kind}, ${factors.window}`);
    }
  }
  expect(warnings.join()).toMatch(/the Fano factor of individual photons in windows of 0.5 to 4/);
});

test('the far tail of P_m holds what few visits would make of it; what is seen often keeps its error', async () => {
  const lengths = { time: 44, burnIn: 36, samples: 22 };
  const { result, warnings } = await run({}, { ...lengths, count: 256 });
  const { Pm } = result;
  if (Pm === null) throw new Error('no P_m');
  for (const [i, estimate] of Pm.entries()) {
    const truth = FIGURE_4.numbers.P_m[i];
    // twice as far as 95 percent: there are nineteen
    expectHeld({ ...estimate, error: 2 * estimate.error }, truth, `P_m, m = ${i - 9}`);
    if (truth > 0.05) expect(estimate.error).toBeLessThan(0.01);
  }
  expectHeld(Pm[18], FIGURE_4.numbers.P_m[18], 'P_m, m = 9');
  expect(warnings.join()).toMatch(/P_m at m = [4567] to 9[;.]/);
  expect(warnings.join()).not.toMatch(/change j|all averages|: Sz/);
});

test('series hold the first changes of j before any was seen', async () => {
  const system = { atoms: 3, gamma1d: 0.5, gammaf: 2, omega: 0.6 };
  const lengths = { time: 1, burnIn: 0.5, samples: 10 };
  const exact = await truths({ system, unraveling: 'dark-port', ...lengths });
  const { result, warnings } = await run(system, { ...lengths, count: 256 });
  const Sx2 = result.series?.Sx2;
  if (Sx2 === undefined) throw new Error('no series');
  for (let slot = 1; slot <= 10; slot++) {
    const [value, error] = [Sx2.mean[slot], Sx2.error[slot]];
    expectHeld({ value, error }, exact[`Sx2 at ${slot}`], `Sx2 at sample ${slot}`);
  }
  expect(warnings.join()).toMatch(/the series of Sx2 at t = 0.1 to /);
});

test.each([
  { atoms: 1, gamma1d: 1, gammaf: 1, omega: 3 },
  { atoms: 4, gamma1d: 0.3, gammaf: 2, omega: 0.01 },
  { atoms: 7, gamma1d: 20, gammaf: 0.01, omega: 90 },
  { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 },
  { atoms: 23, gamma1d: 0.01, gammaf: 5, omega: 1 },
])('at t = 0 rounding alone is left, of each range and not of a value that is 0: %o', async (system) => {
  for (const unraveling of ['dark-port', 'photodetection']) {
    const { result } = await run(system, { time: 1e-3, samples: 1, burnIn: 0, count: 8, unraveling });
    expect(result.start).toBe('ground state');
    const J = system.atoms / 2;
    const exact = { Sy: 0, Sz: -J, Sx2: J / 2, Sy2: J / 2, Sz2: J ** 2, SySz: 0, j: J };
    for (const [name, truth] of Object.entries(exact)) {
      const { mean, error } = result.series?.[name as keyof typeof exact] ?? { mean: [], error: [] };
      expectHeld({ value: mean[0], error: error[0] }, truth, `${name}, ${unraveling}`);
      expect(error[0], `error of ${name}`).toBeLessThanOrEqual(1e-6 * Math.max(2 * J, J ** 2));
    }
  }
});
