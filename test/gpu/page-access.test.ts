/** The lab for everyone: axe finds nothing in light, dark, narrow and print; plots are read by keys and have their tables. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltPage, find, follow, serveBuiltPage } from './built-page';

declare global {
  var axe: { run(context: ElementContext, options: RunOptions): Promise<AxeResults> };
}

/** Bistable and small: there is something in every panel. */
const everything =
  '?atoms=12&ratio=10&drive=0.7&from=0.68&to=0.72&points=2&numbers=12,14&count=256&time=40&burn-in=20&samples=40&unraveling=photodetection&records=8';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let lab: BuiltPage;

beforeAll(async () => {
  lab = await serveBuiltPage();
});

afterAll(() => lab.close());

/** What axe finds, a line each. @param of colours alone, where nothing else has changed */
async function violations(page: Page, of?: 'colours'): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (rules) => {
    // What the page does about other media it does before a frame.
    await new Promise(requestAnimationFrame);
    // It need not say by which selectors all is found that passes.
    const options: RunOptions = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
    const { violations } = await globalThis.axe.run(document, options);
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
    );
  }, of && ['color-contrast', 'link-in-text-block']);
}

/** Runs all that the panels run, and waits until the queue is empty. */
async function runEverything(page: Page): Promise<void> {
  for (const panel of [
    'steady-panel',
    'gap-panel',
    'metastable-panel',
    'light-panel',
    'trajectories-panel',
  ]) {
    for (const button of await page.$$(`>>> ${panel} >>> button.primary`))
      await button.evaluate((element) => (element as HTMLElement).click());
  }
  await page.waitForFunction(
    () => {
      const root = document.querySelector('dicke-lab')?.shadowRoot;
      const waiting = root?.querySelector('run-queue')?.shadowRoot?.querySelector('run-status');
      return (
        waiting === null && root?.querySelector('trajectories-panel')?.runs.of('ensemble')?.phase === 'done'
      );
    },
    { polling: 50 },
  );
}

/** Opens a plot's table, which must have more rows than its frame shows, and not many. */
async function openTable(page: Page, title: string): Promise<void> {
  for (const plot of await page.$$('>>> lab-plot')) {
    const found = await plot.evaluate(async (element, title) => {
      const { spec, shadowRoot } = element as HTMLElementTagNameMap['lab-plot'];
      if (spec.title !== title) return null;
      shadowRoot!.querySelector<HTMLElement>('.table summary')!.click();
      let table = shadowRoot!.querySelector('.scroll');
      for (; table === null; table = shadowRoot!.querySelector('.scroll'))
        await new Promise(requestAnimationFrame);
      return { rows: table.querySelectorAll('tr').length, scrolls: table.scrollHeight > table.clientHeight };
    }, title);
    if (found === null) continue;
    expect(found.scrolls).toBe(true);
    expect(found.rows).toBeLessThan(40);
    return;
  }
  throw new Error(`No plot ${title}`);
}

test('axe finds no violations before a run, and with results in every panel, in light, dark, narrow and print', async () => {
  const { page } = await lab.open(everything);
  expect(await violations(page)).toEqual([]);
  await runEverything(page);
  const empty = await page.evaluate(() => {
    const root = document.querySelector('dicke-lab')!.shadowRoot!;
    const panels = [...root.querySelectorAll('main > *')].filter((panel) => panel.localName !== 'run-queue');
    const parts = panels.flatMap((panel) => [
      panel.shadowRoot!,
      ...[...panel.shadowRoot!.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []),
    ]);
    const plots = parts.flatMap((part) => [...part.querySelectorAll('lab-plot')]);
    return plots
      .filter(({ spec, message }) => spec.curves.length === 0 || message)
      .map(({ spec }) => spec.title);
  });
  expect(empty).toEqual([]);
  await (await find(page, 'trajectories-panel >>> document-files >>> summary')).evaluate((summary) =>
    summary.click(),
  );
  // Of all tables two of few rows that scroll: every row is made as the others are, and axe looks at each cell.
  for (const title of ['Steady-state distribution of the magnetization', 'Dwell times'])
    await openTable(page, title);
  expect(await violations(page)).toEqual([]);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  expect(await violations(page, 'colours')).toEqual([]);
  await page.setViewport({ width: 390, height: 844 });
  expect(await violations(page)).toEqual([]);
  await page.emulateMediaFeatures([]);
  await page.setViewport({ width: 718, height: 1000 });
  await page.emulateMediaType('print');
  expect(await violations(page)).toEqual([]);
});

test('axe finds nothing on the page that others may frame, in light and dark', async () => {
  const { page } = await lab.open('embed.html?atoms=12&ratio=10&drive=0.7');
  expect(await violations(page)).toEqual([]);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  expect(await violations(page, 'colours')).toEqual([]);
});

test('a bad value and a missing GPU are reported accessibly', async () => {
  const { page } = await lab.open('?atoms=0', () => {
    Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined });
  });
  await (await find(page, 'engine-badge >>> summary')).evaluate((summary) => summary.click());
  await find(page, '#engine');
  expect(await violations(page)).toEqual([]);
});

describe('by keys', () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await lab.open('?atoms=12&ratio=10&drive=0.7'));
  });

  test('from the top of the page the first Run and the last are at most ten Tabs away, by its link', async () => {
    /** What has the focus, and in which panel. */
    const focused = () =>
      page.evaluate(() => {
        let element = document.activeElement;
        let panel = '';
        while (element?.shadowRoot?.activeElement) {
          element = element.shadowRoot.activeElement;
          if (element.localName.endsWith('-panel')) panel = element.localName;
        }
        return { words: element?.textContent?.replace(/\s+/g, ' ').trim() ?? '', panel };
      });
    const tabs: number[] = [];
    for (const [title, panel] of [
      ['2 Steady state', 'steady-panel'],
      ['6 Light', 'light-panel'],
    ]) {
      // From the top again.
      if (tabs.length > 0) await page.reload();
      await find(page, 'light-panel >>> button.primary');
      let count = 0;
      const tab = async () => {
        await page.keyboard.press('Tab');
        count++;
        return focused();
      };
      while (count < 10 && (await tab()).words !== title);
      await page.keyboard.press('Enter');
      expect(await tab()).toEqual({ words: 'Run', panel });
      tabs.push(count);
    }
    expect(tabs).toEqual([6, 10]);
  });

  test('arrow keys read a plot and its table holds the same numbers', async () => {
    await follow(page, '?atoms=18&gamma1d=10&gammaf=1&drive=0.73');
    const chart = await find(page, 'mean-field-panel >>> .chart');
    await chart.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    const spoken = await page.waitForFunction(() => {
      const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('mean-field-panel');
      const plot = panel?.shadowRoot?.querySelector('lab-plot')?.shadowRoot;
      return plot?.querySelector('[aria-live]')?.textContent?.trim();
    });
    const words = (await spoken.jsonValue()) as string;
    expect(words).toMatch(/drive Ω\/Ω_c 0\.6\d+, .*lower branch −0\.\d+/);
    await (await find(page, 'mean-field-panel >>> .table summary')).evaluate((summary) => summary.click());
    const table = await find(page, 'mean-field-panel >>> .scroll');
    const value = /lower branch (−0\.\d+)/.exec(words)?.[1];
    expect(await table.evaluate((element) => element.textContent)).toContain(value);
  });
});
