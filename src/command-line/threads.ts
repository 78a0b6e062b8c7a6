/** Node's threads for the CPU engine, in the form of a page's workers. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Threads } from '../trajectories/block-messages';
import source from '../trajectories/block-worker.mjs?raw';

/** What a worker of a page has, and Node's has not. */
const prelude = `import { parentPort } from 'node:worker_threads';
globalThis.onmessage = null;
globalThis.postMessage = (message, { transfer }) => parentPort.postMessage(message, transfer);
parentPort.on('message', (data) => onmessage({ data }));
`;

const program = new URL(`data:text/javascript,${encodeURIComponent(prelude + source)}`);

export const nodeThreads = (count: number = availableParallelism()): Threads => ({
  count,
  start({ heard, died }) {
    const worker = new Worker(program);
    worker.on('message', heard);
    worker.on('messageerror', () => died('a message could not be read'));
    worker.on('error', ({ message }) => died(message));
    worker.on('exit', (status) => died(`the thread ended with status ${status}`));
    return worker;
  },
});
