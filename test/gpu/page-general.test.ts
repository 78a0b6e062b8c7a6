/** The general model on the page: its rates in the form, its mean field, and what of the figures is left out. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlotSpec } from '../../src/drawing/plot-spec';
import { type BuiltPage, find, follow, serveBuiltPage } from './built-page';

let lab: BuiltPage;
let page: Page;
let complaints: string[];
beforeAll(async () => {
  lab = await serveBuiltPage();
  ({ page, complaints } = await lab.open(''));
});
afterAll(() => lab.close());

const moreIsOpen = (page: Page) =>
  page.evaluate(() => {
    const form = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('system-form')!;
    return form.shadowRoot!.querySelector<HTMLDetailsElement>('.more')!.open;
  });

/** The plot of the mean field's panel whose title begins so; null of none. */
const plotOf = (page: Page, title: string) =>
  page.evaluate((title) => {
    const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('mean-field-panel')!;
    const specs = [...panel.shadowRoot!.querySelectorAll('lab-plot')].map(({ spec }) => spec as PlotSpec);
    const spec = specs.find((spec) => spec.title.startsWith(title));
    const curves = spec?.curves.map(({ label, x, y }) => ({ label, x: Array.from(x), y: Array.from(y) }));
    return curves ?? null;
  }, title);

const wordsOf = async (page: Page, selector: string) =>
  (await find(page, selector)).evaluate((element) => element.textContent);

test('the other rates are folded away at 0, and open themselves where a link says one', async () => {
  expect(await moreIsOpen(page)).toBe(false);
  await follow(page, '?atoms=18&gamma1d=10&gammaf=1&drive=0.75&detuning=2&dephasing=0.5');
  expect(await moreIsOpen(page)).toBe(true);
  const field = await find(page, '#detuning');
  expect(await field.evaluate((input) => (input as HTMLInputElement).value)).toBe('2');
  // What a person types goes into the address, and out of it again at 0.
  await field.evaluate((input) => {
    (input as HTMLInputElement).value = '0';
    input.dispatchEvent(new Event('input'));
  });
  await page.waitForFunction(
    () => location.search.includes('dephasing=0.5') && !location.search.includes('detuning'),
  );
  expect(complaints).toEqual([]);
});

test('the mean field follows them: the curves solve its cubic, and what is Eq. (1) alone is left out', async () => {
  await follow(
    page,
    '?atoms=18&gamma1d=10&gammaf=1&drive=0.75&detuning=2&collective-shift=0.1&dephasing=0.5&pumping=0.2',
  );
  const [down, up, dephasing, Gamma, unit] = [11, 0.2, 0.5, 170, 42.5];
  const [detuning, shift] = [2 - 0.1, 1.7];
  const curves = (await plotOf(page, 'Mean-field inversion'))!;
  expect(curves.map(({ label }) => label)).toEqual(['lower branch', 'unstable', 'upper branch']);
  for (const { x, y } of curves) {
    expect(x.length).toBeGreaterThan(5);
    x.forEach((drive, i) => {
      const z = y[i]!;
      const transverse = down + up + dephasing;
      const size = ((transverse - Gamma * z) / 2) ** 2 + (detuning + shift * z) ** 2;
      const gained = up - down - (up + down) * z;
      const driven = (2 * transverse * (drive * unit) ** 2 * z) / size;
      expect(Math.abs(gained - driven)).toBeLessThan(1e-8 * (1 + Math.abs(driven)));
    });
  }
  expect(await plotOf(page, 'Expansion of the mean field')).toBeNull();
  const table = await wordsOf(page, 'mean-field-panel >>> table.values');
  expect(table).toMatch(/s\s*x/);
  expect(table).not.toContain('squeezing');
  expect(complaints).toEqual([]);
});

test('a laser without drive is shown as what it is', async () => {
  await follow(page, '?');
  await (await find(page, '.more summary')).evaluate((summary) => summary.click());
  expect(await moreIsOpen(page)).toBe(false);
  await follow(page, '?preset=superradiant-laser');
  expect(await wordsOf(page, 'mean-field-panel >>> table.values')).toMatch(/lasing, turns at\s+0/);
  expect(await moreIsOpen(page)).toBe(true);
  expect(complaints).toEqual([]);
});
