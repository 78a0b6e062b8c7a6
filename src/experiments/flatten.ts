/** A result of any command as plain rows and columns: what the tables and the CSV files are made of. */

export type Plain = number | string | boolean | null;

export interface Row {
  /** the field's path in the result: `steady.Sz` */
  readonly name: string;
  readonly value: Plain;
  /** of a measured value, or the bound that the result's `errors` has for it */
  readonly error?: number;
  /** the value that theory gives for it, where the result's `exact` has it */
  readonly exact?: number;
}

export interface Column {
  readonly name: string;
  readonly values: readonly Plain[];
}

export interface Table {
  /** the field's path, with dashes */
  readonly name: string;
  readonly columns: readonly Column[];
}

export interface Flat {
  readonly rows: readonly Row[];
  readonly tables: readonly Table[];
}

type Fields = Readonly<Record<string, unknown>>;
type Measured = Readonly<{ value: number; error: number }>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): value is Plain =>
  value === null || ['number', 'string', 'boolean'].includes(typeof value);
const isMeasured = (value: unknown): value is Measured =>
  isFields(value) && Object.keys(value).sort().join() === 'error,value';
const isMatrix = (value: unknown): value is Plain[][] =>
  Array.isArray(value) && value.length > 0 && value.every(Array.isArray);
const isSeries = (value: unknown): value is Fields =>
  isFields(value) && (Array.isArray(value.t) || Array.isArray(value.tau));

/** What stands beside a result's values, at their paths. */
interface Beside {
  readonly exact: Fields;
  /** bounds on what plain values are off, and on each entry of a plain array */
  readonly errors: Fields;
}

const nothing: Beside = { exact: {}, errors: {} };

const at = (fields: Fields, steps: readonly string[]): unknown =>
  steps.reduce<unknown>((value, step) => (isFields(value) ? value[step] : undefined), fields);

/** What `exact` says of the value at this path; it leaves out the first step of `steady.Sz`. */
function exactly(exact: Fields, path: string): unknown {
  const steps = path.split('.');
  return at(exact, steps) ?? (steps.length > 1 ? at(exact, steps.slice(1)) : undefined);
}

/** The plain values of nested fields, with dotted names. */
function rowsOf(fields: Fields, beside: Beside, prefix = ''): Row[] {
  return Object.entries(fields).flatMap(([key, value]): Row[] => {
    const name = `${prefix}${key}`;
    if (isMeasured(value)) {
      const exact = exactly(beside.exact, name);
      return [{ name, ...value, ...(typeof exact === 'number' ? { exact } : {}) }];
    }
    if (isPlain(value)) {
      const error = at(beside.errors, name.split('.'));
      return [{ name, value, ...(typeof error === 'number' ? { error } : {}) }];
    }
    return isFields(value) && !isSeries(value) ? rowsOf(value, beside, `${name}.`) : [];
  });
}

/** Numbers or measured values as a column, and one of their errors. */
function valueColumns(name: string, values: readonly unknown[]): Column[] {
  if (values.length === 0 || !values.every(isMeasured)) return [{ name, values: values as Plain[] }];
  return [
    { name, values: values.map(({ value }) => value) },
    { name: `${name}.error`, values: values.map(({ error }) => error) },
  ];
}

/** The quantum number that a distribution runs over: m from -N/2 up, j from N/2 down. */
function axis(name: string, length: number, atoms: number): Column {
  const index = Array.from({ length }, (_, i) => i);
  if (name === 'Pm') return { name: 'm', values: index.map((i) => i - atoms / 2) };
  if (name === 'Pj') return { name: 'j', values: index.map((i) => atoms / 2 - i) };
  return { name: 'index', values: index };
}

/** A matrix, row by row, as columns that are counted from 1. */
function matrixColumns(name: string, rows: readonly Plain[][]): Column[] {
  return rows[0].map((_, c) => ({ name: `${name}.${c + 1}`, values: rows.map((row) => row[c]) }));
}

/** The arrays of nested fields as columns: `Sz.mean`. */
function seriesColumns(fields: Fields, prefix = ''): Column[] {
  return Object.entries(fields).flatMap(([key, value]): Column[] => {
    const name = `${prefix}${key}`;
    if (isMatrix(value)) return matrixColumns(name, value);
    if (Array.isArray(value)) return valueColumns(name, value);
    return isFields(value) ? seriesColumns(value, `${prefix}${key}.`) : [];
  });
}

/** Several series below one another, told apart by a first column that counts them from 1. */
function stacked(items: readonly Fields[]): Column[] {
  const parts = items.map((item) => seriesColumns(item));
  const number = parts.flatMap(([{ values }], i) => values.map(() => i + 1));
  const columns = parts[0].map(({ name }, i) => ({ name, values: parts.flatMap((part) => part[i].values) }));
  return [{ name: 'number', values: number }, ...columns];
}

/** Objects of one kind: each of their values is a column. */
function listColumns(items: readonly Fields[]): Column[] {
  const rows = items.map((item) => rowsOf(item, nothing));
  return rows[0].flatMap(({ name, error }, i) =>
    error === undefined
      ? [{ name, values: rows.map((row) => row[i].value) }]
      : valueColumns(
          name,
          rows.map((row) => ({ value: row[i].value, error: row[i].error })),
        ),
  );
}

function arrayColumns(
  path: readonly string[],
  values: readonly unknown[],
  atoms: number,
  beside: Beside,
): Column[] {
  if (values.length > 0 && values.every(isSeries)) return stacked(values);
  if (values.length > 0 && values.every(isFields) && !values.every(isMeasured)) return listColumns(values);
  const name = path[path.length - 1];
  const error = at(beside.errors, path);
  const measured = typeof error === 'number' ? values.map((value) => ({ value, error })) : values;
  const exact = beside.exact[name];
  const theory = Array.isArray(exact) ? valueColumns(`${name}.exact`, exact) : [];
  return [axis(name, values.length, atoms), ...valueColumns(name, measured), ...theory];
}

function tablesOf(fields: Fields, atoms: number, beside: Beside, path: readonly string[] = []): Table[] {
  return Object.entries(fields).flatMap(([key, value]): Table[] => {
    const here = [...path, key];
    const name = here.join('-');
    // An empty list has nothing to put in a table.
    if (Array.isArray(value) && value.length === 0) return [];
    if (Array.isArray(value)) return [{ name, columns: arrayColumns(here, value, atoms, beside) }];
    if (isSeries(value)) return [{ name, columns: seriesColumns(value) }];
    return isFields(value) ? tablesOf(value, atoms, beside, here) : [];
  });
}

/**
 * Leaves the checkpoint out: sums to go on from, nothing to read.
 * @param atoms N, for the axes of P_m and P_j
 */
export function flatten(result: unknown, atoms: number): Flat {
  if (!isFields(result)) return { rows: [], tables: [] };
  const { exact, errors, checkpoint, ...rest } = result;
  // What theory says stands beside what was measured: the exact state, and the slow mode's switching.
  const theory = { ...(isFields(exact) ? exact : {}), switching: rest.predicted };
  const beside = { exact: theory, errors: isFields(errors) ? errors : {} };
  return { rows: rowsOf(rest, beside), tables: tablesOf(rest, atoms, beside) };
}
