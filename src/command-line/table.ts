/** A result as a short table for a person. */
import type { ResultDocument } from '../experiments/experiment';
import { flatten, type Row } from '../experiments/flatten';

/** Tables longer than this are for files. */
const longestTable = 12;

/** Six significant digits, trailing zeros dropped. */
function inWords(value: Row['value'] | undefined): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : String(value ?? '-');
}

/** The value to the last digit that its error leaves, two digits of the error: -2.976 ± 0.012. */
export function measured(value: number, error: number): string {
  if (!(error > 0)) return inWords(value);
  const digits = 1 - Math.floor(Math.log10(error));
  if (digits < 0 || digits > 12) return `${inWords(value)} ± ${error.toPrecision(2)}`;
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

function heading({ command, parameters }: ResultDocument): string {
  const { atoms, gamma1D, gammaF, omega, driveOverCritical } = parameters;
  const drive = driveOverCritical === null ? '' : ` = ${inWords(driveOverCritical)} Omega_c`;
  const rates = `gamma_1D = ${inWords(gamma1D)}, gamma_F = ${inWords(gammaF)}`;
  return `${command}: N = ${atoms}, ${rates}, Omega = ${inWords(omega)}${drive}\n\n`;
}

export function table(document: ResultDocument): string {
  const { rows, tables } = flatten(document.result, document.parameters.atoms);
  const values = rows.map(({ name, value, error }) => [
    name,
    typeof value === 'number' && error !== undefined ? measured(value, error) : inWords(value),
  ]);
  const short = tables.filter(({ columns }) => columns.every(({ values }) => values.length <= longestTable));
  const blocks = short.map(({ name, columns }) => {
    const lines = columns[0]?.values.map((_, i) => columns.map(({ values }) => inWords(values[i]))) ?? [];
    return `\n${name}\n${aligned([columns.map((column) => column.name), ...lines])}`;
  });
  const long = tables.filter((candidate) => !short.includes(candidate)).map(({ name }) => name);
  const rest = long.length > 0 ? `\nAlso, with --json or --out: ${long.join(', ')}\n` : '';
  const end = document.interrupted ? '\nInterrupted: this is what was finished.\n' : '';
  return `${heading(document)}${aligned(values)}${blocks.join('')}${rest}${end}`;
}
