/** Results as one HDF5 file, which h5py, MATLAB, Julia and the like open. */
import { File, type Group, ready } from 'h5wasm';
import type { ResultDocument } from '../experiments/experiment';
import { shapeOf } from '../experiments/registry';
import { keysOf } from '../parameters/options';
import { type Column, flatten, type Row } from './flatten';
import { errors, settingsOf, systemsOf, unitsOf } from './origin';

/**
 * One group a document, `1-trajectories`, with its origin as attributes: parameters, seed and other settings, version,
 * adapter, warnings. In it
 *
 * - `values/NAME`, a scalar dataset for each single value, with attributes `error`, `exact` and `unit` where it has them;
 * - `TABLE/COLUMN`, a dataset for each array, with attribute `unit`; NaN where there is no value;
 * - `json`, the document itself.
 *
 * Units: `rate`, `1/rate` and `rate^1/2` stand for the unit of gamma1D, its inverse and its root, `gammaF` for gamma_F itself, `1` for a pure number.
 */
export async function hdf5(documents: readonly ResultDocument[]): Promise<Uint8Array> {
  const { FS } = await ready;
  const path = 'results.h5';
  const file = new File(path, 'w');
  for (const [i, document] of documents.entries()) write(file, `${i + 1}-${document.command}`, document);
  file.close();
  const bytes = FS.readFile(path) as Uint8Array;
  FS.unlink(path);
  return bytes;
}

function write(file: File, name: string, document: ResultDocument): void {
  const { result, parameters, adapter, warnings, ...origin } = document;
  const group = file.create_group(name);
  const attributes = {
    ...origin,
    ...settingsOf(document),
    ...parametersOf(document),
    units: unitsOf(document.command),
    errors,
    adapter: adapter
      ? `${adapter.vendor} ${adapter.architecture} ${adapter.description}`.trim()
      : 'none used',
    ...(adapter && { softwareAdapter: adapter.fallback }),
    warnings: warnings.join('\n'),
  };
  for (const [key, value] of Object.entries(attributes)) attribute(group, key, value);
  const { rows, tables } = flatten(result, shapeOf(document.command), parameters.atoms);
  const values = group.create_group('values');
  for (const row of rows) scalar(values, row);
  for (const table of tables) {
    const into = group.create_group(table.name);
    for (const column of table.columns) array(into, column);
  }
  group.create_dataset({ name: 'json', data: JSON.stringify(document) });
}

/** Each parameter; a list, in the order of its systems, where a result is of several that differ in it. */
function parametersOf(document: ResultDocument): Readonly<Record<string, unknown>> {
  const systems = systemsOf(document);
  const entries = keysOf(document.parameters).map((name) => {
    const values = systems.map((system) => system[name]);
    return [name, new Set(values).size === 1 ? values[0] : values];
  });
  return Object.fromEntries(entries);
}

function attribute(of: { create_attribute: Group['create_attribute'] }, name: string, value: unknown): void {
  if (value === null || value === undefined || value === '') return;
  if (Array.isArray(value)) of.create_attribute(name, Float64Array.from(value), [value.length], '<d');
  else if (typeof value === 'number') of.create_attribute(name, value, [], '<d');
  else if (typeof value === 'boolean') of.create_attribute(name, Number(value), [], '<i');
  else of.create_attribute(name, String(value));
}

function scalar(group: Group, { name, value, error, exact, unit = '1' }: Row): void {
  if (value === null) return;
  const dataset =
    typeof value === 'string'
      ? group.create_dataset({ name, data: value })
      : group.create_dataset({ name, data: Number(value), shape: [], dtype: '<d' });
  attribute(dataset, 'error', error);
  attribute(dataset, 'exact', exact);
  attribute(dataset, 'unit', unit);
}

function array(group: Group, { name, values, unit = '1' }: Column): void {
  if (values.length === 0) return;
  const numbers = values.every((value) => typeof value !== 'string');
  const data = numbers
    ? Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)))
    : values.map(String);
  attribute(group.create_dataset({ name, data, shape: [values.length] }), 'unit', unit);
}
