/** The panels of the paper's story draw the numbers of figure 3 and 4's system. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltPage, find, greyRuns, serveBuiltPage, start } from './built-page';

const figure4 = '?atoms=18&gamma1d=10&gammaf=1&drive=0.73&from=0.71&to=0.75&points=3';
const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../reference/point-N18-figure4.json'), 'utf8'),
);

let lab: BuiltPage;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  lab = await serveBuiltPage();
  ({ page, complaints } = await lab.open(figure4));
});

afterAll(() => lab.close());

/** The table behind a panel's plot of that name: the columns' names, and the rows as numbers. */
async function plotted(panel: string, title: string): Promise<{ names: string[]; rows: number[][] }> {
  const plot = await find(page, `${panel} >>> .chart[aria-label^="${title}"]`);
  return plot.evaluate(async (chart) => {
    const root = chart.getRootNode() as ShadowRoot;
    (root.querySelector('.table summary') as HTMLElement).click();
    while (!root.querySelector('tbody')) await new Promise((resolve) => setTimeout(resolve, 10));
    const texts = (row: Element) => [...row.children].map(({ textContent }) => textContent ?? '');
    return {
      names: texts(root.querySelector('thead tr') as Element),
      rows: [...root.querySelectorAll('tbody tr')].map((row) =>
        texts(row).map((text) => (text === '' ? Number.NaN : Number(text.replace('−', '-')))),
      ),
    };
  });
}

test('steady state: P_m of figure 3b, <S_z> on the way', async () => {
  await start(page, 'steady-panel', /^This drive/);
  const { rows } = await plotted('steady-panel', 'Steady-state distribution');
  expect(rows).toHaveLength(19);
  for (const [i, [m, probability]] of rows.entries()) {
    expect(m).toBe(i - 9);
    expect(probability).toBeCloseTo(reference.P_m[i], 4);
  }
  await start(page, 'steady-panel', /^Sweep, 3 points/);
  const magnetization = await plotted('steady-panel', 'Steady-state magnetization');
  const own = magnetization.names.indexOf('N = 18');
  const at = magnetization.rows.find(([drive]) => drive === 0.73);
  expect(at?.[own]).toBeCloseTo(reference.steady.Sz / 9, 3);
});

test('gap: lambda_1 at figure 4 within its bound', async () => {
  await start(page, 'gap-panel', /^Sweep/);
  const { names, rows } = await plotted('gap-panel', 'Liouvillian gap');
  const at = rows.find(([drive]) => drive === 0.73);
  expect(at?.[names.indexOf('N = 18')]).toBeCloseTo(reference.lambda1, 4);
});

test('metastable states: weights, rates and squeezing of figure 3', async () => {
  await start(page, 'metastable-panel', /^This drive/);
  await start(page, 'metastable-panel', /^Sweep/);
  const rates = await find(page, 'metastable-panel >>> table.values');
  const words = await rates.evaluate((element) => element.textContent?.replace(/\s+/g, ' ') ?? '');
  expect(words).toMatch(/0\.3997836\d+\(\d+\)/);
  expect(words).toMatch(/0\.4958364\d+\(\d+\)/);
  expect(words).toMatch(/0\.4704571\d+\(\d+\)/);
  const { names, rows } = await plotted('metastable-panel', 'Spin squeezing');
  const at = rows.find(([drive]) => drive === 0.73);
  expect(at?.[names.indexOf('ρ_+')]).toBeCloseTo(reference.rho_plus.xi2, 3);
});

test('a figure chosen by number sets its parameters and runs what it needs', async () => {
  const preset = await find(page, '#preset');
  await preset.evaluate((select) => {
    (select as HTMLSelectElement).value = '3b';
    select.dispatchEvent(new Event('change'));
  });
  await page.waitForFunction(() => new URLSearchParams(location.search).get('drive') === '0.73');
  await page.waitForFunction(
    () => {
      const root = document.querySelector('dicke-lab')?.shadowRoot;
      const queue = root?.querySelector('run-queue')?.shadowRoot;
      const plots = root?.querySelector('metastable-panel')?.shadowRoot?.querySelectorAll('lab-plot');
      return queue?.querySelector('run-status') === null && plots?.[1].spec.curves.length === 3;
    },
    { polling: 50 },
  );
});

test('nothing was logged and no plot is marked stale', async () => {
  expect(await greyRuns(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
