/** All figures on one page: each with its caption, and the other's numbers beside ours. Plain HTML that needs nothing but itself. */
import { version } from '../../package.json';
import { escapeXml, htmlNotation, plainNotation } from '../drawing/notation';
import { measured } from '../drawing/number';
import type { ResultDocument } from '../experiments/experiment';
import type { ExportFile } from '../results/export';
import { originLines } from '../results/origin';
import type { Comparison } from './comparison';
import { captionOf } from './figure';
import { type PanelNumber, sketches } from './figure-numbers';

export interface DrawnFigure {
  readonly number: PanelNumber;
  readonly files: readonly ExportFile[];
  readonly documents: readonly ResultDocument[];
  /** what was said in place of its own, as on the command line; empty where nothing was */
  readonly instead: string;
  /** what of it could not be computed, a sentence each */
  readonly missing: readonly string[];
  readonly comparisons: readonly Comparison[];
}

const style = `
  body { max-width: 1080px; margin: 32px auto; padding: 0 20px; font: 16px/1.5 system-ui, sans-serif; color: #17202b; background: #fff; }
  main { display: grid; grid-template-columns: repeat(auto-fill, minmax(345px, 1fr)); gap: 12px 24px; }
  section { border-top: 1px solid #e3e7ec; }
  .several { grid-column: 1 / -1; }
  .pictures { display: flex; flex-wrap: wrap; gap: 12px; }
  img { max-width: 100%; height: auto; }
  table { border-collapse: collapse; margin: 12px 0; font-variant-numeric: tabular-nums; }
  th, td { padding: 3px 16px 3px 0; border-bottom: 1px solid #e3e7ec; text-align: left; font-weight: normal; }
  thead th, .files, details { color: #4a5665; }
  i { font-family: 'STIX Two Text', Cambria, Georgia, serif; }
  pre { white-space: pre-wrap; font-size: 13px; }
`;

/** @param figures those that are finished, in the paper's order */
export function indexPage(figures: readonly DrawnFigure[]): ExportFile {
  const drawings = Object.entries(sketches).map(
    ([number, what]) => `<p>Figure ${number} is ${escapeXml(what)}: it holds no numbers to compute.</p>`,
  );
  const compared = figures.flatMap(({ number, comparisons }) =>
    comparisons.map((comparison) => rowOf(number, comparison)),
  );
  const text = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The paper’s figures, computed</title>
<style>${style}</style>
</head>
<body>
<h1>The paper’s figures, computed</h1>
<p>N. Leppenen and E. Shahmoon, “Quantum bistability at the interplay between collective and individual decay”, with Dicke Bistability Lab ${escapeXml(version)}.</p>
${compared.length > 0 ? numbers(compared) : ''}
${drawings.join('\n')}
<main>
${figures.map(section).join('\n')}
</main>
</body>
</html>
`;
  return { name: 'index.html', type: 'text/html', text };
}

const numbers = (rows: readonly string[]) => `<h2>Numbers</h2>
<table>
<thead><tr><th>figure</th><th>quantity</th><th>told by</th><th>as</th><th>here ± error</th><th>difference</th><th>in units of the error</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
<p>An error is one standard error of an ensemble or of a fit, else a bound. The paper prints its numbers rounded: a difference within that is no disagreement, however many errors it is.</p>`;

function rowOf(number: PanelNumber, { symbol, by, says, rounding, ours, difference, inErrors }: Comparison) {
  const within = rounding > 0 && Math.abs(difference) <= rounding;
  const cells = [
    `<a href="#figure-${number}">${number}</a>`,
    htmlNotation(symbol),
    by,
    escapeXml(says),
    measured(ours.value, ours.error),
    `${twoDigits(difference)}${within ? ', within its rounding' : ''}`,
    inErrors === null ? '' : twoDigits(inErrors),
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

const twoDigits = (value: number) => value.toPrecision(2).replaceAll('-', '−');

function section({ number, files, documents, instead, missing, comparisons }: DrawnFigure): string {
  const caption = captionOf(number);
  const pictures = files.filter(({ type }) => type === 'image/svg+xml');
  const notes = [
    ...(instead === '' ? [] : [`In place of its own: ${escapeXml(instead)}.`]),
    ...(comparisons.length === 0 ? [] : ['Its numbers are in the table above.']),
    ...missing.map(escapeXml),
  ];
  return `<section id="figure-${number}"${pictures.length > 1 ? ' class="several"' : ''}>
<h2>Figure ${number}</h2>
<p>${htmlNotation(caption)}</p>
<div class="pictures">
${pictures.map(({ text }) => `<img src="${asAddress(text)}" alt="${escapeXml(plainNotation(caption))}">`).join('\n')}
</div>
${notes.map((note) => `<p>${note}</p>`).join('\n')}
<p class="files">${files.map(({ name }) => `<a href="${name}">${name}</a>`).join(' ')}</p>
<details><summary>Where it comes from</summary><pre>${escapeXml(originLines(documents).join('\n'))}</pre></details>
</section>`;
}

/** A picture in the page itself: its names are its own there. */
const asAddress = (svg: string) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
