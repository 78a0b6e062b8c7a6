/** Checks a certificate away from the page: a large one takes some seconds. */
import type { Proof } from '../proofs/verify';
import { type Failure, toFailure } from './failure';

export type VerifyAnswer = { readonly proof: Proof } | { readonly failure: Failure };

addEventListener('message', async ({ data }: MessageEvent<Uint8Array>) => {
  try {
    const { verify } = await import('../proofs/verify');
    postMessage({ proof: verify(data) } satisfies VerifyAnswer);
  } catch (error) {
    postMessage({ failure: toFailure(error) } satisfies VerifyAnswer);
  }
});
