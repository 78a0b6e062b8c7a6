/** Writes HDF5 away from the page: the library is large, and a file may take a second. */
import type { ResultDocument } from '../experiments/experiment';
import { hdf5 } from '../results/hdf5';
import { type Failure, toFailure } from './failure';

export type Hdf5Answer = { readonly bytes: Uint8Array } | { readonly failure: Failure };

addEventListener('message', async ({ data }: MessageEvent<readonly ResultDocument[]>) => {
  try {
    const bytes = await hdf5(data);
    postMessage({ bytes } satisfies Hdf5Answer, [bytes.buffer]);
  } catch (error) {
    postMessage({ failure: toFailure(error) } satisfies Hdf5Answer);
  }
});
