/** Columns as CSV: comment lines, the columns' names, then a line a row, numbers in full precision. */

interface Column {
  readonly name: string;
  readonly values: readonly (number | string | boolean | null)[];
}

/** A cell as RFC 4180 has it. */
function cell(value: Column['values'][number] | undefined): string {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(comments: readonly string[], columns: readonly Column[]): string {
  const length = Math.max(0, ...columns.map(({ values }) => values.length));
  const lines = Array.from({ length }, (_, i) => columns.map(({ values }) => cell(values[i])).join(','));
  const head = comments.map((line) => `# ${line}`);
  return [...head, columns.map(({ name }) => cell(name)).join(','), ...lines, ''].join('\n');
}
