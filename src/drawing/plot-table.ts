/** The numbers of a plot as a table: a column or two a curve and one a row of the heat, on the union of their x. */
import { csv } from './csv';
import { columnMiddles, rowMiddles } from './heat';
import { plainNotation } from './notation';
import { short } from './number';
import type { PlotSpec } from './plot-spec';

export interface Table {
  readonly columns: readonly string[];
  /** rising in the first column; null where there is no value */
  readonly rows: readonly (readonly (number | null)[])[];
}

export function plotTable(spec: PlotSpec): Table {
  const columns = [plainNotation(spec.x.label)];
  const curves = spec.curves.map((curve) => {
    const name = plainNotation(curve.label);
    const at = columns.push(name) - 1;
    if (curve.error) columns.push(`${name}, error`);
    return { curve, at };
  });
  const { heat } = spec;
  const heatAt = columns.length;
  if (heat) columns.push(...rowMiddles(heat).map((y) => `${plainNotation(heat.label)} at ${short(y)}`));
  const rowOf = new Map<number, (number | null)[]>();
  const rowAt = (x: number) => {
    const row = rowOf.get(x) ?? [x, ...Array<null>(columns.length - 1).fill(null)];
    rowOf.set(x, row);
    return row;
  };
  for (const { curve, at } of curves) {
    for (let i = 0; i < curve.x.length; i++) {
      const row = rowAt(curve.x[i]);
      row[at] = curve.y[i];
      if (curve.error) row[at + 1] = curve.error[i];
    }
  }
  if (heat)
    for (const [i, x] of columnMiddles(heat).entries())
      rowAt(x).splice(heatAt, columns.length, ...heat.values[i]);
  return { columns, rows: [...rowOf.values()].sort((a, b) => a[0]! - b[0]!) };
}

/** The table as CSV, with the title and the origin at its head. */
export const tableCsv = (title: string, origin: readonly string[], { columns, rows }: Table): string =>
  csv(
    [title, ...origin],
    columns.map((name, i) => ({ name, values: rows.map((row) => row[i]) })),
  );
