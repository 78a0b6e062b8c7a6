/** The files of a panel: each of its pictures as SVG with its numbers as CSV, and the documents that they come from. */
import { type Palette, palettes } from '../drawing/palettes';
import type { PlotSpec } from '../drawing/plot-spec';
import { plotSvg } from '../drawing/plot-svg';
import { plotTable, tableCsv } from '../drawing/plot-table';
import type { Sheet } from '../drawing/sheet';
import type { DocumentOf } from '../experiments/registry';
import type { ExportFile } from '../results/export';
import { originLines } from '../results/origin';
import type { PanelNumber } from './figure-numbers';
import { panels } from './panels';

/** Paper is white. */
const palette: Palette = palettes.light;

/** @param documents of what `requestsOf` asks for, in its order */
export function figureFiles(
  number: PanelNumber,
  documents: readonly DocumentOf[],
  sheet: Sheet,
): ExportFile[] {
  const { plots } = panels[number];
  const pictures = plots(documents).flatMap(({ part, spec }) =>
    pictureFiles([`figure-${number}`, ...(part ? [part] : [])].join('-'), number, spec, documents, sheet),
  );
  const text = `${JSON.stringify(asSaved(documents))}\n`;
  return [...pictures, { name: `figure-${number}.json`, type: 'application/json', text }];
}

/** SVG and CSV of one picture of a figure. */
export function pictureFiles(
  name: string,
  number: PanelNumber,
  spec: PlotSpec,
  documents: readonly DocumentOf[],
  sheet: Sheet,
): ExportFile[] {
  const origin = originLines(documents);
  const titled = { ...spec, title: `Figure ${number}: ${spec.title}` };
  return [
    { name: `${name}.svg`, type: 'image/svg+xml', text: plotSvg(titled, palette, origin, sheet) },
    { name: `${name}.csv`, type: 'text/csv', text: tableCsv(titled.title, origin, plotTable(spec)) },
  ];
}

/** As `savedRuns` reads them: one document, the list of a sweep's, or a session of several runs, each a document or such a list. */
function asSaved(documents: readonly DocumentOf[]): unknown {
  const runs = [...new Set(documents.map(({ command }) => command))].map((command) => {
    const [first, ...more] = documents.filter((document) => document.command === command);
    return more.length > 0 ? [first, ...more] : first;
  });
  return runs.length === 1 ? runs[0] : runs;
}
