/** A result of any command as plain rows and columns: what the tables and the CSV files are made of. */

export interface Row {
  /** the field's path in the result: `steady.Sz` */
  readonly name: string;
  readonly value: number | string | boolean | null;
  /** of a measured value */
  readonly error?: number;
}

export interface Column {
  readonly name: string;
  readonly values: readonly Row['value'][];
}

export interface Table {
  /** the field's path with dashes, or the command's name for the result itself */
  readonly name: string;
  readonly columns: readonly Column[];
}

export interface Flat {
  readonly rows: readonly Row[];
  readonly tables: readonly Table[];
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): value is Row['value'] =>
  value === null || ['number', 'string', 'boolean'].includes(typeof value);
const isMeasured = (value: unknown): value is { value: number; error: number } =>
  isFields(value) && Object.keys(value).sort().join() === 'error,value';

/** The quantum number that a distribution runs over: m from -N/2 up, j from N/2 down. */
function axis(name: string, length: number, atoms: number): Column {
  const index = Array.from({ length }, (_, i) => i);
  if (name === 'Pm') return { name: 'm', values: index.map((i) => i - atoms / 2) };
  if (name === 'Pj') return { name: 'j', values: index.map((i) => atoms / 2 - i) };
  return { name: 'index', values: index };
}

/** The plain values of nested fields, with dotted names. */
function rowsOf(fields: Fields, prefix = ''): Row[] {
  return Object.entries(fields).flatMap(([key, value]): Row[] => {
    const name = `${prefix}${key}`;
    if (isMeasured(value)) return [{ name, ...value }];
    if (isPlain(value)) return [{ name, value }];
    return isFields(value) ? rowsOf(value, `${name}.`) : [];
  });
}

/** The arrays of nested fields as columns: `Sz.mean`. */
function columnsOf(fields: Fields, prefix = ''): Column[] {
  return Object.entries(fields).flatMap(([key, value]): Column[] => {
    if (Array.isArray(value)) return [{ name: `${prefix}${key}`, values: value }];
    return isFields(value) ? columnsOf(value, `${prefix}${key}.`) : [];
  });
}

/** Objects of one kind as a table: each of their plain values is a column, an error the one beside it. */
function tableOf(name: string, items: readonly Fields[]): Table {
  const rows = items.map((item) => rowsOf(item));
  const columns = (rows[0] ?? []).flatMap(({ name, error }, i): Column[] => [
    { name, values: rows.map((row) => row[i].value) },
    ...(error === undefined
      ? []
      : [{ name: `${name}.error`, values: rows.map((row) => row[i].error ?? null) }]),
  ]);
  return { name, columns };
}

function tablesOf(fields: Fields, atoms: number, path: readonly string[] = []): Table[] {
  return Object.entries(fields).flatMap(([key, value]): Table[] => {
    const here = [...path, key];
    const name = here.join('-');
    if (Array.isArray(value)) {
      if (value.every(isFields)) return [tableOf(name, value)];
      return [{ name, columns: [axis(key, value.length, atoms), { name: key, values: value }] }];
    }
    if (!isFields(value)) return [];
    // What has a time axis is one table, whatever is nested in it.
    return Array.isArray(value.t) ? [{ name, columns: columnsOf(value) }] : tablesOf(value, atoms, here);
  });
}

/** @param atoms N, for the axes of P_m and P_j */
export function flatten(result: unknown, atoms: number): Flat {
  if (!isFields(result)) return { rows: [], tables: [] };
  const series: Fields = {};
  const rest: Fields = {};
  for (const [key, value] of Object.entries(result)) {
    (isFields(value) && Array.isArray(value.t) ? series : rest)[key] = value;
  }
  return { rows: rowsOf(rest), tables: tablesOf({ ...rest, ...series }, atoms) };
}
