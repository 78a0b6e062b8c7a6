/** What the library has wherever it runs: systems, the mean field, documents and their files. */
import type { ResultDocument } from '../experiments/experiment';
import { type DocumentOf, readAny } from '../experiments/registry';

export type { EngineInUse } from '../experiments/engine-choice';
export type { Progress, ResultDocument } from '../experiments/experiment';
export { type Command, commands, type DocumentOf, type Results } from '../experiments/registry';
export { DeviceLostError, GpuError, NoAdapterError } from '../gpu/gpu';
export { InputError } from '../parameters/errors';
export { type Figure, PRESETS as figures, type Preset } from '../parameters/presets';
export { type MeanFieldRates, meanFieldRates, type SystemParameters } from '../parameters/system';
export { MAX_ATOMS, type SystemInput } from '../parameters/system-options';
export { CertificateError } from '../proofs/certificate';
export { type Proof, verify } from '../proofs/verify';
export { type ExportFile, exportFiles } from '../results/export';
export type { Measured } from '../statistics/estimate';
export { type MeanField, meanField, system } from './mean-field';
export type { OptionsOf } from './options';
export type { Following } from './run';

/**
 * A document that was read back, as JSON.parse gives it, once it is known to be as it was written: its fields are those of its command, and
 * its content is that of its SHA-256.
 * @param name what messages call it, such as a file's name
 * @throws InputError saying which field is at fault, or that it was altered
 */
export const readDocument = (document: unknown, name = 'the document'): DocumentOf =>
  readAny('document', { name, document });

/**
 * Documents as the bytes of one HDF5 file, a group each, which h5py, MATLAB, Julia and the like open; values carry their errors and units as
 * attributes. The library that writes it is large, and loaded at the first call.
 */
export async function hdf5(documents: readonly ResultDocument[]): Promise<Uint8Array> {
  const { hdf5 } = await import('../results/hdf5');
  return hdf5(documents);
}
