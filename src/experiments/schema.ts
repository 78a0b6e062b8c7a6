/** Fields as schemas: what is read back from a file must be what its experiment declares, field by field. */
import * as v from 'valibot';
import { excerpt } from '../parameters/errors';
import { rampIn } from '../parameters/ramp';
import type { Field, Fields, ResultOf } from './fields';

/** Infinity is what JSON's 1e999 becomes. */
const finite = v.custom<number>(Number.isFinite, 'a number');

/** Of all that the fields declare, and nothing else. */
export function schemaOf<Of extends Fields>(fields: Of): v.GenericSchema<unknown, ResultOf<Of>> {
  const entries = Object.entries(fields).map(([name, field]) => [name, schemaOfField(field)]);
  // The compiler cannot follow the walk over the declaration that both the type and the schema are made of.
  return v.strictObject(Object.fromEntries(entries), 'an object') as v.GenericSchema as v.GenericSchema<
    unknown,
    ResultOf<Of>
  >;
}

function schemaOfField(field: Field): v.GenericSchema {
  const present = schemaOfPresent(field);
  const orNull = field.orNull ? v.nullable(present) : present;
  return field.optional ? v.optional(orNull) : orNull;
}

function schemaOfPresent(field: Field): v.GenericSchema {
  switch (field.kind) {
    case 'number':
      return finite;
    case 'flag':
      return v.boolean('true or false');
    case 'text':
      return field.of ? v.picklist(field.of, `one of ${field.of.join(', ')}`) : v.string('a text');
    case 'ramp':
      return v.custom<string>((text) => typeof text === 'string' && rampIn(text) !== null, 'a ramp');
    case 'measured':
      return v.strictObject({ value: finite, error: finite }, 'an object');
    case 'list':
      return v.array(schemaOfField(field.of), 'a list');
    case 'record':
      return v.record(v.string(), finite, 'an object');
    case 'opaque':
      return field.schema;
    case 'series':
      return v.pipe(
        schemaOf(field.fields),
        v.check((value) => new Set(lengthsIn(field.fields, value)).size <= 1, 'of lists of one length'),
      );
    default:
      return schemaOf(field.fields);
  }
}

/** Of all lists in it, also those in its groups, whose fields are as declared. */
const lengthsIn = (fields: Fields, value: object): number[] =>
  Object.entries(fields).flatMap(([name, field]) => {
    const part = (value as Record<string, unknown>)[name];
    if (Array.isArray(part)) return [part.length];
    return 'fields' in field && part ? lengthsIn(field.fields, part) : [];
  });

/** What is wrong with it, for a person: `result.points.0 must be an object`; null where nothing is. */
export function faultOf(schema: v.GenericSchema, value: unknown): string | null {
  const { issues } = v.safeParse(schema, value, { abortEarly: true });
  if (issues === undefined) return null;
  const [{ path = [], input, message }] = issues;
  const place = path.map(({ key }) => excerpt(String(key))).join('.') || 'it';
  if (input === undefined) return `${place} is missing`;
  return path.at(-1)?.origin === 'key' ? `${place} is unknown` : `${place} must be ${message}`;
}
