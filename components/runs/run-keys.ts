/** Under which key a run is kept: its name and its system, or the systems of a sweep's points. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { RunRequest } from '../../src/experiments/run';
import { InputError } from '../../src/parameters/errors';
import { pick } from '../../src/parameters/options';
import { systemParameters } from '../../src/parameters/system';
import { quantities } from '../../src/parameters/system-options';
import type { RunName } from './run-names';

const names = quantities.map(({ quantity }) => quantity);
/** Hexadecimal digits that tell systems apart. */
const digits = 24;

/** Requests do not change, and a sweep's are many. */
const known = new WeakMap<readonly RunRequest[], string>();

/** However the systems are said; options are not in it, so that a run of others on the same system takes an earlier one's place. */
export function keyOf(name: RunName, requests: readonly RunRequest[]): string {
  const systems = known.get(requests) ?? bytesToHex(sha256(utf8ToBytes(said(requests)))).slice(0, digits);
  known.set(requests, systems);
  return `run ${name} ${systems}`;
}

function said(requests: readonly RunRequest[]): string {
  return JSON.stringify(
    requests.map(({ system, options }) => {
      try {
        // The closing of the gap has its numbers of atoms in the place of the system's.
        return [pick(systemParameters(system), names), options.atoms];
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        return system;
      }
    }),
  );
}
