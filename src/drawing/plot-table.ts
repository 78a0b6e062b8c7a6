/** The numbers of a plot as a table: one block of columns a curve, on the union of their x values. */
import { csv } from './csv';
import { plainNotation } from './notation';
import type { PlotSpec } from './plot-spec';

export interface Table {
  readonly columns: readonly string[];
  /** rising in the first column; null where a curve has no value */
  readonly rows: readonly (readonly (number | null)[])[];
}

export function plotTable(spec: PlotSpec): Table {
  const columns = [plainNotation(spec.x.label)];
  const rowOf = new Map<number, (number | null)[]>();
  const curves = spec.curves.map((curve) => {
    const name = plainNotation(curve.label);
    const at = columns.push(name) - 1;
    if (curve.error) columns.push(`${name}, error`);
    return { curve, at };
  });
  for (const { curve, at } of curves) {
    for (let i = 0; i < curve.x.length; i++) {
      const x = curve.x[i];
      let row = rowOf.get(x);
      if (!row) {
        row = [x, ...Array<null>(columns.length - 1).fill(null)];
        rowOf.set(x, row);
      }
      row[at] = curve.y[i];
      if (curve.error) row[at + 1] = curve.error[i];
    }
  }
  return { columns, rows: [...rowOf.values()].sort((a, b) => a[0]! - b[0]!) };
}

/** The table as CSV, with the title and the origin at its head. */
export const tableCsv = (title: string, origin: readonly string[], { columns, rows }: Table): string =>
  csv(
    [title, ...origin],
    columns.map((name, i) => ({ name, values: rows.map((row) => row[i]) })),
  );
