/** One drive in all of the page: its line in every plot, the sweep's points under it, and the handle of the phase diagram. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlotSpec } from '../../src/drawing/plot-spec';
import type { SteadyStateResult } from '../../src/experiments/spectrum/steady-state';
import { type BuiltPage, find, follow, press, serveBuiltPage } from './built-page';

let lab: BuiltPage;
beforeAll(async () => {
  lab = await serveBuiltPage();
});
afterAll(() => lab.close());

/** Small, and bistable: (S24) at Gamma/gamma = 10. */
const system = '?atoms=12&gamma1d=10&gammaf=1&drive=0.73&from=0.6&to=0.9&points=4';

/** All plots over the drive in any panel: title, and what the line or the handle over them says; nothing, and nowhere, before it is drawn. */
const overDrive = (page: Page) =>
  page.evaluate(() => {
    const deep = (root: ShadowRoot | Element): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) =>
        element.shadowRoot ? [element, ...deep(element.shadowRoot)] : [element],
      );
    return deep(document.querySelector('dicke-lab')!.shadowRoot!).flatMap((element) => {
      if (element.localName !== 'lab-plot') return [];
      const { spec, shadowRoot } = element as unknown as { spec: PlotSpec; shadowRoot: ShadowRoot };
      if (!spec.x.label.startsWith('drive')) return [];
      const line = shadowRoot.querySelector<HTMLElement>('.drive-line:not([hidden])');
      const knob = shadowRoot.querySelector<HTMLElement>('.handle-knob');
      const shown = line ?? knob;
      if (shown === null) return [{ title: spec.title, words: '', at: Number.NaN }];
      const { min, max } = spec.x;
      const over = shadowRoot.querySelector<HTMLElement>('.u-over')!;
      const at = min! + ((max! - min!) * Number.parseFloat(shown.style.left)) / over.clientWidth;
      return [{ title: spec.title, words: line?.textContent ?? knob!.ariaValueNow, at }];
    });
  });

/** Until every plot over the drive has its line or handle there; then their titles. */
async function linesAt(page: Page, drive: number): Promise<string[]> {
  for (;;) {
    const plots = await overDrive(page);
    if (plots.every(({ words, at }) => words === String(drive) && Math.abs(at - drive) < 0.002))
      return plots.map(({ title }) => title);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const ended = (page: Page, panel: string, name: string) =>
  page.waitForFunction(
    (panel, name) => {
      const element = document.querySelector('dicke-lab')!.shadowRoot!.querySelector(panel);
      return (
        (element as unknown as { runs: { of(name: string): { phase: string } | null } }).runs.of(name)
          ?.phase === 'done'
      );
    },
    { polling: 50 },
    panel,
    name,
  );

/** The words of an element once they match. */
async function reads(page: Page, selector: string, pattern: RegExp): Promise<void> {
  const handle = await find(page, selector);
  for (;;) {
    const text = await handle.evaluate((element) => element.textContent!.replace(/\s+/g, ' ').trim());
    if (pattern.test(text)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const fieldOf = async (page: Page, field: string) =>
  Number(await (await find(page, `#${field}`)).evaluate((input) => (input as HTMLInputElement).value));

test('every plot over the drive has its line, and under it the sweep’s nearest point, as it is dragged', async () => {
  const { page, complaints } = await lab.open(system);
  // All in sight: what is far from it is not drawn.
  await page.setViewport({ width: 1280, height: 12_000 });
  await press(page, 'steady-panel', /^Sweep/);
  // The axes while the results come in: those of x never move, those of y outward alone.
  const axes = await page.evaluate(async () => {
    const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('steady-panel')!;
    const seen: [PlotSpec['x'], PlotSpec['y'], number][] = [];
    while (panel.runs.of('sweep of steady states')?.phase !== 'done') {
      const plot = [...panel.shadowRoot!.querySelectorAll('lab-plot')][1] as unknown as { spec: PlotSpec };
      seen.push([plot.spec.x, plot.spec.y, panel.runs.of('sweep of steady states')!.documents.length]);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return seen;
  });
  const during = axes.slice(1);
  expect(new Set(during.map(([x]) => JSON.stringify(x))).size).toBe(1);
  for (const [i, [, y]] of during.slice(1).entries()) {
    expect(y.min).toBeLessThanOrEqual(during[i][1].min!);
    expect(y.max).toBeGreaterThanOrEqual(during[i][1].max!);
  }
  await press(page, 'gap-panel', /^Sweep/);
  await press(page, 'metastable-panel', /^Sweep/);
  await ended(page, 'metastable-panel', 'sweep of metastable states');

  const titles = await linesAt(page, 0.73);
  for (const title of [
    'Mean-field inversion',
    'Stability eigenvalues of the mean field',
    'Phase diagram over drive and decay ratio',
    'Steady-state magnetization',
    'Steady-state spin squeezing',
    'Distribution of the magnetization along the sweep, N = 12',
    'Liouvillian gap against the drive',
    'Magnetization of the metastable states',
    'Spin squeezing of the metastable state',
  ])
    expect(titles).toContain(title);
  const bands = await page.evaluate(() => {
    const root = document.querySelector('dicke-lab')!.shadowRoot!;
    return ['steady-panel', 'gap-panel', 'metastable-panel'].map((panel) => {
      const plot = root.querySelector(panel)!.shadowRoot!.querySelector('lab-plot');
      return (plot as unknown as { spec: PlotSpec }).spec.bands!.map(({ from, to }) => [from, to]);
    });
  });
  for (const [[from, to]] of bands) {
    expect(from).toBeCloseTo(0.8412, 4);
    expect(to).toBeCloseTo(0.8674, 4);
  }

  // The waterfall holds the sweep's distributions.
  const waterfall = await page.evaluate(() => {
    const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('steady-panel')!;
    const plots = [...panel.shadowRoot!.querySelectorAll('lab-plot')] as unknown as { spec: PlotSpec }[];
    const { heat } = plots.find(({ spec }) => spec.heat)!.spec;
    const results = panel.runs
      .of('sweep of steady states')!
      .documents.map(({ result }) => result as SteadyStateResult);
    return { x: heat!.x, values: heat!.values, Pm: results.map(({ Pm }) => Pm) };
  });
  expect(waterfall.x).toEqual([0.6, 0.7, 0.8, 0.9]);
  expect(waterfall.values).toEqual(waterfall.Pm);

  const point = (drive: string) => new RegExp(`Ω/Ωc = ${drive}, a point of the sweep$`);
  const headings = [
    'steady-panel >>> .two h3',
    'gap-panel >>> .two h3',
    'metastable-panel >>> div:has(> .over) h3',
  ];
  for (const heading of headings) await reads(page, heading, point('0.7'));

  // By keys at the slider, ten steps at a time.
  const specs = () =>
    page.evaluateHandle(() => {
      const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('steady-panel')!;
      return ([...panel.shadowRoot!.querySelectorAll('lab-plot')] as unknown as { spec: PlotSpec }[])
        .slice(0, 2)
        .map(({ spec }) => spec);
    });
  const before = await specs();
  await (await find(page, 'mean-field-panel >>> .handle-knob')).focus();
  await page.keyboard.press('PageUp');
  await linesAt(page, 0.83);
  for (const heading of headings) await reads(page, heading, point('0.8'));
  // What is plotted of the sweep is not drawn anew.
  const isSame = await page.evaluate((a, b) => a.every((spec, i) => spec === b[i]), before, await specs());
  expect(isSame).toBe(true);

  // By the line in a plot of another panel, with the mouse.
  const line = await find(page, 'gap-panel >>> .drive-line');
  await line.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const box = (await line.boundingBox())!;
  const over = (await (await find(page, 'gap-panel >>> .u-over')).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, over.y + 40);
  await page.mouse.down();
  await page.mouse.move(over.x + 0.1 * over.width, over.y + 60, { steps: 4 });
  await page.mouse.up();
  for (const heading of headings) await reads(page, heading, point('0.6'));
  expect(await fieldOf(page, 'drive')).toBeCloseTo(0.63, 2);
  await linesAt(page, await fieldOf(page, 'drive'));

  // A run of the present drive takes the point's place.
  await press(page, 'steady-panel', /^This drive/);
  await reads(page, headings[0], /^Moments at N = 12, Ω\/Ωc = 0\.6\d+$/);
  expect(complaints).toEqual([]);
});

describe('the phase diagram', () => {
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    ({ page, complaints } = await lab.open(system));
  });

  test.each([
    ['gamma1d=10&gammaf=1', 'gamma1d'],
    ['ratio=10', 'ratio'],
  ])(
    'the handle of the phase diagram moves drive and ratio, said by %s, and stops below N − 1',
    async (said, field) => {
      await follow(page, `?atoms=12&${said}&drive=0.73`);
      const knob = await find(page, 'phase-diagram >>> .handle-knob');
      const ratio = () =>
        page.evaluate(() => {
          const { parameters } = document
            .querySelector('dicke-lab')!
            .shadowRoot!.querySelector('mean-field-panel')!;
          return (11 * parameters.gamma1D) / (parameters.gammaF + parameters.gamma1D);
        });
      await knob.focus();
      const first = await ratio();
      await page.keyboard.press('ArrowRight');
      expect(await fieldOf(page, 'drive')).toBe(0.74);
      expect(await ratio()).toBe(first);
      await page.keyboard.press('ArrowUp');
      expect(await ratio()).toBeCloseTo(first + 0.1, 1);
      expect(await fieldOf(page, 'drive')).toBe(0.74);
      expect(await knob.evaluate(({ ariaValueText }) => ariaValueText)).toMatch(/^Ω\/Ω_c 0\.74, Γ\/γ /);

      // With the mouse, both at once.
      await knob.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      const over = (await (await find(page, 'phase-diagram >>> .u-over')).boundingBox())!;
      const at = (await knob.boundingBox())!;
      await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
      await page.mouse.down();
      await page.mouse.move(over.x + over.width / 2, over.y + over.height * 0.75, { steps: 4 });
      await page.mouse.up();
      expect(await fieldOf(page, 'drive')).toBeCloseTo(0.8, 2);
      expect(await ratio()).toBeCloseTo(5, 0);
      if (field === 'gamma1d') expect(await fieldOf(page, 'gammaf')).toBe(1);
      else expect(await fieldOf(page, 'ratio')).toBeCloseTo(5, 0);

      // To the top: there is no ratio above N - 1, and at it no individual decay.
      await page.mouse.move(over.x + over.width / 2, over.y + over.height * 0.75);
      await page.mouse.down();
      await page.mouse.move(over.x + over.width / 2, over.y + 2, { steps: 4 });
      await page.mouse.up();
      expect(await ratio()).toBeCloseTo(0.99 * 11, 3);
      expect(await page.$$('>>> .problem')).toHaveLength(0);
      expect(complaints).toEqual([]);
    },
  );

  test('the phase diagram’s points colour it, and a drag leaves them there', async () => {
    await follow(page, '?atoms=4&gamma1d=1&gammaf=1&drive=0.73');
    await find(page, 'phase-diagram >>> .u-wrap canvas');
    await press(page, 'phase-diagram', /^Run/);
    await ended(page, 'mean-field-panel', 'phase diagram of gaps');
    const cells = () =>
      page.evaluate(() => {
        const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('mean-field-panel')!;
        const diagram = panel.shadowRoot!.querySelector('phase-diagram')!;
        const plot = diagram.shadowRoot!.querySelector('lab-plot') as unknown as { spec: PlotSpec };
        return plot.spec.heat?.values.flat() ?? null;
      });
    const values = (await cells())!;
    expect(values).toHaveLength(91);
    expect(values.every((value) => value !== null && value > 0)).toBe(true);
    await (await find(page, 'phase-diagram >>> .handle-knob')).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() => new URLSearchParams(location.search).get('drive') === '0.72');
    expect(await cells()).toEqual(values);
    expect(complaints).toEqual([]);
  });
});
