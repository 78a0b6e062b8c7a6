/** A plot's file equals the screen: pixel by pixel, place by place, and byte by byte when plain Node makes it. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { palettes } from '../../src/drawing/palettes';
import type { PlotSpec } from '../../src/drawing/plot-spec';
import { plotSvg } from '../../src/drawing/plot-svg';
import { sheets } from '../../src/drawing/sheet';
import { type BuiltPage, find, serveBuiltPage } from './built-page';
import { inPage, openPage } from './in-page';
import { savedFiles } from './saved-files';

const drawnTwice = 'test/gpu/drawn-twice.ts';
type Compared = { drawn: number; different: number };

let lab: BuiltPage;
const files = { light: savedFiles(), dark: savedFiles() };

beforeAll(async () => {
  lab = await serveBuiltPage();
});

afterAll(async () => {
  await lab.close();
  for (const { remove } of Object.values(files)) remove();
});

test('canvas and file have the same pixels', async () => {
  const sums = { drawn: 0, different: 0, shifted: 0 };
  for (let n = 0; n < 10; n++) {
    const [{ drawn, different }, shifted] = [
      await inPage<Compared>(drawnTwice, 'compared', n, 0),
      await inPage<Compared>(drawnTwice, 'compared', n, 0.5),
    ];
    // Where two cells of a heat meet inside a pixel, either may have it: a column of pixels an edge.
    expect(different, `plot ${n}`).toBeLessThan(2e-3);
    sums.drawn += drawn;
    sums.different += different;
    sums.shifted += shifted.different;
  }
  expect(sums.drawn).toBeGreaterThan(0.5);
  // What half a pixel aside would do.
  expect(sums.different).toBeLessThan(0.15 * sums.shifted);
});

test.each([1, 2])(
  'the chart draws values where it says they stand, %i pixels to a CSS pixel',
  async (ratio) => {
    const page = await openPage('test/gpu/blank.html');
    await page.setViewport({ width: 800, height: 600, deviceScaleFactor: ratio });
    for (const scale of ['linear', 'log']) {
      const places = (await page.evaluate(
        (address: string, scale: string) => globalThis.callExport(address, 'dotPlaces', [scale]),
        new URL(drawnTwice, inject('pageAddress')).href,
        scale,
      )) as { drawn: number[]; told: number[] }[];
      for (const { drawn, told } of places)
        for (const i of [0, 1]) expect(Math.abs(drawn[i] - told[i]), scale).toBeLessThan(0.6);
    }
  },
);

test.each(['light', 'dark'] as const)('plain Node makes the file that the page saves, %s', async (theme) => {
  const { page, complaints } = await lab.open('');
  await files[theme].of(page);
  const select = await find(page, '.theme select');
  await select.evaluate((element, theme) => {
    (element as HTMLSelectElement).value = theme;
    element.dispatchEvent(new Event('change'));
  }, theme);
  const plots = await page.$$('>>> mean-field-panel >>> lab-plot');
  expect(plots.length).toBeGreaterThan(4);
  for (const plot of plots) {
    const spec = await plot.evaluate((element) => (element as unknown as { spec: PlotSpec }).spec);
    const buttons = await plot.$$('>>> .files button');
    await buttons[1].evaluate((element) => (element as HTMLElement).click());
    const saved = await files[theme].text(`${spec.title.toLowerCase().replaceAll(' ', '-')}.svg`);
    const described = /<desc>(.*)<\/desc>/s.exec(saved)![1].split('\n').slice(1);
    expect(saved).toBe(plotSvg(spec, palettes[theme], described));
  }
  expect(complaints).toEqual([]);
});

test('for print the page saves what plain Node makes, on white, with all words inside, and as many dots', async () => {
  const { page, complaints } = await lab.open('');
  const saved = savedFiles();
  await saved.of(page);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  const choice = await find(page, 'sheet-choice >>> select');
  for (const [name, millimetres, pixels] of [
    ['column', 86, 2031],
    ['page', 178, 4205],
  ] as const) {
    await choice.evaluate((element, name) => {
      (element as HTMLSelectElement).value = name;
      element.dispatchEvent(new Event('change'));
    }, name);
    for (const plot of (await page.$$('>>> mean-field-panel >>> lab-plot')).slice(0, 2)) {
      const spec = await plot.evaluate((element) => (element as unknown as { spec: PlotSpec }).spec);
      const [, svgButton, pngButton] = await plot.$$('>>> .files button');
      await svgButton.evaluate((element) => (element as HTMLElement).click());
      const file = `${spec.title.toLowerCase().replaceAll(' ', '-')}-${millimetres}mm`;
      const svg = await saved.text(`${file}.svg`);
      const described = /<desc>(.*)<\/desc>/s.exec(svg)![1].split('\n').slice(1);
      expect(svg).toBe(plotSvg(spec, palettes.light, described, sheets[name]));
      await pngButton.evaluate((element) => (element as HTMLElement).click());
      const png = await saved.bytes(`${file}.png`);
      expect([png.readUInt32BE(16), png.toString('latin1', 37, 41)]).toEqual([pixels, 'pHYs']);
      const outside = await page.evaluate((svg) => {
        const file = document.importNode(
          new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement as unknown as SVGSVGElement,
          true,
        );
        document.body.append(file);
        const { width, height } = file.viewBox.baseVal;
        const words = [...file.querySelectorAll('text')].filter((text) => {
          const box = text.getBBox();
          return box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height;
        });
        file.remove();
        return words.map(({ textContent }) => textContent);
      }, svg);
      expect(outside, spec.title).toEqual([]);
    }
  }
  saved.remove();
  expect(complaints).toEqual([]);
});
