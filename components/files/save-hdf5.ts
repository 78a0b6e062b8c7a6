import type { ResultDocument } from '../../src/experiments/experiment';
import { toError } from '../../src/page/failure';
import type { Hdf5Answer } from '../../src/page/hdf5-worker';
import { download } from './download';

/** Writes documents into one HDF5 file and hands it to the person. @throws Error when it could not be written */
export async function saveHdf5(name: string, documents: readonly ResultDocument[]): Promise<void> {
  const worker = new Worker(new URL('../../src/page/hdf5-worker.ts', import.meta.url), {
    type: 'module',
    name: 'hdf5',
  });
  try {
    const answer = await new Promise<Hdf5Answer>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Hdf5Answer>) => resolve(data));
      worker.addEventListener('messageerror', () =>
        reject(new Error('the HDF5 writer said what cannot be read')),
      );
      worker.addEventListener('error', ({ message }) =>
        reject(new Error(message || 'the HDF5 writer did not load')),
      );
      worker.postMessage(documents);
    });
    if ('failure' in answer) throw toError(answer.failure);
    download(name, new Blob([answer.bytes as Uint8Array<ArrayBuffer>], { type: 'application/x-hdf5' }));
  } finally {
    worker.terminate();
  }
}
