/** The page that others may frame shows its scene there; the lab itself runs in no frame, whatever its host sends. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EmbeddedScene } from '../../components/scene/embedded-scene';
import { type BuiltPage, click, find, serveBuiltPage } from './built-page';
import { openPage } from './in-page';

const system = 'atoms=12&ratio=10&drive=0.7';
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

let lab: BuiltPage;
/** A host of files that sends no header but their type. */
let plainHost: Server;
let plain: string;

beforeAll(async () => {
  lab = await serveBuiltPage();
  plainHost = createServer(async ({ url = '' }, answer) => {
    const { pathname } = new URL(url, 'http://host');
    const file = join('dist', 'page', pathname === '/' ? 'index.html' : pathname);
    answer.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    answer.end(await readFile(file));
  });
  await new Promise<void>((resolve) => plainHost.listen(0, '127.0.0.1', resolve));
  plain = `http://127.0.0.1:${(plainHost.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await lab.close();
  plainHost.close();
});

/** The frame of a page of another origin. */
async function framed(address: string): Promise<Frame> {
  const page = await openPage('test/gpu/blank.html');
  expect(new URL(page.url()).origin).not.toBe(new URL(address).origin);
  await page.evaluate((address) => {
    const frame = document.createElement('iframe');
    [frame.src, frame.width, frame.height] = [address, '900', '700'];
    document.body.append(frame);
    return new Promise((resolve) => frame.addEventListener('load', resolve));
  }, address);
  return page.frames()[1];
}

const words = (frame: Frame) => frame.evaluate(() => document.body.textContent);

test.each(['with the headers of npm start', 'without headers'])(
  'framed by another origin, the scene is shown, %s',
  async (host) => {
    const frame = await framed(
      new URL(`embed.html?${system}`, host === 'without headers' ? plain : lab.address).href,
    );
    const chart = await frame.waitForSelector('>>> .u-wrap canvas', { visible: true });
    expect(chart).not.toBeNull();
    // The trajectory is walked there, too.
    const scene = await frame.waitForFunction(() => {
      const root = document.querySelector('embedded-scene')?.shadowRoot;
      const scene = root?.querySelector('opening-scene');
      return scene && scene.live.samples.length > 100
        ? { atoms: scene.parameters.atoms, link: root!.querySelector('a')!.href, failure: scene.live.failure }
        : null;
    });
    const { atoms, link, failure } = (await scene.jsonValue())!;
    expect({ atoms, failure }).toEqual({ atoms: 12, failure: '' });
    const { pathname, searchParams } = new URL(link);
    expect(pathname).toBe('/');
    expect(Object.fromEntries(searchParams)).toMatchObject({ atoms: '12', ratio: '10', drive: '0.7' });
  },
);

test('where the host forbids it the lab is not even loaded into a frame', async () => {
  const frame = await framed(lab.address);
  expect(frame.url()).not.toContain(lab.address);
});

test('where the host does not, the lab says why it does not run in a frame', async () => {
  const frame = await framed(`${plain}?${system}`);
  expect(await words(frame)).toContain('does not run inside another page');
  expect(await frame.$('dicke-lab')).toBeNull();
  expect(await frame.$eval('a', ({ href, target }) => [href, target])).toEqual([
    `${plain}?${system}`,
    '_blank',
  ]);
});

describe('the embed page', () => {
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    ({ page, complaints } = await lab.open(`embed.html?${system}`));
  });

  test('moves the drive by its handle, and the link to the lab follows', async () => {
    await (await find(page, '[role=slider]')).focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => {
      const link = document.querySelector('embedded-scene')!.shadowRoot!.querySelector('a')!;
      return new URL(link.href).searchParams.get('drive') === '0.71';
    });
    expect(complaints).toEqual([]);
  });

  test('says what is wrong with its link', async () => {
    await page.goto(new URL('embed.html?atoms=0', lab.address).href);
    const alert = await find(page, 'embedded-scene >>> [role=alert]');
    expect(await alert.evaluate(({ textContent }) => textContent)).toContain('atoms: Must be');
  });
});

test('the line that the menu gives frames the present system', async () => {
  const { page } = await lab.open(`?${system}`);
  await click(page, '.tools > details > summary');
  const input = await find(page, 'embed-line >>> input');
  const line = await input.evaluate((element) => (element as HTMLInputElement).value);
  const source = await page.evaluate((line) => {
    const [frame] = new DOMParser().parseFromString(line, 'text/html').body.children;
    return (frame as HTMLIFrameElement).src;
  }, line);
  expect(source).toContain(`${lab.address}embed.html?`);
  expect(Object.fromEntries(new URL(source).searchParams)).toMatchObject({
    atoms: '12',
    ratio: '10',
    drive: '0.7',
  });
  const frame = await framed(source);
  expect(await frame.waitForSelector('>>> .u-wrap canvas', { visible: true })).not.toBeNull();
});

declare global {
  interface HTMLElementTagNameMap {
    'embedded-scene': EmbeddedScene;
  }
}
