/**
 * Tables of options. An option is said once, in its table; what checks it, asks for it (command line, form, link) or
 * tells of it (resume, merge, origin of a file) reads the table.
 */
import { InputError } from './errors';

interface Facts {
  /** what it is, as --help says it */
  readonly help: string;
  /** what stands for the value in --help, where that is not its kind's */
  readonly placeholder?: string;
  /** its name in the page's form; options without one are the command line's alone */
  readonly label?: string;
  /** in the markup of `notation`: `*γ*_{1D}` */
  readonly symbol?: string;
  /** what the form says beside the label, where that is not the unit */
  readonly hint?: string;
  /** what the form's field holds at first, where that is not the default */
  readonly page?: string;
  /** a default that follows from other options, in words */
  readonly usually?: string;
  /** what trajectories of one ensemble have in common, or those of one range of an ensemble */
  readonly identifies?: 'ensemble' | 'range';
}

/** Ends included; `above` in place of `from` leaves its end out. */
interface Bounds {
  readonly from?: number;
  readonly above?: number;
  readonly to: number;
}

export interface NumberOption extends Facts, Bounds {
  readonly kind: 'number' | 'whole number';
  readonly default?: number;
  readonly unit?: 'rate' | '1/rate';
  /** what the number says, in an error's words */
  readonly means?: string;
}

export interface ChoiceOption extends Facts {
  readonly kind: 'choice';
  readonly of: readonly string[];
  readonly default?: string;
}

export interface ListOption extends Facts, Bounds {
  readonly kind: 'whole numbers';
  readonly most?: number;
  readonly default?: readonly number[];
}

/** Documents of earlier runs. */
export interface FileOption extends Facts {
  readonly kind: 'file' | 'files';
  readonly default?: never;
}

export type Option = NumberOption | ChoiceOption | ListOption | FileOption;
/** By name: `burnIn` is `--burn-in` on the command line, `burn-in` in a link. */
export type OptionTable = Readonly<Record<string, Option>>;

type Default = number | string | readonly number[];

/** A document and where it came from, for messages. */
export interface NamedDocument {
  readonly name: string;
  readonly document: unknown;
}

type Value<O> = O extends { kind: 'choice'; of: readonly (infer Name)[] }
  ? Name
  : O extends NumberOption
    ? number
    : O extends ListOption
      ? readonly number[]
      : O extends { kind: 'file' }
        ? NamedDocument
        : readonly NamedDocument[];

/** The checked values of a table's options; undefined is left to what has no default. */
export type Values<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends { default: Default }
    ? Value<Table[Name]>
    : Value<Table[Name]> | undefined;
};

/** What a person said, unchecked: values or their text. */
export type Raw = Readonly<Record<string, unknown>>;

/** `burn-in` of `burnIn` */
export type Flag<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Flag<Rest>}`
  : Name;

export const flagOf = <Name extends string>(name: Name) =>
  name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) as Flag<Name>;

export const keysOf = <Table extends object>(table: Table) => Object.keys(table) as (keyof Table & string)[];

/** The properties of these names. */
export const pick = <Of extends object, Name extends keyof Of & string>(of: Of, names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, of[name]])) as Pick<Of, Name>;

/** A number, given as such or as text; NaN of anything else. */
export function numberIn(got: unknown): number {
  if (typeof got === 'string' && got.trim() !== '') return Number(got);
  return typeof got === 'number' ? got : Number.NaN;
}

/** Numbers, given as such or as text with commas between. */
export const numbersIn = (got: unknown): number[] =>
  (Array.isArray(got) ? got : String(got).split(',')).map(numberIn);

/** The defaults of the options that have one. */
export const defaultsOf = <Table extends OptionTable>(table: Table) =>
  Object.fromEntries(
    Object.entries(table).flatMap(([name, option]) =>
      option.default === undefined ? [] : [[name, option.default]],
    ),
  ) as {
    readonly [Name in keyof Table as Table[Name] extends { default: Default } ? Name : never]: Value<
      Table[Name]
    >;
  };

/**
 * Every option of the table, with its default where nothing was said.
 * @throws InputError naming the option at fault
 */
export function checkOptions<Table extends OptionTable>(table: Table, raw: Raw): Values<Table> {
  const checked = Object.entries(table).map(([name, option]) => {
    const given = raw[name] === undefined ? option.default : raw[name];
    return [name, given === undefined ? undefined : checkOption(name, option, given)];
  });
  return Object.fromEntries(checked) as Values<Table>;
}

function checkOption(name: string, option: Option, got: unknown) {
  switch (option.kind) {
    case 'number':
    case 'whole number':
      return checkNumber(name, option, got);
    case 'whole numbers':
      return checkList(name, option, got);
    case 'choice':
      if (option.of.includes(String(got))) return String(got);
      throw new InputError(flagOf(name), got, `one of ${option.of.join(', ')}`);
    default:
      return got;
  }
}

/**
 * @param value what was got, as a number
 * @throws InputError naming the option
 */
export function checkNumber(name: string, option: NumberOption, got: unknown, value = numberIn(got)): number {
  const whole = option.kind === 'whole number';
  if (isWithin(option, value) && (!whole || Number.isInteger(value))) return value;
  const means = option.means ?? (option.unit === 'rate' ? 'a rate' : undefined);
  const kind = `a ${option.kind}${means === undefined ? '' : ` (${means})`}`;
  throw new InputError(flagOf(name), got, `${kind} ${boundsInWords(option)}`);
}

/** Each once, rising. */
function checkList(name: string, option: ListOption, got: unknown): number[] {
  const { most = Number.POSITIVE_INFINITY } = option;
  const numbers = numbersIn(got);
  if (numbers.length <= most && numbers.every((value) => isWithin(option, value) && Number.isInteger(value)))
    return [...new Set(numbers)].sort((a, b) => a - b);
  const many = Number.isFinite(most) ? `up to ${most} ` : '';
  throw new InputError(
    flagOf(name),
    got,
    `${many}whole numbers ${boundsInWords(option)}, separated by commas`,
  );
}

const isWithin = (
  { from = Number.NEGATIVE_INFINITY, above = Number.NEGATIVE_INFINITY, to }: Bounds,
  value: number,
) => value >= from && value > above && value <= to;

const boundsInWords = ({ from, above, to }: Bounds) =>
  above === undefined ? `from ${from} to ${to}` : `above ${above} and up to ${to}`;
