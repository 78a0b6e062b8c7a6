/** The package in pages of others, as Vite serves them while they are written and once they are built, in a real browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { build, createServer, type PreviewServer, preview, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { DocumentOf } from '../../src/experiments/registry';
import { launchChromium, patience } from '../browser/chromium';

/** As docs/guide/library.md gives it. */
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:";

const files = {
  'index.html': '<!doctype html><title>Runs</title><script type="module" src="/index.js"></script>',
  'index.js': `
    import { InputError, meanField, run } from 'dicke-bistability-lab';
    import { run as runOnDevice } from 'dicke-bistability-lab/gpu';
    Object.assign(window, { InputError, meanField, run, runOnDevice });`,
  'element.html': `<!doctype html>
    <html lang="en" class="theirs" data-theme="theirs">
      <title>Elements</title>
      <input id="theirs" />
      <dicke-lab id="one" query="atoms=8&amp;ratio=5&amp;drive=0.5"></dicke-lab>
      <dicke-lab id="two" query="atoms=6&amp;ratio=4&amp;drive=0.4"></dicke-lab>
      <gap-panel query="atoms=4&amp;ratio=2&amp;drive=0.3"></gap-panel>
      <script type="module" src="/element.js"></script>`,
  'element.js': `
    import { chooseTheme } from 'dicke-bistability-lab/element';
    window.chooseTheme = chooseTheme;
    window.keys = [];
    addEventListener('keydown', (event) => window.keys.push([event.key, event.defaultPrevented]));`,
};

let browser: Browser;
let dev: ViteDevServer;
let built: PreviewServer;

beforeAll(async () => {
  const root = join(inject('consumer'), 'site');
  mkdirSync(root);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  const common = { root, configFile: false, logLevel: 'error' } as const;
  const input = ['index.html', 'element.html'].map((name) => join(root, name));
  await build({ ...common, build: { rolldownOptions: { input, checks: { pluginTimings: false } } } });
  const server = { host: '127.0.0.1', port: 0 };
  built = await preview({
    ...common,
    preview: { ...server, headers: { 'Content-Security-Policy': policy } },
  });
  dev = await createServer({ ...common, server });
  await dev.listen();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await built.close();
  await dev.close();
});

/** A page of its own at that file, with what it complains of. */
async function open(server: ViteDevServer | PreviewServer, file: string, before = () => {}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.bringToFront();
  page.setDefaultTimeout(patience);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/favicon/.test(message.location().url ?? ''))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.evaluateOnNewDocument(before);
  await page.goto(new URL(file, server.resolvedUrls!.local[0]).href);
  return { page, complaints, close: () => context.close() };
}

/** What runs in a page has; its own declarations are not the tests'. */
type Lab = typeof import('../../src/library/in-page') & {
  runOnDevice: typeof import('../../src/library/gpu-in-page')['run'];
};

test.each(['dev', 'built'] as const)('runs in a page: %s', async (kind) => {
  const { page, complaints, close } = await open(kind === 'dev' ? dev : built, 'index.html');
  await page.waitForFunction(() => 'run' in window);
  const { sz, gap, steps, stopped, refused } = await page.evaluate(async () => {
    const { InputError, meanField, run } = window as unknown as Lab;
    const steps: string[] = [];
    const gap = await run('gap', { atoms: 18 });
    const controller = new AbortController();
    const endless = { atoms: 2, count: 1e8, time: 1, burnIn: 0.5, samples: 4 };
    const stopped = await run('trajectories', endless, {
      signal: controller.signal,
      onProgress: ({ phase }) => steps.push(phase),
      onPartial: () => {
        if (steps.length > 0) controller.abort();
      },
    });
    const refused = await run('gap', { atoms: 0 }).catch(
      (error) => `${error instanceof InputError} ${error.message}`,
    );
    return { sz: meanField().branches[0].sz, gap, steps, stopped, refused };
  });
  expect(sz).toBeCloseTo(-0.668781, 6);
  expect(gap.result.lambda1.value).toBeCloseTo(0.12924014, 7);
  expect(gap.engine).toBe('cpu');
  expect(steps).toContain('trajectories');
  expect(stopped.interrupted).toBe(true);
  expect(stopped.result.count % 256).toBe(0);
  expect(stopped.result.count).toBeGreaterThan(0);
  expect(stopped.threads).toBeGreaterThan(0);
  expect(refused).toBe('true --atoms must be a whole number from 1 to 1000, but got 0');
  expect(complaints).toEqual([]);
  await close();
});

test("runs on a page's own device", async () => {
  const { page, complaints, close } = await open(built, 'index.html');
  await page.waitForFunction(() => 'runOnDevice' in window);
  const [gpu, cpu] = (await page.evaluate(async () => {
    const { run, runOnDevice } = window as unknown as Lab;
    const adapter = await navigator.gpu.requestAdapter();
    const device = await adapter!.requestDevice();
    const options = {
      atoms: 3,
      count: 256,
      time: 1,
      samples: 4,
      unraveling: 'photodetection',
      ramp: '0:0.5,1:1',
    } as const;
    return [await runOnDevice('trajectories', options, { device }), await run('trajectories', options)];
  })) as DocumentOf<'trajectories'>[];
  expect([gpu.engine, cpu.engine]).toEqual(['gpu', 'cpu']);
  const [onGpu, onCpu] = [gpu, cpu].map(({ result }) => result.series!.Sz!);
  onGpu.mean.forEach((mean, i) => {
    expect(mean).toBeCloseTo(onCpu.mean[i], 5);
  });
  expect(onCpu.mean[4]).toBeGreaterThan(-1.3);
  expect(complaints).toEqual([]);
  await close();
});

/** What is the page's own. */
const owned = (page: Page) =>
  page.evaluate(async () => ({
    address: location.href,
    steps: [history.length, history.state],
    root: document.documentElement.outerHTML.split('>')[0],
    body: document.body.getAttributeNames(),
    title: document.title,
    sheets: [document.styleSheets.length, document.adoptedStyleSheets.length],
    stored: [{ ...localStorage }, { ...sessionStorage }, document.cookie],
    databases: await indexedDB.databases(),
  }));

test('two labs and a panel leave a strict page its address, history, storage, theme and keys', async () => {
  const { page, complaints, close } = await open(built, 'element.html?theirs=1#there', () => {
    localStorage.setItem('dicke-bistability-lab.theme', 'light');
    localStorage.setItem('theirs', '1');
    history.replaceState({ shown: ['theirs'] }, '');
  });
  const before = await owned(page);
  // By what is visible: a poll by mutations would not see into shadows.
  const seen = (selector: string) => page.waitForSelector(selector, { visible: true });
  for (const lab of ['#one', '#two']) await seen(`${lab} >>> engine-badge`);
  // Each its own system.
  const told = (lab: string) =>
    page.$eval(`${lab} >>> p.parameters`, ({ textContent }) => textContent!.replaceAll(/\s+/g, ' ').trim());
  expect(await told('#one')).toMatch(/^N = 8,/);
  expect(await told('#two')).toMatch(/^N = 6,/);

  // A run in the first lab and in the panel; the second knows nothing of it.
  const panels = ['#one >>> gap-panel', 'body > gap-panel'];
  for (const panel of panels) {
    await seen(`${panel} >>> .runs button.primary:enabled`);
    await page.$eval(`${panel} >>> .runs button.primary`, (button) => (button as HTMLElement).click());
  }
  for (const panel of panels) await seen(`${panel} >>> table.values`);
  expect(await page.$('#two >>> gap-panel >>> table.values')).toBeNull();

  // What a person may do: choose a theme and an engine, go to a section, type, and press keys.
  await page.evaluate(() =>
    (window as unknown as { chooseTheme: (theme: string) => void }).chooseTheme('dark'),
  );
  await page.$eval('#one >>> #engine', (select) => {
    (select as HTMLSelectElement).value = 'cpu';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await page.$eval('#one >>> section-links >>> a:nth-of-type(3)', (link) => (link as HTMLElement).click());
  await page.$eval('#one >>> system-form >>> input', (input) => {
    (input as HTMLInputElement).value = '9';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await page.waitForFunction(() => {
    const words = document.querySelector('#one')!.shadowRoot!.querySelector('p.parameters')!;
    return /9/.test(words.textContent!.slice(0, 12));
  });
  await page.focus('#theirs');
  for (const key of ['ArrowLeft', 'Space', 'Escape', '+', 'r']) await page.keyboard.press(key as 'r');
  // The lab changes the address, where it does, within this time.
  await new Promise((resolve) => setTimeout(resolve, 500));

  expect(await page.evaluate(() => (window as unknown as { keys: unknown }).keys)).toEqual(
    ['ArrowLeft', ' ', 'Escape', '+', 'r'].map((key) => [key, false]),
  );
  expect(await page.$eval('#one', (lab) => getComputedStyle(lab).colorScheme)).toBe('dark');
  expect(await page.evaluate(() => getComputedStyle(document.body).colorScheme)).toBe('normal');
  expect(await owned(page)).toEqual(before);
  expect(complaints).toEqual([]);
  await close();
});
