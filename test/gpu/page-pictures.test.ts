/** Pictures and tables of a plot: SVG with real text, PNG at twice the size, CSV of what is drawn. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltPage, find, serveBuiltPage } from './built-page';
import { savedFiles } from './saved-files';

let lab: BuiltPage;
const files = savedFiles();

beforeAll(async () => {
  lab = await serveBuiltPage();
});

afterAll(async () => {
  await lab.close();
  files.remove();
});

test('the mean-field plot is saved as SVG, PNG and CSV', async () => {
  const { page, complaints } = await lab.open('');
  await files.of(page);
  await find(page, 'mean-field-panel >>> .files');
  const plot = await page.$('>>> mean-field-panel >>> lab-plot');
  for (const button of await plot!.$$('>>> .files button'))
    await button.evaluate((element) => (element as HTMLElement).click());

  const svg = await files.text('mean-field-inversion.svg');
  const parsed = await page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      broken: document.querySelector('parsererror')?.textContent ?? null,
      title: document.querySelector('title')?.textContent,
      paths: document.querySelectorAll('g path').length,
    };
  }, svg);
  expect(parsed).toEqual({ broken: null, title: 'Mean-field inversion', paths: 4 });

  const png = await files.bytes('mean-field-inversion.png');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1440, 920]);

  const [comment, head, first] = (await files.text('mean-field-inversion.csv')).split('\n');
  expect(comment).toBe('# Mean-field inversion');
  expect(head.split(',')[0]).toBe('drive Ω/Ω_c');
  expect(head).toContain('lower branch');
  expect(Number(first.split(',')[0])).toBe(0);
  expect(complaints).toEqual([]);
});
