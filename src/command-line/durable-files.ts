/** Files that are whole or not there at all, and outlast a loss of power. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** A new file, on the disk when this returns; none where it throws. The name must be free, also of links. */
export function create(path: string, content: string | Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } catch (error) {
    rmSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Puts the content in place of the file's: whoever reads it, or ends this process, finds the old one or the new. */
export function replace(path: string, content: string | Uint8Array): void {
  const part = partOf(path, process.pid);
  // Of an earlier process of the same number, killed; of a link only the link goes.
  rmSync(part, { force: true });
  create(part, content);
  try {
    renameSync(part, path);
  } catch (error) {
    rmSync(part);
    throw error;
  }
  syncFolder(dirname(path));
}

/** What a process writes before it takes the file's place. */
export const partOf = (path: string, pid: number) => `${path}.${pid}.part`;

/**
 * Makes the folder and those above it. Node's own `recursive` does not end where the system says of a folder that it is not
 * there and is, as /proc does.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another run may just have made it.
    if (!isFolder(path)) throw error;
  }
  syncFolder(dirname(path));
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** What a system answers that does not sync folders, or not for this user. */
const cannotSync = ['EINVAL', 'ENOTSUP', 'EISDIR', 'EACCES', 'EPERM'];

/** Sees to it that the names in the folder are on the disk, as far as the system lets it. */
function syncFolder(path: string): void {
  let folder: number | undefined;
  try {
    folder = openSync(path, 'r');
    fsyncSync(folder);
  } catch (error) {
    if (!cannotSync.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}
