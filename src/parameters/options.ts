/**
 * Tables of options. An option is said once, in its table; what checks it, asks for it (command line, form, link) or
 * tells of it (resume, merge, origin of a file) reads the table.
 */
import { InputError } from './errors';
import { faultOfRamp, rampIn, rampText } from './ramp';

/** Ends included; `above` in place of `from` leaves its end out. */
interface Bounds {
  readonly from?: number;
  readonly above?: number;
  readonly to: number;
}

export interface NumberKind extends Bounds {
  readonly kind: 'number' | 'whole number';
  readonly default?: number;
  readonly unit?: 'rate' | '1/rate';
  /** what the number says, in an error's words */
  readonly means?: string;
}

interface ChoiceKind {
  readonly kind: 'choice';
  readonly of: readonly string[];
  readonly default?: string;
}

/** Several of them. */
interface ChoicesKind {
  readonly kind: 'choices';
  readonly of: readonly string[];
  readonly default?: never;
}

interface ListKind extends Bounds {
  readonly kind: 'whole numbers' | 'numbers';
  readonly most?: number;
  readonly default?: readonly number[];
  readonly unit?: 'rate' | '1/rate';
}

/** A drive in time, in Omega/Omega_c from 0 on: a text of `src/parameters/ramp.ts`. */
interface RampKind {
  readonly kind: 'ramp';
  readonly latest: number;
  readonly largest: number;
  readonly unit: '1/rate';
  readonly default?: never;
}

/** One of several equal parts: `i/n`, i = 1 ... n. */
interface PartKind {
  readonly kind: 'part';
  readonly default?: never;
}

export interface Part {
  readonly number: number;
  readonly of: number;
}

/** Documents of earlier runs. */
interface FileKind {
  readonly kind: 'file' | 'files';
  readonly default?: never;
}

/** A field of the page's form. */
interface PageField {
  readonly label: string;
  /** in the markup of `notation`: `*γ*_{1D}` */
  readonly symbol?: string;
  /** what stands beside the label, where that is not the unit */
  readonly hint?: string;
  /** what it holds at first, where that is not the default */
  readonly first?: string;
}

export interface Option<
  Value = NumberKind | ChoiceKind | ChoicesKind | ListKind | RampKind | PartKind | FileKind,
> {
  readonly value: Value;
  /** what it is, as --help says it */
  readonly help: string;
  /** what stands for the value in --help, where that is not its kind's */
  readonly placeholder?: string;
  /** a default that follows from other options, in words */
  readonly usually?: string;
  /** options without one are the command line's alone */
  readonly page?: PageField;
  /** what trajectories of one ensemble have in common, or those of one range of an ensemble */
  readonly identifies?: 'ensemble' | 'range';
}

/** By name: `burnIn` is `--burn-in` on the command line, `burn-in` in a link. */
export type OptionTable = Readonly<Record<string, Option>>;

type Default = number | string | readonly number[];

/** A document and where it came from, for messages. */
export interface NamedDocument {
  readonly name: string;
  readonly document: unknown;
}

type ValueOf<O> = O extends { value: { kind: 'choice'; of: readonly (infer Name)[] } }
  ? Name
  : O extends { value: { kind: 'choices'; of: readonly (infer Name)[] } }
    ? readonly Name[]
    : O extends Option<NumberKind>
      ? number
      : O extends Option<ListKind>
        ? readonly number[]
        : O extends { value: { kind: 'ramp' | 'part' } }
          ? string
          : O extends { value: { kind: 'file' } }
            ? NamedDocument
            : readonly NamedDocument[];

type WithDefault = { value: { default: Default } };

/** The checked values of a table's options; undefined is left to what has no default. */
export type Values<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends WithDefault
    ? ValueOf<Table[Name]>
    : ValueOf<Table[Name]> | undefined;
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
  (Array.isArray(got) ? got : typeof got === 'string' ? got.split(',') : [got]).map(numberIn);

/** The defaults of the options that have one. */
export const defaultsOf = <Table extends OptionTable>(table: Table) =>
  Object.fromEntries(
    Object.entries(table).flatMap(([name, { value }]) =>
      value.default === undefined ? [] : [[name, value.default]],
    ),
  ) as {
    readonly [Name in keyof Table as Table[Name] extends WithDefault ? Name : never]: ValueOf<Table[Name]>;
  };

/**
 * Every option of the table, with its default where nothing was said.
 * @param unit of the rates in which bounds of times are said, in the user's
 * @throws InputError naming the option at fault
 */
export function checkOptions<Table extends OptionTable>(table: Table, raw: Raw, unit = 1): Values<Table> {
  const checked = Object.entries(table).map(([name, { value }]) => {
    const given = raw[name] === undefined ? value.default : raw[name];
    const isTime = 'unit' in value && value.unit === '1/rate';
    const taken = isTime ? inUsers(value, unit) : value;
    return [name, given === undefined ? undefined : checkValue(name, taken, given)];
  });
  return Object.fromEntries(checked) as Values<Table>;
}

const inUsers = <Kind extends { to: number } | { latest: number }>(kind: Kind, unit: number) =>
  'to' in kind ? { ...kind, to: kind.to / unit } : { ...kind, latest: kind.latest / unit };

function checkValue(name: string, value: Option['value'], got: unknown) {
  switch (value.kind) {
    case 'number':
    case 'whole number':
      return checkNumber(name, value, got);
    case 'whole numbers':
    case 'numbers':
      return checkList(name, value, got);
    case 'ramp':
      return checkRamp(name, value, got);
    case 'part':
      if (partIn(got) !== null) return got;
      throw new InputError(flagOf(name), got, 'i/n, the i-th of n parts, i from 1 to n (2/8)');
    case 'choice':
      if (typeof got === 'string' && value.of.includes(got)) return got;
      throw new InputError(flagOf(name), got, `one of ${value.of.join(', ')}`);
    case 'choices':
      return checkChoices(name, value, got);
    case 'file':
      if (isDocument(got)) return got;
      throw new InputError(flagOf(name), got, 'a document with its name');
    case 'files':
      if (Array.isArray(got) && got.every(isDocument)) return got;
      throw new InputError(flagOf(name), got, 'documents with their names');
  }
}

const isDocument = (got: unknown): got is NamedDocument =>
  typeof got === 'object' &&
  got !== null &&
  'document' in got &&
  'name' in got &&
  typeof got.name === 'string';

/** @throws InputError naming the option */
export function checkNumber(name: string, taken: NumberKind, got: unknown, value = numberIn(got)): number {
  const { kind, unit, means = unit === 'rate' ? 'a rate' : '' } = taken;
  if (isWithin(taken, value) && (kind === 'number' || Number.isInteger(value))) return value;
  throw new InputError(flagOf(name), got, `a ${kind}${means && ` (${means})`} ${boundsInWords(taken)}`);
}

/** Each once, rising. */
function checkList(name: string, taken: ListKind, got: unknown): number[] {
  const { most = Number.POSITIVE_INFINITY } = taken;
  const numbers = numbersIn(got);
  const isOne = (value: number) =>
    isWithin(taken, value) && (taken.kind === 'numbers' || Number.isInteger(value));
  if (numbers.length <= most && numbers.every(isOne)) return [...new Set(numbers)].sort((a, b) => a - b);
  const many = Number.isFinite(most) ? `up to ${most} ` : '';
  throw new InputError(
    flagOf(name),
    got,
    `${many}${taken.kind} ${boundsInWords(taken)}, separated by commas`,
  );
}

/** Each once, in the order of the table. */
function checkChoices(name: string, { of }: ChoicesKind, got: unknown): string[] {
  const said: readonly unknown[] = typeof got === 'string' ? got.split(',') : Array.isArray(got) ? got : [];
  if (said.length > 0 && said.every((one) => of.some((taken) => taken === one)))
    return of.filter((taken) => said.includes(taken));
  throw new InputError(flagOf(name), got, `some of ${of.join(', ')}, separated by commas`);
}

function checkRamp(name: string, { latest, largest }: RampKind, got: unknown): string {
  const ramp = typeof got === 'string' ? rampIn(got) : null;
  if (ramp === null) {
    const takes = 'points t:x with commas between, of a time and a drive Omega/Omega_c (0:0.5,50:1,100:0.5)';
    throw new InputError(flagOf(name), got, takes);
  }
  const fault = faultOfRamp(ramp, latest, largest);
  if (fault !== null) throw new InputError(flagOf(name), got, fault);
  return rampText(ramp);
}

/** Of the text of a part; null where it is none. */
export function partIn(text: unknown): Part | null {
  const [, number, of] = (typeof text === 'string' && /^(\d{1,9})\/(\d{1,9})$/.exec(text)?.map(Number)) || [];
  return number >= 1 && number <= of ? { number, of } : null;
}

const isWithin = (
  { from = Number.NEGATIVE_INFINITY, above = Number.NEGATIVE_INFINITY, to }: Bounds,
  value: number,
) => value >= from && value > above && value <= to;

const boundsInWords = ({ from, above, to }: Bounds) =>
  above === undefined ? `from ${from} to ${to}` : `above ${above} and up to ${to}`;
