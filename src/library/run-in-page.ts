import { Client } from '../page/client';
import { runOnCpu } from './on-cpu';

let client: Client | undefined;

/**
 * Runs a command of the lab in a worker, on the CPU with all its cores, so that the page stays smooth; runs wait for one another.
 * @param options of the command, as `OptionsOf` says
 * @returns the document that the command line prints with --json
 * @throws InputError for options that no run can start from, before any work; the signal's reason where it fired before anything was finished
 */
export const run = runOnCpu((request, signal, tell) => {
  client ??= new Client();
  return client.run(request, { signal, tell });
});
