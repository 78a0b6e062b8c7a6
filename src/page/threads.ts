/** A page's workers for the CPU engine. */
import type { Threads } from '../trajectories/block-messages';

export const pageThreads = (count: number = navigator.hardwareConcurrency): Threads => ({
  count,
  start({ heard, died }) {
    const address = new URL('../trajectories/block-worker.mjs', import.meta.url);
    const worker = new Worker(address, { type: 'module', name: 'trajectories' });
    worker.onmessage = ({ data }) => heard(data);
    worker.onmessageerror = () => died('a message could not be read');
    worker.onerror = ({ message }) => died(message || 'it did not load');
    return worker;
  },
});
