/** The files that a result leaves: the document itself, and its numbers as CSV with their origin at the head. */
import type { ResultDocument } from './experiment';
import { type Column, flatten } from './flatten';
import { originLines } from './origin';

export interface ExportFile {
  readonly name: string;
  readonly type: 'application/json' | 'text/csv';
  readonly text: string;
}

/** A cell as RFC 4180 has it; numbers in full precision. */
function cell(value: Column['values'][number] | undefined): string {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csv(document: ResultDocument, columns: readonly Column[]): string {
  const length = Math.max(0, ...columns.map(({ values }) => values.length));
  const lines = Array.from({ length }, (_, i) => columns.map(({ values }) => cell(values[i])).join(','));
  const origin = originLines([document]).map((line) => `# ${line}`);
  return [...origin, columns.map(({ name }) => cell(name)).join(','), ...lines, ''].join('\n');
}

/** The document itself, as `COMMAND.json`. */
export function jsonFile(document: ResultDocument): ExportFile {
  const text = `${JSON.stringify(document)}\n`;
  return { name: `${document.command}.json`, type: 'application/json', text };
}

/**
 * `COMMAND.json`, `COMMAND.csv` with every single value and its error, and `COMMAND-FIELD.csv` for every
 * array of the result.
 */
export function exportFiles(document: ResultDocument): ExportFile[] {
  const { command, parameters, result } = document;
  const { rows, tables } = flatten(result, parameters.atoms);
  const values: Column[] = [
    { name: 'quantity', values: rows.map(({ name }) => name) },
    { name: 'value', values: rows.map(({ value }) => value) },
    { name: 'error', values: rows.map(({ error }) => error ?? null) },
    { name: 'exact', values: rows.map(({ exact }) => exact ?? null) },
  ];
  return [
    jsonFile(document),
    { name: `${command}.csv`, type: 'text/csv', text: csv(document, values) },
    ...tables.map(
      ({ name, columns }): ExportFile => ({
        name: `${command}-${name}.csv`,
        type: 'text/csv',
        text: csv(document, columns),
      }),
    ),
  ];
}
