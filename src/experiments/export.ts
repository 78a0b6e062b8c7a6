/** The files that a result leaves: the document itself, and its numbers as CSV with their origin at the head. */
import type { ResultDocument } from './experiment';
import { type Column, flatten } from './flatten';

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

/** Where the numbers come from, as comment lines. */
function origin({
  command,
  version,
  schema,
  parameters,
  adapter,
  warnings,
  ...rest
}: ResultDocument): string[] {
  const { atoms, gamma1D, gammaF, omega, driveOverCritical } = parameters;
  const { rows } = flatten(rest.result, atoms);
  const settings = ['seed', 'first', 'count', 'time', 'burnIn', 'samples', 'unraveling'].flatMap((name) =>
    rows.filter((row) => row.name === name).map(({ value }) => `${name}=${value}`),
  );
  return [
    `Dicke Bistability Lab ${version}, ${command} (${schema})`,
    `atoms=${atoms} gamma1D=${gamma1D} gammaF=${gammaF} omega=${omega} driveOverCritical=${driveOverCritical}`,
    'units: rates in the unit of gamma1D and gammaF, times in its inverse, hbar=1; error: one standard error ' +
      '(ensembles) or an error bound (eigenvalues)',
    ...(settings.length > 0 ? [settings.join(' ')] : []),
    adapter
      ? `adapter: ${adapter.vendor} ${adapter.architecture} ${adapter.description}`
      : 'adapter: none used',
    ...(rest.interrupted ? ['interrupted: holds what was finished'] : []),
    ...warnings.map((sentence) => `warning: ${sentence}`),
  ].map((line) => `# ${line.replaceAll(/\s+/g, ' ').trim()}`);
}

function csv(document: ResultDocument, columns: readonly Column[]): string {
  const length = Math.max(0, ...columns.map(({ values }) => values.length));
  const lines = Array.from({ length }, (_, i) => columns.map(({ values }) => cell(values[i])).join(','));
  return [...origin(document), columns.map(({ name }) => cell(name)).join(','), ...lines, ''].join('\n');
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
