import type { ResultDocument } from '../../src/experiments/experiment';
import type { Hdf5Answer } from '../../src/page/hdf5-worker';
import { askWorker } from './ask-worker';
import { download } from './download';

/** Writes documents into one HDF5 file and hands it to the person. @throws Error when it could not be written */
export async function saveHdf5(name: string, documents: readonly ResultDocument[]): Promise<void> {
  const worker = new Worker(new URL('../../src/page/hdf5-worker.ts', import.meta.url), {
    type: 'module',
    name: 'hdf5',
  });
  const { bytes } = await askWorker<Hdf5Answer>(worker, 'HDF5 writer', documents);
  download(name, new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/x-hdf5' }));
}
