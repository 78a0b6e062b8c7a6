/** Which numbers of options and results have a unit, so that they can be changed to another one. */

/** Of a pure number, a rate, and a time. */
export type Unit = '1' | 'rate' | '1/rate';

/** One for all numbers within, or for each field, or for the entries of a list. */
export type UnitsOf<T> =
  | Unit
  | (T extends readonly (infer Entry)[]
      ? readonly [UnitsOf<Entry>]
      : { readonly [Field in keyof T]-?: UnitsOf<NonNullable<T[Field]>> });

/** A value with all its rates multiplied, all its times divided by a factor. */
export function rescaled<T>(value: T, units: UnitsOf<NonNullable<T>>, factor: number): T {
  return (factor === 1 ? value : changed(value, units as Units, factor)) as T;
}

type Units = Unit | readonly [Units] | { readonly [field: string]: Units };

function changed(value: unknown, units: Units, factor: number): unknown {
  if (units === '1' || value === null || value === undefined) return value;
  if (typeof value === 'number') return units === 'rate' ? value * factor : value / factor;
  if (Array.isArray(value)) return value.map((entry) => changed(entry, entryUnits(units), factor));
  const of = (field: string) => (typeof units === 'string' ? units : (units as Record<string, Units>)[field]);
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, changed(inner, of(field), factor)]),
  );
}

const entryUnits = (units: Units): Units => (Array.isArray(units) ? units[0] : units);
