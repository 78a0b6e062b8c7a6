/** Node's threads for the CPU engine, in the form of a page's workers. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LentThreads } from '../experiments/engine-choice';
import correctionSource from '../liouvillian/correction-worker.mjs?raw';
import blockSource from '../trajectories/block-worker.mjs?raw';

/** What a worker of a page has, and Node's has not. */
const prelude = `import { parentPort } from 'node:worker_threads';
globalThis.onmessage = null;
globalThis.postMessage = (message, { transfer } = {}) => parentPort.postMessage(message, transfer);
parentPort.on('message', (data) => onmessage({ data }));
`;

const programOf = (source: string) => new URL(`data:text/javascript,${encodeURIComponent(prelude + source)}`);

interface Listener<Message> {
  readonly heard: (message: Message) => void;
  readonly died: (reason: string) => void;
}

const starter =
  <Message>(program: URL) =>
  ({ heard, died }: Listener<Message>): Worker => {
    const worker = new Worker(program);
    worker.on('message', heard);
    worker.on('messageerror', () => died('a message could not be read'));
    worker.on('error', ({ message }) => died(message));
    worker.on('exit', (status) => died(`the thread ended with status ${status}`));
    return worker;
  };

export const nodeThreads = (count: number = availableParallelism()): LentThreads => ({
  count,
  start: starter(programOf(blockSource)),
  corrections: { count, start: starter(programOf(correctionSource)) },
});
