/** A file in a folder that says which run writes there, so that no second one does. */
import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { excerpt } from '../parameters/errors';
import { create } from './durable-files';

/** A process as its lock names it. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** when it began, as its system counts; null where that does not tell */
  readonly began: string | null;
}

/** Another run holds the lock, or may. The message says which. */
export class HeldError extends Error {
  override readonly name = 'HeldError';
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** As Linux counts it: a later process of the same number began at another time. */
function beginning(pid: number): string | null {
  try {
    // The 22nd field; the second, the program's name in brackets, may hold blanks.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19];
  } catch {
    return null;
  }
}

function isRunning({ pid, host, began }: Holder): boolean {
  // What runs on another machine cannot be seen from here.
  if (host !== hostname()) return true;
  const now = beginning(pid);
  if (now !== null && began !== null) return now === began;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** Who holds it: 'unknown' where that is not (yet) to be read, null where the file is gone. */
function holderIn(path: string): Holder | 'unknown' | null {
  try {
    if (!lstatSync(path).isFile()) return 'unknown';
    const { pid, host, began } = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    return Number.isInteger(pid) && typeof host === 'string' ? { pid, host, began } : 'unknown';
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : 'unknown';
  }
}

/** Whether the file could be made. */
function take(path: string, holder: Holder): boolean {
  try {
    create(path, JSON.stringify(holder));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @throws HeldError where the holder runs, or may */
function expectKilled(holder: Holder | 'unknown'): Holder {
  if (holder === 'unknown') throw new HeldError('a process that its .lock does not name');
  if (isRunning(holder)) throw new HeldError(`process ${holder.pid} on ${excerpt(holder.host)}`);
  return holder;
}

/**
 * Makes this process the one that writes to the folder, until `release` or the end of the process.
 * @returns also the run that held the folder before and was killed, or null
 * @throws HeldError; the system's error where no file can be made in the folder
 */
export function lock(folder: string): { release: () => void; killed: Holder | null } {
  const path = join(folder, '.lock');
  // Only who holds this one takes a killed run's lock away: another could take away the lock that comes after it.
  const taking = `${path}.taking`;
  const mine: Holder = { pid: process.pid, host: hostname(), began: beginning(process.pid) };
  const release = () => {
    process.off('exit', release);
    const holder = holderIn(path);
    if (holder !== 'unknown' && holder?.pid === mine.pid) rmSync(path);
  };
  let killed: Holder | null = null;
  // Again where one of them went while it was looked at.
  for (let tries = 0; tries < 100; tries++) {
    if (take(path, mine)) {
      process.on('exit', release);
      return { release, killed };
    }
    const holder = holderIn(path);
    if (holder === null) continue;
    expectKilled(holder);
    if (take(taking, mine)) {
      try {
        const still = holderIn(path);
        if (still !== null) {
          killed = expectKilled(still);
          rmSync(path);
        }
      } finally {
        rmSync(taking);
      }
    } else {
      const taker = holderIn(taking);
      if (taker === null) continue;
      expectKilled(taker);
      rmSync(taking, { force: true });
    }
  }
  throw new HeldError('a process that its .lock does not name');
}
