/** The command `figure`: runs what the panels need, and writes each as soon as it is whole. */
import { type SheetName, sheets } from '../drawing/sheet';
import { comparisonsOf } from '../figures/comparison';
import { insteadOf, requestsOf } from '../figures/figure';
import { figureFiles } from '../figures/figure-files';
import { everything, panelsOf } from '../figures/figure-numbers';
import { type DrawnFigure, indexPage } from '../figures/index-page';
import { InputError } from '../parameters/errors';
import { checkOptions } from '../parameters/options';
import { FigureRuns } from './figure-runs';
import { figureCommandTable } from './figure-table';
import { openOutFolder } from './out-folder';
import { print, say } from './outlets';
import { type AskedFigure, UsageError } from './program';
import { aligned, inAscii, measured } from './table';

/**
 * Draws the panels of a number, in the paper's order.
 * @returns the panels drawn, and whether those are all: what is finished when `signal` fires stays
 * @throws UsageError, InputError before any work; the signal's reason where nothing was finished; as `run` does
 */
export async function drawFigure(
  { figure, out, options }: AskedFigure,
  signal: AbortSignal,
): Promise<{ drawn: readonly string[]; isWhole: boolean }> {
  const numbers = panelsOf(figure);
  if (typeof numbers === 'string') throw new UsageError(`figure ${figure} cannot be drawn: ${numbers}`);
  const { engine, threads, sheet, ...asked } = checkOptions(figureCommandTable, options);
  const runs = new FigureRuns(requestsOf(numbers, asked, engine), threads, signal);
  if (out === null) throw new InputError('out', out, 'a folder to write to');
  const folder = openOutFolder(out);
  const drawn: DrawnFigure[] = [];
  try {
    for (const number of numbers) {
      const { documents, missing } = await runs.of(number);
      const files = figureFiles(number, documents, sheets[sheet as SheetName]);
      for (const file of files) say(`Wrote ${folder.write(file)}`);
      const instead = insteadOf(number, asked);
      const comparisons = comparisonsOf(number, documents, instead === '');
      drawn.push({ number, files, documents, instead, missing, comparisons });
      // After each: who stops it has an index of what is there.
      if (figure === everything) folder.write(indexPage(drawn));
    }
  } catch (error) {
    if (!signal.aborted || drawn.length === 0) throw error;
  } finally {
    folder.close();
  }
  await print(summary(drawn));
  return { drawn: drawn.map(({ number }) => number), isWhole: drawn.length === numbers.length };
}

/** What was drawn, and the numbers beside others'. */
function summary(drawn: readonly DrawnFigure[]): string {
  const rows = drawn.flatMap(({ number, comparisons }) =>
    comparisons.map(({ symbol, by, says, ours, inErrors }) => [
      number,
      inAscii(symbol),
      `${by} ${says}`,
      measured(ours.value, ours.error),
      inErrors?.toPrecision(2) ?? '',
    ]),
  );
  const files = drawn.map(({ number, files }) => [
    `figure ${number}`,
    files.map(({ name }) => name).join(' '),
  ]);
  const head = ['figure', 'quantity', 'says', 'here ± error', 'errors off'];
  return `${aligned(files)}${rows.length > 0 ? `\n${aligned([head, ...rows])}` : ''}`;
}
