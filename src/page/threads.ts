/** A page's workers for the CPU engine. */
import type { LentThreads } from '../experiments/engine-choice';

interface Listener<Message> {
  readonly heard: (message: Message) => void;
  readonly died: (reason: string) => void;
}

function listen<Message>(worker: Worker, { heard, died }: Listener<Message>): Worker {
  worker.onmessage = ({ data }) => heard(data);
  worker.onmessageerror = () => died('a message could not be read');
  worker.onerror = (event) => {
    // It would go on to the worker that started this one, and end its whole run.
    event.preventDefault();
    died(event.message || 'it did not load');
  };
  return worker;
}

// Each in one expression: only so the build makes a worker's file of it, which the page's policy lets load.
export const pageThreads = (count: number = navigator.hardwareConcurrency): LentThreads => ({
  count,
  start: (listener) =>
    listen(
      new Worker(new URL('../trajectories/block-worker.mjs', import.meta.url), {
        type: 'module',
        name: 'trajectories',
      }),
      listener,
    ),
  corrections: {
    // Other pages share no memory with their workers.
    count: crossOriginIsolated ? count : 1,
    start: (listener) =>
      listen(
        new Worker(new URL('../liouvillian/correction-worker.mjs', import.meta.url), {
          type: 'module',
          name: 'corrections',
        }),
        listener,
      ),
  },
});
