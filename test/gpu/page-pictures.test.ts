/** Pictures and tables of a plot: SVG with real text, PNG at twice the size, CSV of what is drawn; each tells its origin. */
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { version } from '../../package.json';
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

/** The iTXt chunks of a PNG, whose checksums have to be right. */
function pngTexts(png: Buffer): Record<string, string> {
  const texts: Record<string, string> = {};
  for (let at = 8; at < png.length; ) {
    const body = png.subarray(at + 4, at + 8 + png.readUInt32BE(at));
    expect(png.readUInt32BE(at + 4 + body.length)).toBe(crc32(body));
    const [keyword, ...rest] = body.subarray(4).toString().split('\0');
    if (body.toString('latin1', 0, 4) === 'iTXt') texts[keyword] = rest[rest.length - 1];
    at += body.length + 8;
  }
  return texts;
}

test('the mean-field plot is saved as SVG, PNG and CSV', async () => {
  const { page, complaints } = await lab.open('');
  await files.of(page);
  await find(page, 'mean-field-panel >>> .files');
  const plot = await page.$('>>> mean-field-panel >>> lab-plot');
  for (const button of await plot!.$$('>>> .files button'))
    await button.evaluate((element) => (element as HTMLElement).click());

  const origin = [
    `Dicke Bistability Lab ${version}, mean-field (dicke-bistability/1)`,
    'atoms=18 gamma1D=10 gammaF=1 omega=31.025 driveOverCritical=0.73',
    expect.stringMatching(/^units: rates in the unit of gamma1D and gammaF/),
    'engine: cpu, 1 thread',
    'adapter: none used',
  ];
  const words = ['inversion per atom s_z against drive Ω/Ω_c', ...origin];
  const svg = await files.text('mean-field-inversion.svg');
  const parsed = await page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      broken: document.querySelector('parsererror')?.textContent ?? null,
      title: document.querySelector('title')?.textContent,
      words: document.querySelector('desc')?.textContent?.split('\n'),
      paths: document.querySelectorAll('g path').length,
    };
  }, svg);
  expect(parsed).toEqual({ broken: null, title: 'Mean-field inversion', words, paths: 5 });

  const png = await files.bytes('mean-field-inversion.png');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1440, 920]);
  const texts = pngTexts(png);
  expect(texts.Title).toBe('Mean-field inversion');
  expect(texts.Description.split('\n')).toEqual(words);

  const lines = (await files.text('mean-field-inversion.csv')).split('\n');
  expect(lines.slice(0, 6).map((line) => /^# (.*)/.exec(line)?.[1])).toEqual([
    'Mean-field inversion',
    ...origin,
  ]);
  const [head, first] = lines.slice(6);
  expect(head.split(',')[0]).toBe('drive Ω/Ω_c');
  expect(head).toContain('lower branch');
  expect(Number(first.split(',')[0])).toBe(0);
  expect(complaints).toEqual([]);
});
