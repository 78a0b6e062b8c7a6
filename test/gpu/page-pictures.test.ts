/** Pictures and tables of a plot: SVG with real text, PNG at twice the size, CSV of what is drawn. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltPage, find, serveBuiltPage } from './built-page';

let lab: BuiltPage;
const folder = mkdtempSync(join(tmpdir(), 'lab-pictures-'));

beforeAll(async () => {
  lab = await serveBuiltPage();
});

afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

async function saved(name: string): Promise<Buffer> {
  for (let waited = 0; !existsSync(join(folder, name)); waited += 20) {
    if (waited > 10_000) throw new Error(`${name} was not saved`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return readFileSync(join(folder, name));
}

test('the mean-field plot is saved as SVG, PNG and CSV', async () => {
  const { page, complaints } = await lab.open('');
  const session = await page.createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  await find(page, 'mean-field-panel >>> .files');
  const plot = await page.$('>>> mean-field-panel >>> lab-plot');
  for (const button of await plot!.$$('>>> .files button'))
    await button.evaluate((element) => (element as HTMLElement).click());

  const svg = (await saved('mean-field-inversion.svg')).toString();
  const parsed = await page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      broken: document.querySelector('parsererror')?.textContent ?? null,
      title: document.querySelector('title')?.textContent,
      paths: document.querySelectorAll('g path').length,
    };
  }, svg);
  expect(parsed).toEqual({ broken: null, title: 'Mean-field inversion', paths: 4 });

  const png = await saved('mean-field-inversion.png');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1440, 920]);

  const [comment, head, first] = (await saved('mean-field-inversion.csv')).toString().split('\n');
  expect(comment).toBe('# Mean-field inversion');
  expect(head.split(',')[0]).toBe('drive Ω/Ω_c');
  expect(head).toContain('lower branch');
  expect(Number(first.split(',')[0])).toBe(0);
  expect(complaints).toEqual([]);
});
