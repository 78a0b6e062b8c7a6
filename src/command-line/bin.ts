#!/usr/bin/env node
/** The command line of the package: `npx dicke-bistability-lab gap --atoms 54`. */
import { Signals } from './signals.mjs';

// Before all else: see there.
const signals = new Signals();
const { main } = await import('./main');
const status = await main(process.argv.slice(2), { called: 'dicke-bistability-lab', signals });
// Threads and a GPU's driver keep a process alive that has nothing left to do.
process.stderr.write('', () => process.exit(status));
