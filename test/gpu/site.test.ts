/** The guide as a site: built by its one command, without a dead link, and its examples run. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { patience } from '../browser/chromium';
import { sharedBrowser } from './shared-browser';

const site = join('dist', 'site');
const start = join('src', 'command-line', 'start.mjs');
let served: PreviewServer;
let page: Page;

beforeAll(async () => {
  const { status, stderr } = spawnSync(process.execPath, [start, 'site'], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  served = await preview({
    configFile: false,
    logLevel: 'error',
    build: { outDir: site },
    preview: { host: '127.0.0.1', port: 0 },
  });
  page = await (await sharedBrowser()).newPage();
});
afterAll(async () => {
  await page?.close();
  await served?.close();
});

interface Links {
  readonly ids: string[];
  /** as written */
  readonly links: string[];
}

/** What a browser makes of each page of the guide and of the API. */
async function linksOf(files: readonly string[]): Promise<Map<string, Links>> {
  await page.goto('about:blank');
  const read = new Map<string, Links>();
  for (const file of files) {
    const found = await page.evaluate(
      (html) => {
        const parsed = new DOMParser().parseFromString(html, 'text/html');
        const all = (selector: string, name: string) =>
          [...parsed.querySelectorAll(selector)].map((element) => element.getAttribute(name)!);
        return {
          ids: [...all('[id]', 'id'), ...all('a[name]', 'name')],
          links: [
            ...all('a[href]', 'href'),
            ...all('img[src], script[src], iframe[src]', 'src'),
            ...all('link[href]', 'href'),
          ],
        };
      },
      readFileSync(join(site, file), 'utf8'),
    );
    read.set(file, found);
  }
  return read;
}

test('no link or anchor inside the site is dead', async () => {
  const names = readdirSync(site, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.html') && !name.startsWith('lab'));
  expect(files.length).toBeGreaterThan(30);
  const read = await linksOf(files);
  const dead: string[] = [];
  let anchors = 0;
  for (const [file, { links }] of read) {
    for (const link of links) {
      const { origin, pathname, hash } = new URL(link, `http://site/${file}`);
      // Others' hosts are looked at where the site is published.
      if (origin !== 'http://site') continue;
      const target = decodeURIComponent(pathname).slice(1) || 'index.html';
      if (!existsSync(join(site, target))) dead.push(`${file}: ${link}`);
      else if (hash.length > 1 && read.has(target)) {
        anchors += 1;
        if (!read.get(target)!.ids.includes(decodeURIComponent(hash.slice(1)))) dead.push(`${file}: ${link}`);
      }
    }
  }
  expect(dead).toEqual([]);
  expect(anchors).toBeGreaterThan(100);
});

test('every page of the guide is there, and README leads to each', async () => {
  const guide = readdirSync(join('docs', 'guide')).map(
    (name) => `documents/guide_${name.replace('.md', '.html')}`,
  );
  for (const name of guide) expect(existsSync(join(site, name)), name).toBe(true);
  const { links } = (await linksOf(['index.html'])).get('index.html')!;
  expect(guide.filter((name) => !links.includes(name))).toEqual([]);
});

test('examples run where they are read', async () => {
  await page.goto(`${served.resolvedUrls!.local[0]}documents/guide_first-steps.html`);
  const examples = await page.waitForSelector('[data-live] button').then(() => page.$$('[data-live] button'));
  expect(examples).toHaveLength(3);
  for (const button of examples) await button.evaluate((element) => element.click());
  await page.waitForFunction(
    () => [...document.querySelectorAll('output')].every(({ value }) => !/^(Running|$)/.test(value)),
    { timeout: patience },
  );
  const [gap, ensemble, meanField] = await page.$$eval('output', (all) => all.map(({ value }) => value));
  const [, bound] = /^lambda_1 = 0\.025999\d+ \+- (\S+)$/.exec(gap) ?? [];
  expect(Number(bound)).toBeGreaterThan(0);
  expect(Number(bound)).toBeLessThan(1e-5 * 0.026);
  expect(ensemble).toMatch(/^<S_z> = -\d\.\d{4} \+- 0\.\d{4}, exact: -2\.9762$/);
  expect(meanField).toMatch(/^bistable from 0\.\d+ to 0\.\d+\n(-?\d\.\d+ (un)?stable\n?){3}$/);
});

test('the lab beside the guide walks in its frame', async () => {
  const frame = await (await page.waitForSelector('iframe'))!.contentFrame();
  const drawn = () =>
    frame!.evaluate(() => {
      const scene = document.querySelector('embedded-scene')?.shadowRoot?.querySelector('opening-scene');
      return scene?.shadowRoot?.innerHTML ?? '';
    });
  await frame!.waitForSelector('embedded-scene');
  expect(new URL(frame!.url()).pathname).toBe('/lab/embed.html');
  await expect.poll(drawn, { timeout: 60_000 }).toContain('<canvas');
});
