/** The files of a panel: each of its pictures as SVG with its numbers as CSV, and the documents that they come from. */
import { palettes } from '../drawing/palettes';
import { plotSvg } from '../drawing/plot-svg';
import { plotTable, tableCsv } from '../drawing/plot-table';
import type { Sheet } from '../drawing/sheet';
import type { DocumentOf } from '../experiments/registry';
import type { ExportFile } from '../results/export';
import { originLines } from '../results/origin';
import type { PanelNumber } from './figure-numbers';
import type { PanelPlot } from './panel';
import { panels } from './panels';

/** @param documents of what `requestsOf` asks for, in its order */
export function figureFiles(
  number: PanelNumber,
  documents: readonly DocumentOf[],
  sheet: Sheet,
): ExportFile[] {
  const { plots } = panels[number];
  const pictures = plots(documents).flatMap((plot) => pictureFiles({ number, ...plot }, documents, sheet));
  const text = `${JSON.stringify(asSaved(documents))}\n`;
  return [...pictures, { name: `figure-${number}.json`, type: 'application/json', text }];
}

/** SVG and CSV of one picture of a figure. */
export function pictureFiles(
  { number, part, spec }: PanelPlot & { readonly number: PanelNumber },
  documents: readonly DocumentOf[],
  sheet: Sheet,
): ExportFile[] {
  const name = part ? `figure-${number}-${part}` : `figure-${number}`;
  const title = `Figure ${number}: ${spec.title}`;
  const origin = originLines(documents);
  return [
    {
      name: `${name}.svg`,
      type: 'image/svg+xml',
      text: plotSvg({ ...spec, title }, palettes.light, origin, sheet),
    },
    { name: `${name}.csv`, type: 'text/csv', text: tableCsv(title, origin, plotTable(spec)) },
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
