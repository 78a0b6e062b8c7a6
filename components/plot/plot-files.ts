/** The buttons that save a plot: its data and its picture, each with where the numbers come from. */
import { html } from 'lit';
import { type Palette, palettes } from '../../src/drawing/palettes';
import { axesInWords, type PlotSpec } from '../../src/drawing/plot-spec';
import { plotSvg } from '../../src/drawing/plot-svg';
import { plotTable, type Table, tableCsv } from '../../src/drawing/plot-table';
import { withTexts } from '../../src/drawing/png';
import { resolutionOf, type Sheet } from '../../src/drawing/sheet';
import { type Origin, originLines } from '../../src/results/origin';
import { chosenSheet } from '../files/chosen-sheet';
import { download, fileName } from '../files/download';
import { currentPalette } from '../lab/theme';
import { rasterised } from './rasterise';

export const plotFiles = (spec: PlotSpec, origins: readonly Origin[]) =>
  pictureFiles(
    {
      title: spec.title,
      description: axesInWords(spec),
      table: () => plotTable(spec),
      svg: (origin, sheet) => plotSvg(spec, paletteOf(sheet), origin, sheet),
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
  readonly svg: (origin: readonly string[], sheet: Sheet) => string;
}

/** Paper is white. */
export const paletteOf = ({ millimetres }: Sheet): Palette =>
  millimetres === null ? currentPalette() : palettes.light;

export function pictureFiles(
  { title, description, table, svg }: Picture,
  origins: readonly Origin[],
  empty = false,
) {
  const name = fileName(title);
  const origin = () => originLines(origins);
  const csv = () => download(`${name}.csv`, tableCsv(title, origin(), table()), 'text/csv');
  const pictureName = (type: string) => {
    const { millimetres } = chosenSheet();
    return `${name}${millimetres === null ? '' : `-${millimetres}mm`}.${type}`;
  };
  const picture = () => svg(origin(), chosenSheet());
  const png = async () => {
    const { pixelsPerUnit, dotsPerMetre } = resolutionOf(chosenSheet());
    const texts = { Title: title, Description: [description, ...origin()].join('\n') };
    return withTexts(await rasterised(picture(), pixelsPerUnit), texts, dotsPerMetre);
  };
  return html`<span class="files" role="group" aria-label="Files of: ${title}">
    <button ?disabled=${empty} @click=${csv}>CSV</button>
    <button ?disabled=${empty} @click=${() => download(pictureName('svg'), picture(), 'image/svg+xml')}>SVG</button>
    <button ?disabled=${empty} @click=${async () => download(pictureName('png'), await png())}>PNG</button>
  </span>`;
}
