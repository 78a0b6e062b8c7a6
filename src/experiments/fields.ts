/**
 * What a result consists of, declared field by field: the result's type, its tables, its files and the units in them all
 * follow from the declaration.
 */
import type { GenericSchema } from 'valibot';
import type { Option, OptionTable } from '../parameters/options';
import type { Measured } from '../statistics/estimate';

/**
 * Of a pure number, of a rate in the unit of gamma1D, of a time in its inverse, and of a detector's current, whose noise squared is a rate;
 * `gammaF` of a rate over gamma_F, which is the same whatever the unit of the rates.
 */
export type Unit = '1' | 'rate' | '1/rate' | 'rate^1/2' | 'gammaF';

export interface NumberField {
  readonly kind: 'number';
  readonly unit: Unit;
  /** tables show every digit of it: it is part of a proof */
  readonly inFull?: true;
}

interface FlagField {
  readonly kind: 'flag';
}

export interface TextField<Text extends string> {
  readonly kind: 'text';
  /** what it may be; any by default */
  readonly of?: readonly Text[];
}

/** A text of `src/parameters/ramp.ts`, whose times are in 1/rate. */
interface RampField {
  readonly kind: 'ramp';
}

/** A value with its error. */
interface MeasuredField {
  readonly kind: 'measured';
  readonly unit: Unit;
}

/**
 * What a distribution runs over: m from the least up, j from N/2 down; theta at the midpoints of equal steps from 0 to pi, phi in equal steps
 * from 0 towards 2 pi.
 */
export type Axis = 'm' | 'j' | 'theta' | 'phi';

interface ListField<Of> {
  readonly kind: 'list';
  readonly of: Of;
  readonly over?: Axis;
}

/**
 * `group`: its fields each by itself. `series`: lists of one length, against the first of them. `aside`: what stands beside
 * other fields, as their bounds or their exact values, and is not shown by itself.
 */
interface GroupField<Of> {
  readonly kind: 'group' | 'series' | 'aside';
  readonly fields: Of;
}

/** Numbers under names that the machine has. */
interface RecordField {
  readonly kind: 'record';
}

/** What no table shows. */
export interface OpaqueField<Value> {
  readonly kind: 'opaque';
  /** what it must be where it is read back */
  readonly schema: GenericSchema<unknown, Value>;
}

export type Field = { readonly orNull?: true; readonly optional?: true } & (
  | NumberField
  | FlagField
  | TextField<string>
  | RampField
  | MeasuredField
  | ListField<Field>
  | GroupField<Fields>
  | RecordField
  | OpaqueField<unknown>
);

export interface Fields {
  readonly [name: string]: Field;
}

type Present<F> = F extends NumberField
  ? number
  : F extends FlagField
    ? boolean
    : F extends TextField<infer Text>
      ? Text
      : F extends RampField
        ? string
        : F extends MeasuredField
          ? Measured
          : F extends ListField<infer Of>
            ? readonly ValueOf<Of>[]
            : F extends GroupField<infer Of>
              ? ResultOf<Of>
              : F extends RecordField
                ? Readonly<Record<string, number>>
                : F extends OpaqueField<infer Value>
                  ? Value
                  : never;

type ValueOf<F> = F extends { orNull: true } ? Present<F> | null : Present<F>;

/** The result that the fields declare. */
export type ResultOf<Of> = {
  readonly [Name in keyof Of as Of[Name] extends { optional: true } ? never : Name]: ValueOf<Of[Name]>;
} & {
  readonly [Name in keyof Of as Of[Name] extends { optional: true } ? Name : never]?: ValueOf<Of[Name]>;
};

export const number = (unit: Unit = '1') => ({ kind: 'number', unit }) as const;
export const inFull = (unit: Unit = '1') => ({ ...number(unit), inFull: true }) as const;
export const measured = (unit: Unit = '1') => ({ kind: 'measured', unit }) as const;
export const flag = { kind: 'flag' } as const;
export const text = <const Text extends string = string>(of?: readonly Text[]): TextField<Text> =>
  of === undefined ? { kind: 'text' } : { kind: 'text', of };
export const list = <const Of extends Field>(of: Of) => ({ kind: 'list', of }) as const;
export const numbers = (unit?: Unit) => list(number(unit));
/** A distribution over a quantum number or an angle; over two, one within the other. */
export const over = <const Of extends Field>(axis: Axis, of: Of) =>
  ({ kind: 'list', of, over: axis }) as const;
export const group = <const Of extends Fields>(fields: Of) => ({ kind: 'group', fields }) as const;
export const series = <const Of extends Fields>(fields: Of) => ({ kind: 'series', fields }) as const;
export const aside = <const Of extends Fields>(fields: Of) => ({ kind: 'aside', fields }) as const;
export const record = { kind: 'record' } as const;
export const opaque = <Value>(schema: GenericSchema<unknown, Value>): OpaqueField<Value> => ({
  kind: 'opaque',
  schema,
});
export const orNull = <const Of extends Field>(field: Of) => ({ ...field, orNull: true }) as const;
export const optional = <const Of extends Field>(field: Of) => ({ ...field, optional: true }) as const;

/** What a GPU adapter says of itself. */
export const adapterFields = {
  vendor: text(),
  architecture: text(),
  description: text(),
  fallback: flag,
} as const satisfies Fields;

/** Only what was asked for one has one. */
export const ramp = { kind: 'ramp', optional: true } as const;

/** The fields that tell of options. */
export const fieldsOf = <Table extends OptionTable, Name extends keyof Table & string>(
  table: Table,
  names: readonly Name[],
) =>
  Object.fromEntries(names.map((name) => [name, fieldOf(table[name])])) as {
    readonly [One in Name]: Table[One] extends {
      value: { kind: 'choice'; of: readonly (infer Text extends string)[] };
    }
      ? TextField<Text>
      : Table[One] extends { value: { kind: 'ramp' } }
        ? typeof ramp
        : NumberField;
  };

function fieldOf({ value }: Option): Field {
  if (value.kind === 'ramp') return ramp;
  return value.kind === 'choice' ? text(value.of) : number('unit' in value ? value.unit : '1');
}
