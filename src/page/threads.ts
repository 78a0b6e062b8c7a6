/** A page's workers for the CPU engine. */
import type { Threads } from '../trajectories/block-messages';

export const pageThreads = (count: number = navigator.hardwareConcurrency): Threads => ({
  count,
  start({ heard, died }) {
    // In one expression: only so the build makes a worker's file of it, which the page's policy lets load.
    const worker = new Worker(new URL('../trajectories/block-worker.mjs', import.meta.url), {
      type: 'module',
      name: 'trajectories',
    });
    worker.onmessage = ({ data }) => heard(data);
    worker.onmessageerror = () => died('a message could not be read');
    worker.onerror = ({ message }) => died(message || 'it did not load');
    return worker;
  },
});
