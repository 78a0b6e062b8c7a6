/** A result of any command as plain rows and columns, by its declared fields: what tables, CSV and HDF5 are made of. */
import type { Shape } from '../experiments/experiment';
import type { Axis, Field, Fields, Unit } from '../experiments/fields';

export type Plain = number | string | boolean | null;

export interface Row {
  /** the field's path in the result: `steady.Sz` */
  readonly name: string;
  readonly value: Plain;
  /** left out of pure numbers */
  readonly unit?: Unit;
  /** of a measured value, or the bound that stands beside it */
  readonly error?: number;
  /** the value that theory gives for it */
  readonly exact?: number;
  readonly inFull?: true;
}

export interface Column {
  readonly name: string;
  readonly values: readonly Plain[];
  /** left out of pure numbers */
  readonly unit?: Unit;
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

type Tree = Readonly<Record<string, unknown>>;

/** What stands beside a value. */
interface ExactAndBound {
  readonly exact: unknown;
  readonly bound: unknown;
}

const within = (tree: unknown, name: string): unknown =>
  typeof tree === 'object' && tree !== null ? (tree as Tree)[name] : undefined;
const beneath = ({ exact, bound }: ExactAndBound, name: string): ExactAndBound => ({
  exact: within(exact, name),
  bound: within(bound, name),
});
const unitOf = (unit: Unit) => (unit === '1' ? {} : { unit });
const numberOr = <Name extends string>(name: Name, value: unknown) =>
  typeof value === 'number' ? ({ [name]: value } as Record<Name, number>) : {};

/** The single values of fields, with dotted names. */
function rowsOf(fields: Fields, value: unknown, beside: ExactAndBound, prefix = ''): Row[] {
  return Object.entries(fields).flatMap(([key, field]) =>
    rowOf(field, within(value, key), beneath(beside, key), `${prefix}${key}`),
  );
}

function rowOf(field: Field, value: unknown, beside: ExactAndBound, name: string): Row[] {
  if (value === undefined || field.kind === 'aside' || field.kind === 'opaque') return [];
  if (value === null) return [{ name, value }];
  switch (field.kind) {
    case 'number':
      return [
        {
          ...{ name, value: value as number, ...unitOf(field.unit), ...numberOr('error', beside.bound) },
          ...(field.inFull && { inFull: true }),
        },
      ];
    case 'measured': {
      const { value: of, error } = value as { value: number; error: number };
      return [{ name, value: of, error, ...unitOf(field.unit), ...numberOr('exact', beside.exact) }];
    }
    case 'flag':
    case 'text':
    case 'ramp':
      return [{ name, value: value as Plain }];
    case 'record':
      return Object.entries(value as Tree).map(([key, of]) => ({
        name: `${name}.${key}`,
        value: of as number,
      }));
    case 'group':
      return rowsOf(field.fields, value, beside, `${name}.`);
    default:
      return [];
  }
}

/** One value of each of several things as a column, and one of the errors that they have. */
function columnsOf(field: Field, values: readonly unknown[], name: string, bound?: unknown): Column[] {
  switch (field.kind) {
    case 'number': {
      const column = { name, values: values as Plain[], ...unitOf(field.unit) };
      const errors = {
        name: `${name}.error`,
        values: values.map(() => bound as number),
        ...unitOf(field.unit),
      };
      return typeof bound === 'number' ? [column, errors] : [column];
    }
    case 'measured':
      return ['value', 'error'].map((part) => ({
        name: part === 'value' ? name : `${name}.error`,
        values: values.map((value) => (within(value, part) as number | undefined) ?? null),
        ...unitOf(field.unit),
      }));
    case 'flag':
    case 'text':
    case 'ramp':
      return [{ name, values: values as Plain[] }];
    case 'group':
      return Object.entries(field.fields).flatMap(([key, inner]) =>
        columnsOf(
          inner,
          values.map((value) => within(value, key) ?? null),
          `${name === '' ? '' : `${name}.`}${key}`,
        ),
      );
    default:
      return [];
  }
}

/** The lists of a series as columns: `Sz.mean`; a list of lists, row by row, as columns that are counted from 1. */
function seriesColumns(fields: Fields, value: unknown, prefix = ''): Column[] {
  return Object.entries(fields).flatMap(([key, field]): Column[] => {
    const name = `${prefix}${key}`;
    const own = within(value, key);
    if (own === null || own === undefined) return [];
    if (field.kind === 'group') return seriesColumns(field.fields, own, `${name}.`);
    if (field.kind !== 'list') return [];
    const entries = own as readonly unknown[];
    if (field.of.kind !== 'list') return columnsOf(field.of, entries, name);
    const rows = entries as Plain[][];
    return (rows[0] ?? []).map((_, c) => ({ name: `${name}.${c + 1}`, values: rows.map((row) => row[c]) }));
  });
}

/** Several series below one another, told apart by a first column that counts them from 1. */
function stacked(fields: Fields, items: readonly unknown[]): Column[] {
  const parts = items.map((item) => seriesColumns(fields, item));
  const number = parts.flatMap(([{ values }], i) => values.map(() => i + 1));
  const columns = parts[0].map((column, i) => ({
    ...column,
    values: parts.flatMap((part) => part[i].values),
  }));
  return [{ name: 'number', values: number }, ...columns];
}

/** What a list runs over. */
function axis(over: Axis | undefined, length: number, atoms: number) {
  const at = {
    m: (i: number) => i - atoms / 2,
    j: (i: number) => atoms / 2 - i,
    theta: (i: number) => ((i + 0.5) * Math.PI) / length,
    phi: (i: number) => (2 * Math.PI * i) / length,
    index: (i: number) => i,
  };
  const name = over ?? 'index';
  return { name, values: Array.from({ length }, (_, i) => at[name](i)) };
}

/** Lists in a list, one below another: a column for what each of both runs over. */
function nestedColumns(
  outer: Axis | undefined,
  inner: Field & { kind: 'list' },
  lists: readonly (readonly unknown[])[],
  name: string,
  bound: unknown,
  atoms: number,
): Column[] {
  const { values: places, ...first } = axis(outer, lists.length, atoms);
  // Of a spin j in the place of N/2.
  const within = lists.map(({ length }) => axis(inner.over, length, length - 1));
  return [
    { ...first, values: lists.flatMap((list, i) => list.map(() => places[i])) },
    { name: within[0].name, values: within.flatMap(({ values }) => values) },
    ...columnsOf(inner.of, lists.flat(), name, bound),
  ];
}

function tablesOf(
  fields: Fields,
  value: unknown,
  beside: ExactAndBound,
  atoms: number,
  path: readonly string[] = [],
): Table[] {
  return Object.entries(fields).flatMap(([key, field]): Table[] => {
    const own = within(value, key);
    if (own === null || own === undefined) return [];
    const here = [...path, key];
    const name = here.join('-');
    const theirs = beneath(beside, key);
    if (field.kind === 'series') return [{ name, columns: seriesColumns(field.fields, own) }];
    if (field.kind === 'group') return tablesOf(field.fields, own, theirs, atoms, here);
    if (field.kind !== 'list') return [];
    const entries = own as readonly unknown[];
    // An empty list has nothing to put in a table.
    if (entries.length === 0) return [];
    if (field.of.kind === 'series') return [{ name, columns: stacked(field.of.fields, entries) }];
    if (field.of.kind === 'group') return [{ name, columns: columnsOf(field.of, entries, '') }];
    if (field.of.kind === 'list') {
      const lists = entries as readonly (readonly unknown[])[];
      return [{ name, columns: nestedColumns(field.over, field.of, lists, key, theirs.bound, atoms) }];
    }
    const { exact } = theirs;
    const columns = [
      axis(field.over, entries.length, atoms),
      ...columnsOf(field.of, entries, key, theirs.bound),
      ...(Array.isArray(exact) ? [{ name: `${key}.exact`, values: exact }] : []),
    ];
    return [{ name, columns }];
  });
}

/** @param atoms N, for the axes of P_m and P_j */
export function flatten<Result>(result: Result, shape: Shape<Result>, atoms: number): Flat {
  const beside = { exact: shape.exact?.(result) ?? {}, bound: shape.bounds?.(result) ?? {} };
  return {
    rows: rowsOf(shape.fields, result, beside),
    tables: tablesOf(shape.fields, result, beside, atoms),
  };
}
