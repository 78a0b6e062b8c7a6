/** Plots drawn in the page: by the canvas beside the file, and by the chart beside the places that it tells. */
import uplotStyle from 'uplot/dist/uPlot.min.css?inline';
import { paint } from '../../components/plot/paint';
import { rasterised } from '../../components/plot/rasterise';
import { UplotChart } from '../../components/plot/uplot-chart';
import { palettes } from '../../src/drawing/palettes';
import type { Ink, PlotSpec } from '../../src/drawing/plot-spec';
import { fileView, plotSvg } from '../../src/drawing/plot-svg';
import { shapesOf } from '../../src/drawing/shapes';
import { randomPlot } from '../random-plot';

const palette = palettes.light;

function pixelsOf(width: number, height: number, draw: (context: CanvasRenderingContext2D) => void) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  draw(context);
  return context.getImageData(0, 0, width, height).data;
}

/** The inside of a plot's file, without axes and words, as its PNG shows it. */
async function fileImage(spec: PlotSpec): Promise<ImageBitmap> {
  const file = new DOMParser().parseFromString(plotSvg(spec, palette, []), 'image/svg+xml').documentElement;
  for (const child of [...file.children]) if (!['clipPath', 'g'].includes(child.localName)) child.remove();
  return createImageBitmap(await rasterised(new XMLSerializer().serializeToString(file)));
}

/**
 * Compares the pixels of a plot on a canvas with those of its file.
 * @param shift by so many pixels the canvas is drawn aside: what a difference looks like
 * @returns the shares of pixels that are drawn on, and that differ by more than an eighth of full scale
 */
export async function compared(n: number, shift: number): Promise<{ drawn: number; different: number }> {
  const spec = randomPlot(n);
  const view = fileView(spec);
  const { left, top, width, height } = view.frame;
  const image = await fileImage(spec);
  const file = pixelsOf(1440, 920, (context) => context.drawImage(image, 0, 0));
  const canvas = pixelsOf(1440, 920, (context) => {
    context.scale(2, 2);
    context.rect(left, top, width, height);
    context.clip();
    context.translate(shift, 0);
    paint(context, shapesOf(spec, view), palette);
  });
  let [drawn, different] = [0, 0];
  for (let pixel = 0; pixel < file.length; pixel += 4) {
    // Opacity times colour: the colour of what is hardly there does not count.
    const channel = (data: Uint8ClampedArray, i: number) =>
      (i === 3 ? 255 : data[pixel + i]) * data[pixel + 3];
    const apart = [0, 1, 2, 3].some((i) => Math.abs(channel(file, i) - channel(canvas, i)) > (255 * 255) / 8);
    if (file[pixel + 3] > 0) drawn++;
    if (apart) different++;
  }
  return { drawn: drawn / (file.length / 4), different: different / (file.length / 4) };
}

/**
 * Where the chart draws a dot, and where it says that the values stand, from the upper left of its canvas in CSS pixels.
 */
export async function dotPlaces(scale: 'linear' | 'log'): Promise<{ drawn: number[]; told: number[] }[]> {
  const dots: [Ink, number, number][] = [
    ['lower', 2, 0.05],
    ['upper', 7.5, 0.5],
    ['mean', 4, 0.9],
  ];
  const spec: PlotSpec = {
    title: 'dots',
    x: { label: 'x', min: 1, max: 10, scale },
    y: { label: 'y', min: 0.01, max: 1, scale },
    curves: dots.map(([ink, x, y]) => ({ label: ink, draw: 'points', ink, x: [x], y: [y] })),
  };
  const host = document.createElement('div');
  const style = document.createElement('style');
  style.textContent = uplotStyle;
  document.body.append(style, host);
  const size = { width: 500, height: 300 };
  const chart = await new Promise<UplotChart>((resolve) => {
    const chart: UplotChart = new UplotChart(host, spec, palette, size, {
      zoom: true,
      onCursor: () => {},
      onDraw: () => resolve(chart),
    });
  });
  const canvas = host.querySelector('canvas')!;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  const { offsetLeft, offsetTop } = chart.over;
  const places = dots.map(([ink, x, y]) => {
    const { left, top } = chart.place(x, y);
    return { drawn: centroid(data, canvas.width, palette[ink]), told: [offsetLeft + left, offsetTop + top] };
  });
  chart.destroy();
  host.remove();
  return places;
}

/** The middle of the pixels of a colour, in CSS pixels. */
function centroid(data: Uint8ClampedArray, width: number, colour: string): number[] {
  const rgb = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
  let [count, x, y] = [0, 0, 0];
  for (let i = 0; i < data.length / 4; i++) {
    if (rgb.some((value, channel) => data[4 * i + channel] !== value) || data[4 * i + 3] !== 255) continue;
    count++;
    x += (i % width) + 0.5;
    y += Math.floor(i / width) + 0.5;
  }
  return [x / count / devicePixelRatio, y / count / devicePixelRatio];
}
