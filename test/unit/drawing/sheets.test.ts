/** Files for print: as wide as a journal's columns, with words, lines and dots of the sizes that print asks for. */
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { plainNotation } from '../../../src/drawing/notation';
import { palettes } from '../../../src/drawing/palettes';
import { fileView, plotSvg } from '../../../src/drawing/plot-svg';
import { inkPng, withTexts } from '../../../src/drawing/png';
import { linesOf, resolutionOf, roughWidth, sheets } from '../../../src/drawing/sheet';
import { randomPlot } from '../../random-plot';

const inPrint = [
  ['column', 86],
  ['page', 178],
] as const;

test.each(inPrint)(
  'a plot for one %s is %i mm wide, its words 7 to 8 pt, its lines 0.4 to 2 pt',
  (name, millimetres) => {
    for (let n = 0; n < 100; n++) {
      const svg = plotSvg(randomPlot(n), palettes.light, ['from nowhere'], sheets[name]);
      expect(svg, `plot ${n}`).not.toMatch(/NaN|Infinity|undefined|null/);
      const [, width, height, wide, high] = /viewBox="0 0 (\S+) (\S+)" width="(\S+)mm" height="(\S+)mm"/
        .exec(svg)!
        .map(Number);
      expect(wide).toBe(millimetres);
      expect(high / wide).toBeCloseTo(height / width, 4);
      const points = (units: string) => (Number(units) * millimetres * 72) / (width * 25.4);
      const sizes = [...svg.matchAll(/<tspan dy="(\S+)" font-size="(\S+)"/g)].filter(([, dy, size]) => {
        // Down to an index, or up from one.
        const isIndex = Number(dy) !== 0 && points(size) < 6.9;
        return !(points(size) > (isIndex ? 5 : 6.9) && points(size) < 8.05);
      });
      expect(sizes).toEqual([]);
      const lines = [...svg.matchAll(/stroke-width="(\S+)"/g)].map(([, line]) => points(line));
      expect(Math.min(...lines)).toBeGreaterThan(0.4);
      expect(Math.max(...lines)).toBeLessThan(2);
      for (const [, x, y] of svg.matchAll(/<text x="([^"]*)" y="([^"]*)"/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(width);
        expect(Number(y)).toBeGreaterThanOrEqual(0);
        expect(Number(y)).toBeLessThanOrEqual(height);
      }
    }
  },
);

test('a legend of many rows takes room from the file’s edge, not from the plot', () => {
  const curve = { label: 'a label of some length', draw: 'line', ink: 'mean', x: [1], y: [1] } as const;
  const plot = { ...randomPlot(2), curves: Array.from({ length: 12 }, () => curve) };
  expect(fileView(plot, sheets.column).frame.height).toBe(sheets.column.leastFrame);
});

test('words too long for a line are broken between them, and all stay', () => {
  const markup = '*λ*_1, units of *γ*_F, 1.13 to 0.233, logarithmic *p*(*j*, *m*)';
  for (const room of [40, 100, 160, 250, 1000]) {
    const lines = linesOf(markup, 12.5, room);
    expect(lines.join(' ')).toBe(markup);
    for (const line of lines)
      if (line.includes(' ')) expect(roughWidth(line, 12.5)).toBeLessThanOrEqual(room);
    // As few as fit: a line and the next one's first word would not.
    for (const [i, line] of lines.slice(1).entries())
      expect(roughWidth(`${lines[i]} ${line.split(' ')[0]}`, 12.5)).toBeGreaterThan(room);
  }
  expect(plainNotation(linesOf(markup, 12.5, 1000)[0])).toBe(plainNotation(markup));
});

test.each(inPrint)(
  'a PNG for one %s has 600 dots an inch over %i mm, and says so',
  async (name, millimetres) => {
    const { pixelsPerUnit, dotsPerMetre } = resolutionOf(sheets[name]);
    expect(pixelsPerUnit * sheets[name].width).toBeCloseTo((600 * millimetres) / 25.4, 6);
    const plain = new Blob([inkPng('#000000', 1, 1, new Uint8ClampedArray(1)).slice()]);
    const png = Buffer.from(await (await withTexts(plain, { Title: 'a' }, dotsPerMetre)).arrayBuffer());
    const types: string[] = [];
    for (let at = 8; at < png.length; ) {
      const end = at + 8 + png.readUInt32BE(at);
      const [type, data] = [png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, end)];
      types.push(type);
      expect(png.readUInt32BE(end)).toBe(crc32(png.subarray(at + 4, end)));
      if (type === 'pHYs') {
        expect([data.readUInt32BE(0), data.readUInt32BE(4), data[8], data.length]).toEqual([
          23622, 23622, 1, 9,
        ]);
      }
      at = end + 4;
    }
    expect(types).toEqual(['IHDR', 'pHYs', 'iTXt', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
  },
);

test('a PNG for a screen is of no size in print', () => {
  expect(resolutionOf(sheets.screen)).toEqual({ pixelsPerUnit: 2, dotsPerMetre: null });
});
