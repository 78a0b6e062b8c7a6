import { nodeThreads } from '../command-line/threads';
import { NoAdapterError } from '../gpu/gpu';
import { runOnCpu } from './on-cpu';
import { runHere } from './run';

/**
 * Runs a command of the lab on the CPU: in this thread, which it lets breathe between slices of work, and with as many others as the machine
 * has cores.
 * @param options of the command, as `OptionsOf` says
 * @returns the document that the command line prints with --json
 * @throws InputError for options that no run can start from, before any work; the signal's reason where it fired before anything was finished
 */
export const run = runOnCpu((request, signal, tell) => {
  const gpu = () => Promise.reject(new NoAdapterError('The CPU computes here.'));
  return runHere({ gpu, threads: nodeThreads() })(request, signal, tell);
});
