/** A plot's file made in plain Node: whole, with its words, and nothing that is not a number. */
import { crc32, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { palettes } from '../../../src/drawing/palettes';
import { fileView, plotSvg } from '../../../src/drawing/plot-svg';
import { inkPng } from '../../../src/drawing/png';
import { randomPlot } from '../../random-plot';

test('every number of a file is one, and its words stay inside it', () => {
  for (let n = 0; n < 100; n++) {
    const svg = plotSvg(randomPlot(n), palettes.light, ['from nowhere']);
    expect(svg, `plot ${n}`).not.toMatch(/NaN|Infinity|undefined|null/);
    const outside = [...svg.matchAll(/<text x="([^"]*)" y="([^"]*)"/g)].filter(
      ([, x, y]) => !(Number(x) >= 0 && Number(x) <= 720 && Number(y) >= 0 && Number(y) <= 460),
    );
    expect(outside, `plot ${n}`).toEqual([]);
  }
});

test('title, axes and origin are its title and description', () => {
  const svg = plotSvg(randomPlot(1), palettes.light, ['first line', 'a < b & c']);
  expect(svg).toContain('<title>Plot 1</title>');
  expect(svg).toContain('<desc>⟨S_z⟩ against drive Ω/Ω_c\nfirst line\na &#60; b &#38; c</desc>');
});

test('a legend that does not fit in two rows takes room from the frame', () => {
  const few = randomPlot(2);
  const curve = { label: 'a label of some length', draw: 'line', ink: 'mean', x: [1], y: [1] } as const;
  const many = { ...few, curves: Array.from({ length: 12 }, () => curve) };
  expect(fileView({ ...few, curves: [curve] }).frame.top).toBe(66);
  expect(fileView(many).frame.top).toBeGreaterThan(100);
  expect(fileView(many).frame.top + fileView(many).frame.height).toBe(402);
});

test.each([
  [3, 2],
  // more than one stored block
  [300, 230],
])('a picture in one ink, %i by %i, is a PNG with the opacities it was given', (columns, rows) => {
  const opacities = Uint8ClampedArray.from({ length: columns * rows }, (_, i) => (i * 37) % 256);
  const png = Buffer.from(inkPng('#0a80ff', columns, rows, opacities));
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const end = at + 8 + png.readUInt32BE(at);
    expect(png.readUInt32BE(end)).toBe(crc32(png.subarray(at + 4, end)));
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, end));
    at = end + 4;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
  expect([...chunks.get('IHDR')!.subarray(8)]).toEqual([8, 3, 0, 0, 0]);
  expect(chunks.get('PLTE')!.equals(Buffer.from('0a80ff'.repeat(256), 'hex'))).toBe(true);
  expect([...chunks.get('tRNS')!]).toEqual(Array.from({ length: 256 }, (_, i) => i));
  const lines = inflateSync(chunks.get('IDAT')!);
  expect(lines.length).toBe((columns + 1) * rows);
  for (let row = 0; row < rows; row++) {
    const line = lines.subarray(row * (columns + 1), (row + 1) * (columns + 1));
    expect(line.equals(Buffer.from([0, ...opacities.subarray(row * columns, (row + 1) * columns)]))).toBe(
      true,
    );
  }
});
