/** Node's threads for the CPU engine, in the form of a page's workers. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { BlockThread, Threads } from '../trajectories/block-messages';
import source from '../trajectories/block-worker.mjs?raw';

/** What a worker of a page has, and Node's has not. */
const prelude = `import { parentPort } from 'node:worker_threads';
globalThis.onmessage = null;
globalThis.postMessage = (message, { transfer }) => parentPort.postMessage(message, transfer);
parentPort.on('message', (data) => onmessage({ data }));
`;

const program = new URL(`data:text/javascript,${encodeURIComponent(prelude + source)}`);

function start(): BlockThread {
  const worker = new Worker(program);
  const thread: BlockThread = {
    postMessage: (message) => worker.postMessage(message),
    onmessage: null,
    onerror: null,
    terminate: () => worker.terminate(),
  };
  worker.on('message', (data) => thread.onmessage?.({ data }));
  worker.on('error', ({ message }) => thread.onerror?.({ message }));
  worker.on('exit', (status) => thread.onerror?.({ message: `the thread ended with status ${status}` }));
  return thread;
}

export const nodeThreads = (count: number = availableParallelism()): Threads => ({ count, start });
