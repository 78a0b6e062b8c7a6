/** Asks for finer samples of a trajectory; the worker that walks it comes to life at the first question. */
import type { Closer, CloserRequest } from '../../../src/experiments/trajectories/closer-run';
import type { CloserAnswer } from '../../../src/page/closer-worker';
import { toError } from '../../../src/page/failure';

let worker: Worker | undefined;
/** one question at a time */
let last: Promise<unknown> = Promise.resolve();

/** @throws Error where the worker did not load or its walk failed */
export function lookCloser(request: CloserRequest): Promise<Closer> {
  const answer = last.then(() => ask(request));
  last = answer.catch(() => {});
  return answer;
}

async function ask(request: CloserRequest): Promise<Closer> {
  // In one expression: only so the build makes a worker's file of it.
  worker ??= new Worker(new URL('../../../src/page/closer-worker.ts', import.meta.url), {
    type: 'module',
    name: 'closer',
  });
  const asked = worker;
  const answer = await new Promise<CloserAnswer>((resolve, reject) => {
    asked.onmessage = ({ data }) => resolve(data);
    asked.onmessageerror = () => reject(new Error('The walk said what cannot be read.'));
    asked.onerror = ({ message }) => {
      asked.terminate();
      worker = undefined;
      reject(new Error(`The walk failed: ${message || 'its worker did not load'}`));
    };
    asked.postMessage(request);
  });
  if ('failure' in answer) throw toError(answer.failure);
  return answer.closer;
}
