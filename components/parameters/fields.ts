/** The fields of the form: the options that the tables show on the page. */
import { radiationTable } from '../../src/experiments/radiation/radiation';
import { trajectoryTable } from '../../src/experiments/trajectories/trajectory-table';
import { sweepOptions } from '../../src/figures/sweep';
import { type Flag, flagOf, keysOf, type Option, type OptionTable } from '../../src/parameters/options';
import { beyondEquation1 } from '../../src/parameters/system';
import { type SystemOption, systemOptions } from '../../src/parameters/system-options';

type OnPage<Table extends OptionTable> = keyof {
  [Name in keyof Table as Table[Name] extends { page: object } ? Name : never]: Name;
} &
  string;
const onPage = <Table extends OptionTable>(table: Table) =>
  keysOf(table).filter((name) => table[name].page !== undefined) as OnPage<Table>[];

export const ensembleOptionNames = onPage(trajectoryTable);
export const lightOptionNames = onPage(radiationTable);

export const systemFields = onPage(systemOptions).map(flagOf);
export const ensembleFields = ensembleOptionNames.map(flagOf);
export const lightFields = lightOptionNames.map(flagOf);
export const sweepFields = onPage(sweepOptions).map(flagOf);
export const pageFields: readonly Field[] = [
  ...systemFields,
  ...sweepFields,
  ...ensembleFields,
  ...lightFields,
];
export type Field =
  | Flag<OnPage<typeof systemOptions>>
  | Flag<OnPage<typeof trajectoryTable>>
  | Flag<OnPage<typeof radiationTable>>
  | Flag<OnPage<typeof sweepOptions>>;

/** Those of the general model. */
export const moreFields: readonly Field[] = beyondEquation1.map(({ name }) => flagOf(name) as Field);

/** The option behind each field. */
export const fieldOptions = Object.fromEntries(
  [systemOptions, sweepOptions, trajectoryTable, radiationTable].flatMap((table: OptionTable) =>
    keysOf(table).flatMap((name) => (table[name].page ? [[flagOf(name), table[name]]] : [])),
  ),
) as Readonly<Record<Field, Option>>;

/** What a field holds at first. */
export const firstText = ({ page, value }: Option) => page?.first ?? String(value.default ?? '');

/** An option's value as its field shows it: one that starts empty is empty at 0, and where there is none. */
export const textOf = (field: Field, value: unknown) =>
  value === undefined || (value === 0 && firstText(fieldOptions[field]) === '') ? '' : String(value);

/** The field that says in another way what a field says: the drive by Omega, the decays by their ratio, and back. */
export function otherWay(field: string): string | undefined {
  const ways = Object.entries<SystemOption>(systemOptions);
  const [replacing] = ways.find(([, { insteadOf }]) => insteadOf?.includes(field)) ?? [];
  return replacing ?? ways.find(([name]) => name === field)?.[1].insteadOf?.[0];
}
