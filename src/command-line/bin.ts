#!/usr/bin/env node
/** The command line of the package: `npx dicke-bistability-lab gap --atoms 54`. */
import { main } from './main';

const status = await main(process.argv.slice(2), 'dicke-bistability-lab');
// Threads and a GPU's driver keep a process alive that has nothing left to do.
process.stderr.write('', () => process.exit(status));
