/** The buttons that save a plot: its data and its picture, each with where the numbers come from. */
import { html } from 'lit';
import { type Origin, originLines } from '../../src/results/origin';
import { download, fileName } from '../download';
import { paletteOf } from './inks';
import { axesInWords, type PlotSpec } from './plot-spec';
import { plotSvg } from './plot-svg';
import { plotTable, tableCsv } from './plot-table';
import { withTexts } from './png-text';
import { rasterised } from './rasterise';

/** @param host gives the colours */
export function plotFiles(spec: PlotSpec, origins: readonly Origin[], host: HTMLElement) {
  const name = fileName(spec.title);
  const origin = () => originLines(origins);
  const csv = () => download(`${name}.csv`, tableCsv(spec.title, origin(), plotTable(spec)), 'text/csv');
  const svg = () => {
    const surface = getComputedStyle(host).getPropertyValue('--surface').trim() || '#fff';
    return plotSvg(spec, paletteOf(host), surface, origin());
  };
  const png = async () =>
    withTexts(await rasterised(svg()), {
      Title: spec.title,
      Description: [axesInWords(spec), ...origin()].join('\n'),
    });
  const empty = spec.curves.length === 0;
  return html`<span class="files" role="group" aria-label="Files of: ${spec.title}">
    <button ?disabled=${empty} @click=${csv}>CSV</button>
    <button ?disabled=${empty} @click=${() => download(`${name}.svg`, svg(), 'image/svg+xml')}>SVG</button>
    <button ?disabled=${empty} @click=${async () => download(`${name}.png`, await png())}>PNG</button>
  </span>`;
}
