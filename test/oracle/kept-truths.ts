/**
 * What the oracle says of the random systems of every run, kept in test/reference: to ask it takes half as long as what is held to it.
 * `KEEP=truths npm run test:long -- random-systems` writes the file anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { Moments, RefinedMode, Truth } from './oracle';
import { randomSystems } from './random-systems';

const file = join(import.meta.dirname, '..', 'reference', 'random-systems.json.gz');

export const smaller = randomSystems({ seed: 1, count: 1000, from: 2, to: 12 });
export const larger = randomSystems({ seed: 2, count: 20, from: 13, to: 18 });
export const everyRun = [...smaller, ...larger];

/** Of `everyRun`, in its order. */
export function keptTruths(): Truth[] {
  const kept: Truth[] = JSON.parse(gunzipSync(readFileSync(file)).toString());
  expect(
    kept.map(({ system }) => system),
    `the systems of ${file}`,
  ).toEqual(everyRun);
  return kept;
}

/** What only bounds the rest by three digits, and chances to float64's rounding. */
export function keep(truths: readonly Truth[]): void {
  const bounds = new Set(['error', 'condition', 'stateError']);
  const text = JSON.stringify(
    truths.map(({ system, refined, steady, metastable, stateError }) => ({
      ...{ system, refined, steady, metastable, stateError },
    })),
    (key, value) => {
      if (bounds.has(key)) return Number(value.toPrecision(3));
      return key === 'Pj' ? value.map((chance: number) => Number(chance.toFixed(17))) : value;
    },
  );
  writeFileSync(file, gzipSync(text, { level: 9 }));
}

/** To what rounding may have left on both sides, as claims are held to it. */
export function expectSame(kept: Truth, now: Truth): void {
  const text = JSON.stringify(now.system);
  for (const sector of ['symmetric', 'antisymmetric'] as const) {
    const [before, after] = [kept.refined[sector], now.refined[sector]];
    expect(before, text).toHaveLength(after.length);
    const off = (a: RefinedMode, b: RefinedMode) => Math.hypot(a.re - b.re, a.im - b.im) - a.error - b.error;
    for (const mode of after)
      expect(Math.min(...before.map((one) => off(one, mode))), text).toBeLessThanOrEqual(0);
  }
  const { atoms } = now.system;
  const error = 10 * (kept.stateError + now.stateError);
  const near = (x: number, y: number, range: number) =>
    expect(Math.abs(x - y), text).toBeLessThanOrEqual(error * range);
  const expectNear = (a: Moments, b: Moments) => {
    for (const name of ['Sy', 'Sz'] as const) near(a[name], b[name], atoms / 2);
    for (const name of ['Sx2', 'Sy2', 'Sz2'] as const) near(a[name], b[name], (atoms * (atoms + 2)) / 4);
    for (const [k, chance] of b.Pj.entries()) near(a.Pj[k], chance, 1);
  };
  expectNear(kept.steady, now.steady);
  expect(kept.metastable === null, text).toBe(now.metastable === null);
  if (kept.metastable === null || now.metastable === null) return;
  for (const name of ['aPlus', 'aMinus'] as const) near(kept.metastable[name], now.metastable[name], 1);
  const [{ re: lambda1 }] = now.refined.symmetric;
  for (const name of ['ratePlus', 'rateMinus'] as const)
    near(kept.metastable[name], now.metastable[name], lambda1);
  expectNear(kept.metastable.plus, now.metastable.plus);
  expectNear(kept.metastable.minus, now.metastable.minus);
}
