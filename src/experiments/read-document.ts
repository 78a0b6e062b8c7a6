/** The one way from a file, or from what a browser kept, back to a document: as it was written, or not at all. */
import { InputError } from '../parameters/errors';
import type { NamedDocument } from '../parameters/options';
import { beyondEquation1, inputOf, systemParameters } from '../parameters/system';
import { quantities } from '../parameters/system-options';
import type { ResultDocument } from './experiment';
import {
  adapterFields,
  type Field,
  type Fields,
  flag,
  group,
  list,
  number,
  optional,
  orNull,
  type ResultOf,
  text,
} from './fields';
import { faultOf, schemaOf } from './schema';
import { sealOf } from './seal';

/** What of an experiment its documents follow from. */
interface Written<Command extends string, Of extends Fields> {
  readonly command: Command;
  readonly fields: Of;
}

const schema = 'dicke-bistability/1';
const parameters: Readonly<Record<string, Field>> = {
  ...Object.fromEntries(
    quantities.map(({ quantity, option }) => [quantity, option.page.isMore ? optional(number()) : number()]),
  ),
  driveOverCritical: orNull(number()),
};
/** All of a document but its result. */
const head = {
  schema: text([schema]),
  version: text(),
  walk: number(),
  seconds: number(),
  parameters: group(parameters),
  engine: text(['gpu', 'cpu']),
  adapter: orNull(group(adapterFields)),
  threads: orNull(number()),
  warnings: list(text()),
  interrupted: flag,
  sha256: text(),
} as const satisfies Fields;

/**
 * @param argument that named it
 * @throws InputError saying which field is not as the experiment declares it, or that the document was altered
 */
export function readDocument<Command extends string, Of extends Fields>(
  argument: string,
  { name, document }: NamedDocument,
  { command, fields }: Written<Command, Of>,
): ResultDocument<ResultOf<Of>, Command> {
  const refused = (takes: string) => new InputError(argument, name, takes);
  const said = propertiesOf(document);
  if (said.schema !== schema || said.command !== command)
    throw refused(`a JSON result of ${command} (${schema})`);
  if (said.sha256 === undefined) {
    const release = typeof said.version === 'string' ? ` (release ${said.version} wrote none)` : '';
    throw refused(`a result of ${command} with its sha256, which this one lacks${release}`);
  }
  const declared = schemaOf({ ...head, command: text([command]), result: group(fields) });
  // What the fields declare is the document's type, once nothing is at fault.
  const read = document as ResultDocument<ResultOf<Of>, Command>;
  const fault = faultOf(declared, document) ?? faultOfSystem(read) ?? faultOfSeal(read);
  if (fault !== null) throw changed(argument, name, command, fault);
  return inGeneralModel(read);
}

/** A document of a release that knew Eq. (1) alone says nothing of the general model: all of that is 0. */
function inGeneralModel<Of extends ResultDocument>(document: Of): Of {
  const unsaid = beyondEquation1.filter(({ quantity }) => document.parameters[quantity] === undefined);
  if (unsaid.length === 0) return document;
  const zeros = Object.fromEntries(unsaid.map(({ quantity }) => [quantity, 0]));
  const whole = { ...document, parameters: { ...document.parameters, ...zeros } };
  return { ...whole, sha256: sealOf(whole) };
}

/** A result that is not as it was written. */
export const changed = (argument: string, name: string, command: string, fault: string) =>
  new InputError(argument, name, `a result of ${command} as it was written: this one was changed (${fault})`);

const propertiesOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

function faultOfSystem({ parameters }: ResultDocument): string | null {
  try {
    systemParameters(inputOf(parameters));
    return null;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `the ${error.argument} of its parameters must be ${error.takes}`;
  }
}

const faultOfSeal = (document: ResultDocument) =>
  document.sha256 === sealOf(document) ? null : 'its content is not that of its sha256';
