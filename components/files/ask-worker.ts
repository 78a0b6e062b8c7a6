import { type Failure, toError } from '../../src/page/failure';

interface Failed {
  readonly failure: Failure;
}

/**
 * Sends a worker its one message and waits for its answer; then it ends.
 * @param name what it is, in the words of a failure: `HDF5 writer`
 * @throws Error where it failed, or failed to load
 */
export async function askWorker<Answer extends object>(
  worker: Worker,
  name: string,
  message: unknown,
): Promise<Exclude<Answer, Failed>> {
  try {
    const answer = await new Promise<Exclude<Answer, Failed> | Failed>((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => resolve(data));
      worker.addEventListener('messageerror', () =>
        reject(new Error(`the ${name} said what cannot be read`)),
      );
      worker.addEventListener('error', ({ message }) =>
        reject(new Error(message || `the ${name} did not load`)),
      );
      worker.postMessage(message);
    });
    if ('failure' in answer) throw toError(answer.failure);
    return answer;
  } finally {
    worker.terminate();
  }
}
