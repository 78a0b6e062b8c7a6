/**
 * Every figure of the paper, run in the page by its link: what is plotted are the reference's numbers or the float64
 * twin's. Where a software adapter would take minutes the link asks for fewer points, still by the figure's own path.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { magnetizationDistribution, momentsOfRho } from '../../src/operators/moments';
import { systemParameters } from '../../src/parameters/system';
import { steadyState } from '../../src/twin/steady-state';
import minima from '../reference/gap-minimum-ratio15.5.json';
import { FIGURE_2B, FIGURE_4, RATIO } from '../unit/reference';
import { type BuiltPage, serveBuiltPage } from './built-page';
import { openFigure, type PlottedCurve } from './figure-page';
import { relaxation } from './twin-relaxation';

let lab: BuiltPage;
beforeAll(async () => {
  lab = await serveBuiltPage();
});
afterAll(() => lab.close());

/** Two drives that the reference knows at Gamma/gamma = 15.5: of N = 24, and of N = 54. */
const drives = 'from=0.722&to=0.75&points=2';
/** Figure 3 at the drive of figure 4, and beside it. */
const beside = 'from=0.73&to=0.75&points=2';

/** The curve's value at x, which has to be one of its points. */
function at(curve: PlottedCurve | undefined, x: number): number {
  const i = curve?.x.indexOf(x) ?? -1;
  if (!curve || i < 0) throw new Error(`No point at ${x} on ${curve?.label}: ${curve?.x}`);
  return curve.y[i]!;
}

/** The twin's steady state at Gamma/gamma = 15.5. */
function twin(atoms: number, drive: number) {
  const { pyramid, rho } = steadyState(systemParameters({ atoms, ratio: 15.5, drive }));
  return { moments: momentsOfRho(pyramid, rho), Pm: [...magnetizationDistribution(pyramid, rho)] };
}

/** Every value within `tolerance` of the expected one. */
function expectAll(
  got: readonly (number | null)[] | undefined,
  expected: readonly number[],
  tolerance: number,
) {
  expect(got).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(got![i]! - value), `${got![i]} beside ${value}, number ${i}`).toBeLessThan(tolerance);
  });
}

test('figure 2a: <S_z> against the drive for several N', async () => {
  const { plot, complaints } = await openFigure(lab, '2a', `${drives}&numbers=18,24,54`);
  const { curves } = await plot('Steady-state magnetization');
  const of = (Sz: number, atoms: number) => (2 * Sz) / atoms;
  expect(at(curves.get('N = 24'), 0.722)).toBeCloseTo(of(RATIO.numbers.steady.Sz, 24), 4);
  expect(at(curves.get('N = 54'), 0.75)).toBeCloseTo(of(FIGURE_2B.numbers.steady.Sz, 54), 4);
  for (const drive of [0.722, 0.75])
    expect(at(curves.get('N = 18'), drive)).toBeCloseTo(of(twin(18, drive).moments.Sz, 18), 4);
  expect(complaints).toEqual([]);
});

test('figure 2b: two peaks at the mean field', async () => {
  const { plot, complaints } = await openFigure(lab, '2b');
  const { curves, marks } = await plot('Steady-state distribution');
  expectAll(curves.get('ρ_s')?.y, FIGURE_2B.numbers.P_m, 1e-5);
  const [lower, , upper] = FIGURE_2B.numbers.mean_field;
  expectAll(
    marks.map(({ at }) => at),
    [27 * lower.sz, 27 * upper.sz],
    1e-6,
  );
  expect(complaints).toEqual([]);
});

test('figure 2c: squeezing against the drive, beside Eq. (7)', async () => {
  const { plot, complaints } = await openFigure(lab, '2c', `${drives}&numbers=18,24`);
  const { curves } = await plot('Steady-state spin squeezing');
  expect(at(curves.get('N = 24'), 0.722)).toBeCloseTo(RATIO.numbers.steady.xi2, 3);
  for (const drive of [0.722, 0.75])
    expect(at(curves.get('N = 18'), drive)).toBeCloseTo(twin(18, drive).moments.squeezing!, 3);
  expect(complaints).toEqual([]);
});

test('figure 2d: the least gap for several N, each within its bound', async () => {
  const { plot, complaints } = await openFigure(lab, '2d', 'numbers=18,24,30');
  for (const axes of ['log-log', 'semi-log']) {
    const { curves } = await plot(`Closing of the gap, ${axes}`);
    const computed = curves.get('computed ± bound')!;
    expect(computed.x).toEqual([18, 24, 30]);
    computed.x.forEach((_, i) => {
      // The reference prints ten digits.
      const off = Math.abs(computed.y[i]! - minima[i].lambda1_over_gammaF);
      expect(off).toBeLessThan(computed.error![i] + 1e-9);
      expect(computed.error![i] / computed.y[i]!).toBeLessThan(1e-3);
    });
  }
  expect(complaints).toEqual([]);
});

test('figure 3a: <S_z> of both metastable states', async () => {
  const { plot, complaints } = await openFigure(lab, '3a', beside);
  const { curves } = await plot('Magnetization of the metastable states');
  expect(at(curves.get('ρ_+'), 0.73)).toBeCloseTo(FIGURE_4.numbers.rho_plus.Sz / 9, 4);
  expect(at(curves.get('ρ_−'), 0.73)).toBeCloseTo(FIGURE_4.numbers.rho_minus.Sz / 9, 4);
  expect(complaints).toEqual([]);
});

test('figure 3b: their distributions, weighted', async () => {
  const { plot, complaints } = await openFigure(lab, '3b');
  const { curves } = await plot('Distributions of the magnetization');
  const { a_plus, a_minus, P_m_plus, P_m_minus } = FIGURE_4.numbers;
  const weighted = [P_m_plus.map((p) => a_plus * p), P_m_minus.map((p) => a_minus * p)];
  expectAll(curves.get('a_+P_m of ρ_+')?.y, weighted[0], 1e-5);
  expectAll(curves.get('a_−P_m of ρ_−')?.y, weighted[1], 1e-5);
  const sum = weighted[0].map((p, i) => p + weighted[1][i]);
  expectAll(curves.get('their sum')?.y, sum, 1e-5);
  expect(complaints).toEqual([]);
});

test('figure 3c: fidelity with the CRSS', async () => {
  const { plot, complaints } = await openFigure(lab, '3c', beside);
  const { curves } = await plot('Fidelity of the metastable state');
  const { crss_fidelity_plus, crss_fidelity_plus_all_j } = FIGURE_4.numbers;
  expect(at(curves.get('j = N/2 alone'), 0.73)).toBeCloseTo(crss_fidelity_plus, 4);
  expect(at(curves.get('a CRSS in every j'), 0.73)).toBeCloseTo(crss_fidelity_plus_all_j, 4);
  expect(complaints).toEqual([]);
});

test('figure 3d: squeezing of the lower metastable state, beside Eq. (7)', async () => {
  const { plot, complaints } = await openFigure(lab, '3d', beside);
  const { curves } = await plot('Spin squeezing of the metastable state');
  expect(at(curves.get('ρ_+'), 0.73)).toBeCloseTo(FIGURE_4.numbers.rho_plus.xi2, 4);
  const field = curves.get('mean field, (7)')!;
  const there = field.y[field.x.findIndex((x) => Math.abs(x - 0.73) < 1e-9)];
  expect(there).toBeCloseTo(FIGURE_4.numbers.mean_field[0].xi2_eq7_S42!, 6);
  expect(complaints).toEqual([]);
});

test('figures 4a to 4c: means and distribution within five of their errors, trajectories that switch', async () => {
  const { plot, complaints } = await openFigure(lab, '4', 'count=512');
  const { P_m, steady } = FIGURE_4.numbers;
  const distribution = (await plot('Distribution of the magnetization')).curves;
  expectAll(distribution.get('exact')?.y, P_m, 1e-6);
  const measured = distribution.get('ensemble ± standard error')!;
  P_m.forEach((p, i) => {
    expect(Math.abs(measured.y[i]! - p), `m = ${i - 9}`).toBeLessThan(5 * measured.error![i] + 1e-5);
  });
  const mean = (await plot('Ensemble mean')).curves.get('mean ± standard error')!;
  const last = mean.x.length - 1;
  expect(mean.x[last]).toBe(100);
  expect(Math.abs(mean.y[last]! - steady.Sz)).toBeLessThan(5 * mean.error![last]);
  const { curves, marks } = await plot('One trajectory, Sz');
  // Its two states beside it, without being asked for.
  const { rho_plus, rho_minus } = FIGURE_4.numbers;
  expect(marks.map(({ label }) => label)).toEqual(['ρ_+', 'ρ_−']);
  expectAll(
    marks.map(({ at }) => at),
    [rho_plus.Sz, rho_minus.Sz],
    1e-6,
  );
  const signal = curves.get('trajectory 1')!.y as number[];
  expect(signal).toHaveLength(201);
  // Near both branches within a hundred times 1/gamma_F: the telegraph signal.
  expect(Math.min(...signal)).toBeLessThan(-5);
  expect(Math.max(...signal)).toBeGreaterThan(-1);
  /** The same trajectory's other quantities, on the same axis. */
  const followed = async (quantity: string) => {
    const [curve] = (await plot(`One trajectory, ${quantity}`)).curves.values();
    expect(curve.y).toHaveLength(201);
    return curve.y as number[];
  };
  const fidelity = await followed('crssFidelity');
  const squeezing = await followed('squeezing');
  for (const [i, value] of fidelity.entries()) {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThanOrEqual(1 + 1e-5);
    // In the dark state of j = N/2, the CRSS, the squeezing is that of Eq. (7) to some hundredths.
    if (value > 0.999)
      expect(Math.abs(squeezing[i] - FIGURE_4.numbers.mean_field[0].xi2_eq7_S42!)).toBeLessThan(0.05);
  }
  expect(Math.max(...fidelity)).toBeGreaterThan(0.999);
  expect(Math.min(...fidelity)).toBeLessThan(0.1);
  expect(complaints).toEqual([]);
});

test('figure S3: <S_z> and the CRSS fidelity in time from three starts', async () => {
  const { plot, complaints } = await openFigure(lab, 'S3', 'time=20&burn-in=10&samples=40');
  const magnetization = await plot('Relaxation of the magnetization');
  const fidelity = (await plot('Relaxation of the CRSS fidelity')).curves;
  const system = systemParameters({ atoms: 18, ratio: 15.5, drive: 0.73 });
  for (const [start, label] of [
    ['ground', 'from the ground state'],
    ['excited', 'from all excited'],
    ['crss', 'from the CRSS'],
  ] as const) {
    const exact = relaxation(system, start, 20, 40);
    expectAll(magnetization.curves.get(label)?.y, exact.Sz, 1e-4);
    expectAll(fidelity.get(label)?.y, exact.crssFidelity, 1e-5);
  }
  // The CRSS passes slowly: the fidelity from the ground state comes near 1 on the way.
  expect(Math.max(...(fidelity.get('from the ground state')!.y as number[]))).toBeGreaterThan(0.8);
  const steady = magnetization.marks.find(({ label }) => label === 'steady state');
  expect(steady?.at).toBeCloseTo(twin(18, 0.73).moments.Sz, 4);
  expect(complaints).toEqual([]);
});

test('figure S4: distributions for several N and drives', async () => {
  const { plot, complaints } = await openFigure(lab, 'S4', `${drives}&numbers=18,24`);
  const one = async (atoms: number, drive: number) => {
    const { curves } = await plot(`Distribution at N = ${atoms}, Ω/Ω_c = ${drive}`);
    return curves.get(`N = ${atoms}, Ω/Ω_c = ${drive}`)?.y;
  };
  expectAll(await one(24, 0.722), RATIO.numbers.P_m, 1e-5);
  for (const drive of [0.722, 0.75]) expectAll(await one(18, drive), twin(18, drive).Pm, 1e-5);
  expect(complaints).toEqual([]);
});
