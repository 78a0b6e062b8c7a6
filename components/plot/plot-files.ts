/** The buttons that save a plot: its data and its picture, each with where the numbers come from. */
import { html } from 'lit';
import { axesInWords, type PlotSpec } from '../../src/drawing/plot-spec';
import { plotSvg } from '../../src/drawing/plot-svg';
import { plotTable, type Table, tableCsv } from '../../src/drawing/plot-table';
import { withTexts } from '../../src/drawing/png';
import { type Origin, originLines } from '../../src/results/origin';
import { download, fileName } from '../files/download';
import { currentPalette } from '../lab/theme';
import { rasterised } from './rasterise';

export const plotFiles = (spec: PlotSpec, origins: readonly Origin[]) =>
  pictureFiles(
    {
      title: spec.title,
      description: axesInWords(spec),
      table: () => plotTable(spec),
      svg: (origin) => plotSvg(spec, currentPalette(), origin),
    },
    origins,
    spec.curves.length === 0,
  );

/** What is saved as numbers and as a picture. */
export interface Picture {
  /** plain words; the name of its files too */
  readonly title: string;
  /** what it shows, in words */
  readonly description: string;
  readonly table: () => Table;
  /** @param origin lines for its description */
  readonly svg: (origin: readonly string[]) => string;
}

export function pictureFiles(
  { title, description, table, svg }: Picture,
  origins: readonly Origin[],
  empty = false,
) {
  const name = fileName(title);
  const origin = () => originLines(origins);
  const csv = () => download(`${name}.csv`, tableCsv(title, origin(), table()), 'text/csv');
  const png = async () =>
    withTexts(await rasterised(svg(origin())), {
      Title: title,
      Description: [description, ...origin()].join('\n'),
    });
  return html`<span class="files" role="group" aria-label="Files of: ${title}">
    <button ?disabled=${empty} @click=${csv}>CSV</button>
    <button ?disabled=${empty} @click=${() => download(`${name}.svg`, svg(origin()), 'image/svg+xml')}>SVG</button>
    <button ?disabled=${empty} @click=${async () => download(`${name}.png`, await png())}>PNG</button>
  </span>`;
}
