/** The buttons that save a plot: its data and its picture, each with where the numbers come from. */
import { html } from 'lit';
import { axesInWords, type PlotSpec } from '../../src/drawing/plot-spec';
import { plotSvg } from '../../src/drawing/plot-svg';
import { plotTable, tableCsv } from '../../src/drawing/plot-table';
import { withTexts } from '../../src/drawing/png';
import { type Origin, originLines } from '../../src/results/origin';
import { download, fileName } from '../files/download';
import { currentPalette } from '../lab/theme';
import { rasterised } from './rasterise';

export function plotFiles(spec: PlotSpec, origins: readonly Origin[]) {
  const name = fileName(spec.title);
  const origin = () => originLines(origins);
  const csv = () => download(`${name}.csv`, tableCsv(spec.title, origin(), plotTable(spec)), 'text/csv');
  const svg = () => plotSvg(spec, currentPalette(), origin());
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
