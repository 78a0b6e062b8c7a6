/** A result as a short table for a person. */
import type { ResultDocument } from '../experiments/experiment';
import { shapeOf } from '../experiments/registry';
import { quantities } from '../parameters/system-options';
import { type Column, flatten, type Row, type Table } from '../results/flatten';

/** Tables with more lines or columns than this are for files. */
const most = { lines: 12, columns: 6 };

/** Whole numbers in full, others to six significant digits. */
function textOf(value: Row['value'] | undefined): string {
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value ?? '-');
  return String(Number(value.toPrecision(6)));
}

/** The value to the last digit that its error leaves, two digits of the error: -2.976 ± 0.012. */
export function measured(value: number, error: number): string {
  if (!(error > 0)) return textOf(value);
  const digits = 1 - Math.floor(Math.log10(error));
  if (digits < 0 || digits > 12) return `${textOf(value)} ± ${error.toPrecision(2)}`;
  return `${value.toFixed(digits)} ± ${error.toFixed(digits)}`;
}

/** Lines of cells, each column as wide as its widest. */
export function aligned(lines: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const line of lines) {
    line.forEach((text, i) => {
      widths[i] = Math.max(widths[i] ?? 0, text.length);
    });
  }
  return lines
    .map(
      (line) =>
        `${line
          .map((text, i) => text.padEnd(widths[i]))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Command and system. */
export function heading({ command, parameters }: Pick<ResultDocument, 'command' | 'parameters'>): string {
  // Of many systems: its table tells them apart.
  if (shapeOf(command).systems !== undefined) return `${command}\n\n`;
  const { driveOverCritical } = parameters;
  const drive = driveOverCritical === null ? '' : ` = ${textOf(driveOverCritical)} Omega_c`;
  const system = quantities
    // What is 0 by default is named where it is not.
    .filter(({ quantity, option }) => option.value.default !== 0 || parameters[quantity] !== 0)
    .map(({ quantity, option }) => {
      const text = `${inAscii(option.page.symbol)} = ${textOf(parameters[quantity])}`;
      return quantity === 'omega' ? text + drive : text;
    });
  return `${command}: ${system.join(', ')}\n\n`;
}

const letters: Readonly<Record<string, string>> = {
  γ: 'gamma',
  Γ: 'Gamma',
  δ: 'delta',
  Δ: 'Delta',
  φ: 'phi',
  Ω: 'Omega',
};

/** A symbol without its markup. */
export const inAscii = (symbol: string) =>
  symbol.replaceAll(/[*{}]/g, '').replaceAll(/[α-ωΑ-Ω]/g, (letter) => letters[letter] ?? letter);

/** Every single value; where theory gives it too, that beside it, and how many errors lie between. */
function valueLines(rows: readonly Row[]): string[][] {
  const lines = rows.map(({ name, value, error, exact, inFull }) => {
    if (inFull) return [name, String(value)];
    const text = typeof value === 'number' && error !== undefined ? measured(value, error) : textOf(value);
    if (typeof value !== 'number' || error === undefined || exact === undefined) return [name, text];
    const off = error > 0 ? ((value - exact) / error).toFixed(1).replace('-0.0', '0.0') : '';
    return [name, text, textOf(exact), off];
  });
  const compared = rows.some(({ exact }) => exact !== undefined);
  return compared ? [['', 'value ± error', 'exact', 'errors off'], ...lines] : lines;
}

/** A column together with its errors, if the next one holds them. */
function cells({ values }: Column, next: Column | undefined, name: string): string[] {
  if (next?.name !== `${name}.error`) return values.map(textOf);
  return values.map((value, i) => measured(value as number, next.values[i] as number));
}

function tableText({ name, columns }: Table): string {
  const shown = columns.filter(({ name }) => !name.endsWith('.error'));
  const texts = shown.map((column) => {
    const next = columns[columns.indexOf(column) + 1];
    return [column.name, ...cells(column, next, column.name)];
  });
  const lines = texts[0].map((_, i) => texts.map((column) => column[i]));
  return `\n${name}\n${aligned(lines)}`;
}

export function table(document: ResultDocument): string {
  const { rows, tables } = flatten(document.result, shapeOf(document.command), document.parameters.atoms);
  const isShort = ({ columns }: Table) =>
    columns.length <= most.columns && columns[0].values.length <= most.lines;
  const long = tables.filter((candidate) => !isShort(candidate)).map(({ name }) => name);
  return [
    heading(document),
    aligned(valueLines(rows)),
    ...tables.filter(isShort).map(tableText),
    long.length > 0 ? `\nAlso, with --json or --out: ${long.join(', ')}\n` : '',
  ].join('');
}
