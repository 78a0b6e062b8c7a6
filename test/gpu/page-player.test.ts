/** One trajectory played along its time: one axis and one cursor for all its plots, finer samples in their place, still where stillness is wanted. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltPage, click, find, serveBuiltPage } from './built-page';

const query = (more = '') =>
  `?atoms=10&gamma1d=10&gammaf=1&drive=0.73&count=256&time=40&burn-in=20&samples=80&seed=3${more}`;

let lab: BuiltPage;
beforeAll(async () => {
  lab = await serveBuiltPage();
});
afterAll(() => lab.close());

/** The player's plots by title: what part of time each shows, where its cursor is, and its first curve. */
const plots = (page: Page) =>
  page.evaluate(() => {
    const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('trajectories-panel')!;
    const player = panel.shadowRoot!.querySelector('trajectory-player')!;
    return [...player.shadowRoot!.querySelectorAll('lab-plot')].map(({ spec, handle, shadowRoot }) => ({
      title: spec.title,
      window: [spec.x.min!, spec.x.max!],
      cursor: handle!.x,
      knob: Number(shadowRoot!.querySelector('.handle-knob')?.ariaValueNow),
      isVeiled: handle!.veiled === true,
      t: Array.from(spec.curves[0]?.x ?? []),
      y: Array.from(spec.curves[0]?.y ?? []),
      labels: spec.curves.map(({ label }) => label),
    }));
  });

async function press(page: Page, label: RegExp): Promise<void> {
  for (const button of await page.$$('>>> trajectory-player >>> button')) {
    const text = await button.evaluate(
      (element) => `${element.ariaLabel ?? ''} ${element.textContent?.trim()}`,
    );
    if (label.test(text)) return button.evaluate((element) => (element as HTMLElement).click());
  }
  throw new Error(`No button ${label}`);
}

/** Opens the lab and runs the ensemble. */
async function ran(more?: string, motion?: 'motion') {
  const opened = await lab.open(query(more), undefined, motion);
  const panel = await find(opened.page, 'trajectories-panel');
  // What is far from sight is not drawn.
  await panel.evaluate((element) => element.scrollIntoView());
  await click(opened.page, 'trajectories-panel >>> button.primary');
  await find(opened.page, 'trajectory-player >>> .play');
  await find(opened.page, 'trajectories-panel >>> document-files >>> summary');
  return opened;
}

const words = (page: Page, said: RegExp) =>
  page.waitForFunction(
    (said) => {
      const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('trajectories-panel')!;
      const player = panel.shadowRoot!.querySelector('trajectory-player')!;
      return new RegExp(said).test(player.shadowRoot!.querySelector('.words')?.textContent ?? '');
    },
    { polling: 50 },
    said.source,
  );

const cursors = async (page: Page) => [...new Set((await plots(page)).map(({ cursor }) => cursor))];

test('all plots share time and cursor, and a switch is a step away', async () => {
  const { page, complaints } = await ran();
  const all = await plots(page);
  expect(all.map(({ title }) => title)).toEqual(
    ['Sz', 'crssFidelity', 'squeezing', 'j', 'committor'].map((name) => `One trajectory, ${name}`),
  );
  for (const { window, cursor, t } of all) {
    expect(window).toEqual([0, 40]);
    expect(cursor).toBe(40);
    expect(t).toHaveLength(81);
  }
  // The cursor is moved on any of them.
  let knobs = await page.$$('>>> trajectory-player >>> .handle-knob');
  // A plot is drawn when the page has time for it, and its knob with it.
  while (knobs.length < all.length) knobs = await page.$$('>>> trajectory-player >>> .handle-knob');
  await knobs[3].focus();
  await page.keyboard.press('PageDown');
  expect(await cursors(page)).toEqual([38]);
  for (const { knob } of await plots(page)) expect(knob).toBe(38);
  await press(page, /‹ Switch/);
  const [at] = await cursors(page);
  const { y } = (await plots(page))[4];
  const i = all[0].t.indexOf(at);
  // There it has entered the other core set, which it was not in before.
  expect(Math.min(Math.abs(y[i]!), Math.abs(1 - y[i]!))).toBeLessThan(0.2);
  expect(Math.abs(y[i]! - y[i - 1]!)).toBeGreaterThan(0.05);
  await press(page, /Zoom in/);
  const windows = (await plots(page)).map(({ window }) => window);
  expect(new Set(windows.map(([from, to]) => to - from))).toEqual(new Set([20]));
  expect(windows[0][0]).toBeLessThanOrEqual(at);
  expect(windows[0][1]).toBeGreaterThanOrEqual(at);
  expect(complaints).toEqual([]);
});

test('finer samples are of the same trajectory and stand in their place, with its photons', async () => {
  const { page, complaints } = await ran('&unraveling=photodetection');
  const before = await plots(page);
  await press(page, /Finer samples/);
  await words(page, /walked again with 100 samples in the time of one, and [\d,]+ jumps\.$/);
  const after = await plots(page);
  expect(after).toHaveLength(before.length + 1);
  const [from, to] = after[0].window;
  expect(to - from).toBeCloseTo(5, 9);
  for (const [k, { t, y }] of before.entries()) {
    expect(after[k].t).toHaveLength(81 + 10 * 99);
    t.forEach((time, i) => {
      const there = after[k].t.findIndex((finer) => Math.abs(finer - time) < 1e-9);
      const own = y[i];
      // Squeezing has no value where the mean spin vanishes, and no bound near it.
      if (own === null || Math.abs(own) > 10) return;
      expect(Math.abs(after[k].y[there]! - own), `${k} at ${time}`).toBeLessThan(2e-3);
    });
  }
  const jumps = after[after.length - 1];
  expect(jumps.title).toBe('Jumps of trajectory 1');
  expect(jumps.labels).toContain('collective');
  for (const t of jumps.t) expect(from <= t && t <= to).toBe(true);
  expect(complaints).toEqual([]);
});

test('a homodyne current is followed beside <S_z>, which it tells of', async () => {
  const { page, complaints } = await ran('&unraveling=homodyne&phase=1.5708&efficiency=0.8');
  await page.evaluate(() => {
    const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('trajectories-panel')!;
    const player = panel.shadowRoot!.querySelector('trajectory-player')!.shadowRoot!;
    for (const label of player.querySelectorAll<HTMLElement>('.shown label'))
      if (/current|⟨X⟩/.test(label.textContent ?? '')) label.click();
  });
  const all = await plots(page);
  const of = (name: string) => all.find(({ title }) => title.endsWith(name))!.y.map((value) => value ?? 0);
  const [Sz, current, quadrature] = ['Sz', 'current', 'quadrature'].map(of);
  expect(correlation(current, quadrature)).toBeGreaterThan(0.6);
  expect(correlation(current, Sz)).toBeGreaterThan(0.5);
  await press(page, /Finer samples/);
  await words(page, /another record/);
  expect(complaints).toEqual([]);
});

function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [mx, my] = [mean(x), mean(y)];
  const together = (a: readonly number[], ma: number, b: readonly number[], mb: number) =>
    mean(a.map((value, i) => (value - ma) * (b[i] - mb)));
  return together(x, mx, y, my) / Math.sqrt(together(x, mx, x, mx) * together(y, my, y, my));
}

test('it plays until it is paused, by steps where no motion is wanted', async () => {
  const { page, complaints } = await ran('', 'motion');
  await press(page, /Play/);
  await page.waitForFunction(
    () => {
      const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('trajectories-panel')!;
      const plot = panel
        .shadowRoot!.querySelector('trajectory-player')!
        .shadowRoot!.querySelector('lab-plot')!;
      panel.scrollIntoView();
      return plot.handle!.x > 1 && plot.handle!.x < 40 && plot.handle!.veiled;
    },
    { polling: 'raf' },
  );
  await press(page, /Pause/);
  const [paused] = await cursors(page);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  expect(await cursors(page)).toEqual([paused]);
  expect((await plots(page)).some(({ isVeiled }) => isVeiled)).toBe(false);
  await press(page, /Play/);
  await page.emulateMediaFeatures([]);
  await page.waitForFunction(
    () => {
      const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('trajectories-panel')!;
      const player = panel.shadowRoot!.querySelector('trajectory-player')!;
      return player.shadowRoot!.querySelector('.play')?.textContent?.trim() === 'Step';
    },
    { polling: 50 },
  );
  const [stilled] = await cursors(page);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  expect(await cursors(page)).toEqual([stilled]);
  await press(page, /^ Step$/);
  expect((await cursors(page))[0]).toBeCloseTo(Math.min(40, stilled + 2), 9);
  expect(complaints).toEqual([]);
});
