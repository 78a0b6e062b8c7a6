/** The files that a result leaves: the document itself, and its numbers as CSV with their origin at the head. */

import { csv } from '../drawing/csv';
import type { ResultDocument, Shape } from '../experiments/experiment';
import { shapeOf } from '../experiments/registry';
import { pick } from '../parameters/options';
import { tellingQuantities } from '../parameters/system';
import { type Column, flatten, type Plain } from './flatten';
import { originLines } from './origin';

export interface ExportFile {
  readonly name: string;
  readonly type: 'application/json' | 'text/csv' | 'image/svg+xml' | 'text/html';
  readonly text: string;
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
export function exportFiles(
  document: ResultDocument,
  shape: Shape = shapeOf(document.command),
): ExportFile[] {
  const { command, parameters, result } = document;
  const { rows, tables } = flatten(result, shape, parameters.atoms);
  const values: Column[] = [
    { name: 'quantity', values: rows.map(({ name }) => name) },
    { name: 'value', values: rows.map(({ value }) => value) },
    { name: 'error', values: rows.map(({ error }) => error ?? null) },
    { name: 'exact', values: rows.map(({ exact }) => exact ?? null) },
  ];
  return [
    jsonFile(document),
    { name: `${command}.csv`, type: 'text/csv', text: csv(originLines([document]), values) },
    ...tables.map(
      ({ name, columns }): ExportFile => ({
        name: `${command}-${name}.csv`,
        type: 'text/csv',
        text: csv(originLines([document]), columns),
      }),
    ),
  ];
}

/**
 * The files of a sweep or of several starts: `COMMAND-sweep.json`, the list of documents; `COMMAND-sweep.csv`, a row for
 * every point with its system, values and errors; and `COMMAND-sweep-FIELD.csv`, the points' tables one below another. The
 * first column counts the points from 1.
 */
export function exportSweep(
  documents: readonly ResultDocument[],
  shape: Shape = shapeOf(documents[0].command),
): ExportFile[] {
  const name = `${documents[0].command}-sweep`;
  const points = documents.map((document, i) => ({
    point: i + 1,
    document,
    ...flatten(document.result, shape, document.parameters.atoms),
  }));
  const told = tellingQuantities(documents.map(({ parameters }) => parameters));
  const singles = points.map(({ point, document: { parameters }, rows }) => ({
    point,
    ...pick(parameters, told),
    ...Object.fromEntries(
      rows.flatMap(({ name, value, error }) => [
        [name, value],
        ...(error === undefined ? [] : [[`${name}.error`, error]]),
      ]),
    ),
  }));
  const tables = new Map<string, Record<string, Plain>[]>();
  for (const { point, tables: own } of points) {
    for (const { name, columns } of own) {
      const length = Math.max(...columns.map(({ values }) => values.length));
      const rows = Array.from({ length }, (_, i) => ({
        point,
        ...Object.fromEntries(columns.map(({ name, values }) => [name, values[i]])),
      }));
      tables.set(name, [...(tables.get(name) ?? []), ...rows]);
    }
  }
  const file = (name: string, rows: readonly Record<string, Plain>[]): ExportFile => ({
    name: `${name}.csv`,
    type: 'text/csv',
    text: csv(originLines(documents), columnsOf(rows)),
  });
  return [
    { name: `${name}.json`, type: 'application/json', text: `${JSON.stringify(documents)}\n` },
    file(name, singles),
    ...[...tables].map(([table, rows]) => file(`${name}-${table}`, rows)),
  ];
}

/** Records as columns; what a record does not have is empty. */
function columnsOf(rows: readonly Record<string, Plain>[]): Column[] {
  const names = [...new Set(rows.flatMap(Object.keys))];
  return names.map((name) => ({ name, values: rows.map((row) => row[name] ?? null) }));
}
