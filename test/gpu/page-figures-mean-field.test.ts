/** The figures of the mean field, drawn by their links: the curves solve the paper's equations. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Figure } from '../../src/parameters/presets';
import { type BuiltPage, follow, type LabPage, serveBuiltPage } from './built-page';
import { type PlottedCurve, plottedOn } from './figure-page';

let lab: BuiltPage;
let opened: LabPage;
beforeAll(async () => {
  lab = await serveBuiltPage();
  opened = await lab.open('');
});
afterAll(() => lab.close());

async function followed(figure: Figure) {
  await follow(opened.page, `?figure=${figure}`);
  return plottedOn(opened, figure);
}

/** Eq. (2) at gamma = 1, in units of its largest term, is zero at every point; y is s_z, x is Omega/Omega_c. */
function expectRoots({ x, y }: PlottedCurve, ratio: number): void {
  expect(x.length).toBeGreaterThan(1);
  x.forEach((drive, i) => {
    const z = y[i]!;
    const [decay, pump] = [(1 + z) * (1 - z * ratio) ** 2, 8 * z * ((drive * ratio) / 4) ** 2];
    expect(Math.abs(decay + pump), `s_z = ${z} at ${drive}`).toBeLessThan(1e-9 * (1 + Math.abs(pump)));
  });
}

/** Eq. (S24) */
function bistable(ratio: number): [number, number] {
  const q = 1 / ratio;
  const root = (1 - 8 * q) ** 1.5;
  const end = (sign: number) => Math.sqrt(1 + 20 * q - 8 * q ** 2 + sign * root) / 2;
  return [end(-1), end(1)];
}

test('figure 1b: three branches and the Dicke curve at ratio 15', async () => {
  const { plot, complaints } = await followed('1b');
  const { curves } = await plot('Mean-field inversion');
  const [from, to] = bistable(15);
  for (const name of ['lower branch', 'unstable', 'upper branch']) expectRoots(curves.get(name)!, 15);
  const middle = curves.get('unstable')!;
  expect(middle.x[0]).toBeCloseTo(from, 7);
  expect(middle.x.at(-1)).toBeCloseTo(to, 7);
  expect(curves.get('lower branch')!.x.at(-1)).toBeCloseTo(to, 7);
  expect(curves.get('upper branch')!.x[0]).toBeCloseTo(from, 7);
  const dicke = curves.get('Dicke, γ_F = 0')!;
  dicke.x.forEach((x, i) => {
    expect(dicke.y[i]).toBeCloseTo(-Math.sqrt(1 - x ** 2), 12);
  });
  expect(complaints).toEqual([]);
});

test('figure S1: several ratios, the dipole by (S23), the expansion in gamma', async () => {
  const { plot, complaints } = await followed('S1');
  const inversion = (await plot('Mean-field inversion for several ratios')).curves;
  const dipole = (await plot('Mean-field dipole for several ratios')).curves;
  for (const ratio of [10, 20, 50, 999]) {
    for (const branch of ['', ', unstable', ', upper branch']) {
      const [z, y] = [inversion, dipole].map((curves) => curves.get(`Γ/γ = ${ratio}${branch}`)!);
      expectRoots(z, ratio);
      y.x.forEach((drive, i) => {
        const sz = z.y[i]!;
        expect(y.y[i]).toBeCloseTo((-sz * drive * ratio) / (1 - sz * ratio), 10);
      });
    }
  }
  const { curves } = await plot('Expansion of the mean field');
  expectRoots(curves.get('mean field')!, 50);
  const lower = curves.get('expansion, lower')!;
  const computed = curves.get('mean field')!;
  // (S27) to order gamma^0, and what remains after order gamma^2 is of the third order.
  for (const drive of [0.1, 0.3, 0.5]) {
    const near = (curve: PlottedCurve) => curve.x.findIndex((x) => x >= drive);
    const [i, k] = [near(lower), near(computed)];
    const slope = (computed.y[k]! - computed.y[k - 1]!) / (computed.x[k] - computed.x[k - 1]);
    const there = computed.y[k]! + slope * (lower.x[i] - computed.x[k]);
    expect(Math.abs(lower.y[i]! - there)).toBeLessThan(30 / 50 ** 3 + 1e-4);
  }
  expect(complaints).toEqual([]);
});

test('figure S2: the flow ends on the stable branches, the middle one alone is unstable', async () => {
  const { plot, complaints } = await followed('S2');
  const flow = await plot('Mean-field flow in time', 7);
  const [lower, upper] = flow.marks.map(({ at }) => at);
  for (const z of [lower, upper]) expectRoots({ label: '', x: [0.7, 0.7], y: [z, z], error: null }, 20);
  const { curves } = await plot('Stability eigenvalues');
  const largest = (name: string) => {
    const all = ['', ', 2', ', 3'].map((i) => curves.get(`${name}${i}`)!);
    return all[0].x.map((_, i) => Math.max(...all.map(({ y }) => y[i]!)));
  };
  expect(Math.max(...largest('lower branch'))).toBeLessThan(0);
  expect(Math.max(...largest('upper branch'))).toBeLessThan(0);
  expect(Math.min(...largest('unstable'))).toBeGreaterThan(0);
  // What is left after t = 10/gamma has decayed by the slowest eigenvalue at this drive, from at most the span of s_z.
  const at = (name: string) => largest(name)[curves.get(name)!.x.findIndex((x) => x >= 0.7)];
  const slowest = Math.max(at('lower branch'), at('upper branch'));
  expect(flow.curves.size).toBe(7);
  for (const { x, y } of flow.curves.values()) {
    expect(x.at(-1)).toBe(10);
    const off = Math.min(...[lower, upper].map((z) => Math.abs(y.at(-1)! - z)));
    expect(off).toBeLessThan(2 * Math.exp(10 * slowest));
    expect(off).toBeLessThan(0.01);
  }
  // (S31) for s_x on the lower branch: (s_z Gamma - gamma)/2.
  const across = curves.get('lower branch')!;
  expect(across.y[0]).toBeCloseTo((-20 - 1) / 2, 10);
  expect(complaints).toEqual([]);
});
