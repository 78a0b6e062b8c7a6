/**
 * How every section looks with results, in light, dark, narrow and print, beside small pictures of before in test/shots. They are compared
 * in cells of eight pixels, so that another machine's text is the same and a plot that is missing, of other colours or
 * elsewhere is not. `npx vitest run -u --project gpu test/gpu/page-shots.test.ts` writes them.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sections } from '../../components/lab/sections';
import { keysOf } from '../../src/parameters/options';
import { type BuiltPage, find, serveBuiltPage } from './built-page';
import { inPage } from './in-page';
import type { Compared, Section } from './shots';

/** Small, and every plot of it has something to show. */
const system =
  '?atoms=10&ratio=8.9&drive=0.88&from=0.8&to=0.9&points=2&numbers=10,11&count=256&time=20&burn-in=10&samples=80&seed=1';
/** Unlike cells of a window: without hinting, letters being of other widths, there are up to 65; without any one plot 180 and more. */
const allowed = 100;
const folder = join('test', 'shots');
/** Where what looks otherwise is kept. */
const unlike = join('dist', 'unlike-shots');

declare global {
  var lastDrawn: number;
  /** what waits for a frame, or until the page has time */
  var waiting: Set<unknown>;
}

let lab: BuiltPage;
let page: Page;

beforeAll(async () => {
  lab = await serveBuiltPage();
  // The CPU engine's numbers are the same everywhere.
  ({ page } = await lab.open(system, () => {
    Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined });
    // Estimates then stay first guesses, whatever this machine takes.
    Storage.prototype.setItem = () => {};
    globalThis.lastDrawn = 0;
    const { clearRect } = CanvasRenderingContext2D.prototype;
    // Whatever is drawn begins with it.
    CanvasRenderingContext2D.prototype.clearRect = function (...area) {
      globalThis.lastDrawn = performance.now();
      clearRect.apply(this, area);
    };
    globalThis.waiting = new Set();
    const { requestAnimationFrame, cancelAnimationFrame, requestIdleCallback } = globalThis;
    globalThis.requestAnimationFrame = (callback) => {
      const frame = requestAnimationFrame((now) => {
        globalThis.waiting.delete(frame);
        callback(now);
      });
      globalThis.waiting.add(frame);
      return frame;
    };
    globalThis.cancelAnimationFrame = (frame) => {
      globalThis.waiting.delete(frame);
      cancelAnimationFrame(frame);
    };
    globalThis.requestIdleCallback = (callback, options) => {
      globalThis.waiting.add(callback);
      return requestIdleCallback((deadline) => {
        globalThis.waiting.delete(callback);
        callback(deadline);
      }, options);
    };
  }));
  for (const panel of keysOf(sections).filter((name) => name !== 'mean-field-panel'))
    await (await find(page, `${panel} >>> button.primary`)).evaluate((button) => button.click());
  await page.waitForFunction(() => {
    const root = document.querySelector('dicke-lab')?.shadowRoot;
    const waiting = root?.querySelector('run-queue')?.shadowRoot?.querySelector('run-status');
    return (
      waiting === null && root?.querySelector('trajectories-panel')?.runs.of('ensemble')?.phase === 'done'
    );
  });
  // What is heavy loads when it is looked at.
  await (await find(page, 'metastable-panel >>> .pictures')).evaluate((element) => element.scrollIntoView());
  await find(page, 'phase-spheres >>> canvas');
  await page.evaluate(() => scrollTo(0, 0));
  // Walked anew once it has its colours, so that it does not count when they came.
  await page.waitForFunction(
    () =>
      document.querySelector('dicke-lab')!.shadowRoot!.querySelector('mean-field-panel')!.live.twoStates
        .states,
  );
  await page.evaluate(() => {
    document.querySelector('dicke-lab')!.shadowRoot!.querySelector('mean-field-panel')!.live.restart();
    // Words keep their room, but how a machine draws letters is not compared. All are of the font that every Debian has, and formulas, whose
    // fonts not every machine has, take the same room: else lines break elsewhere.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { color: transparent !important; font-family: "DejaVu Sans", sans-serif !important; }' +
        'math { display: inline-block; width: 8em; height: 3em; overflow: hidden; }',
    );
    const roots = (root: ParentNode): ShadowRoot[] =>
      [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
        shadowRoot ? [shadowRoot, ...roots(shadowRoot)] : [],
      );
    for (const root of roots(document)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  });
});

afterAll(() => lab.close());

/**
 * The page once nothing waits and nothing has been drawn for longer than any drawing takes and, for a busy machine may be slower still, it looks as it did
 * before. The window is as high as the page: for what is beyond a window, a browser in print makes it one pixel wide for a moment, in which plots are drawn.
 */
async function settled(): Promise<string> {
  for (let before = ''; ; ) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewport({ ...page.viewport()!, height });
    await page.waitForFunction(
      () => globalThis.waiting.size === 0 && performance.now() - globalThis.lastDrawn > 700,
      { polling: 50 },
    );
    const now = await page.screenshot({
      captureBeyondViewport: false,
      encoding: 'base64',
      optimizeForSpeed: true,
    });
    if (now === before) return now;
    before = now;
  }
}

/** Where the sections and their plots stand on the page. */
const places = () =>
  page.evaluate(() => {
    const boxOf = (element: Element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { left: left + scrollX, top: top + scrollY, width, height };
    };
    const within = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        element,
        ...(element.shadowRoot ? within(element.shadowRoot) : []),
      ]);
    const main = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('main')!;
    return [...main.children].slice(1).map((panel) => ({
      box: boxOf(panel),
      plots: within(panel.shadowRoot!)
        .filter((element) =>
          element.matches('.chart, .telegraph canvas, .distribution canvas, .drawn, .ball canvas'),
        )
        // One that only invites has none.
        .filter(({ clientWidth }) => clientWidth > 0)
        .map(boxOf),
    }));
  });

/** Each goes on from the one before. */
const looks = {
  light: () => page.evaluate(() => scrollTo(0, 0)),
  dark: () => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]),
  narrow: async () => {
    await page.emulateMediaFeatures([]);
    await page.setViewport({ width: 390, height: 844 });
  },
  print: async () => {
    // On white, whatever the page is in; as wide as A4 inside its margins.
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    await page.setViewport({ width: 718, height: 1000 });
    await page.emulateMediaType('print');
  },
};

test.each(keysOf(looks))('every section looks as it did: %s', async (look) => {
  await looks[look]();
  // Also what is drawn anew begins later: what is told of new sizes in the next frame, asks for one.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  await page.evaluate(() => {
    globalThis.lastDrawn = performance.now();
  });
  const shot = await settled();
  const shown = await places();
  const files = keysOf(sections).map((panel) => join(folder, `${look}-${sections[panel].id}.webp`));
  expect(shown).toHaveLength(files.length);
  const isWriting = expect.getState().snapshotState.snapshotUpdateState === 'all';
  const asked = shown.map(
    (section, i): Section => ({
      ...section,
      kept: isWriting ? null : readFileSync(files[i], 'base64'),
    }),
  );
  const results = await inPage<Compared[]>('test/gpu/shots.ts', 'compared', shot, asked);
  for (const [i, { small, different, without }] of results.entries()) {
    if (isWriting) writeFileSync(files[i], Buffer.from(small, 'base64'));
    else {
      const { cells, left, top } = different!;
      if (cells > allowed) {
        mkdirSync(unlike, { recursive: true });
        writeFileSync(join(unlike, basename(files[i])), small, 'base64');
      }
      expect
        .soft(cells, `${files[i]}, ${left} px right and ${top} down: unlike cells`)
        .toBeLessThanOrEqual(allowed);
    }
    // No plot could be missing unseen, nor all be of other colours: some have none.
    expect(Math.min(...without), files[i]).toBeGreaterThan(allowed);
  }
  expect(Math.max(...results.flatMap(({ recoloured }) => recoloured))).toBeGreaterThan(4 * allowed);
});

test('on paper nothing is to be pressed, every plot is whole, the parameters are there, and no page is empty', async () => {
  const found = await page.evaluate(() => {
    const within = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        element,
        ...(element.shadowRoot ? within(element.shadowRoot) : []),
      ]);
    const seen = within(document).filter((element) => element.checkVisibility());
    const right = document.documentElement.clientWidth;
    return {
      controls: seen.filter((element) => element.matches('button, select, input, summary')).length,
      cut: seen.filter(
        (element) =>
          element.matches('canvas, svg, table') && element.getBoundingClientRect().right > right + 1,
      ).length,
      plots: seen.filter((element) => element.localName === 'lab-plot').length,
      parameters: seen.find((element) => element.matches('.parameters'))?.textContent,
    };
  });
  expect(found).toMatchObject({ controls: 0, cut: 0 });
  expect(found.plots).toBeGreaterThan(25);
  expect(found.parameters).toMatch(/^N = 10, /);
  const pdf = Buffer.from(
    await page.pdf({ format: 'A4', margin: { top: 45, right: 45, bottom: 45, left: 45 } }),
  );
  const text = pdf.toString('latin1');
  /** Bytes of what is drawn on each page; none on an empty one. */
  const pages = [...text.matchAll(/\/Type \/Page\b(?!s)[\s\S]*?\/Contents (\d+) 0 R/g)].map(([, object]) =>
    Number(new RegExp(`\\n${object} 0 obj\\n<<[^>]*/Length (\\d+)`).exec(text)![1]),
  );
  expect(pages.length).toBeGreaterThan(7);
  expect(pages.length).toBeLessThan(17);
  expect(Math.min(...pages)).toBeGreaterThan(1000);
});
